"""All alignments in a band at once: the probability of each bead.

A conditional random field (Lafferty et al. 2001) over paths through the nodes (x, y): a path's weight is the sum of
its beads' scores. A run of unpaired sentences is one bead, whose score is affine in its length; a run of source
sentences may be followed by one of target sentences, not the other way, so each alignment is one path.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.align.coarse import Ints
from pipeline.align.features import LARGEST

Floats = NDArray[np.float64]
NEVER = -1e30


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of the beads in a band; `match[x]` is (LARGEST, columns, LARGEST) for source node x."""

    low: Ints
    high: Ints
    match: list[Floats]
    source_null: Floats
    target_null: Floats
    open: float


@dataclass(slots=True)
class Marginals:
    """Posteriors: `match` as in Scores, `source_run[x]` the chance that a null source sentence ends at each node.

    `continued` is the chance that a null run that has come to a node already held the sentence before, `left` the
    chance that a run ends at the node, each with source and target rows.
    """

    match: list[Floats]
    source_step: list[Floats] = field(default_factory=list)
    target_step: list[Floats] = field(default_factory=list)
    source_continued: list[Floats] = field(default_factory=list)
    target_continued: list[Floats] = field(default_factory=list)
    source_left: list[Floats] = field(default_factory=list)
    target_left: list[Floats] = field(default_factory=list)
    log_total: float = 0.0
    opened: float = 0.0


class Lattice:
    """Forward sums over all paths from (0, 0) to (n, m)."""

    def __init__(self, scores: Scores) -> None:
        self.scores = scores
        self.n, self.m = len(scores.low) - 1, int(scores.high[-1]) - 1
        self.match: list[Floats] = []
        self.source_run: list[Floats] = []
        self.target_run: list[Floats] = []
        self.any: list[Floats] = []
        for x in range(self.n + 1):
            self._forward(x)

    def _forward(self, x: int) -> None:
        s = self.scores
        low, high = int(s.low[x]), int(s.high[x])
        come = self.window(x, self.any) + s.match[x]
        top = come.max(axis=(0, 2))
        with np.errstate(divide="ignore"):
            matched = np.log(np.exp(come - top[:, None]).sum(axis=(0, 2))) + top
        if x == 0 and low == 0:
            matched[0] = 0.0
        run = np.full(high - low, NEVER)
        if x > 0:
            opened = self.shifted(self.match[x - 1], x - 1, low, high) + s.open
            run = np.logaddexp(opened, self.shifted(self.source_run[x - 1], x - 1, low, high)) + s.source_null[x - 1]
        both = np.logaddexp(matched, run)
        target = np.full(high - low, NEVER)
        if high - low > 1:
            along = np.cumsum(s.target_null[low : high - 1])
            target[1:] = np.logaddexp.accumulate(both[:-1] + s.open - along + s.target_null[low : high - 1]) + along
        self.match.append(matched)
        self.source_run.append(run)
        self.target_run.append(target)
        self.any.append(np.logaddexp(both, target))

    def shifted(self, row: Floats, x: int, low: int, high: int, missing: float = NEVER) -> Floats:
        """A row of node x over the columns low..high of another."""
        out = np.full(high - low, missing)
        start, end = max(low, int(self.scores.low[x])), min(high, int(self.scores.high[x]))
        if start < end:
            out[start - low : end - low] = row[start - int(self.scores.low[x]) : end - int(self.scores.low[x])]
        return out

    def window(self, x: int, rows: list[Floats]) -> Floats:
        """(LARGEST, columns, LARGEST): what rows hold where a bead that ends in row x begins."""
        low, high = int(self.scores.low[x]), int(self.scores.high[x])
        wide = np.full((LARGEST, high - low + LARGEST), NEVER)
        for a in range(1, min(LARGEST, x) + 1):
            wide[a - 1] = self.shifted(rows[x - a], x - a, low - LARGEST, high)
        row, step = wide.strides
        shape, strides = (LARGEST, high - low, LARGEST), (row, step, -step)
        return np.ndarray(shape, wide.dtype, wide, (LARGEST - 1) * step, strides)  # [a, y, b] is wide[a, y + 4 - b]

    def marginals(self) -> Marginals:
        """Posteriors of all beads, by walking the forward sums back."""
        s, n = self.scores, self.n
        mass = [np.zeros(int(s.high[x] - s.low[x])) for x in range(n + 1)]  # over nodes, any way of getting there
        from_run = [np.zeros(len(row)) for row in mass]  # mass that reaches a source run from its next sentence
        from_open = [np.zeros(len(row)) for row in mass]  # mass that reaches a matched node from an opened source run
        mass[n][-1] = 1.0
        out = Marginals([np.zeros(0)] * (n + 1), log_total=float(self.any[n][-1]))
        rows = [self._back(x, mass, from_run, from_open, out) for x in range(n, -1, -1)]
        (
            out.source_step,
            out.target_step,
            out.source_continued,
            out.target_continued,
            out.source_left,
            out.target_left,
        ) = (list(column) for column in zip(*rows[::-1], strict=True))
        return out

    def _back(
        self, x: int, mass: list[Floats], from_run: list[Floats], from_open: list[Floats], out: Marginals
    ) -> tuple[Floats, ...]:
        s = self.scores
        low, high = int(s.low[x]), int(s.high[x])
        width = high - low
        target_left = mass[x] * _share(self.target_run[x], self.any[x])
        both = np.logaddexp(self.match[x], self.source_run[x])
        to_both = mass[x] * _share(both, self.any[x])
        target_continued = np.zeros(width)
        target_step = target_left.copy()
        if width > 1:
            null = s.target_null[low : high - 1]
            target_continued[1:] = _share(self.target_run[x][:-1] + null, self.target_run[x][1:])
            for y in range(width - 1, 0, -1):
                flow = target_step[y]
                if flow > 0.0:
                    target_step[y - 1] += flow * target_continued[y]
                    to_both[y - 1] += flow * (1.0 - target_continued[y])
                    out.opened += flow * (1.0 - target_continued[y])
        source_left = to_both * _share(self.source_run[x], both)
        source_step = source_left + from_run[x]
        matched = to_both - source_left + from_open[x]
        source_continued = np.zeros(width)
        if x > 0:
            before = self.shifted(self.source_run[x - 1], x - 1, low, high) + s.source_null[x - 1]
            source_continued = _share(before, self.source_run[x])
            self._add(from_run, x - 1, low, source_step * source_continued)
            opened = source_step * (1.0 - source_continued)
            self._add(from_open, x - 1, low, opened)
            out.opened += float(opened.sum())
        come = self.window(x, self.any) + s.match[x]
        out.match[x] = np.exp(np.minimum(come - np.maximum(self.match[x], NEVER / 2)[:, None], 0.0)) * matched[:, None]
        for a in range(1, min(LARGEST, x) + 1):
            for b in range(1, LARGEST + 1):
                self._add(mass, x - a, low - b, out.match[x][a - 1, :, b - 1])
        return source_step, target_step, source_continued, target_continued, source_left, target_left

    def _add(self, rows: list[Floats], x: int, low: int, values: Floats) -> None:
        start, end = max(low, int(self.scores.low[x])), min(low + len(values), int(self.scores.high[x]))
        if start < end:
            rows[x][start - int(self.scores.low[x]) : end - int(self.scores.low[x])] += values[start - low : end - low]


def _share(part: Floats, whole: Floats) -> Floats:
    return np.where(whole > NEVER / 2, np.exp(np.minimum(part - np.maximum(whole, NEVER), 0.0)), 0.0)
