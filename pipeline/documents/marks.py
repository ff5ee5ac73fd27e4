"""What is set within a line (italics, links, calls of notes), in a translation: only as far as whole sentences tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.text import Block, Span

PLACED = re.compile(r"(\d{1,9}) (\d{1,9})((?: .*)?)", re.DOTALL)
RANGED = ("em", "strong", "sup", "sub", "literal", "link")
_CALL = "noteref"


def carried(block: Block, sources: Sequence[Span], targets: Sequence[Span]) -> tuple[tuple[str, str], ...]:
    """A block's data as its translation has them; the spans are of its sentences and their translations, within it.

    A mark around whole sentences is carried over, a call of a note goes to the end of its sentence; what is set around
    words alone is left out: `setting` lays it around what those became, where a book is made.
    """
    return tuple(_carried(block, sources, targets))


def _carried(block: Block, sources: Sequence[Span], targets: Sequence[Span]) -> Iterator[tuple[str, str]]:
    for name, value in block.data:
        place = PLACED.fullmatch(value) if name in (*RANGED, _CALL) else None
        if place is None:
            yield name, value
            continue
        start, end, more = int(place[1]), int(place[2]), place[3]
        if name == _CALL:
            within = [at for at, one in enumerate(sources) if one.start < end]
            at = targets[within[-1]].end if within else 0
            yield name, f"{at} {at}{more}"
            continue
        if held := around(block.text, Span(start, end), sources):
            yield name, f"{targets[held[0]].start} {targets[held[-1]].end}{more}"


def around(text: str, mark: Span, sentences: Sequence[Span]) -> range:
    """The sentences that a mark is around, none if it is around a part of one; outside it no letters of them stand."""
    held = [at for at, one in enumerate(sentences) if mark.start < one.end and mark.end > one.start]
    if not held:
        return range(0)
    start, end = sentences[held[0]].start, sentences[held[-1]].end
    whole = not any(one.isalnum() for one in text[start : mark.start] + text[mark.end : end])
    return range(held[0], held[-1] + 1) if whole else range(0)
