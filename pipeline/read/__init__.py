"""Files to documents and bitexts: what a file holds decides how it is read, not only its name."""

from __future__ import annotations

from pathlib import Path

from pipeline.read.assembling import Told
from pipeline.read.encoding import decode, oddities, read_bytes
from pipeline.read.text import read_lines, read_text
from pipeline.types import Document

__all__ = ["document_from_text", "line_document", "read_document"]


def read_document(path: Path, *, id: str = "d", language: str = "fr", encoding: str | None = None) -> Document:
    """Read a file of any known format; raises InputError, with file and place, where it cannot be read whole."""
    decoded = decode(read_bytes(path), str(path), encoding)
    return read_text(decoded.text, Told(id, str(path), language, flags=decoded.flags))


def document_from_text(text: str, *, id: str = "d", path: str = "", language: str = "fr") -> Document:
    """The document that a plain text holds."""
    return read_text(text, Told(id, path, language, flags=oddities(text)))


def line_document(path: Path, *, id: str = "d", language: str = "fr", encoding: str | None = None) -> Document:
    """Read a file that is split already, one sentence a line."""
    decoded = decode(read_bytes(path), str(path), encoding)
    return read_lines(decoded.text, Told(id, str(path), language, flags=decoded.flags))
