"""A book as its pages need it: parts with paragraphs of pairs, images, notes and contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.book.inline import Mark
from pipeline.text import Kind, Resource

LONGEST_PARAGRAPH = 40  # pairs; longer ones go on in a further element, so that a page never lays out too much at once
LONGEST_ENTRY = 80  # characters of a line of the contents
_CONTENTS_LEVEL = 3


@dataclass(frozen=True, slots=True)
class Language:
    """A language tag and the direction its script runs."""

    tag: str
    direction: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A row as displayed; an empty side has no counterpart, `doubt` says why the pair is uncertain.

    `words` says which words go together, in the form of `counterparts`.
    """

    id: str
    source: str
    target: str
    doubt: str = ""
    source_marks: tuple[Mark, ...] = ()
    target_marks: tuple[Mark, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Pairs that belong together: a paragraph, a heading (`level` 1-6, else 0) or a piece of a longer paragraph.

    `title` is what a heading is called on the target side, where that is a heading too; `cell` the table, row and
    column of a table's cell; `number` that of a list's item, `depth` how many lists it is in (1-3); `note` the sign of
    a note. `once` means that both sides say the same, and one is shown; `breaks`, that it is the sign between two
    scenes; `ruled`, that such a sign, or a rule, stood before it.
    """

    kind: Kind
    pairs: tuple[Pair, ...]
    level: int = 0
    chapter: bool = False
    title: str = ""
    cell: tuple[str, str, str] | None = None
    number: str = ""
    depth: int = 0
    note: str = ""
    once: bool = False
    breaks: bool = False
    ruled: bool = False
    code: bool = False
    continued: bool = False
    image: Resource | None = None
    alt: str = ""

    @property
    def source(self) -> str:
        """The source side in one line."""
        return " ".join(pair.source for pair in self.pairs if pair.source)

    @property
    def target(self) -> str:
        """The target side in one line."""
        return " ".join(pair.target for pair in self.pairs if pair.target)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each of them paragraphs."""

    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All of them, in order."""
        return tuple(one for row in self.rows for cell in row for one in cell)


@dataclass(frozen=True, slots=True)
class Part:
    """One bitext of a book; `title` is shown when a book has several."""

    id: str
    title: str
    paragraphs: tuple[Paragraph, ...]

    def opens_with(self, title: str) -> bool:
        """Whether its text begins with this title as its top heading, so that nobody need say it again."""
        first = self.paragraphs[0] if self.paragraphs else None
        return bool(first and first.level == 1 and first.source == title)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: the id it leads to, its depth, and what it says on either side."""

    id: str
    level: int
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Book:
    """All that a page template shows."""

    title: str
    author: str
    source: Language
    target: Language
    parts: tuple[Part, ...]
    cover: Resource | None = None

    def announces(self, part: Part) -> bool:
        """Whether a part needs its title above it: not in a book of one, nor where its text begins with it."""
        return len(self.parts) > 1 and not part.opens_with(part.title)

    @property
    def pairs(self) -> Iterator[Pair]:
        """Every pair in order."""
        return (pair for part in self.parts for paragraph in part.paragraphs for pair in paragraph.pairs)

    @property
    def contents(self) -> tuple[Entry, ...]:
        """Parts and headings down to the third level."""
        entries = []
        for part in self.parts:
            announced = self.announces(part)
            if announced:
                entries.append(Entry(part.id, 1, cut(part.title), ""))
            entries += [entry_of(one, one.level + announced) for one in part.paragraphs if in_contents(one)]
        return tuple(entries)


def in_contents(one: Paragraph) -> bool:
    """Whether a paragraph is a heading that the contents list."""
    return 0 < one.level <= _CONTENTS_LEVEL and not one.continued


def entry_of(one: Paragraph, level: int) -> Entry:
    """A heading's line of the contents; the target side only where that is a heading too."""
    return Entry(one.pairs[0].id, level, cut(one.source), cut(one.title if one.source else one.title or one.target))


def cut(text: str) -> str:
    """A text in one short line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_ENTRY:
        return line
    return f"{line[:LONGEST_ENTRY].rpartition(' ')[0] or line[: LONGEST_ENTRY - 1]}…"


def cut_long(paragraphs: Iterable[Paragraph], longest: int = LONGEST_PARAGRAPH) -> Iterator[Paragraph]:
    """The same paragraphs, none with more than so many pairs."""
    for paragraph in paragraphs:
        yield replace(paragraph, pairs=paragraph.pairs[:longest])
        for start in range(longest, len(paragraph.pairs), longest):
            rest = paragraph.pairs[start : start + longest]
            yield replace(paragraph, pairs=rest, continued=True, chapter=False, ruled=False, image=None)


def tabled(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph | Table]:
    """Paragraphs with the cells of each table together; what has a single cell is no table."""
    start = 0
    while start < len(paragraphs):
        first, end = paragraphs[start], start + 1
        while first.cell and end < len(paragraphs) and _same_table(first, paragraphs[end]):
            end += 1
        table = _table(paragraphs[start:end]) if first.cell else None
        if table is not None and sum(len(row) for row in table.rows) > 1:
            yield table
        else:
            yield from paragraphs[start:end]
        start = end


def _same_table(first: Paragraph, other: Paragraph) -> bool:
    return bool(first.cell and other.cell and first.cell[0] == other.cell[0])


def _table(cells: Sequence[Paragraph]) -> Table:
    rows: dict[str, dict[str, list[Paragraph]]] = {}
    for one in cells:
        _, row, column = one.cell or ("", "", "")
        rows.setdefault(row, {}).setdefault(column, []).append(one)
    return Table(tuple(tuple(tuple(cell) for cell in row.values()) for row in rows.values()))
