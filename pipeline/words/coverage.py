"""Stretches of one side that nothing on the other answers: clauses left out or added."""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 2.5  # the checks have their own
_SHARPNESS = 3  # a word half answered hardly counts as missing
# Who translates freely leaves words unanswered on both sides, who leaves a clause out on one: so much of what the other
# side lacks counts against. By a logistic model of clauses cut out of 800 pairs of the training corpora: .17.
_FREEDOM = 0.15


Answered = tuple[Sequence[str], Sequence[float]]  # words, and how probably each has a counterpart
Stretch = tuple[int, int]


def uncovered(source: Answered, target: Answered, least: float = LEAST) -> tuple[Stretch | None, Stretch | None]:
    """The half-open range of either side's words that most lacks an answer, None where none lacks so much."""
    return (
        unanswered(*source, least=least + _FREEDOM * _lacking(*target)),
        unanswered(*target, least=least + _FREEDOM * _lacking(*source)),
    )


def _lacking(words: Sequence[str], answered: Sequence[float]) -> float:
    """About how many words have no counterpart."""
    return sum(1 - chance for word, chance in zip(words, answered, strict=True) if any(c.isalnum() for c in word))


def unanswered(words: Sequence[str], answered: Sequence[float], *, least: float) -> Stretch | None:
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
