"""A web page in the other language: its bytes, but for the words."""

from __future__ import annotations

import codecs
from pathlib import Path

from pipeline.document.languages import Relabelled
from pipeline.document.markup import Markup
from pipeline.document.options import DocumentOptions
from pipeline.document.pages import fill_page
from pipeline.document.wordings import turned
from pipeline.read.encoding import read_bytes
from pipeline.read.html import decode_html
from pipeline.text import Bitext

_ERRORS = {"utf": "surrogatepass"}  # all else can be written


def write_html(bitext: Bitext, source: Path, options: DocumentOptions) -> bytes:
    """A page in its own form; raises InputError where it cannot be found in the file again."""
    raw = read_bytes(source)
    page = decode_html(raw, str(source), options.encoding)
    markup = Markup(page.text, html=True)
    fill_page(markup, list(turned(bitext)), str(source), Relabelled(bitext.source.language, bitext.target.language))
    return encoded(markup.written(), raw, page.encoding) if markup.edits else raw


def encoded(text: str, raw: bytes, encoding: str, *, escape: str = "xmlcharrefreplace") -> bytes:
    """A text in the encoding of the bytes that it came of, with their byte order mark."""
    marks = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    mark = next((one for one in marks if raw.startswith(one)), b"")
    if encoding in ("utf-16", "utf-32"):
        mark = b""  # these write their own
    return mark + text.encode(encoding.replace("_", "-").removesuffix("-sig"), _ERRORS.get(encoding[:3], escape))
