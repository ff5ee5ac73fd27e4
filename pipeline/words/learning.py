"""A lexicon learned from one bitext: which words its own links join, and how often.

The bitext is linked once without a lexicon; what was linked in many of its sentences is then believed in all of them.
The links of a pair so depend on the whole bitext, unlike all other links. The same bitext gives the same links.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from pipeline.words.lexicon import Lexicon
from pipeline.words.linker import WordLinker
from pipeline.words.tokens import folded

_AT_ONCE = 1_000  # pairs that are held
_SHIFT = 20
_MOST_WORDS = 1 << 19  # of a side; those first met after so many are not learned
_MOST_PAIRS = 4_000_000  # of words; the rarest quarter is forgotten when there are more
_WAITING = 1_000_000  # links that are added together


def learned(
    pairs: Iterable[tuple[Sequence[str], Sequence[str]]], source_language: str, target_language: str
) -> WordLinker:
    """A linker for the words of a bitext and its like, that has read all its pairs of sentences, given as words.

    Its memory has a bound, whatever the length of the bitext.
    """
    linker = WordLinker(source_language, target_language, "embeddings")
    counts = _Counts()
    rest = iter(pairs)
    while chunk := list(islice(rest, _AT_ONCE)):
        sides = [[pair[k] for pair in chunk] for k in (0, 1)]
        for source, target, links in zip(*sides, linker.align(*sides), strict=True):
            for link in links:
                counts.add(source[link.source], target[link.target], link.score)
    return WordLinker.of_counts(counts.lexicon(), source_language, target_language)


class _Counts:
    """How often words were linked: sorted keys `source << 20 | target`, and what waits to be added."""

    def __init__(self) -> None:
        self._numbers: tuple[dict[str, int], dict[str, int]] = ({}, {})
        self._keys: NDArray[np.int64] = np.zeros(0, np.int64)
        self._joint: NDArray[np.float64] = np.zeros(0)
        self._waiting: tuple[list[int], list[float]] = ([], [])

    def add(self, source: str, target: str, score: float) -> None:
        """Count a link as its score."""
        numbers = [self._number(folded(word), side) for side, word in enumerate((source, target))]
        if min(numbers) >= 0:
            self._waiting[0].append(numbers[0] << _SHIFT | numbers[1])
            self._waiting[1].append(score)
            if len(self._waiting[0]) >= _WAITING:
                self._merge()

    def lexicon(self) -> Lexicon:
        """What was counted; of nothing, one that has met no word."""
        self._merge()
        if not len(self._keys):
            self._numbers, self._keys, self._joint = ({"": 0}, {"": 0}), np.zeros(1, np.int64), np.full(1, 1e-9)
        source, target = (list(one) for one in self._numbers)
        return Lexicon(source, target, self._keys, self._joint.astype(np.float32))

    def _number(self, word: str, side: int) -> int:
        held = self._numbers[side]
        return held.setdefault(word, len(held)) if len(held) < _MOST_WORDS else held.get(word, -1)

    def _merge(self) -> None:
        keys = np.concatenate([self._keys, np.array(self._waiting[0], np.int64)])
        joint = np.concatenate([self._joint, np.array(self._waiting[1])])
        self._waiting = ([], [])
        self._keys, places = np.unique(keys, return_inverse=True)
        self._joint = np.bincount(places, joint, len(self._keys)).astype(np.float64)
        if len(self._keys) > _MOST_PAIRS:
            kept = np.sort(np.argsort(-self._joint, kind="stable")[: _MOST_PAIRS * 3 // 4])
            self._keys, self._joint = self._keys[kept], self._joint[kept]
