"""Text to bytes, in the encoding that a file had."""

from __future__ import annotations

import codecs

_ERRORS = {"utf": "surrogatepass"}  # all else can be written


def encoded(text: str, raw: bytes, encoding: str, *, escape: str = "xmlcharrefreplace") -> bytes:
    """A text in the encoding of the bytes that it came of, with their byte order mark.

    `escape` is how Python writes what the encoding cannot hold; without one, such a text is written in UTF-8.
    """
    marks = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    mark = next((one for one in marks if raw.startswith(one)), b"")
    if encoding in ("utf-16", "utf-32"):
        mark = b""  # these write their own
    name, errors = encoding.replace("_", "-").removesuffix("-sig"), _ERRORS.get(encoding[:3], escape)
    try:
        return mark + text.encode(name, errors or "strict")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
