"""A web page in the other language: its bytes, but for the words."""

from __future__ import annotations

from pathlib import Path

from pipeline.document.encodings import encoded
from pipeline.document.languages import Relabelled
from pipeline.document.markup import Markup
from pipeline.document.options import DocumentOptions
from pipeline.document.pages import fill_page
from pipeline.document.wordings import turned
from pipeline.read.encoding import read_bytes
from pipeline.read.html import decode_html
from pipeline.text import Bitext


def write_html(bitext: Bitext, source: Path, options: DocumentOptions) -> bytes:
    """A page in its own form; raises InputError where it cannot be found in the file again."""
    raw = read_bytes(source)
    page = decode_html(raw, str(source), options.encoding)
    markup = Markup(page.text, html=True)
    fill_page(
        markup,
        list(turned(bitext)),
        str(source),
        Relabelled(bitext.source.language, bitext.target.language),
        options.layout,
    )
    return encoded(markup.written(), raw, page.encoding) if markup.edits else raw
