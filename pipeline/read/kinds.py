"""What a file is, by its first bytes and then by its name: extensions lie."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.errors import InputError
from pipeline.read.archive import open_archive
from pipeline.read.encoding import SIGNATURES

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S
)
_TIMES = re.compile(rb"(?:\xef\xbb\xbf)?\s*\d+\s*\r?\n\d{1,2}:\d\d:\d\d[,.]\d{1,3}\s*-->")
_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<\?xml\b[^>]{0,200}>(?:\s*<[!?].{0,2000}?>)*?\s*<([A-Za-z][\w:.-]{0,60})", re.S
)
# `calais.fr`, `calais.pt-BR`: a language for an extension, as the files of a pair have
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?$")
# formats that look like text and are none; what to do with them
_NOT_TEXT = {
    "ods": "Save it as .csv, or one text a line as .txt.",
    **dict.fromkeys(("yaml", "yml", "xml", "ts"), "Export its texts as TSV, JSON, PO, XLIFF or TMX."),
    **dict.fromkeys(("sub", "ttml"), "Convert it to .srt or .vtt."),
    **dict.fromkeys(("doc", "xls", "ppt", "odp", "tex", "fb2", "mobi"), "Export it as text, HTML, EPUB or DOCX."),
}
_SIGNED_NAMES = ("pdf", "rtf", "ass", "ssa")
_MARKED_UP = ("md", "markdown", "csv", "tsv", "tab")  # what may begin with a tag and is no page
_UNITS = ("xlf", "xliff", "sdlxliff", "mqxliff", "txlf", "tmx")
_ROOTS = {b"xliff": "xlf", b"tmx": "tmx"}  # of XML that is read whatever it is called
_TABLES = ("csv", "tsv", "tab", "json", "arb", "jsonl", "ndjson", "po", "pot")
_AS_NAMED = (*_SIGNED_NAMES, "txt", "md", "markdown", "html", "htm", "xhtml", "srt", "vtt", *_TABLES)
_SIGNED = {b"%PDF-": "pdf", b"{\\rtf": "rtf", b"[Script Info]": "ass"}
_PACKED = ("epub", "docx", "xlsx", "pptx", "odt")
_MAIN = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_OPEN_TEXT = tuple(f"application/vnd.oasis.opendocument.text{kind}".encode() for kind in ("", "-template", "-master"))
# a file of these in a container tells what it is, and how people call it
_OTHERS = {
    "xl/workbook.bin": "a binary spreadsheet",
    "content.xml": "an OpenDocument file",
}


def kind_of(raw: bytes, path: Path, suffix: str) -> str:
    """The format's name; raises InputError for containers that are no document, and documents that are no container."""
    if raw.startswith(_ZIP):
        return _container(path)
    if raw.startswith(_OLE) and suffix in _PACKED:
        old = suffix.removesuffix("x")
        raise InputError(
            f"{path} is protected by a password, or an old .{old}", f"Save it as {suffix.upper()} without a password."
        )
    if suffix in _PACKED:
        begin = " ".join(f"{byte:#04x}" for byte in raw[:8]) or "nothing"
        raise InputError(
            f"{path} is not {suffix.upper()}: it begins with {begin}, not with a ZIP container's signature",
            "Check what the file is, and give it its own extension.",
        )
    if suffix in ("html", "htm", "xhtml") or (_PAGE.match(raw[:4096]) and suffix not in _MARKED_UP):
        return suffix if suffix in ("html", "htm", "xhtml") else "html"
    if raw.startswith((b"WEBVTT", b"\xef\xbb\xbfWEBVTT")):
        return "vtt"
    for signature, kind in _SIGNED.items():
        if raw[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(signature):
            return kind
    if suffix in ("txt", "") and _TIMES.match(raw[:4096]):
        return "srt"
    root = _XML.match(raw[:4096])
    if suffix in _UNITS or (root and root[1].rpartition(b":")[2] in _ROOTS):
        return suffix if suffix in _UNITS or root is None else _ROOTS[root[1].rpartition(b":")[2]]
    _refuse_other(raw, path, suffix)
    return suffix if suffix in _AS_NAMED else "txt"


def _refuse_other(raw: bytes, path: Path, suffix: str) -> None:
    """Raise InputError for what would be read as plain text and is none."""
    if root := _XML.match(raw[:4096]):
        what = f"XML, its root <{root[1].decode('ascii', 'replace')}>"
        raise InputError(f"{path} is {what}, which is not read", _NOT_TEXT.get(suffix, _NOT_TEXT["xml"]))
    if suffix in _NOT_TEXT and not raw.startswith(SIGNATURES):
        raise InputError(f"{path} is a .{suffix} file, which is not read", _NOT_TEXT[suffix])
    if suffix not in _AS_NAMED and suffix and not _LANGUAGE.match(suffix) and not raw.startswith(SIGNATURES):
        raise InputError(
            f"{path} has an extension, .{suffix}, that names no format that is read",
            "Name it .txt if it is plain text; `visavis formats` lists what is read.",
        )


def _container(path: Path) -> str:
    archive = open_archive(path)
    if "META-INF/container.xml" in archive.names:
        return "epub"
    for part, kind in _MAIN.items():
        if part in archive.names:
            return kind
    if "mimetype" in archive.names and archive.read("mimetype").strip() in _OPEN_TEXT:
        return "odt"
    what = next((name for part, name in _OTHERS.items() if part in archive.names), "a ZIP archive")
    raise InputError(f"{path} is {what}, which is not read", "Export it as text, HTML, EPUB or DOCX.")
