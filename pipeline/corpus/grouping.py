"""What readers of corpora share: the lines of a file, sides of plain text, rows grouped by document to bitexts."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from pipeline.corpus.packed import lines_within, unpacked
from pipeline.errors import InputError
from pipeline.read.encoding import decode
from pipeline.text import Bitext, Row, Sentence, Side, Span, document_of


@dataclass(frozen=True, slots=True)
class Languages:
    """Which languages are wanted of a bitext file, as BCP 47 tags."""

    source: str = "fr"
    target: str = "en"


FR_EN = Languages()


def side(text: str) -> Side:
    """A side of which only the text is known."""
    return Side(text, sentences=(Sentence("", "", Span(0, len(text)), text),)) if text.strip() else Side()


def bitexts_of_rows(rows: Iterable[Row], languages: Languages) -> list[Bitext]:
    """Rows in order to a bitext for each document; rows that name none are grouped by what their ids say."""
    named = _with_documents(list(rows))
    groups = [list(group) for _, group in groupby(named, key=lambda row: row.document)]
    made = [
        Bitext.from_rows(group, source_language=languages.source, target_language=languages.target) for group in groups
    ]
    return [bitext for bitext in made if bitext.beads]


def _with_documents(rows: list[Row]) -> list[Row]:
    """Rows of formats that carry only ids: `d-x.b1.s1` is of document `d-x`.

    A null bead without source is named after its target, `d-x-en.b1.s1`: it belongs to the document before or after
    it, whichever its name goes on from.
    """
    following: list[str] = [""] * len(rows)
    for i in range(len(rows) - 2, -1, -1):
        following[i] = document_of(rows[i + 1].id) if rows[i + 1].source.sentences else following[i + 1]
    named, last = [], ""
    for row, after in zip(rows, following, strict=True):
        document = row.document or document_of(row.id)
        if not row.document and not row.source.sentences:
            near = [name for name in (after, last) if name and document.startswith(f"{name}-")]
            document = max(near, key=len, default=document)
        last = document
        named.append(replace(row, document=document))
    return named


def unreadable(path: Path, place: str, problem: str, remedy: str) -> InputError:
    """An error that names file and place."""
    return InputError(f"{path}, {place}: {problem}", remedy)


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a text file, packed or not, as a stream; only line feeds end one, so what we wrote reads back."""
    if not _is_utf8(path):
        with unpacked(path) as stream:
            text = decode(stream.read(), str(path)).text
        lines = [line.removesuffix("\r") for line in text.split("\n")]
        yield from lines[:-1] if lines[-1] == "" else lines
        return
    encoding = "utf-8-sig"
    for raw in lines_within(path):
        yield raw.removesuffix(b"\n").removesuffix(b"\r").decode(encoding)
        encoding = "utf-8"


def _is_utf8(path: Path) -> bool:
    """Whether a file is UTF-8 as a whole: what we wrote is, whatever characters it holds."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for raw in lines_within(path):
            decoder.decode(raw)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
