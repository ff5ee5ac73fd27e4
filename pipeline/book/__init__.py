"""Books for people, made of bitexts: a reader in one HTML file, and an EPUB."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.book.epub import write_epub
from pipeline.book.options import LAYOUTS, BookOptions
from pipeline.book.reader import write_html
from pipeline.text import Bitext

__all__ = ["BOOKS", "LAYOUTS", "BookKind", "BookOptions", "write_epub", "write_html"]


@dataclass(frozen=True, slots=True)
class BookKind:
    """A kind of book: what it is, and what writes one to a file."""

    name: str
    meaning: str
    write: Callable[[Sequence[Bitext], Path, BookOptions], None]


BOOKS: dict[str, BookKind] = {
    one.name: one
    for one in (
        BookKind("html", "a reader in one file, for any browser", write_html),
        BookKind("epub", "an e-book, for reading devices and programs", write_epub),
    )
}
