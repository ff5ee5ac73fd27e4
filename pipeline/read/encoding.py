"""Bytes to text: byte order mark, strict UTF-8, then cp1252 or Latin-9, with the evidence for what was chosen."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.files import require_file
from pipeline.read.mojibake import mend_encoding, mojibake
from pipeline.text import Flag

_MARKS = (  # longest first: UTF-32's mark begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (  # first bytes of files that are not text, and what to call them
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3\x00", "a database"),
)
SIGNATURES = tuple(signature for signature, _ in _SIGNATURES)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
# the oe ligatures and the euro of ISO 8859-15; in cp1252 these bytes are fractions and a sign that touch no letter
_LATIN_9 = re.compile(rb"(?<![0-9])[\xbc\xbd][A-Za-z\xc0-\xff]|\d ?\xa4")
# letters of DOS's code pages 850 and 437 between letters, where cp1252 has marks; and letters of cp1252 there
_DOS = re.compile(rb"(?<=[A-Za-z])[\x82\x83\x85\x87\x88\x8a\x93\x97](?=[A-Za-z])")
_WINDOWS = re.compile(rb"(?<=[A-Za-z])[\xe0-\xff](?=[A-Za-z])")
_C1 = re.compile(rb"[\x80-\x9f]")
_SHARE_OF_CONTROLS = 0.05  # above it a file is not text


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text without byte order mark, the encoding's name, and what is worth knowing about it."""

    text: str
    encoding: str
    flags: tuple[Flag, ...] = ()


def read_bytes(path: Path) -> bytes:
    """All of a file; raises InputError where it is missing, a folder or unreadable."""
    try:
        require_file(path)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path} cannot be read: {reason}", "Check the path and its permissions.") from error


def decode(raw: bytes, name: str, encoding: str | None = None) -> Decoded:
    """Decode a file's bytes; `encoding` wins over every guess.

    Raises InputError, with the offset and value of the byte, for binary files and bytes that fit no encoding.
    """
    if encoding:
        return _decode_as(raw, name, encoding)
    for mark, found in _MARKS:
        if raw.startswith(mark):
            flags = () if found == "utf-8" else (Flag("encoding", "info", f"{found}, told by its byte order mark"),)
            return _finish(_strict(raw, name, found), name, found, flags)
    for signature, kind in _SIGNATURES:
        if raw.startswith(signature):
            raise InputError(
                f"{name} is {kind}, not text (it begins with {_hex(raw[:8])})", "Export it as text, HTML, EPUB or DOCX."
            )
    return _without_mark(raw, name)


def _decode_as(raw: bytes, name: str, encoding: str) -> Decoded:
    try:
        found = codecs.lookup(encoding).name
        text = _strict(raw, name, found)
    except (LookupError, ValueError) as error:
        raise InputError(
            f"{name}: {encoding!r} is not an encoding of text", "Use a name such as utf-8, cp1252, iso8859-15."
        ) from error
    return _finish(text, name, found, (Flag("encoding", "info", f"{found}, as asked for"),))


def _without_mark(raw: bytes, name: str) -> Decoded:
    wide = _utf16_without_mark(raw)
    if wide:
        note = Flag("encoding", "warning", f"{wide}, guessed: it has no byte order mark, and every second byte is 0")
        return _finish(_strict(raw, name, wide), name, wide, (note,))
    try:
        return _finish(raw.decode("utf-8"), name, "utf-8", ())
    except UnicodeDecodeError as error:
        return _legacy(raw, name, error)


