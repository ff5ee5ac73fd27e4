"""What speaks for and against each candidate bead, as numbers: the evidence that the weights weigh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.align.coarse import Ints
from pipeline.align.encoder import Embedded, Encoder
from pipeline.align.surface import MARKS, Surface

Array = NDArray[np.float32]

LARGEST = 5  # sentences on a side of a bead that pairs
_ROWS = 8  # source nodes whose candidates are weighed together
_TOGETHER = 256  # runs of both sides that are embedded at once
_BACKGROUND = 30  # sentences around the band whose mean vector is what any sentence resembles

_SHAPES = [(a, b) for a in range(1, LARGEST + 1) for b in range(a, LARGEST + 1)]
SHAPE = {shape: k for k, shape in enumerate(_SHAPES)}
FEATURES = (
    *(f"shape-{a}-{b}" for a, b in _SHAPES),
    "margin", "margin-over-.25", "margin-over-.5",
    "margin-size", "margin-over-.25-size", "margin-over-.5-size",
    "gain-source", "loss-source", "gain-target", "loss-target",
    "border", "border-against", "border-inside",
    "length", "length-squared", "length-size",
    "words", "words-size", "numbers-shared", "numbers-apart",
    *(f"mark-{mark}" for mark in MARKS),
    "ends-alike", "starts-apart", "bare-start",
)  # fmt: skip
NULLS = ("open", "sentence", "letters", "best-margin", "best-margin-over-.25", "bare")


@dataclass(frozen=True, slots=True)
class Side:
    """Runs of 1 to `LARGEST` sentences that end at each node 0..n, and what each sentence looks like."""

    vectors: Array  # (n + 1, LARGEST, d), zero where a run would begin before the text
    borders: Array  # (n + 1, e) the clause before each node less the clause after it
    words: Array  # (n + 1, LARGEST, w) unit vectors or zero
    lengths: Array  # (n + 1, LARGEST)
    marks: Array  # (n + 1, LARGEST, marks)
    numbers: Array  # (n + 1, LARGEST, buckets)
    ends: NDArray[np.int8]  # (n + 1,) of the sentence that ends here
    starts: NDArray[np.int8]  # (n + 1, LARGEST) of the sentence that the run begins with
    exists: NDArray[np.bool_]  # (n + 1, LARGEST)

    def __len__(self) -> int:
        return len(self.ends) - 1


def sides(encoder: Encoder, texts: Sequence[tuple[Embedded, Surface]]) -> list[Side]:
    """All runs of each side's sentences; the runs of small texts are embedded together."""
    joined = [(_runs(made.sums), _runs(made.sizes[:, None])[..., 0]) for made, _ in texts]
    exists = [np.arange(len(counts))[:, None] > np.arange(LARGEST) for _, counts in joined]
    rows = [(sums[here], counts[here]) for (sums, counts), here in zip(joined, exists, strict=True)]
    if sum(len(counts) for _, counts in rows) <= _TOGETHER:
        both = encoder.vectors(*(np.concatenate(part) for part in zip(*rows, strict=True)))
        parts = np.split(both, np.cumsum([len(counts) for _, counts in rows])[:-1])
    else:
        parts = [encoder.vectors(*part) for part in rows]
    return [_side(*one, *told) for one, told in zip(texts, zip(parts, exists, strict=True), strict=True)]


def _side(made: Embedded, seen: Surface, of_runs: Array, exists: NDArray[np.bool_]) -> Side:
    n = len(made.sums)
    borders = np.zeros((n + 1, made.heads.shape[1]), np.float32)
    borders[1:] += made.tails
    borders[:-1] -= made.heads
    vectors = np.zeros((n + 1, LARGEST, of_runs.shape[1]), np.float32)
    vectors[exists] = of_runs
    words = _runs(seen.words.astype(np.float32))
    words /= np.maximum(np.linalg.norm(words, axis=-1, keepdims=True), 1e-6)
    first = np.maximum(0, np.arange(n + 1)[:, None] - 1 - np.arange(LARGEST))
    starts = seen.starts[first] if n else np.zeros((1, LARGEST), np.int8)
    return Side(
        vectors,
        borders,
        words,
        _runs(seen.lengths[:, None])[..., 0],
        _runs(seen.marks),
        _runs(seen.numbers),
        np.concatenate([np.zeros(1, np.int8), seen.ends]),
        starts,
        exists,
    )


def _runs(rows: Array) -> Array:
    """Sums of the last 1..LARGEST rows before each node: (n, d) to (n + 1, LARGEST, d)."""
    out = np.zeros((len(rows) + 1, LARGEST, rows.shape[1]), np.float32)
    for k in range(LARGEST):
        if k < len(rows):
            out[k + 1 :, k] = rows[: len(rows) - k]
            if k:
                out[k + 1 :, k] += out[k + 1 :, k - 1]
    return out


