"""What is set within a line (italics, links, calls of notes), in a translation: only as far as whole sentences tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.text import Block, Span

_PLACED = re.compile(r"(\d{1,9}) (\d{1,9})((?: .*)?)", re.DOTALL)
_NAMES = ("em", "strong", "sup", "sub", "literal", "link", "noteref")
_CALL = "noteref"


def carried(block: Block, sources: Sequence[Span], targets: Sequence[Span]) -> tuple[tuple[str, str], ...]:
    """A block's data as its translation has them; the spans are of its sentences and their translations, within it.

    A mark around whole sentences is carried over, a call of a note goes to the end of its sentence; what is set around
    words alone is left out, for nobody knows which words those became.
    """
    return tuple(_carried(block, sources, targets))


def _carried(block: Block, sources: Sequence[Span], targets: Sequence[Span]) -> Iterator[tuple[str, str]]:
    for name, value in block.data:
        place = _PLACED.fullmatch(value) if name in _NAMES else None
        if place is None:
            yield name, value
            continue
        start, end, more = int(place[1]), int(place[2]), place[3]
        if name == _CALL:
            within = [at for at, one in enumerate(sources) if one.start < end]
            at = targets[within[-1]].end if within else 0
            yield name, f"{at} {at}{more}"
            continue
        held = [at for at, one in enumerate(sources) if start < one.end and end > one.start]
        if held and _around(block.text, Span(start, end), sources[held[0]].start, sources[held[-1]].end):
            yield name, f"{targets[held[0]].start} {targets[held[-1]].end}{more}"


def _around(text: str, mark: Span, start: int, end: int) -> bool:
    """Whether a mark is around all words from a place to another; what stands outside it are no letters."""
    return not any(one.isalnum() for one in text[start : mark.start] + text[mark.end : end])