def _legacy(raw: bytes, name: str, error: UnicodeDecodeError) -> Decoded:
    """Decode what is not UTF-8, unless it is UTF-8 with a flaw, or not text at all."""
    where = f"byte {raw[error.start]:#04x} at offset {error.start}"
    flawed = _with_surrogates(raw)
    if flawed is not None:
        return _finish(flawed, name, "utf-8", ())
    escaped = raw.decode("utf-8", "surrogateescape")
    bad = len(_SURROGATES.findall(escaped))
    good = sum(1 for c in escaped if c > "\x7f") - bad
    if good > bad:
        raise InputError(
            f"{name} is not UTF-8: {where} (with {bad} such bytes among {good} characters that are)",
            "Mend the file, or give its encoding (such as `encoding: cp1252`).",
        )
    guess = "iso8859-15" if _LATIN_9.search(raw) and not _C1.search(raw) else "cp1252"
    if b"\0" in raw or _controls_share(escaped) > _SHARE_OF_CONTROLS:
        raise InputError(
            f"{name} is not text: {where} is not UTF-8, and {len(_CONTROLS.findall(escaped))} characters are controls",
            "Give a text file, or name its encoding (such as `encoding: utf-16-le`).",
        )
    flag = Flag("encoding", "info", f"{guess}, guessed: {where} is not UTF-8")
    if (dos := len(_DOS.findall(raw))) > len(_WINDOWS.findall(raw)):
        guess, told = (
            "cp850",
            f"cp850, guessed: {where} is not UTF-8, and {dos} such bytes between letters are no letters",
        )
        flag = Flag("encoding", "warning", f"{told} in cp1252")
    return _finish(_strict(raw, name, guess), name, guess, (flag,))


def _with_surrogates(raw: bytes) -> str | None:
    """Text whose only flaw as UTF-8 is surrogates written as three bytes (CESU-8): pairs joined, lone ones kept."""
    try:
        text = raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _finish(text: str, name: str, encoding: str, flags: tuple[Flag, ...]) -> Decoded:
    if _controls_share(text) > _SHARE_OF_CONTROLS and len(text) > 20:
        first = _CONTROLS.search(text)
        offset = first.start() if first else 0
        raise InputError(
            f"{name} is not text: {len(_CONTROLS.findall(text))} of its {len(text)} characters are control characters, "
            f"the first, U+{ord(text[offset]):04X}, at offset {offset}",
            "Give a text file, or name its encoding (such as `encoding: utf-16-le`).",
        )
    return Decoded(text, encoding, (*flags, *oddities(text), *mojibake(text)))


def mended_encoding(decoded: Decoded, name: str) -> Decoded:
    """The same without double encoding; raises InputError where what mends it is not installed."""
    text, told = mend_encoding(decoded.text, name)
    flags = tuple(flag for flag in decoded.flags if flag.name != "double-encoded")
    return Decoded(text, decoded.encoding, (*flags, *told, *mojibake(text)))


def oddities(text: str) -> tuple[Flag, ...]:
    """Flags for characters that text should not hold: they are kept, and where the first one is, is said."""
    flags = []
    for name, pattern in (("control-characters", _CONTROLS), ("lone-surrogates", _SURROGATES)):
        first = pattern.search(text)
        if first:
            count = len(pattern.findall(text))
            flags.append(Flag(name, "warning", f"{count}, the first U+{ord(first[0]):04X} at offset {first.start()}"))
    return tuple(flags)


def _strict(raw: bytes, name: str, encoding: str) -> str:
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        bad = _hex(raw[error.start : error.end][:4])
        raise InputError(
            f"{name} is not {encoding}: {bad} at offset {error.start} ({error.reason})",
            "Mend the file, or give its encoding (such as `encoding: cp1252`).",
        ) from error


def _utf16_without_mark(raw: bytes) -> str:
    """UTF-16 of a Western text shows a zero in every second byte; nothing else does."""
    head = raw[: 1 << 16]
    head = head[: len(head) // 2 * 2]
    if len(head) < 8 or len(raw) % 2:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 0.8 * len(head) / 2 and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.8 * len(head) / 2 and odd == 0 else ""


def _controls_share(text: str) -> float:
    return len(_CONTROLS.findall(text)) / max(1, len(text))


def _hex(raw: bytes) -> str:
    return " ".join(f"{byte:#04x}" for byte in raw)
