"""From evidence to scores: the fitted weights of the random field, and how its posteriors are calibrated."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from pipeline.align.decoding import Worth
from pipeline.align.features import FEATURES, NULLS, Candidates, null_evidence
from pipeline.align.lattice import NEVER, Scores

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by feature, in the order of FEATURES and NULLS, and a calibration (slope, shift) of log-odds."""

    match: NDArray[np.float32]
    null: NDArray[np.float32]
    worth: Worth
    slope: float
    shift: float

    def calibrated(self, probability: float) -> float:
        """A posterior as a share of right beads (Platt 1999, fitted on texts that the weights had not seen)."""
        inside = min(max(probability, 1e-6), 1 - 1e-6)
        odds = self.slope * float(np.log(inside / (1 - inside))) + self.shift
        return float(1.0 / (1.0 + np.exp(-odds)))


@cache
def fitted() -> Weights:
    """The weights that came with the program; `weights.json` says how they were obtained."""
    return from_table(json.loads((files("pipeline.align") / "weights.json").read_text(encoding="utf-8")))


def from_table(table: dict[str, dict[str, float]]) -> Weights:
    """Weights by name; a feature without one counts nothing."""
    match = np.array([table["match"].get(name, 0.0) for name in FEATURES], np.float32)
    null = np.array([table["null"].get(name, 0.0) for name in NULLS], np.float32)
    search = table["search"]
    worth = Worth(search["price"], search["null_share"], search["lonely"])
    return Weights(match, null, worth, search["slope"], search["shift"])


@dataclass(frozen=True, slots=True)
class Weighed:
    """The scores of a band, and the best margin that a single partner gives each sentence."""

    scores: Scores
    source_best: Array
    target_best: Array


def weigh(candidates: Candidates, weights: Weights) -> Weighed:
    """Score every candidate bead in the band, a block at a time."""
    n, m = len(candidates.source), len(candidates.target)
    source_best, target_best = np.full(n + 1, -1.0, np.float32), np.full(m + 1, -1.0, np.float32)
    match: list[NDArray[np.float64]] = []
    for block in candidates.blocks():
        scores = (block.evidence @ weights.match).astype(np.float64)
        scores[~block.exists] = NEVER
        single = np.where(block.exists[:, 0, :, 0], block.margins[:, 0, :, 0], -1.0)
        columns = slice(block.low, block.low + single.shape[1])
        source_best[block.first : block.first + len(single)] = single.max(axis=1)
        target_best[columns] = np.maximum(target_best[columns], single.max(axis=0))
        for row in range(len(scores)):
            x = block.first + row
            match.append(scores[row][:, candidates.low[x] - block.low : candidates.high[x] - block.low])
    source_null = null_evidence(candidates.source.lengths[1:, 0], source_best[1:]) @ weights.null[1:]
    target_null = null_evidence(candidates.target.lengths[1:, 0], target_best[1:]) @ weights.null[1:]
    scores_ = Scores(
        candidates.low,
        candidates.high,
        match,
        source_null.astype(np.float64),
        target_null.astype(np.float64),
        float(weights.null[0]),
    )
    return Weighed(scores_, source_best[1:], target_best[1:])


def length_ratio(source: Array, target: Array, anchors: list[tuple[int, int]]) -> float:
    """Source letters for one target letter, from the surest pairs only: what only one side has does not count."""
    if len(anchors) < 8:
        ours, theirs = float(source.sum()), float(target.sum())
        whole = (ours + 200.0) / (theirs + 200.0)
        return float(np.clip(whole, 0.8, 1.25)) if abs(np.log(whole)) > 0.5 else whole
    pairs = np.array(anchors)
    ours, theirs = source[pairs[:, 0]], target[pairs[:, 1]]
    return float((np.sum(ours) + 50.0) / (np.sum(theirs) + 50.0))
