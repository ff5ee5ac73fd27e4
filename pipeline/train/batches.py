"""The order of the data: an epoch's batches, in few fixed shapes, decided by the seed alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

# Lengths that batches are padded to. oneDNN builds a kernel for every new shape, so there are few.
LENGTHS = np.array([8, 12, 16, 20, 24, 28, 32, 36, 40, 48, 56, 64, 80, 100, 128, 160, 192, 256, 384, 512])


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs, by index, and the two lengths they are padded to."""

    pairs: Ints
    source_length: int
    target_length: int


def epoch_batches(
    lengths: tuple[Ints, Ints], repeats: NDArray[np.float64], *, tokens: int, seed: int, epoch: int
) -> list[Batch]:
    """All batches of an epoch, shuffled: a pair is in as many as `repeats` says on average.

    `lengths` are those of sources and targets with `</s>`; a batch has `tokens` positions a side, as a mean of both
    sides. The same seed and epoch give the same batches; so the position in the data is two numbers.
    """
    random = np.random.default_rng((seed, epoch))
    times = np.floor(repeats + random.random(len(repeats))).astype(np.int64)
    drawn = random.permutation(np.repeat(np.arange(len(repeats)), times))
    source, target = _shapes(lengths[0][drawn], lengths[1][drawn])
    batches, rest = _full(drawn, source, target, tokens)
    batches += _rest(drawn[rest], source[rest], target[rest], tokens)
    return [batches[index] for index in random.permutation(len(batches))]


def _shapes(source: Ints, target: Ints) -> tuple[Ints, Ints]:
    """Indexes into LENGTHS; a short side next to a long one takes a longer shape, so that there are fewer."""
    rows, columns = np.searchsorted(LENGTHS, source), np.searchsorted(LENGTHS, target)
    columns = np.maximum(columns, rows - 2)
    return np.maximum(rows, columns - 1), columns


def _full(drawn: Ints, source: Ints, target: Ints, tokens: int) -> tuple[list[Batch], Ints]:
    """Batches of one shape that are full, and the places of what is left over."""
    buckets = source * len(LENGTHS) + target
    order = np.argsort(buckets, kind="stable")
    batches, rest = [], [np.empty(0, np.int64)]
    bounds = np.flatnonzero(np.diff(buckets[order], prepend=-1, append=-1))
    for start, end in pairwise(bounds):
        members = order[start:end]
        shape = int(LENGTHS[source[members[0]]]), int(LENGTHS[target[members[0]]])
        size = _size(shape, tokens)
        whole = len(members) // size * size
        batches += [Batch(drawn[group], *shape) for group in members[:whole].reshape(-1, size)]
        rest.append(members[whole:])
    return batches, np.concatenate(rest)


def _rest(drawn: Ints, source: Ints, target: Ints, tokens: int) -> list[Batch]:
    """What filled no batch of its shape, sorted by length and packed into batches as long as their longest."""
    batches: list[Batch] = []
    group: list[int] = []
    longest = (0, 0)
    for place in np.lexsort((source, target))[::-1].tolist():
        grown = max(longest[0], int(LENGTHS[source[place]])), max(longest[1], int(LENGTHS[target[place]]))
        if group and len(group) >= _size(grown, tokens):
            batches.append(Batch(drawn[group], *longest))
            group, grown = [], (int(LENGTHS[source[place]]), int(LENGTHS[target[place]]))
        group.append(place)
        longest = grown
    return [*batches, Batch(drawn[group], *longest)] if group else batches


def _size(shape: tuple[int, int], tokens: int) -> int:
    return max(1, 2 * tokens // sum(shape))
