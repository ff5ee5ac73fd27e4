"""What words mean, wherever they are from: likeness of multilingual vectors, as the sentence aligner has them.

A word has two vectors: as it stands in its sentence (what it adds to the sentence's sum) and as a text by itself. How
alike two words are is the mean of both cosines, sharpened, and shared out among the rivals on either side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from pipeline.words.evidence import Evidence, Hints, Pairs, gathered
from pipeline.words.lexicon import Lexicon, no_lexicon
from pipeline.words.tokens import words_of
from pipeline.words.weights import Weights, weights_of

if TYPE_CHECKING:
    from pipeline.align.encoder import UseEncoder

Array = NDArray[np.float32]

_SHARPNESS = (
    10.0  # chosen, as the next one, on the two stories that the weights are fitted on; .7 to 1.4 times is as good
)
_SHARE = 0.5
_RAREST, _RANGE, _SCALE = -17.0, 14.0, 8.0  # of a word's rarest piece, brought to the lexicon's logarithms of counts
_MOST_KEPT = 50_000  # words whose vectors are held, 2 kB each
_ORDINARY = (
    "The train from Paris came in a little after eight, and nobody was waiting.",
    "Il pleuvait depuis trois jours sur la vallée ; les chemins n'étaient plus que de la boue.",
    "Der Wagen hielt vor dem Haus, doch niemand stieg aus.",
    "El comité se reunió el 12 de marzo de 1998 para discutir el presupuesto de las dos escuelas.",
    "彼は窓を開けて、静かな庭を見た。",
    "Она ничего не ответила и закрыла дверь.",
)


class MeaningWay:
    """Links by what words mean and how they are written; with a lexicon, by what that has counted too."""

    def __init__(self, lexicon: Lexicon | None = None, *, weights: Weights | None = None) -> None:
        self.weights = weights or weights_of("embeddings")
        self._lexicon = lexicon or no_lexicon()

    def gathered(self, pairs: Pairs) -> Evidence:
        """All signals of a batch of pairs; each pair's own are made alone."""
        return gathered(pairs, self._lexicon, self.weights.jumps, hints(pairs, _likeness))


def hints(pairs: Pairs, likeness: Callable[[Sequence[str], Sequence[str]], Array]) -> Hints:
    """How alike the words of each pair are, and how common; what lies beyond a pair's words is 0."""
    widths = [max(len(pair[side]) for pair in pairs) for side in (0, 1)]
    prior = np.zeros((len(pairs), *widths), np.float32)
    ours, theirs = np.zeros((len(pairs), widths[0], 1), np.float32), np.zeros((len(pairs), 1, widths[1]), np.float32)
    for place, (source, target) in enumerate(pairs):
        prior[place, : len(source), : len(target)] = likeness(source, target)
        ours[place, : len(source), 0] = _vectors().common(source)
        theirs[place, 0, : len(target)] = _vectors().common(target)
    return Hints(prior, (ours, theirs))


def _likeness(source: Sequence[str], target: Sequence[str]) -> Array:
    """(source, target): how alike, shared out among rivals."""
    held = _vectors()
    inside = held.in_sentence(source) @ held.in_sentence(target).T
    alone = held.alone(source) @ held.alone(target).T
    return shared(np.exp((inside + alone - 2) / 2 * _SHARPNESS))


def shared(likeness: Array) -> Array:
    """Each cell's share of its row and of its column."""
    rows, columns = (likeness / np.maximum(likeness.sum(axis, keepdims=True), 1e-30) for axis in (1, 0))
    return np.asarray(_SHARE * np.sqrt(rows * columns), np.float32)


class _Vectors:
    """Vectors of words, less what all words have in common."""

    def __init__(self, encoder: UseEncoder) -> None:
        self._encoder = encoder
        self._kept: dict[str, tuple[Array, float]] = {}
        self._mean_inside = np.zeros(1, np.float32)
        self._mean_alone = np.zeros(1, np.float32)
        texts = [[word.text for word in words_of(text)] for text in _ORDINARY]
        self._mean_inside = np.concatenate([self._read(words) for words in texts]).mean(0)
        self._mean_alone = np.stack([self._word(word)[0] for words in texts for word in words]).mean(0)

    def in_sentence(self, words: Sequence[str]) -> Array:
        """(words, d), unit length: the mean of what a word's pieces add to the sentence's sum."""
        return _unit(self._read(words) - self._mean_inside)

    def alone(self, words: Sequence[str]) -> Array:
        """(words, e), unit length: each word as a text by itself."""
        return _unit(np.stack([self._word(word)[0] for word in words]) - self._mean_alone)

    def common(self, words: Sequence[str]) -> list[float]:
        """How common the rarest piece of each word is, 0 to 8."""
        return [self._word(word)[1] for word in words]

    def _read(self, words: Sequence[str]) -> Array:
        cut = [self._encoder.pieces(word) for word in words]
        vectors = self._encoder.token_vectors([piece for one in cut for piece in one])
        sizes = np.array([len(one) for one in cut])
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        return np.asarray(np.add.reduceat(vectors, starts) / sizes[:, None], np.float32)

    def _word(self, word: str) -> tuple[Array, float]:
        known = self._kept.get(word)
        if known is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            known = self._kept[word] = (self._alone(word), self._common(word))
        return known

    def _alone(self, word: str) -> Array:
        made = self._encoder.embed([word])
        return np.asarray(self._encoder.vectors(made.sums, made.sizes)[0], np.float32)

    def _common(self, word: str) -> float:
        rarest = min(map(self._encoder.commonness, self._encoder.pieces(word)))
        return min(max(rarest - _RAREST, 0.0), _RANGE) / _RANGE * _SCALE


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)


@cache
def _vectors() -> _Vectors:
    from pipeline.align.embedders import open_encoder

    return _Vectors(cast("UseEncoder", open_encoder("built-in")))
