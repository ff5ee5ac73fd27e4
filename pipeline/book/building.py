"""Bitexts to a book: rows by the block they stand in, set as a printer would, with what lies between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.book.content import Book, Language, Pair, Paragraph, Part
from pipeline.book.counterparts import counterparts
from pipeline.book.doubts import doubt
from pipeline.book.inline import Mark, displayed, in_side, offsets
from pipeline.book.notes import Notes, notes_of
from pipeline.book.options import BookOptions
from pipeline.book.pictures import Pictures, cover_of
from pipeline.book.typography import direction, language_of, language_tag, one_line, typeset, visible
from pipeline.text import ASIDE, Bitext, Block, Document, Row, Side

_CHAPTER_LEVEL = 2
_DEEPEST_ITEM = 3
_NO_PART = ("matter", "page")  # kinds of rows that are no part of the book
_BREAK = re.compile(r"[\s*⁂•·~_–—―-]+|#")  # what stands between scenes and says nothing


def book_of(bitexts: Sequence[Bitext], options: BookOptions) -> Book:
    """Bitexts as a book; several become its parts. The languages are those of the first."""
    ids = _Ids()
    first = bitexts[0] if bitexts else None
    return Book(
        title=visible(one_line(options.title)) or (title_of(first) if first else "") or "Untitled",
        author=visible(one_line(options.author)) or (author_of(first) if first else ""),
        source=_language(first.source.language if first else "und"),
        target=_language(first.target.language if first else "und"),
        parts=tuple(_PartMaker(bitext, options, ids).part() for bitext in bitexts),
        cover=options.cover or (cover_of(first) if first else None),
    )


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


@dataclass(frozen=True, slots=True)
class _Text:
    """One language of a bitext: its blocks by id, and what is set within them."""

    language: str
    blocks: dict[str, Block]
    notes: Notes

    @classmethod
    def of(cls, document: Document) -> _Text:
        return cls(document.language, {block.id: block for block in document.blocks}, notes_of(document.blocks))


class _PartMaker:
    """Makes one part of a book."""

    def __init__(self, bitext: Bitext, options: BookOptions, ids: _Ids) -> None:
        self._bitext = bitext
        self._options = options
        self._ids = ids
        self._id = ids.fit(bitext.source.id)
        self._sides = (_Text.of(bitext.source), _Text.of(bitext.target))
        self._outline = _Outline()
        self._anchors: dict[str, str] = {}  # the first pair that holds something of a block

    def part(self) -> Part:
        """The part, its calls of notes leading to pairs of it."""
        made = tuple(self._paragraphs())
        calls: dict[str, str] = {}
        paragraphs = [self._linked(one, calls) for one in made]
        return Part(self._id, title_of(self._bitext), tuple(_with_ways_back(one, calls) for one in paragraphs))

    def _paragraphs(self) -> Iterator[Paragraph]:
        """Rows grouped by the block they stand in, with the images that lie between."""
        pictures = Pictures(self._bitext)
        told = {title_of(self._bitext), author_of(self._bitext)} - {""}  # stand over the book already
        rows = (row for row in self._bitext.rows() if row.kind not in _NO_PART)
        for group in _groups([row for row in rows if row.kind != "meta" or _value(row.source.text) not in told]):
            yield from pictures.before(group[0].block)
            yield self._paragraph(group)
        yield from pictures.rest()

    def _paragraph(self, group: Sequence[Row]) -> Paragraph:
        id = group[0].block
        block = self._sides[0].blocks.get(id) or self._sides[1].blocks.get(id)
        facts = dict(block.data) if block else {}
        level = self._outline.level(facts.get("level", "")) if group[0].kind == "heading" else 0
        pairs = tuple(self._pair(row, code="code" in facts) for row in group)
        breaks = bool(_BREAK.fullmatch(" ".join(row.source.text for row in group)))
        once = all(_same(row) for row in group) and (breaks or group[0].kind in ASIDE or "code" in facts)
        cell = (facts["table"], facts.get("row", ""), facts.get("column", "")) if "table" in facts else None
        return Paragraph(
            group[0].kind,
            tuple(replace(pair, words="") for pair in pairs) if once else pairs,
            level=level,
            chapter="chapter" in facts or 0 < level <= _CHAPTER_LEVEL,
            title=self._title(group) if level else "",
            cell=cell,
            depth=_depth(facts.get("depth", "1")) if group[0].kind == "item" else 0,
            number=visible(facts.get("number", "")) if group[0].kind == "item" else "",
            note=self._sides[0].notes.labels.get(id, "") or self._sides[1].notes.labels.get(id, ""),
            once=once,
            breaks=breaks,
            ruled="break" in facts,
            code="code" in facts,
        )

    def _title(self, group: Sequence[Row]) -> str:
        """What stands in the target's own heading."""
        blocks = self._sides[1].blocks
        headings = [
            one.text
            for row in group
            for one in row.target.sentences
            if (block := blocks.get(one.block)) is not None and block.kind == "heading"
        ]
        return typeset(one_line(" ".join(headings)), self._bitext.target.language)

    def _pair(self, row: Row, *, code: bool) -> Pair:
        id = self._ids.fit(row.id)
        for one in (*row.source.sentences, *row.target.sentences):
            self._anchors.setdefault(one.block, id)
        keeps_lines = code or row.kind in ("verse", "cue")
        left = any(flag.name == "untranslated" for flag in row.flags)
        source, source_marks = _set(row.source, self._sides[0], self._sides[0].language, keeps_lines, code)
        spoken = self._sides[0 if left else 1].language
        target, target_marks = _set(row.target, self._sides[1], spoken, keeps_lines, code)
        why = visible(doubt(row, self._options.least_score))
        return Pair(id, source, target, why, source_marks, target_marks, counterparts(row, source, target))

    def _linked(self, one: Paragraph, calls: dict[str, str]) -> Paragraph:
        """A paragraph whose calls name the pair that they lead to, and have ids of their own; `calls` gathers those."""
        if not any(pair.source_marks or pair.target_marks for pair in one.pairs):
            return one
        return replace(one, pairs=tuple(self._called(pair, calls) for pair in one.pairs))

    def _called(self, pair: Pair, calls: dict[str, str]) -> Pair:
        def call(mark: Mark) -> Mark:
            if mark.kind != "noteref":
                return mark
            note = self._anchors.get(mark.value, "")
            id = self._ids.fit(f"{pair.id}.n{mark.label}")
            if note:
                calls.setdefault(note, id)
            return replace(mark, value=note, id=id)

        source, target = tuple(map(call, pair.source_marks)), tuple(map(call, pair.target_marks))
        return replace(pair, source_marks=source, target_marks=target)


