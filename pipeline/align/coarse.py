"""The rough course of an alignment: pairs that are surely right, in order, and the band of nodes around them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Ints = NDArray[np.int64]
Pair = tuple[int, int]

_WHOLE = 16_000_000  # cells that are compared at once
_SURE = 0.10  # cosine by which a pair must beat every other of its row and column
_MARGIN = 5  # sentences that the band is wider than the anchors say, on each side
_FULL = 80  # nodes: a gap's rows are searched whole up to this width, and along its diagonal beyond


def chain(source: Array, target: Array) -> list[Pair]:
    """Pairs (i, j), rising in both, of unit vectors that are each other's best by far and agree with those around.

    Texts too large to be compared whole are first cut where a sample of the source finds its partners in order.
    """
    if len(source) * len(target) <= _WHOLE:
        return _supported(_longest(_mutual(source, target)))
    cuts = _cuts(source, target)
    edges = [(0, 0), *cuts, (len(source), len(target))]
    found: list[Pair] = []
    for (i, j), (k, m) in pairwise(edges):
        if (k - i) * (m - j) <= _WHOLE:
            inner = chain(source[i:k], target[j:m])
        else:
            inner = _along_diagonal(source[i:k], target[j:m])
        found += [(i + a, j + b) for a, b in inner]
    return found


def _along_diagonal(source: Array, target: Array) -> list[Pair]:
    """Where nothing tells where to cut: compare squares along the diagonal."""
    pieces = max(2, int(np.ceil(len(source) * len(target) / _WHOLE)))
    rows = np.linspace(0, len(source), pieces + 1).astype(int)
    columns = np.linspace(0, len(target), pieces + 1).astype(int)
    found: list[Pair] = []
    for i, k, j, m in zip(rows, rows[1:], columns, columns[1:], strict=False):
        step = max(1, int((k - i) * (m - j) // _WHOLE))
        inner = _supported(_longest(_mutual(source[i:k:step], target[j:m])))
        found += [(int(i) + a * step, int(j) + b) for a, b in inner]
    return found


def _cuts(source: Array, target: Array) -> list[Pair]:
    step = int(np.ceil(len(source) * len(target) / _WHOLE))
    sample = np.arange(step // 2, len(source), step)
    pairs = _longest([(int(sample[a]), b, w) for a, b, w in _mutual(source[sample], target)])
    cuts: list[Pair] = []
    for before, pair, after in zip(pairs, pairs[1:], pairs[2:], strict=False):
        straight = all(
            abs((q[1] - p[1]) - (q[0] - p[0])) <= 8 + (q[0] - p[0]) // 3 for p, q in ((before, pair), (pair, after))
        )
        last = cuts[-1] if cuts else (0, 0)
        if straight and (pair[0] - last[0]) * (pair[1] - last[1]) >= _WHOLE // 16:
            cuts.append((pair[0], pair[1]))
    return cuts


def _mutual(source: Array, target: Array) -> list[tuple[int, int, float]]:
    """Pairs that are best for both sides, with what the second best for either lacks in cosine."""
    n, m = len(source), len(target)
    if not n or not m:
        return []
    best = np.zeros(n, np.int64)
    first, second = np.full((2, n), -1.0, np.float32)
    column_best = np.zeros(m, np.int64)
    column_first, column_second = np.full((2, m), -1.0, np.float32)
    step = max(1, 4_000_000 // m)
    for start in range(0, n, step):
        block = source[start : start + step] @ target.T
        rows = np.arange(len(block))
        top = block.argmax(axis=1)
        best[start : start + step], first[start : start + step] = top, block[rows, top]
        columns = block.argmax(axis=0)
        high = block[columns, np.arange(m)]
        better = high > column_first
        lower = np.where(better, column_first, high)
        column_best[better], column_first[better] = columns[better] + start, high[better]
        block[columns, np.arange(m)] = -1.0
        column_second = np.maximum(np.maximum(column_second, lower), block.max(axis=0))
        block[columns, np.arange(m)] = high
        block[rows, top] = -1.0
        second[start : start + step] = block.max(axis=1)
    found = []
    for i in range(n):
        j = int(best[i])
        margin = float(first[i] - max(second[i], column_second[j]))
        if column_best[j] == i and margin >= _SURE:
            found.append((i, j, margin))
    return found


def _longest(pairs: Sequence[tuple[int, int, float]]) -> list[Pair]:
    """The rising chain of pairs with the largest sum of weights (Fredman 1975; a Fenwick tree of best sums)."""
    if not pairs:
        return []
    columns = sorted({j for _, j, _ in pairs})
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(columns) + 1)
    previous = []
    for k, (_, j, weight) in enumerate(sorted(pairs)):
        place = bisect_left(columns, j)
        best = (0.0, -1)
        at = place
        while at > 0:
            best = max(best, tree[at])
            at -= at & -at
        previous.append(best[1])
        entry = (best[0] + weight, k)
        at = place + 1
        while at < len(tree):
            tree[at] = max(tree[at], entry)
            at += at & -at
    ordered = sorted(pairs)
    k = max((tree[at] for at in _ancestors(len(tree) - 1)), default=(0.0, -1))[1]
    found = []
    while k >= 0:
        found.append((ordered[k][0], ordered[k][1]))
        k = previous[k]
    return found[::-1]


def _ancestors(at: int) -> list[int]:
    places = []
    while at > 0:
        places.append(at)
        at -= at & -at
    return places


def _supported(pairs: list[Pair]) -> list[Pair]:
    """Pairs with at least two others near them that go the same way: a lone one may be chance."""
    diagonals = [j - i for i, j in pairs]
    kept = []
    for k, (i, _) in enumerate(pairs):
        near = [q for q in range(max(0, k - 4), min(len(pairs), k + 5)) if q != k and abs(pairs[q][0] - i) <= 12]
        if sum(abs(diagonals[q] - diagonals[k]) <= 2 + abs(pairs[q][0] - i) // 2 for q in near) >= min(
            2, len(pairs) - 1
        ):
            kept.append(pairs[k])
    return kept


def band(n: int, m: int, anchors: Sequence[Pair]) -> tuple[Ints, Ints]:
    """For each source node 0..n the first and one past the last target node (0..m) that a path may visit.

    Between two anchors every node is open, and `_MARGIN` sentences around; both bounds never fall.
    """
    low, high = np.zeros(n + 1, np.int64), np.full(n + 1, m + 1, np.int64)
    edges = [(-1, -1), *anchors, (n, m)]
    for (i, j), (k, end) in pairwise(edges):
        rows = np.arange(max(0, i + 1), min(n, k) + 1)
        first, last = np.full(len(rows), j + 1), np.full(len(rows), end)
        if (end - j) > _FULL and (k - i) > _FULL:
            middle = j + 1 + (rows - i) * (end - j) // max(1, k - i)
            first, last = np.maximum(first, middle - _FULL // 2), np.minimum(last, middle + _FULL // 2)
        low[rows], high[rows] = first, last + 1
    spread = np.arange(n + 1)
    low = low[np.maximum(0, spread - _MARGIN)] - _MARGIN
    high = high[np.minimum(n, spread + _MARGIN)] + _MARGIN
    low = np.maximum.accumulate(np.clip(low, 0, m))
    high = np.minimum.accumulate(np.clip(high, 1, m + 1)[::-1])[::-1]
    low[0], high[n] = 0, m + 1
    return low, high
