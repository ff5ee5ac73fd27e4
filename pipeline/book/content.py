"""A book as its pages need it: parts with paragraphs of pairs, images and contents, made of bitexts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.book.doubts import doubt
from pipeline.book.options import BookOptions
from pipeline.book.typography import direction, language_tag, typeset, visible
from pipeline.text import Bitext, Block, Kind, Resource, Row

LONGEST_PARAGRAPH = 40  # pairs; longer ones go on in a further element, so that a page never lays out too much at once
_CHAPTER_LEVEL = 2
_WRAPPED = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Language:
    """A language tag and the direction its script runs."""

    tag: str
    direction: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A row as displayed; an empty side has no counterpart, `doubt` says why the pair is uncertain."""

    id: str
    source: str
    target: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Pairs that belong together: a paragraph, a heading (`level` 1-6, else 0) or a piece of a longer paragraph.

    `row` marks the table cell that begins a row.
    """

    kind: Kind
    pairs: tuple[Pair, ...]
    level: int = 0
    chapter: bool = False
    row: bool = False
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


def book_of(bitexts: Sequence[Bitext], options: BookOptions) -> Book:
    """Bitexts as a book; several become its parts. The languages are those of the first."""
    ids = _Ids()
    first = bitexts[0] if bitexts else None
    return Book(
        title=visible(_one_line(options.title)) or (_title_of(first) if first else "") or "Untitled",
        author=visible(_one_line(options.author)),
        source=_language(first.source.language if first else "und"),
        target=_language(first.target.language if first else "und"),
        parts=tuple(_part(bitext, options, ids) for bitext in bitexts),
        cover=options.cover or (_cover_of(first) if first else None),
    )


def cut_long(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The same paragraphs, none with more than LONGEST_PARAGRAPH pairs."""
    for paragraph in paragraphs:
        yield replace(paragraph, pairs=paragraph.pairs[:LONGEST_PARAGRAPH])
        for start in range(LONGEST_PARAGRAPH, len(paragraph.pairs), LONGEST_PARAGRAPH):
            rest = paragraph.pairs[start : start + LONGEST_PARAGRAPH]
            yield replace(paragraph, pairs=rest, continued=True, image=None)


class _Ids:
    """Ids that are unique in a book and legal as NCName; those that are both already stay as they are."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def fit(self, wanted: str) -> str:
        name = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in wanted)
        if not name[:1].isalpha() or name.startswith("vv-"):  # vv-: what the pages call their own
            name = f"d-{name}"
        unique, number = name, 2
        while unique in self._taken:
            unique, number = f"{name}-{number}", number + 1
        self._taken.add(unique)
        return unique


def _part(bitext: Bitext, options: BookOptions, ids: _Ids) -> Part:
    return Part(ids.fit(bitext.source.id), _title_of(bitext), tuple(_paragraphs(bitext, options, ids)))


def _paragraphs(bitext: Bitext, options: BookOptions, ids: _Ids) -> Iterator[Paragraph]:
    """Rows grouped by the block they stand in, with the images that lie between."""
    blocks = {block.id: block for block in (*bitext.target.blocks, *bitext.source.blocks)}
    images, outline, above = _Images(bitext), _Outline(), ("", "")
    for group in _groups(bitext.rows()):
        block = blocks.get(group[0].block)
        yield from images.before(group[0].block)
        facts = dict(block.data) if block else {}
        level = outline.level(facts.get("level", "")) if group[0].kind == "heading" else 0
        pairs = tuple(_pair(row, bitext, options, ids) for row in group)
        chapter = "chapter" in facts or 0 < level <= _CHAPTER_LEVEL
        line = (facts.get("table", ""), facts.get("row", ""))
        yield Paragraph(group[0].kind, pairs, level=level, chapter=chapter, row=line not in (above, ("", "")))
        above = line
    yield from images.rest()


def _groups(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Consecutive rows of one block; a row that only the target has joins the paragraph its sentence stands in."""
    group: list[Row] = []
    for row in rows:
        if group and not _belongs(row, group):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _belongs(row: Row, group: list[Row]) -> bool:
    if row.block == group[-1].block or row.block == group[0].block:
        return True
    ours = {sentence.block for sentence in row.target.sentences}
    theirs = {sentence.block for sentence in group[-1].target.sentences}
    return not row.source.text and bool(ours & theirs)


def _pair(row: Row, bitext: Bitext, options: BookOptions, ids: _Ids) -> Pair:
    keeps_lines = row.kind in ("verse", "cue")
    source, target = (
        typeset(side.text.strip() if keeps_lines else _one_line(side.text), language)
        for side, language in ((row.source, bitext.source.language), (row.target, bitext.target.language))
    )
    return Pair(ids.fit(row.id), source, target, visible(doubt(row, options.least_score)))


class _Outline:
    """How deep headings lie under each other, 1-6, whatever it skips; those without a level are equals."""

    def __init__(self) -> None:
        self._above: list[int] = []

    def level(self, told: str) -> int:
        """The depth of the next heading."""
        level = int(told) if told.isascii() and told.isdigit() else _CHAPTER_LEVEL
        self._above = [*(other for other in self._above if other < level), level][:6]
        return len(self._above)


class _Images:
    """The images of a document, each given out once, behind the block that names it (those of the first, before it)."""

    def __init__(self, bitext: Bitext) -> None:
        document = bitext.source if bitext.source.resources else bitext.target
        known = {resource.name: resource for resource in document.resources}
        self._order = {block.id: i for i, block in enumerate(document.blocks)}
        self._waiting = [
            (place, Paragraph("paragraph", (), image=known[name], alt=visible(_one_line(alt))))
            for place, block in enumerate(document.blocks)
            for name, alt in _named_images(block)
            if name in known
        ]

    def before(self, block: str) -> Iterator[Paragraph]:
        """Images that stand before this block."""
        place = self._order.get(block, 0)
        while self._waiting and self._waiting[0][0] < max(place, 1):
            yield self._waiting.pop(0)[1]

    def rest(self) -> Iterator[Paragraph]:
        """Images after the last paragraph."""
        yield from (image for _, image in self._waiting)


def _named_images(block: Block) -> Iterator[tuple[str, str]]:
    """The images that a block's data name, each with the `alt` that follows it."""
    for i, (name, value) in enumerate(block.data):
        if name == "image":
            following = block.data[i + 1] if i + 1 < len(block.data) else ("", "")
            yield value, following[1] if following[0] == "alt" else ""


def _cover_of(bitext: Bitext) -> Resource | None:
    """The image that no block shows: readers of documents keep that one for the cover."""
    for document in (bitext.source, bitext.target):
        shown = {name for block in document.blocks for name, _ in _named_images(block)}
        for resource in document.resources:
            if resource.name not in shown:
                return resource
    return None


def _title_of(bitext: Bitext) -> str:
    """A document's own title: what its format says, its first line if that is a heading, else its name."""
    told = dict(bitext.source.meta).get("title", "")
    first = bitext.source.blocks[0] if bitext.source.blocks else None
    if not told and first and first.kind == "heading":
        told = first.text
    return typeset(_one_line(told), bitext.source.language) or bitext.source.id.removeprefix("d-")


def _language(tag: str) -> Language:
    return Language(language_tag(tag), direction(tag))


def _one_line(text: str) -> str:
    return _WRAPPED.sub(_kept_space, text).strip()


def _kept_space(match: re.Match[str]) -> str:
    """White space as one space, unless it is a single no-break space that the author chose."""
    return match.group() if match.group() in ("\u00a0", "\u202f") else " "