@dataclass(frozen=True, slots=True)
class Block:
    """Evidence (rows, a, columns, b, feature) for the beads that end at source nodes first.. and target nodes low..."""

    first: int
    low: int
    evidence: Array
    margins: Array
    exists: NDArray[np.bool_]


class Candidates:
    """Every candidate bead in a band of nodes, a block of rows at a time."""

    def __init__(self, source: Side, target: Side, band: tuple[Ints, Ints], ratio: float) -> None:
        self.source, self.target, self.ratio = source, target, ratio
        self.low, self.high = band
        self._source_level, self._target_level = self._backgrounds()

    def blocks(self) -> Iterator[Block]:
        """Blocks in order; each row's band lies within its block's columns."""
        for first in range(0, len(self.source) + 1, _ROWS):
            last = min(first + _ROWS, len(self.source) + 1)
            yield self._block(first, last, int(self.low[first]), int(self.high[last - 1]))

    def _backgrounds(self) -> tuple[Array, Array]:
        """Half the similarity of each run to the mean sentence of the other side around it."""
        n, m = len(self.source), len(self.target)
        rows = np.arange(n + 1)
        theirs = _means(self.target.vectors[1:, 0], self.low - _BACKGROUND, self.high + _BACKGROUND)
        upper = np.searchsorted(self.low, np.arange(m + 1), side="right")
        lower = np.searchsorted(self.high, np.arange(m + 1), side="right")
        ours = _means(self.source.vectors[1:, 0], lower - _BACKGROUND, upper + _BACKGROUND)
        source = np.einsum("iad,id->ia", self.source.vectors, theirs[rows])
        target = np.einsum("iad,id->ia", self.target.vectors, ours)
        return np.asarray(source / 2, np.float32), np.asarray(target / 2, np.float32)

    def _block(self, first: int, last: int, low: int, high: int) -> Block:
        ours, theirs = slice(max(0, first - 1), last), slice(max(0, low - 1), high)
        margin = _products(self.source.vectors[ours], self.target.vectors[theirs])
        margin -= self._source_level[ours][:, :, None, None] + self._target_level[theirs][None, None]
        gains = _gains(margin)
        cut = (slice(first - ours.start, None), slice(None), slice(low - theirs.start, None))
        margin = margin[cut]
        ours, theirs = slice(first, last), slice(low, high)
        exists = self.source.exists[ours][:, :, None, None] & self.target.exists[theirs][None, None]
        evidence = np.empty((*margin.shape, len(FEATURES)), np.float32)
        evidence[..., : len(_SHAPES)] = _SHAPE_TABLE[:, None]
        column = len(_SHAPES)
        columns = [
            *_margin_features(margin),
            *(gain[cut] for gain in gains),
            *self._border_features(ours, theirs),
            *self._surface_features(ours, theirs),
        ]
        for values in columns:
            evidence[..., column] = values
            column += 1
        return Block(first, low, evidence, margin, exists)

    def _border_features(self, ours: slice, theirs: slice) -> Iterator[Array]:
        """Whether the clauses around both ends of a bead match each other in order, and those at a node inside.

        For a node between clauses s1 | s2 and t1 | t2 that is s1.t1 + s2.t2 - s1.t2 - s2.t1, an inner product.
        """
        top, left = max(0, ours.start - LARGEST), max(0, theirs.start - LARGEST)
        known = self.source.borders[top : ours.stop] @ self.target.borders[left : theirs.stop].T
        rows, columns = ours.stop - ours.start, theirs.stop - theirs.start
        nodes = np.zeros((rows + LARGEST, columns + LARGEST), np.float32)
        nodes[rows + LARGEST - len(known) :, columns + LARGEST - known.shape[1] :] = known
        down, along = nodes.strides
        shape, strides = (LARGEST + 1, LARGEST + 1, rows, columns), (-down, -along, down, along)
        views = np.ndarray(shape, nodes.dtype, nodes, LARGEST * (down + along), strides)  # [a, b] is a and b nodes back
        begin = views[1:, 1:].transpose(2, 0, 3, 1)
        end = views[0, 0][:, None, :, None]
        yield begin + end
        yield np.minimum(begin, 0.0) + np.minimum(end, 0.0)
        inside = np.zeros_like(begin)
        inside[:, 1:, :, 1:] = begin[:, :-1, :, :-1]
        for a in range(2, LARGEST):
            inside[:, a] = np.maximum(inside[:, a], inside[:, a - 1])
        for b in range(2, LARGEST):
            inside[..., b] = np.maximum(inside[..., b], inside[..., b - 1])
        yield inside

    def _surface_features(self, ours: slice, theirs: slice) -> Iterator[Array]:
        source, target = self.source, self.target
        left = source.lengths[ours][:, :, None, None]
        right = target.lengths[theirs][None, None] * self.ratio
        apart = np.asarray(np.minimum(np.abs(left - right) / np.sqrt(left + right + 10.0), 8.0), np.float32)
        yield apart
        yield np.asarray(apart**2 / 8.0, np.float32)
        yield apart * _SIZE[:, None]
        words = _products(source.words[ours], target.words[theirs])
        yield words
        yield words * _SIZE[:, None]
        a, b = source.numbers[ours][:, :, None, None], target.numbers[theirs][None, None]
        shared = np.minimum(a, b).sum(axis=-1)
        yield np.minimum(shared, 3.0)
        yield np.minimum(a.sum(axis=-1) + b.sum(axis=-1) - 2 * shared, 4.0)
        for k in range(len(MARKS)):
            x, y = source.marks[ours, :, k][:, :, None, None], target.marks[theirs, :, k][None, None]
            yield np.minimum(np.abs(x - y), 3.0)
        alike = source.ends[ours][:, None, None, None] == target.ends[theirs][None, None, :, None]
        shape = (len(left), LARGEST, right.shape[2], LARGEST)
        yield np.broadcast_to(alike, shape).astype(np.float32)
        yield np.asarray(source.starts[ours][:, :, None, None] != target.starts[theirs][None, None], np.float32)
        bare = (_starts_bare(side.lengths[rows]) for side, rows in ((source, ours), (target, theirs)))
        yield np.asarray(next(bare)[:, :, None, None] != next(bare)[None, None], np.float32)


