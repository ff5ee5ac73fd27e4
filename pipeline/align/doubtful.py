"""Where an alignment may have gone wrong: stretches of doubtful beads, the worst first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.align.report import suspicious
from pipeline.text import Bead

_APART = 2  # good beads between two doubtful ones of the same stretch, at most
_UNPAIRED = 0.3  # what an unpaired sentence weighs, beside an improbable pair's 1
_MOST = 10  # unpaired sentences of a run that count: a preface that only one side has is no fault


@dataclass(frozen=True, slots=True)
class Stretch:
    """Beads `first` to before `last`; `doubt` is about how many of them are wrong."""

    first: int
    last: int
    doubt: float


def doubtful(beads: Sequence[Bead], passed: Collection[int] = ()) -> list[Stretch]:
    """Stretches of beads that a person should look at, the most doubtful first; `passed` beads are as they should."""
    found: list[Stretch] = []
    for place in suspicious(beads):
        if place in passed:
            continue
        doubt = _doubt(beads[place])
        if found and place - found[-1].last <= _APART:
            found[-1] = Stretch(found[-1].first, place + 1, round(found[-1].doubt + doubt, 4))
        else:
            found.append(Stretch(place, place + 1, round(doubt, 4)))
    return sorted(found, key=lambda one: (-one.doubt, one.first))


def _doubt(bead: Bead) -> float:
    if bead.source and bead.target:
        return 1.0 - bead.score
    return _UNPAIRED * min(_MOST, len(bead.source) + len(bead.target))
