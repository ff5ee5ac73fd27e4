"""The pages of an e-book: a chapter a file, a very long chapter in several, and the lines of its contents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.book.content import Book, Pair, Paragraph, Table, cut, cut_long, entry_of, in_contents, tabled
from pipeline.text import Resource

LONGEST_PAGE = 400  # pairs; readers of e-books grow slow on larger pages


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: a paragraph, with the file name of its image if it is one, or a table."""

    paragraph: Paragraph
    image: str = ""
    table: Table | None = None

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs of it."""
        return self.table.paragraphs if self.table else (self.paragraph,)


@dataclass(frozen=True, slots=True)
class Page:
    """One XHTML file of the book; `part` is the title to announce, `opens` whether a part begins here."""

    id: str
    title: str
    part: str
    shown: tuple[Shown, ...]
    opens: bool = False

    @property
    def file(self) -> str:
        """Its name in the package."""
        return f"{self.id}.xhtml"

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs on it."""
        return tuple(one for shown in self.shown for one in shown.paragraphs)

    @property
    def words(self) -> str:
        """Which words go together: a line for each of its pairs of which that is known."""
        return "\n".join(pair.words for one in self.paragraphs for pair in one.pairs if pair.words)

    @property
    def doubts(self) -> tuple[Pair, ...]:
        """The pairs on it that are uncertain."""
        return tuple(pair for one in self.paragraphs for pair in one.pairs if pair.doubt)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the contents with the lines below it."""

    href: str
    level: int
    source: str
    target: str
    below: tuple[Line, ...] = ()


def pages_of(book: Book, images: Mapping[Resource, str]) -> Iterator[Page]:
    """The text as files; `images` are the file names of those that the book can show."""
    number = 0
    for part in book.parts:
        opening, first = (part.title if book.announces(part) else ""), True
        for chapter in _chapters(part.paragraphs):
            number += 1
            heading = next((one for one in chapter if one.level), None)
            title = cut(heading.source or heading.target) if heading else part.title
            kept = [one for one in chapter if (one.image in images if one.image else one.pairs)]
            yield Page(f"page-{number:04}", title, opening, tuple(_shown(kept, images)), opens=first)
            opening, first = "", False


def _shown(paragraphs: Sequence[Paragraph], images: Mapping[Resource, str]) -> Iterator[Shown]:
    for one in tabled(paragraphs):
        if isinstance(one, Table):
            yield Shown(one.paragraphs[0], table=one)
        else:
            yield Shown(one, images[one.image] if one.image else "")


def _chapters(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Paragraphs by chapter; a title right before a chapter's heading stays on the same page."""
    chapter: list[Paragraph] = []
    for one in cut_long(paragraphs, LONGEST_PAGE):
        full = sum(len(other.pairs) for other in chapter) >= LONGEST_PAGE
        if chapter and (full or (one.chapter and not all(other.level for other in chapter))):
            yield chapter
            chapter = []
        chapter.append(one)
    yield chapter


def lines_of(book: Book, pages: Sequence[Page]) -> tuple[Line, ...]:
    """The contents: parts and headings down to the third level, nested; at least one line, as nav must have it."""
    announced = False
    flat: list[Line] = []
    for page in pages:
        if page.opens:
            announced = bool(page.part)
        if page.part:
            flat.append(Line(page.file, 1, cut(page.part), ""))
        for one in filter(in_contents, page.paragraphs):
            entry = entry_of(one, one.level + announced)
            flat.append(Line(f"{page.file}#{entry.id}", entry.level, entry.source, entry.target))
    return _nested(flat) or (Line(pages[0].file if pages else "title.xhtml", 1, book.title, ""),)


def _nested(flat: Sequence[Line]) -> tuple[Line, ...]:
    made: list[Line] = []
    start = 0
    while start < len(flat):
        end = start + 1
        while end < len(flat) and flat[end].level > flat[start].level:
            end += 1
        made.append(replace(flat[start], below=_nested(flat[start + 1 : end])))
        start = end
    return tuple(made)
