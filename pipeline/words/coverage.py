"""Stretches of one side that nothing on the other answers: clauses left out or added."""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 4.0  # 1 % of 500 novel pairs by people lack as much on the source's side; the checks have their own
_SHARPNESS = 3  # a word half answered hardly counts as missing


def unanswered(words: Sequence[str], answered: Sequence[float], *, least: float = LEAST) -> tuple[int, int] | None:
    """The half-open range of words that most lacks an answer, None if no range lacks as much as `least`.

    `answered` is how probably each word has a counterpart. A range's lack grows by up to 1 with each word of letters
    that has none and falls with each that has one; it is the highest sum of a run (Bentley 1984, Kadane's method).
    """
    best, found, lack, start = 0.0, (0, 0), 0.0, 0
    for place, (word, chance) in enumerate(zip(words, answered, strict=True)):
        if not any(c.isalnum() for c in word):
            continue
        if lack <= 0:
            lack, start = 0.0, place
        lack += (1 - chance) ** _SHARPNESS - chance
        if lack > best:
            best, found = lack, (start, place + 1)
    return found if best >= least else None
