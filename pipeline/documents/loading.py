"""Any file a job may be given to a document: texts of all formats, and the source side of a corpus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipeline import corpus, read
from pipeline.errors import ReaderFault, VisavisError
from pipeline.read.assembling import Data, Told, document_of_texts
from pipeline.text import Document, Kind, Matter

# suffixes of files that a folder is searched for
SUFFIXES: tuple[str, ...] = tuple(dict.fromkeys((*read.BY_SUFFIX, *corpus.READ)))
_ROWS = ("jsonl",)  # a corpus of ours, unless its fields are named


def load_document(
    path: Path,
    *,
    id: str = "d",
    language: str = "fr",
    encoding: str | None = None,
    everything: bool = False,
    matter: Matter = "set-aside",
    columns: Mapping[str, str] | None = None,
    mend: bool = False,
) -> Document:
    """Read a file of any known format, as `read_document` does; a corpus gives its source side, a line a segment.

    Raises InputError; ReaderFault where a reader stumbles as it never should.
    """
    with faults_told(path):
        suffix = path.suffix.lower().removeprefix(".")
        if suffix in corpus.READ and (suffix not in read.BY_SUFFIX or (suffix in _ROWS and not columns)):
            return _source_side(path, Told(id, str(path), language))
        return read.read_document(
            path,
            id=id,
            language=language,
            encoding=encoding,
            everything=everything,
            matter=matter,
            columns=columns,
            mend=mend,
        )


def load_lines(path: Path, *, id: str = "d", language: str = "fr") -> Document:
    """Read a file that has one sentence a line, as `line_document` does."""
    with faults_told(path):
        return read.line_document(path, id=id, language=language)


@contextmanager
def faults_told(path: Path) -> Iterator[None]:
    """Make of whatever a reader stumbles over an error of that file, so that it fails alone."""
    try:
        yield
    except (VisavisError, OSError):
        raise
    except Exception as error:
        raise ReaderFault(
            f"{path} could not be read: {type(error).__name__}: {error}",
            "This is a fault of visavis: report it, with the file if you may; other files are read.",
        ) from error


def _source_side(path: Path, told: Told) -> Document:
    other = "en" if told.language != "en" else "fr"
    bitexts = corpus.read_bitexts(path, source_language=told.language, target_language=other)
    texts: list[tuple[Kind, str, Data]] = [
        (row.kind, row.source.text, (("line", "1"),))
        for bitext in bitexts
        for row in bitext.each_row()
        if row.source.sentences
    ]
    return document_of_texts(texts, told)
