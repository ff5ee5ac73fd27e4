"""Books for people, made of bitexts: a reader in one HTML file, and an EPUB."""

from __future__ import annotations

from pipeline.book.epub import write_epub
from pipeline.book.options import LAYOUTS, BookOptions
from pipeline.book.reader import write_html

__all__ = ["LAYOUTS", "BookOptions", "write_epub", "write_html"]
