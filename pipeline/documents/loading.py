"""Any file a job may be given to a document: texts of all formats, and the source side of a corpus."""

from __future__ import annotations

from pathlib import Path

from pipeline import corpus, read
from pipeline.read.assembling import Data, Told, document_of_texts
from pipeline.text import Document, Kind

SUFFIXES: tuple[str, ...] = (*read.BY_SUFFIX, *corpus.READ)  # suffixes of files that a folder is searched for


def load_document(
    path: Path, *, id: str = "d", language: str = "fr", encoding: str | None = None, everything: bool = False
) -> Document:
    """Read a file of any known format, as `read_document` does; a corpus gives its source side, a line a segment."""
    if path.suffix.lower().removeprefix(".") in corpus.READ:
        return _source_side(path, Told(id, str(path), language))
    return read.read_document(path, id=id, language=language, encoding=encoding, everything=everything)


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
