"""Texts of people in the place of sentences: the document with its blocks and spans as they are then."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.revision.cutting import unused
from pipeline.text import Block, Document, Sentence, Span

_PLACED = re.compile(r"(\d+) (\d+)((?: .*)?)", re.DOTALL)  # how a block's data places a mark in its text


@dataclass(frozen=True, slots=True)
class Respelling:
    """Sentences `start` to before `end` that read `texts` now; an empty range is a place before sentence `start`."""

    start: int
    end: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """Characters from `start` to before `end` that are `text` now; `first` stands before the first sentence."""

    start: int
    end: int
    text: str
    first: bool = False


def respelt(
    document: Document, sentences: Sequence[Sentence], changes: Sequence[Respelling]
) -> tuple[Document, tuple[Sentence, ...], list[int]]:
    """The document and its sentences after changes, which are in order and apart, and how many sentences each made.

    Every sentence's text is that of its span, blocks stay in order, marks that a change touches are left out.
    """
    spliced = [_spliced(one, sentences) for one in changes]
    text, shift = _text_of(document.text, spliced)
    names = {one.id for one in sentences}
    made: list[Sentence] = []
    at = 0
    for number, (change, splice) in enumerate(zip(changes, spliced, strict=True)):
        made += (_moved(one, shift) for one in sentences[at : change.start])
        begin = shift.begin_of(number) + len(splice.text) - len(splice.text.lstrip(" "))
        made += _new(change, begin, sentences, document.id, names)
        at = change.end
    made += (_moved(one, shift) for one in sentences[at:])
    blocks = tuple(_block(one, shift, text, spliced) for one in document.blocks)
    missing = {one.block for one in made} - {one.id for one in blocks}
    blocks += tuple(_of_sentences(id, [one for one in made if one.block == id], text) for id in sorted(missing))
    return replace(document, text=text, blocks=blocks), tuple(made), [len(one.texts) for one in changes]


class _Shift:
    """From characters of the former text to those of the new one."""

    def __init__(self, changes: Sequence[_Change]) -> None:
        self._changes = changes
        self._ends = [one.end for one in changes]
        self._grown = [0]
        for one in changes:
            self._grown.append(self._grown[-1] + len(one.text) - (one.end - one.start))

    def sentence(self, place: int) -> int:
        """Where a sentence begins that began at a character."""
        return self._at(place, bisect_right(self._ends, place))

    def border(self, place: int) -> int:
        """Where a block begins or ends; within a change, after it; what was put first of all is in the first block."""
        k = bisect_right(self._ends, place)
        while k and self._changes[k - 1].first and self._ends[k - 1] == place:
            k -= 1
        return self._at(place, k)

    def begin_of(self, number: int) -> int:
        """Where the text of a change begins."""
        return self._changes[number].start + self._grown[number]

    def _at(self, place: int, k: int) -> int:
        if k < len(self._changes) and self._changes[k].start < place:
            return self.begin_of(k) + len(self._changes[k].text)
        return place + self._grown[k]


def _spliced(one: Respelling, sentences: Sequence[Sentence]) -> _Change:
    """A change of sentences as one of characters; what is inserted stands behind the sentence before it."""
    text = " ".join(one.texts)
    if one.start < one.end:
        start, end = sentences[one.start].start, sentences[one.end - 1].end
        after = sentences[one.end] if one.end < len(sentences) else None
        if not text and after is not None and after.block == sentences[one.start].block:
            end = after.start
        return _Change(start, end, text)
    if one.start:
        place = sentences[one.start - 1].end
        return _Change(place, place, f" {text}" if text else "")
    place = sentences[0].start if sentences else 0
    return _Change(place, place, f"{text} " if text and sentences else text, first=True)


def _text_of(text: str, changes: Sequence[_Change]) -> tuple[str, _Shift]:
    pieces, at = [], 0
    for one in changes:
        pieces += [text[at : one.start], one.text]
        at = one.end
    return "".join([*pieces, text[at:]]), _Shift(changes)


def _moved(one: Sentence, shift: _Shift) -> Sentence:
    start = shift.sentence(one.start)
    return replace(one, span=Span(start, start + len(one.text)))


def _new(
    change: Respelling, begin: int, sentences: Sequence[Sentence], document: str, names: set[str]
) -> list[Sentence]:
    """The sentences that a change made, from a character on; they keep the ids of those in whose place they stand."""
    old = sentences[change.start : change.end]
    beside = sentences[max(change.start - 1, 0)] if sentences else None
    block = old[0].block if old else beside.block if beside else f"{document}.b1"
    last = old[-1].id if old else beside.id if beside else f"{block}.s1"
    made = []
    for number, text in enumerate(change.texts):
        id = old[number].id if number < len(old) else unused(last, names)
        made.append(Sentence(id, block, Span(begin, begin + len(text)), text))
        begin += len(text) + 1
    return made


def _block(one: Block, shift: _Shift, text: str, changes: Sequence[_Change]) -> Block:
    start, end = shift.border(one.span.start), shift.border(one.span.end)
    if text[start:end] == one.text:
        return replace(one, span=Span(start, end))
    touched = [(c.start - one.span.start, c.end - one.span.start, len(c.text)) for c in changes]
    touched = [c for c in touched if c[1] >= 0 and c[0] <= len(one.text)]
    data = tuple((name, moved) for name, value in one.data if (moved := _mark(value, touched)) is not None)
    return replace(one, text=text[start:end], span=Span(start, end), data=data)


def _mark(value: str, touched: Sequence[tuple[int, int, int]]) -> str | None:
    """A mark of a block where it stands now; None if what it marks is no longer there."""
    found = _PLACED.fullmatch(value)
    if found is None:
        return value
    start, end = int(found[1]), int(found[2])
    if any(a < end and start < b for a, b, _ in touched):
        return None
    grown = sum(length - (b - a) for a, b, length in touched if b <= start)
    return f"{start + grown} {end + grown}{found[3]}"


def _of_sentences(id: str, sentences: Sequence[Sentence], text: str) -> Block:
    span = Span(sentences[0].start, sentences[-1].end)
    return Block(id, "paragraph", text[span.start : span.end], span)