_SIZE = np.add.outer(np.arange(LARGEST), np.arange(LARGEST)).astype(np.float32)  # sentences beyond a 1-1 bead
_SHAPE_TABLE = np.zeros((LARGEST, LARGEST, len(_SHAPES)), np.float32)
for _a in range(LARGEST):
    for _b in range(LARGEST):
        _SHAPE_TABLE[_a, _b, SHAPE[min(_a, _b) + 1, max(_a, _b) + 1]] = 1.0


def _starts_bare(lengths: Array) -> NDArray[np.bool_]:
    """Whether runs begin with a sentence without letters: a lone quotation mark belongs to the sentence before it."""
    return np.diff(lengths, axis=1, prepend=np.float32(0.0)) < 0.5


def _margin_features(margin: Array) -> Iterator[Array]:
    bent = (margin, np.maximum(margin - 0.25, 0.0), np.maximum(margin - 0.5, 0.0))
    yield from bent
    for values in bent:
        yield values * _SIZE[:, None]


def _gains(margin: Array) -> tuple[Array, Array, Array, Array]:
    """What the first or last sentence of a run adds to the margin (the lesser of both), each side: gain and loss."""
    source, target = np.zeros_like(margin), np.zeros_like(margin)
    shorter = margin[:, :-1].copy()
    shorter[1:] = np.maximum(shorter[1:], margin[:-1, :-1])
    source[:, 1:] = margin[:, 1:] - shorter
    shorter = margin[..., :-1].copy()
    shorter[:, :, 1:] = np.maximum(shorter[:, :, 1:], margin[:, :, :-1, :-1])
    target[..., 1:] = margin[..., 1:] - shorter
    return np.maximum(source, 0), np.minimum(source, 0), np.maximum(target, 0), np.minimum(target, 0)


def _products(ours: Array, theirs: Array) -> Array:
    """Inner products of (r, a, d) and (c, b, d): (r, a, c, b)."""
    d = ours.shape[-1]
    flat = ours.reshape(-1, d) @ theirs.reshape(-1, d).T
    return flat.reshape(len(ours), LARGEST, len(theirs), LARGEST)


def _means(vectors: Array, low: Ints, high: Ints) -> Array:
    """Means of vectors[low:high] for many ranges at once."""
    total = np.vstack([np.zeros((1, vectors.shape[1])), np.cumsum(vectors, axis=0, dtype=np.float64)])
    low, high = np.clip(low, 0, len(vectors)), np.clip(high, 0, len(vectors))
    return np.asarray((total[high] - total[low]) / np.maximum(1, high - low)[:, None], np.float32)


def null_evidence(lengths: Array, best: Array) -> Array:
    """(n, len(NULLS) - 1) for sentences of these lengths, whose best single partner in the band has this margin."""
    return np.stack(
        [np.ones_like(lengths), np.log1p(lengths) - 3.5, best, np.maximum(best - 0.25, 0.0), lengths < 0.5], axis=1
    ).astype(np.float32)
