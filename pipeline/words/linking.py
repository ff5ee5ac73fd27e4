"""Word links of sentence pairs: signals weighed by a logistic model of few fitted weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.words.evidence import Evidence, Pairs, gathered
from pipeline.words.lexicon import Lexicon
from pipeline.words.links import WordLink
from pipeline.words.weights import Weights, weights_of

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
    "common source",
    "common target",
    "both common",
    "root",
)
AROUND = (
    "first",
    "diagonal",
    "counter-diagonal",
    "beside",
    "above or below",
    "row",
    "column",
    "row and column",
    "run",
    "lesser",
)
_NO_LOOK = 1e-3
_BATCH = 64
_CELLS = 120_000  # of a batch, so that memory does not follow one long sentence
_LONGEST = 400  # words of a side that are linked in one piece


def signals(evidence: Evidence) -> Array:
    """(batch, source, target, signals), in the order of `names_of`."""
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
        np.broadcast_to(evidence.common[0] / 10, shape),
        np.broadcast_to(evidence.common[1] / 10, shape),
        evidence.common[0] * evidence.common[1] / 100,
        np.sqrt(joint),
    )
    seen = np.stack([column.astype(np.float32) for column in columns], -1)
    looks = evidence.looks
    return seen if looks is None else np.concatenate([seen, np.log(looks + _NO_LOOK), looks], -1)


def names_of(heads: int) -> tuple[str, ...]:
    """The names of all signals of a cell where so many heads of a model look."""
    return SIGNALS + tuple(f"{form} {k}" for form in ("log look", "look") for k in range(heads))


def _best_other(joint: Array, axis: int) -> Array:
    """The best along an axis beside the cell itself."""
    if joint.shape[axis] < 2:
        return np.zeros_like(joint)
    top = np.sort(joint, axis=axis)
    best, second = top.take([-1], axis), top.take([-2], axis)
    return np.where(joint >= best, second, best)


def around(first: Array, inside: NDArray[np.bool_]) -> Array:
    """(batch, source, target, signals), in the order of `AROUND`: what a first look at the cells around says."""
    wide = np.pad(first, ((0, 0), (1, 1), (1, 1)))
    diagonal = wide[:, :-2, :-2] + wide[:, 2:, 2:]
    beside = np.maximum(wide[:, 1:-1, :-2], wide[:, 1:-1, 2:])
    row, column = (first.sum(axis, keepdims=True) - first for axis in (2, 1))
    columns = (
        np.log((first + 1e-4) / (1 - first + 1e-4)),
        diagonal,
        wide[:, :-2, 2:] + wide[:, 2:, :-2],
        beside,
        np.maximum(wide[:, :-2, 1:-1], wide[:, 2:, 1:-1]),
        row,
        column,
        row * column,
        beside * (diagonal > 0.5),
        np.minimum(row, column),
    )
    return np.stack([np.where(inside, column, 0).astype(np.float32) for column in columns], -1)


def probabilities(evidence: Evidence, weights: Weights) -> Array:
    """(batch, source, target): how probably each cell is a link; 0 beyond the sentences.

    A first model sees each cell; a second one also sees what the first thinks of the cells around.
    """
    seen, names = signals(evidence), names_of(len(weights.heads))
    first = np.where(evidence.inside, _logistic(seen @ _vector(weights.first, names)), 0)
    joint = seen @ _vector(weights.second, names) + around(first, evidence.inside) @ _vector(weights.second, AROUND)
    return np.where(evidence.inside, _logistic(joint), 0)


def _logistic(value: Array) -> Array:
    out: Array = (1 / (1 + np.exp(-value.clip(-30, 30)))).astype(np.float32)
    return out


def _vector(weights: Mapping[str, float], names: Sequence[str]) -> Array:
    return np.array([weights[name] for name in names], np.float32)


def _place(link: WordLink) -> tuple[int, int]:
    return link.source, link.target


@dataclass(frozen=True, slots=True)
class Weighed:
    """The links of a pair, and how probably each word of either side has a counterpart on the other."""

    links: list[WordLink]
    ours: list[float]
    theirs: list[float]

    def turned(self) -> Weighed:
        """The same, seen from the other side."""
        links = sorted((WordLink(x.target, x.source, x.score) for x in self.links), key=_place)
        return Weighed(links, self.theirs, self.ours)


class Way(Protocol):
    """What speaks for links, and by which weights it is heard; a pair's evidence does not depend on other pairs."""

    weights: Weights

    def gathered(self, pairs: Pairs) -> Evidence:
        """All signals of a batch of pairs, each with a word at least on both sides."""
        ...


class LexiconWay:
    """Links by a lexicon, by letters and by positions."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.weights = weights_of()
        self._lexicon = lexicon

    def gathered(self, pairs: Pairs) -> Evidence:
        """All signals of a batch of pairs."""
        return gathered(pairs, self._lexicon, self.weights.jumps)


def weighed(source: Sequence[Sequence[str]], target: Sequence[Sequence[str]], way: Way) -> list[Weighed]:
    """Links and chances of each pair."""
    least = way.weights.threshold
    out = [Weighed([], [0.0] * len(a), [0.0] * len(b)) for a, b in zip(source, target, strict=True)]
    for places, cells in _each_batch(source, target, way):
        for place, i, j in zip(*np.nonzero(cells >= least), strict=True):
            out[places[place]].links.append(WordLink(int(i), int(j), round(float(cells[place, i, j]), 4)))
        for place, k in enumerate(places):
            # what lies beyond the longest piece was not looked at: it is not called missing
            out[k].ours[:] = _fitted(cells[place].max(1).tolist(), len(source[k]))
            out[k].theirs[:] = _fitted(cells[place].max(0).tolist(), len(target[k]))
    return out


def _fitted(chances: list[float], size: int) -> list[float]:
    return chances[: min(size, _LONGEST)] + [1.0] * (size - _LONGEST)


def _each_batch(
    source: Sequence[Sequence[str]], target: Sequence[Sequence[str]], way: Way
) -> Iterator[tuple[list[int], Array]]:
    for places in _batches([(len(a), len(b)) for a, b in zip(source, target, strict=True)]):
        pairs = [(source[k][:_LONGEST], target[k][:_LONGEST]) for k in places]
        yield places, probabilities(way.gathered(pairs), way.weights)


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
