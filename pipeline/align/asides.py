"""Sentences that are no prose: headings, page numbers, separators. The prose is aligned without them, then they return.

Where only one side has one, it stands alone instead of clinging to a neighbour; where both have one at the same place,
they are paired.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.text import Bead

_BARE = re.compile(r"\W*\d+\W*|[\s*#~_=⁂•·-]{3,}|[*⁂]")  # a page's number, a rule
_LONGEST = 100  # characters; a longer row of marks is none of these
_NUMBER = re.compile(r"\b(?:\d+|[IVXLCDM]+)\b")
_ALIKE, _HEADINGS = 0.98, 0.9  # probability of two asides at the same place that are the same, or both headings


@dataclass(frozen=True, slots=True)
class Prose:
    """One side without its asides: the numbers of the sentences that are prose, and of those that open chapters."""

    sentences: Sequence[str]
    kept: tuple[int, ...]
    headings: frozenset[int]

    def texts(self) -> list[str]:
        """The prose."""
        return [self.sentences[i] for i in self.kept]

    def node(self, sentence: int) -> int:
        """How many sentences of prose come before a sentence."""
        low, high = 0, len(self.kept)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.kept[middle] < sentence else (low, middle)
        return low


def prose_of(sentences: Sequence[str], headings: Sequence[int], fixed: Sequence[int]) -> Prose:
    """A side without what is no prose; `fixed` sentences, which a person has paired, count as prose."""
    opening = frozenset(headings) - frozenset(fixed)
    bare = {i for i, text in enumerate(sentences) if len(text) < _LONGEST and _BARE.fullmatch(text.strip())} - set(
        fixed
    )
    return Prose(sentences, tuple(i for i in range(len(sentences)) if i not in opening and i not in bare), opening)


def with_asides(beads: Sequence[Bead], source: Prose, target: Prose) -> list[Bead]:
    """Beads of the prose, numbered as the whole texts are, with the asides between them."""
    made: list[Bead] = []
    reached = [0, 0]
    for bead in beads:
        parts = []
        for side, (prose, members) in enumerate(((source, bead.source), (target, bead.target))):
            if members:
                parts.append((prose.kept[members[0]], prose.kept[members[-1]] + 1))
            else:
                parts.append((reached[side], reached[side]))
        before = [range(start, parts[side][0]) for side, start in enumerate(reached)]
        made += _beside(before[0], before[1], source, target)
        ours, theirs = (tuple(range(*part)) for part in parts)
        made.append(Bead(ours, theirs, bead.score))
        reached = [parts[0][1], parts[1][1]]
    return made + _beside(
        range(reached[0], len(source.sentences)), range(reached[1], len(target.sentences)), source, target
    )


def _beside(ours: range, theirs: range, source: Prose, target: Prose) -> list[Bead]:
    """Asides at one place: those that are the same, or both headings, are paired in order; the others stand alone."""
    made: list[Bead] = []
    place = theirs.start
    for i in ours:
        partner = next((j for j in range(place, theirs.stop) if _likeness(i, j, source, target)), None)
        if partner is None:
            made.append(Bead((i,), ()))
            continue
        made += [Bead((), (j,)) for j in range(place, partner)]
        made.append(Bead((i,), (partner,), _likeness(i, partner, source, target)))
        place = partner + 1
    return made + [Bead((), (j,)) for j in range(place, theirs.stop)]


def _likeness(i: int, j: int, source: Prose, target: Prose) -> float:
    ours, theirs = source.sentences[i].strip(), target.sentences[j].strip()
    if ours == theirs:
        return _ALIKE
    if i in source.headings and j in target.headings:
        numbers = _NUMBER.findall(ours), _NUMBER.findall(theirs)
        return _HEADINGS if numbers[0] == numbers[1] or not all(numbers) else _HEADINGS / 2
    return 0.0
