"""Files to documents: what a file holds decides how it is read, not only its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pipeline.read.assembling import Told
from pipeline.read.docx import read_docx
from pipeline.read.encoding import decode, oddities, read_bytes
from pipeline.read.epub import read_epub
from pipeline.read.html import decode_html, read_html
from pipeline.read.kinds import kind_of
from pipeline.read.markdown import read_markdown
from pipeline.read.subtitles import read_subtitles
from pipeline.read.text import read_lines, read_text
from pipeline.text import Document, Flag

__all__ = ["FORMATS", "document_from_text", "line_document", "read_document"]

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
FORMATS: tuple[str, ...] = (*_TEXTS, *_ARCHIVES)


def read_document(
    path: Path, *, id: str = "d", language: str = "fr", encoding: str | None = None, everything: bool = False
) -> Document:
    """Read a file of any known format; raises InputError, with file and place, where it cannot be read whole.

    What the file holds outranks its extension, and a flag says so. Files of no known extension are read as plain
    text. With `everything`, all of a web page is read, not only its main text.
    """
    suffix = path.suffix.lower().removeprefix(".")
    told = Told(id, str(path), language)
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
