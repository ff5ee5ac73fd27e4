"""Books for people, made of bitexts: a reader in one HTML file, an EPUB, a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.book.building import author_of, title_of
from pipeline.book.epub import EPUB_LAYOUTS, write_epub
from pipeline.book.options import LAYOUTS, PAPERS, BookOptions
from pipeline.book.pdf import PDF_LAYOUTS, check_pdf, write_pdf
from pipeline.book.reader import HTML_LAYOUTS, write_html
from pipeline.text import Bitext

__all__ = [
    "BOOKS",
    "LAYOUTS",
    "PAPERS",
    "BookKind",
    "BookOptions",
    "author_of",
    "title_of",
    "write_epub",
    "write_html",
    "write_pdf",
]


@dataclass(frozen=True, slots=True)
class BookKind:
    """A kind of book: what it is, what writes one to a file, its layouts (its own first), the extra that it needs.

    `check` raises OutputError where that is absent; `words`: a word lights up its counterparts.
    """

    name: str
    meaning: str
    write: Callable[[Sequence[Bitext], Path, BookOptions], None]
    layouts: tuple[str, ...]
    extra: str = ""
    check: Callable[[], None] | None = None
    words: bool = False


BOOKS: dict[str, BookKind] = {
    one.name: one
    for one in (
        BookKind("html", "a reader in one file, for any browser", write_html, HTML_LAYOUTS, words=True),
        BookKind("epub", "an e-book, for reading devices and programs", write_epub, EPUB_LAYOUTS, words=True),
        BookKind("pdf", "pages to print, in two columns", write_pdf, PDF_LAYOUTS, "pdf", check_pdf),
    )
}