def _value(line: str) -> str:
    """What a line of metadata (`title: The Lighthouse`) says."""
    return visible(one_line(line.partition(":")[2])).strip("\"'")


def _with_ways_back(one: Paragraph, calls: dict[str, str]) -> Paragraph:
    """A note with a way back to its first call behind its last words."""
    call = calls.get(one.pairs[0].id) if one.pairs and one.note else None
    if not call:
        return replace(one, note="") if one.note else one
    last = one.pairs[-1]
    back = Mark("back", len(last.source), len(last.source), call)
    return replace(one, pairs=(*one.pairs[:-1], replace(last, source_marks=(*last.source_marks, back))))


def _set(side: Side, text: _Text, language: str, keeps_lines: bool, code: bool) -> tuple[str, tuple[Mark, ...]]:
    """One side as displayed, with its marks."""
    plain = visible(side.text.strip()) if keeps_lines else one_line(side.text)
    marks = in_side(side.sentences, text.blocks, text.notes.marks) if text.notes.marks else []
    shown = visible(plain) if code else _typeset_around(plain, side.text, marks, language)
    return shown, displayed(marks, side.text, shown) if marks else ()


def _typeset_around(plain: str, raw: str, marks: Sequence[Mark], language: str) -> str:
    """A text set as its language is, but for the code in it, for which letters stand meanwhile."""
    codes = [one for one in marks if one.kind == "literal"]
    if not codes:
        return typeset(plain, language_of(plain, language))
    masked = list(visible(raw))
    for one in codes:
        masked[one.start : one.end] = "x" * (one.end - one.start)
    shown = typeset(one_line("".join(masked)), language)
    places = offsets("".join(masked), shown)
    for one in codes:
        at = places[one.start]
        shown = shown[:at] + visible(raw[one.start : one.end]) + shown[at + one.end - one.start :]
    return shown


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


def _same(row: Row) -> bool:
    """Whether both sides say the same, letter by letter, or one says nothing."""
    source, target = row.source.text.split(), row.target.text.split()
    return bool(source) and (source == target or not target)


def _depth(told: str) -> int:
    """In how many lists an item is, as far as a page can show it."""
    return min(int(told), _DEEPEST_ITEM) if told.isascii() and told.isdigit() else 1


class _Outline:
    """How deep headings lie under each other, 1-6, whatever it skips; those without a level are equals."""

    def __init__(self) -> None:
        self._above: list[int] = []

    def level(self, told: str) -> int:
        """The depth of the next heading."""
        level = int(told) if told.isascii() and told.isdigit() else _CHAPTER_LEVEL
        self._above = [*(other for other in self._above if other < level), level][:6]
        return len(self._above)


def title_of(bitext: Bitext) -> str:
    """A document's own title: what its format says, its first line if that is a heading, else its name."""
    told = dict(bitext.source.meta).get("title", "")
    first = bitext.source.blocks[0] if bitext.source.blocks else None
    if not told and first and first.kind == "heading":
        told = first.text
    return typeset(one_line(told), bitext.source.language) or bitext.source.id.removeprefix("d-")


def author_of(bitext: Bitext) -> str:
    """Whom the source names as its authors."""
    names = [one_line(value) for name, value in bitext.source.meta if name in ("creator", "author")]
    return visible(", ".join(dict.fromkeys(filter(None, names))))


def _language(tag: str) -> Language:
    return Language(language_tag(tag), direction(tag))
