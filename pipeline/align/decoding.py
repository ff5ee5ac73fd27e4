"""From probabilities to one alignment: the path on which most beads are right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.align.features import LARGEST
from pipeline.align.lattice import Floats, Lattice, Marginals

_LIKELY_RUN = 0.01  # posterior from which a run of unpaired sentences is considered as one bead
_LEAST = 0.05  # share of its posterior that a bead is worth in any case
_GLUE = 1e-4  # what a step costs that only keeps the path whole


@dataclass(frozen=True, slots=True)
class Found:
    """A bead as two half-open ranges, with its posterior."""

    source: tuple[int, int]
    target: tuple[int, int]
    probability: float


@dataclass(frozen=True, slots=True)
class Worth:
    """What a bead is worth to `decode`, in right beads, by its posterior.

    A bead is worth its posterior less `price`, a null run `null_share` of that. Each null run costs `lonely` by the
    chance that its sentences do have a partner: an alignment that is a sentence off is better than none.
    """

    price: float = 0.0
    null_share: float = 1.0
    lonely: float = 0.0

    def of_matches(self, posterior: Floats) -> Floats:
        """Worth of beads that pair."""
        return np.maximum(posterior - self.price, _LEAST * posterior)

    def of_run(self, probability: float, alone: float) -> float:
        """Worth of a null run with this posterior, whose sentences stand alone with a chance of `alone`."""
        cost = self.lonely * (1.0 - alone)
        if probability <= _LIKELY_RUN:
            return -_GLUE - cost
        return self.null_share * max(probability - self.price, _LEAST * probability) - cost


def decode(lattice: Lattice, marginals: Marginals, worth: Worth) -> list[Found]:
    """The path whose beads are worth most in sum: most beads right, not the likeliest path."""
    low = lattice.scores.low
    alone = _alone(lattice, marginals)
    sums: list[Floats] = []
    back: list[list[tuple[int, int, float]]] = []
    for x in range(lattice.n + 1):
        row, steps = _best_row(lattice, marginals, sums, x, worth, alone)
        sums.append(row)
        back.append(steps)
    found = []
    x, y = lattice.n, lattice.m
    while x or y:
        a, b, probability = back[x][y - int(low[x])]
        found.append(Found((x - a, x), (y - b, y), probability))
        x, y = x - a, y - b
    return found[::-1]


def _alone(lattice: Lattice, marginals: Marginals) -> tuple[Floats, Floats]:
    """Running sums of each sentence's chance to be in no bead that pairs, of both sides."""
    source = np.array([step.sum() for step in marginals.source_step])
    target = np.zeros(lattice.m + 1)
    for low, step in zip(lattice.scores.low, marginals.target_step, strict=True):
        target[low : low + len(step)] += step
    return np.cumsum(np.minimum(source, 1.0)), np.cumsum(np.minimum(target, 1.0))


def _best_row(
    lattice: Lattice, marginals: Marginals, sums: list[Floats], x: int, worth: Worth, alone: tuple[Floats, Floats]
) -> tuple[Floats, list[tuple[int, int, float]]]:
    low, high = int(lattice.scores.low[x]), int(lattice.scores.high[x])
    posterior = marginals.match[x]
    come = lattice.window(x, sums) + worth.of_matches(posterior)
    flat = come.transpose(1, 0, 2).reshape(high - low, -1)
    choice = flat.argmax(axis=1)
    row = flat[np.arange(high - low), choice]
    steps = []
    if x == 0 and low == 0:
        row[0] = 0.0
    for y in range(high - low):
        a, b = divmod(int(choice[y]), LARGEST)
        best = (a + 1, b + 1, float(posterior[a, y, b]))
        for length, probability in _source_runs(lattice, marginals, x, y):
            start = low + y
            before = int(lattice.scores.low[x - length])
            if before <= start < int(lattice.scores.high[x - length]):
                share = (alone[0][x] - alone[0][x - length]) / length
                value = sums[x - length][start - before] + worth.of_run(probability, share)
                if value > row[y]:
                    row[y], best = value, (length, 0, probability)
        for length, probability in _target_runs(marginals, x, y):
            share = (alone[1][low + y] - alone[1][low + y - length]) / length
            value = row[y - length] + worth.of_run(probability, share)
            if value > row[y]:
                row[y], best = value, (0, length, probability)
        steps.append(best)
    return row, steps


def _source_runs(lattice: Lattice, marginals: Marginals, x: int, y: int) -> list[tuple[int, float]]:
    """Lengths and posteriors of the null source runs that end at a node; a bare step of one in any case."""
    if x == 0:
        return []
    column = int(lattice.scores.low[x]) + y
    runs, chance, length = [(1, 0.0)], float(marginals.source_left[x][y]), 0
    while chance > _LIKELY_RUN and length < x:
        place = column - int(lattice.scores.low[x - length])
        if not 0 <= place < len(marginals.source_continued[x - length]):
            break
        continued = float(marginals.source_continued[x - length][place])
        length += 1
        runs.append((length, chance * (1.0 - continued)))
        chance *= continued
    return runs


def _target_runs(marginals: Marginals, x: int, y: int) -> list[tuple[int, float]]:
    if y == 0:
        return []
    runs, chance, length = [(1, 0.0)], float(marginals.target_left[x][y]), 0
    while chance > _LIKELY_RUN and length < y:
        continued = float(marginals.target_continued[x][y - length])
        length += 1
        runs.append((length, chance * (1.0 - continued)))
        chance *= continued
    return runs
