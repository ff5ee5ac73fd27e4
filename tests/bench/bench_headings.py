"""How many of the chapters of twelve books are found, and what is taken for a heading and is none.

python tests/bench/bench_headings.py
"""

from __future__ import annotations

from dataclasses import dataclass

from laid_out_books import Book, books

from pipeline.read import document_from_text


@dataclass(frozen=True, slots=True)
class Found:
    """How many chapters a book has, how many of them were found, and headings that are none."""

    chapters: int
    found: int
    false: tuple[str, ...]


def found_in(book: Book) -> Found:
    """What the reader finds: chapters whose first line opens a heading, in order; the title of the book is none."""
    document = document_from_text(book.text, language=book.language)
    headings = [block.text.split("\n")[0] for block in document.blocks if block.kind == "heading"]
    at = found = 0
    false = []
    for text in headings:
        if text in book.chapters[at:]:
            at = book.chapters.index(text, at) + 1
            found += 1
        elif text != book.title and text not in book.under:
            false.append(text)
    return Found(len(book.chapters), found, tuple(false))


def main() -> None:
    """A line a book, and the sums."""
    every = [(book, found_in(book)) for book in books()]
    for book, one in every:
        print(f"{book.name:28}{one.found:3} of {one.chapters}, false {len(one.false)} {list(one.false)[:4]}")
    chapters, found = sum(one.chapters for _, one in every), sum(one.found for _, one in every)
    false = sum(len(one.false) for _, one in every)
    print(f"found {found / chapters:.1%} of {chapters}; {false / max(1, found + false):.1%} of what is found are none")


if __name__ == "__main__":
    main()
