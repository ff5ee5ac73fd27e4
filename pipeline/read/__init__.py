"""Files to documents: what a file holds decides how it is read, not only its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.errors import InputError
from pipeline.read.assembling import USUAL_LIMITS, Limits, Told
from pipeline.read.encoding import decode, mended_encoding, oddities, read_bytes
from pipeline.read.formats import BY_SUFFIX, FORMATS, Format
from pipeline.read.html import decode_html, read_html
from pipeline.read.kinds import kind_of
from pipeline.read.matter import with_matter
from pipeline.read.plays import with_speakers
from pipeline.read.text import read_lines, read_text
from pipeline.text import Document, Flag, Matter

__all__ = [
    "BY_SUFFIX",
    "FORMATS",
    "USUAL_LIMITS",
    "Format",
    "Limits",
    "document_from_text",
    "format_of",
    "line_document",
    "read_document",
]


def read_document(
    path: Path,
    *,
    id: str = "d",
    language: str = "fr",
    encoding: str | None = None,
    everything: bool = False,
    matter: Matter = "set-aside",
    columns: Mapping[str, str] | None = None,
    mend: bool = False,
    whole: bool = False,
    limits: Limits = USUAL_LIMITS,
    target_language: str = "en",
) -> Document:
    """Read a file of any known format; raises InputError, with file and place, where it cannot be read whole.

    What the file holds outranks its extension, and a flag says so. A file without an extension, or with a language
    for one (`calais.fr`), is read as plain text. With `everything`, all of a web page is read, not only its main text.
    What frames a book (licence, imprint, contents) is set aside, unless `matter` says `keep`.
    `columns` names those of a table that hold `source`, `target` and `id`. With `mend`, double encoding (`l'Ã©poque`)
    is undone in formats that are text, for which the package ftfy must be installed. With `whole`, all that a
    translated file must have is read (framing matter, headers, comments, titles), and each block knows its place.
    `limits` are of e-books; `target_language` is that of translations which a file holds beside its texts.
    """
    named = tuple((columns or {}).items())
    told = Told(id, str(path), language, columns=named, whole=whole, limits=limits, target=target_language)
    document = _read(path, told, encoding, everything=everything or whole, mend=mend)
    return with_matter(document, "keep") if whole else with_speakers(with_matter(document, matter))


def format_of(path: Path) -> Format:
    """The format of a file, by what it holds; raises InputError where none of ours."""
    return BY_SUFFIX[kind_of(read_bytes(path), path, path.suffix.lower().removeprefix("."))]


def _read(path: Path, told: Told, encoding: str | None, *, everything: bool, mend: bool) -> Document:
    """The document as its reader gives it."""
    suffix = path.suffix.lower().removeprefix(".")
    raw = read_bytes(path)
    kind = BY_SUFFIX[kind_of(raw, path, suffix)]
    if suffix in BY_SUFFIX and BY_SUFFIX[suffix] is not kind:
        said = f"named .{suffix}, but it is {kind.name}: read as that"
        told = replace(told, flags=(Flag("extension", "warning", said),))
    if kind.file is not None:
        return kind.file(path, told)
    if kind.text is None:
        raise InputError(f"{path}: {kind.name} has no reader", "Give another format.")
    decoded = (decode_html if kind.text is read_html else decode)(raw, str(path), encoding)
    decoded = mended_encoding(decoded, str(path)) if mend else decoded
    told = replace(told, flags=(*told.flags, *decoded.flags))
    if kind.text is read_html:
        return read_html(decoded.text, told, everything=everything)
    return kind.text(decoded.text, told)


def document_from_text(text: str, *, id: str = "d", path: str = "", language: str = "fr") -> Document:
    """The document that a plain text holds."""
    return with_speakers(with_matter(read_text(text, Told(id, path, language, flags=oddities(text))), "set-aside"))


def line_document(path: Path, *, id: str = "d", language: str = "fr", encoding: str | None = None) -> Document:
    """Read a file that is split already, one sentence a line."""
    decoded = decode(read_bytes(path), str(path), encoding)
    return read_lines(decoded.text, Told(id, str(path), language, flags=decoded.flags))
