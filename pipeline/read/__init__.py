"""Files to documents and bitexts: what a file holds decides how it is read, not only its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.errors import InputError
from pipeline.read.assembling import Data, Told, document_of_texts
from pipeline.read.bitexts import Languages, bitexts_of_rows, moses_pair
from pipeline.read.docx import read_docx
from pipeline.read.encoding import decode, oddities, read_bytes
from pipeline.read.epub import read_epub
from pipeline.read.html import decode_html, read_html
from pipeline.read.kinds import kind_of
from pipeline.read.markdown import read_markdown
from pipeline.read.subtitles import read_subtitles
from pipeline.read.tables import read_jsonl, read_moses, read_tsv
from pipeline.read.text import read_lines, read_text
from pipeline.read.tmx import read_tmx
from pipeline.read.xliff import read_xliff
from pipeline.types import Bitext, Document, Flag, Kind, Row

__all__ = ["FORMATS", "document_from_text", "line_document", "read_bitexts", "read_document"]

_TEXTS: dict[str, Callable[[str, Told], Document]] = {
    "txt": read_text,
    "md": read_markdown,
    "markdown": read_markdown,
    "html": read_html,
    "htm": read_html,
    "xhtml": read_html,
    "srt": read_subtitles,
    "vtt": read_subtitles,
}
_ARCHIVES: dict[str, Callable[[Path, Told], Document]] = {"epub": read_epub, "docx": read_docx}
_BITEXTS: dict[str, Callable[[Path, Languages], Iterator[Row]]] = {
    "tsv": lambda path, _: read_tsv(path),
    "jsonl": lambda path, _: read_jsonl(path),
    "tmx": read_tmx,
    "xliff": read_xliff,
    "xlf": read_xliff,
}
FORMATS: tuple[str, ...] = (*_TEXTS, *_ARCHIVES, *_BITEXTS)


def read_document(
    path: Path, *, id: str = "d", language: str = "fr", encoding: str | None = None, everything: bool = False
) -> Document:
    """Read a file of any known format; raises InputError, with file and place, where it cannot be read whole.

    What the file holds outranks its extension, and a flag says so. Files of no known extension are read as plain
    text; a bitext file gives its source side, a line a segment. With `everything`, all of a web page is read, not
    only its main text.
    """
    suffix = path.suffix.lower().removeprefix(".")
    told = Told(id, str(path), language)
    if suffix in _BITEXTS:
        return _source_side(path, told)
    raw = read_bytes(path)
    kind = kind_of(raw, path, suffix)
    if kind != suffix and suffix in FORMATS and not {kind, suffix} <= {"md", "markdown"}:
        told = replace(told, flags=(Flag("extension", "warning", f"named .{suffix}, but it is {kind}: read as that"),))
    if kind in _ARCHIVES:
        return _ARCHIVES[kind](path, told)
    if _TEXTS[kind] is read_html:
        page = decode_html(raw, str(path), encoding)
        return read_html(page.text, replace(told, flags=(*told.flags, *page.flags)), everything=everything)
    decoded = decode(raw, str(path), encoding)
    return _TEXTS[kind](decoded.text, replace(told, flags=(*told.flags, *decoded.flags)))


def document_from_text(text: str, *, id: str = "d", path: str = "", language: str = "fr") -> Document:
    """The document that a plain text holds."""
    return read_text(text, Told(id, path, language, flags=oddities(text)))


def line_document(path: Path, *, id: str = "d", language: str = "fr", encoding: str | None = None) -> Document:
    """Read a file that is split already, one sentence a line."""
    decoded = decode(read_bytes(path), str(path), encoding)
    return read_lines(decoded.text, Told(id, str(path), language, flags=decoded.flags))


def read_bitexts(path: Path, *, source_language: str = "fr", target_language: str = "en") -> list[Bitext]:
    """Read a corpus: tsv, jsonl, tmx, xliff, or Moses files (one of the two, or what their names have in common).

    Gives a bitext for each document that it names. Raises InputError, with file and place, for what is none of these.
    """
    languages = Languages(source_language, target_language)
    reader = _BITEXTS.get(path.suffix.lower().removeprefix("."))
    pair = None if reader else moses_pair(path, languages)
    if reader is None and pair is None:
        raise InputError(
            f"{path} is no corpus: its name ends in none of {', '.join(_BITEXTS)}, and it is no pair of Moses files",
            f"Give such a file, or X.{source_language} with X.{target_language} beside it.",
        )
    rows = reader(path, languages) if reader else read_moses(*pair) if pair else iter(())
    return bitexts_of_rows(rows, languages)


def _source_side(path: Path, told: Told) -> Document:
    other = "en" if told.language != "en" else "fr"
    bitexts = read_bitexts(path, source_language=told.language, target_language=other)
    texts: list[tuple[Kind, str, Data]] = [
        (row.kind, row.source.text, (("line", "1"),))
        for bitext in bitexts
        for row in bitext.each_row()
        if row.source.sentences
    ]
    return document_of_texts(texts, told)
