"""What has no partner stays alone: rows of beads that are almost surely wrong become one unpaired run a side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from pipeline.text import Bead

LEAST = 0.1  # a pair less probable than this is worse than none
_ROW = 3  # so many improbable pairs in a row say that the texts differ here
_DOUBTED, _REACH, _LEFT_ALONE = 0.5, 2, 4  # a pair's probability; beads, and unpaired sentences, around it
_LONG = 10  # unpaired sentences around an improbable pair that say so too


def without_strangers(
    beads: Sequence[Bead],
    source: Sequence[str],
    target: Sequence[str],
    *,
    least: float = 0.0,
    ties: Iterable[tuple[int, int]] = (),
) -> list[Bead]:
    """The beads with rows of improbable pairs taken apart, and every pair less probable than `least`.

    Kept are pairs that a person tied, and those of the same text: where lines repeat, which belongs to which is
    doubtful, but not that they belong.
    """
    tied = {a for a, _ in ties}

    def is_sure(bead: Bead) -> bool:
        same = [source[i] for i in bead.source] == [target[j] for j in bead.target]
        return same or not tied.isdisjoint(bead.source)

    def is_strange(bead: Bead) -> bool:
        if not bead.source or not bead.target:
            return True
        return bead.score < max(LEAST, least) and not is_sure(bead)

    def parted(bead: Bead) -> list[Bead]:
        pair = bead.source and bead.target
        return _apart([bead]) if pair and bead.score < least and not is_sure(bead) else [bead]

    made: list[Bead] = []
    for strange, group in groupby(beads, key=is_strange):
        row = list(group)
        made += _apart(row) if strange and _says_so(row) else [one for bead in row for one in parted(bead)]
    forlorn = [_is_forlorn(made, place) and not is_sure(bead) for place, bead in enumerate(made)]
    return [one for bead, alone in zip(made, forlorn, strict=True) for one in (_apart([bead]) if alone else [bead])]


def _is_forlorn(beads: Sequence[Bead], place: int) -> bool:
    """Whether a pair that is likelier wrong than right has unpaired sentences about it, and no better pair."""
    bead = beads[place]
    if not (bead.source and bead.target) or bead.score >= _DOUBTED:
        return False
    around = [*beads[max(0, place - _REACH) : place], *beads[place + 1 : place + 1 + _REACH]]
    alone = sum(len(one.source) + len(one.target) for one in around if not (one.source and one.target))
    return alone >= _LEFT_ALONE and not any(one.source and one.target and one.score >= _DOUBTED for one in around)


def _says_so(row: Sequence[Bead]) -> bool:
    improbable = [bead for bead in row if bead.source and bead.target]
    alone = sum(len(bead.source) + len(bead.target) for bead in row if not (bead.source and bead.target))
    return len(improbable) >= _ROW or (bool(improbable) and alone >= _LONG)


def _apart(row: Sequence[Bead]) -> list[Bead]:
    """One unpaired run of each side, as probable as the pairs were improbable."""
    source = tuple(i for bead in row for i in bead.source)
    target = tuple(j for bead in row for j in bead.target)
    wrong = [bead.score for bead in row if bead.source and bead.target]
    score = round(1.0 - sum(wrong) / len(wrong), 4)
    sides: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = ((source, ()), ((), target))
    return [Bead(ours, theirs, score) for ours, theirs in sides if ours or theirs]
