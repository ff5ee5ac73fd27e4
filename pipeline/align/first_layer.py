"""The encoder's first layer, a row a token: made once for each token that occurs, and kept for small texts."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.align.products import Weight

Array = NDArray[np.float32]
Ints = NDArray[np.int64]

ORDERS = ((2, 0), (3, 1), (5, 2))  # width and left context of the encoder's three convolutions
EMPTY = -1  # the token of an empty row
_MOST = 2_048  # tokens whose rows are kept, 15 kB each
_PASS = 16  # tokens in a pass: rows do not depend on what is made with them, so that results never do


@dataclass(frozen=True, slots=True)
class FirstLayer:
    """Rows of tokens: embedded, after the projection, and what each convolution makes of them at each of its places."""

    embedded: Array
    inner: Array
    products: list[Array]


class FirstLayerMaker:
    """Makes rows of tokens from the encoder's weights, laid out once."""

    def __init__(self, net: Any) -> None:
        self._net = net
        self._project = Weight(net.proj_W)
        width = net.proj_W.shape[1] // len(ORDERS)
        self._windows = [
            Weight(weights.reshape(order, width, width).transpose(1, 0, 2).reshape(width, order * width))
            for weights, (order, _) in zip(net.w1, ORDERS, strict=True)
        ]

    def sizes(self) -> tuple[int, int]:
        """Numbers of a row: embedded, and after the projection."""
        rows, columns = self._project.whole.shape
        return int(rows), int(columns)

    def of(self, tokens: Ints) -> FirstLayer:
        """The rows of some tokens."""
        net = self._net
        embedded = net.table[tokens] * net.scale[tokens % len(net.scale), None] + net.lo[tokens % len(net.lo), None]
        embedded[tokens == EMPTY] = 0.0
        inner = normalised(self._project.times(embedded) + net.proj_b, net.ln_g_all, net.ln_b_all, net.eps)
        inner[tokens == EMPTY] = 0.0
        width = inner.shape[1] // len(ORDERS)
        products = []
        for i, (order, _) in enumerate(ORDERS):
            made = self._windows[i].times(inner[:, i * width : (i + 1) * width])
            products.append(made.reshape(len(inner), order, width))
        return FirstLayer(embedded, inner, products)


class KeptTokens:
    """Rows of the tokens that small texts hold, so that the next small text finds most of its own made."""

    def __init__(self, maker: FirstLayerMaker) -> None:
        self._maker = maker
        self._places: dict[int, int] = {}
        self._rows: FirstLayer | None = None
        self._lock = Lock()

    def of(self, tokens: Ints) -> tuple[Ints, FirstLayer]:
        """Where each token's row is in the tables, whose last row is the empty one."""
        kinds = np.unique(tokens)
        if len(kinds) > _MOST // 2:
            kinds, places = np.unique(tokens, return_inverse=True)
            return places, self._maker.of(np.append(kinds, EMPTY))
        with self._lock:
            rows = self._grown(kinds.tolist())
            return np.array([self._places[token] for token in tokens.tolist()], np.int64), rows

    def _grown(self, kinds: list[int]) -> FirstLayer:
        new = [token for token in kinds if token not in self._places]
        if self._rows is None or len(self._places) + len(new) > _MOST:
            self._rows, self._places, new = self._nothing(), {}, kinds
        for first in range(0, len(new), _PASS):
            part = new[first : first + _PASS]
            made = self._maker.of(np.array(part + [EMPTY] * (_PASS - len(part)), np.int64))
            at = len(self._places)
            held = (self._rows.embedded, self._rows.inner, *self._rows.products)
            for table, rows in zip(held, (made.embedded, made.inner, *made.products), strict=True):
                table[at : at + len(part)] = rows[: len(part)]
            self._places.update(zip(part, range(at, at + len(part)), strict=True))
        return self._rows

    def _nothing(self) -> FirstLayer:
        """Empty tables; memory is taken as rows are written."""
        embedded, inner = (np.zeros((_MOST + 1, size), np.float32) for size in self._maker.sizes())
        width = inner.shape[1] // len(ORDERS)
        return FirstLayer(embedded, inner, [np.zeros((_MOST + 1, order, width), np.float32) for order, _ in ORDERS])


def normalised(x: Array, gain: Array, bias: Array, eps: float) -> Array:
    """Layer normalisation of rows, in place."""
    x -= x.mean(axis=1, keepdims=True)
    x *= 1.0 / np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + eps)[:, None]
    x *= gain
    x += bias
    return x
