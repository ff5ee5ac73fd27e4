"""ZIP containers written anew: each file in its place, those that nobody edits byte for byte."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Collection
from pathlib import Path

from pipeline.document.encodings import encoded
from pipeline.errors import InputError
from pipeline.read.archive import open_archive
from pipeline.read.html import decode_html

_SAID = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.-]+)[\"']")


def rewritten(source: Path, names: Collection[str], edited: Callable[[str, str], str]) -> bytes:
    """A container's bytes; files of these names are given, as text, to `edited` first."""
    archive, stream = open_archive(source), io.BytesIO()
    with archive.file, zipfile.ZipFile(stream, "w") as made:
        made.comment = archive.file.comment
        for entry in archive.file.infolist():
            content = b"" if entry.is_dir() else archive.read(entry.filename)
            if entry.filename in names:
                content = _edited(content, entry.filename, edited)
            made.writestr(_copied(entry), content)
    return stream.getvalue()


def _edited(content: bytes, name: str, edited: Callable[[str, str], str]) -> bytes:
    """A file of XML after an edit, in its own encoding; what is as it was stays so byte for byte."""
    found = _SAID.match(content.removeprefix(b"\xef\xbb\xbf"))
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else found[1].decode() if found else "utf-8"
    try:
        text = content.decode(encoding)
    except (UnicodeError, LookupError):  # it is not in the encoding that it names: read as it was when it was read
        try:
            page = decode_html(content, name)
        except InputError:
            return content
        new = edited(name, page.text)
        return content if new == page.text else encoded(new, content, page.encoding)
    new = edited(name, text)
    return content if new == text else new.encode(encoding, "xmlcharrefreplace")


def _copied(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The header of an entry, so that equal documents give equal files."""
    copy = zipfile.ZipInfo(entry.filename, entry.date_time)
    copy.compress_type = entry.compress_type if entry.compress_type in _WRITTEN else zipfile.ZIP_DEFLATED
    copy.external_attr, copy.create_system, copy.comment = entry.external_attr, entry.create_system, entry.comment
    return copy


_WRITTEN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
