"""Where the marks of a block stand in its translation: by word links, each once, nested as they were."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.document.inline import Content, Mark, Placed, Wording
from pipeline.document.reaching import Reach
from pipeline.document.sides import Words
from pipeline.text import Span

_CLOSING = re.compile(r"[.,;:!?…]*[”\"’»]*(?=\s|$|[)\]—–])[.,;:!?…]*")  # what English sets before a note's call


def place(marks: Sequence[Mark], wording: Wording) -> Content:
    """The translation with its marks: each of them once and in the mark it was in, the text unchanged between them.

    Only a `break` takes the white space around it, and a `fixed` mark the words that it stood for.
    """
    whole = Span(0, len(wording.target)), Span(0, len(wording.source))
    return _Placing(wording, Words.of(wording)).content(marks, *whole)


@dataclass(slots=True)
class _Item:
    """A mark with its place in the target."""

    mark: Mark
    start: int
    end: int
    order: int


@dataclass(slots=True)
class _Placing:
    wording: Wording
    words: Words

    def content(self, marks: Sequence[Mark], target: Span, source: Span) -> Content:
        """What stands in a part of the target that came of a part of the source, which these marks lie in."""
        if not marks:
            text = self.wording.target[target.start : target.end]
            return (text,) if text else ()
        ranged = [one for one in marks if one.start < one.end]
        reach = Reach(self.words, target, source)
        spans = reach.spans(ranged)
        items = [
            _Item(one, spans[one.key].start, spans[one.key].end, order)
            for order, one in enumerate(marks)
            if one.key in spans
        ]
        taken = sorted((one.start, one.end) for one in items if one.start < one.end)
        for order, one in enumerate(marks):
            if one.key not in spans:
                at = _outside(self._place_of(one, reach), taken, after=one.role in ("call", "last"))
                if one.role == "call":
                    at = _outside(min(target.end, at + _closing(self.wording.target, at)), taken, after=True)
                items.append(_Item(one, at, at, order))
        items.sort(key=lambda item: (item.start, item.end, item.order))
        return tuple(_merged(self._pieces(items, target)))

    def _pieces(self, items: Sequence[_Item], target: Span) -> Iterator[str | Placed]:
        text, at, breaks = self.wording.target, target.start, False
        for item in items:
            between = text[at : item.start]
            between = between.lstrip() if breaks else between
            broken = item.mark.role == "break"
            yield between.rstrip() if broken else between
            yield self._placed(item)
            at, breaks = item.end, broken
        rest = text[at : target.end]
        yield rest.lstrip() if breaks else rest

    def _placed(self, item: _Item) -> Placed:
        mark = item.mark
        if mark.fixed or mark.start == mark.end:
            return Placed(mark.key)
        inside = Span(item.start, item.end), Span(mark.start, mark.end)
        if item.start == item.end and not mark.children:
            return Placed(mark.key)
        return Placed(mark.key, self.content(mark.children, *inside))

    def _place_of(self, mark: Mark, reach: Reach) -> int:
        """Where in the target something stands that covers no words there."""
        if mark.reach is not None:
            start, end = reach.of(mark.reach)
            return start if mark.role == "first" else end
        return reach.place(mark.start, breaks=mark.role == "break")


def _closing(text: str, at: int) -> int:
    found = _CLOSING.match(text, at)
    return len(found[0]) if found else 0


def _outside(at: int, taken: Sequence[tuple[int, int]], *, after: bool) -> int:
    """A place that lies in no mark beside it."""
    for start, end in taken:
        if start < at < end:
            return end if after or at - start > end - at else start
    return at


def _merged(pieces: Iterable[str | Placed]) -> Iterator[str | Placed]:
    """The pieces, texts in a row as one, empty ones left out."""
    held = ""
    for one in pieces:
        if isinstance(one, str):
            held += one
            continue
        if held:
            yield held
        held = ""
        yield one
    if held:
        yield held
