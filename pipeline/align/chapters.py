"""Headings as evidence: two of them are one break only where the text around says so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

Pair = tuple[int, int]

_NEAR = 12  # sentences from a heading within which a sure pair speaks of it
_SLACK = 2  # sentences that one side may have more than the other between a heading and a sure pair
_SHARE = 0.34  # and as a share of the distance


def agreed_breaks(
    pairs: Sequence[Pair], source_headings: Sequence[int], target_headings: Sequence[int], *, ties: Sequence[Pair] = ()
) -> list[Pair]:
    """Headings, as (source sentence, target sentence), that sure pairs on both sides of them put at the same place.

    Counting headings says nothing: 77 French and 77 English chapters of one novel agreed in number by chance only.
    """
    found: list[Pair] = []
    starts = [pair[0] for pair in pairs]
    theirs = sorted(set(target_headings))
    for heading in sorted(set(source_headings)):
        at = bisect_left(starts, heading)
        before, after = pairs[at - 1] if at else (0, 0), pairs[at] if at < len(pairs) else None
        if after is None or after[0] - heading > _NEAR or (at and heading - before[0] > _NEAR):
            continue
        fitting = [one for one in theirs if _fits(heading, one, before, after, is_first=at == 0)]
        if fitting:
            best = min(fitting, key=lambda one: abs((after[0] - heading) - (after[1] - one)))
            rising = not found or best > found[-1][1]
            if rising and all((a < heading) == (b < best) for a, b in ties):
                found.append((heading, best))
    return found


def _fits(heading: int, other: int, before: Pair, after: Pair, *, is_first: bool) -> bool:
    """Whether the other side's heading lies between the same sure pairs, as far from both."""
    if not (before[1] < other or is_first) or not other <= after[1]:
        return False
    gaps = [(after[0] - heading, after[1] - other)]
    gaps += [] if is_first else [(heading - before[0], other - before[1])]
    return all(abs(ours - theirs) <= _SLACK + _SHARE * max(ours, theirs) for ours, theirs in gaps)
