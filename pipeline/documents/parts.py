"""Which sentences of a document are aligned: the book, without what is set aside; the others return unpaired."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.errors import InputError
from pipeline.text import ASIDE, Bead, Document, Sentence

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """The sentences of one side that are aligned, as rising numbers, of so many that there are."""

    kept: tuple[int, ...]
    count: int

    def places(self, numbers: Iterable[int]) -> list[int]:
        """Where sentences of these numbers are among those kept; numbers that are not kept are left out."""
        at = {number: place for place, number in enumerate(self.kept)}
        return [at[number] for number in numbers if number in at]

    def span(self, members: Sequence[int], reached: int) -> tuple[int, int]:
        """The numbers, as a half-open range, from the first to the last of some places; an empty one if none."""
        return (self.kept[members[0]], self.kept[members[-1]] + 1) if members else (reached, reached)


def part_of(document: Document, sentences: Sequence[Sentence], start: int, end: int, fixed: Iterable[int]) -> Part:
    """A document's sentences from `start` to before `end` without metadata; `fixed` ones always belong to it."""
    if not 0 <= start <= end <= len(sentences):
        raise InputError(
            f"{document.path or document.id}: there are no sentences {start} to {end} of {len(sentences)}",
            "Give numbers of sentences, counted from 0, the start before the end.",
        )
    aside = {block.id for block in document.blocks if block.kind in ASIDE}
    always = set(fixed)
    inside = range(start, end)
    kept = [i for i, one in enumerate(sentences) if (i in inside and one.block not in aside) or i in always]
    return Part(tuple(kept), len(sentences))


def whole(beads: Iterable[Bead], source: Part, target: Part) -> list[Bead]:
    """Beads of two parts, numbered as the whole texts are; what was set aside stands unpaired between them.

    What was set aside amid a bead, such as a page's mark amid a sentence pair, belongs to it.
    """
    made: list[Bead] = []
    reached = (0, 0)
    for bead in beads:
        ours, theirs = source.span(bead.source, reached[0]), target.span(bead.target, reached[1])
        made += _alone(reached, (ours[0], theirs[0]))
        made.append(Bead(tuple(range(*ours)), tuple(range(*theirs)), bead.score))
        reached = (ours[1], theirs[1])
    return made + _alone(reached, (source.count, target.count))


def _alone(start: Pair, end: Pair) -> list[Bead]:
    ours, theirs = (tuple(range(*side)) for side in zip(start, end, strict=True))
    return [Bead(*sides) for sides in ((ours, ()), ((), theirs)) if any(sides)]
