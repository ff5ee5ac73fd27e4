"""Word links of sentence pairs: signals weighed by a logistic model of few fitted weights."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.words.evidence import Evidence, gathered
from pipeline.words.lexicon import Lexicon, shipped_lexicon
from pipeline.words.links import WordLink

Array = NDArray[np.float32]

SIGNALS = (
    "always",
    "forward",
    "backward",
    "lexical",
    "neighbours",
    "rival",
    "both marks",
    "one mark",
    "position",
    "agreed",
)
_WEIGHTS = Path(__file__).parent / "weights.json"
_BATCH = 64
_CELLS = 120_000  # of a batch, so that memory does not follow one long sentence
_LONGEST = 400  # words of a side that are linked in one piece


@cache
def _weights() -> dict[str, Any]:
    held: dict[str, Any] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return held


@cache
def _jumps() -> tuple[Array, Array]:
    held = _weights()["jumps"]
    return np.array(held[0], np.float32), np.array(held[1], np.float32)


def signals(evidence: Evidence) -> Array:
    """(batch, source, target, signals), in the order of `SIGNALS`."""
    made, unmade = evidence.forward, evidence.backward
    joint = np.sqrt(made * unmade)
    shape = joint.shape
    wide = np.pad(joint, ((0, 0), (1, 1), (1, 1)))
    neighbours = 0.5 * (wide[:, :-2, :-2] + wide[:, 2:, 2:])
    rival = np.maximum(_best_other(joint, 1), _best_other(joint, 2))
    sizes = evidence.inside.any(2).sum(1), evidence.inside.any(1).sum(1)
    places = [np.arange(shape[k + 1])[None] / np.maximum(sizes[k], 1)[:, None] for k in (0, 1)]
    position = np.abs(places[0][:, :, None] - places[1][:, None, :])
    columns = (
        np.ones(shape),
        np.log(made + 1e-4),
        np.log(unmade + 1e-4),
        evidence.lexical,
        neighbours,
        rival,
        evidence.marks > 0,
        evidence.marks < 0,
        position,
        joint,
    )
    return np.stack([column.astype(np.float32) for column in columns], -1)


def _best_other(joint: Array, axis: int) -> Array:
    """The best along an axis beside the cell itself."""
    if joint.shape[axis] < 2:
        return np.zeros_like(joint)
    top = np.sort(joint, axis=axis)
    best, second = top.take([-1], axis), top.take([-2], axis)
    return np.where(joint >= best, second, best)


def probabilities(pairs: Sequence[tuple[Sequence[str], Sequence[str]]], lexicon: Lexicon) -> Array:
    """(batch, source, target): how probably each cell is a link; 0 beyond the sentences."""
    evidence = gathered(pairs, lexicon, _jumps())
    weights = np.array([_weights()["weights"][name] for name in SIGNALS], np.float32)
    score = 1 / (1 + np.exp(-(signals(evidence) @ weights).clip(-30, 30)))
    return np.where(evidence.inside, score, 0)


def linked(source: Sequence[Sequence[str]], target: Sequence[Sequence[str]]) -> list[list[WordLink]]:
    """The links of each pair, by source and target word."""
    lexicon, least = shipped_lexicon(), float(_weights()["threshold"])
    out: list[list[WordLink]] = [[] for _ in source]
    for places in _batches([(len(a), len(b)) for a, b in zip(source, target, strict=True)]):
        cells = probabilities([(source[k][:_LONGEST], target[k][:_LONGEST]) for k in places], lexicon)
        for place, i, j in zip(*np.nonzero(cells >= least), strict=True):
            out[places[place]].append(WordLink(int(i), int(j), round(float(cells[place, i, j]), 4)))
    return out


def _batches(sizes: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Pairs of like length together; pairs with an empty side have no links and no place."""
    order = sorted((k for k, size in enumerate(sizes) if min(size)), key=lambda k: (max(sizes[k]), k))
    batch: list[int] = []
    for k in order:
        widest = min(max(sizes[k]), _LONGEST)
        if batch and (len(batch) == _BATCH or (len(batch) + 1) * widest * widest > _CELLS):
            yield batch
            batch = []
        batch.append(k)
    if batch:
        yield batch
