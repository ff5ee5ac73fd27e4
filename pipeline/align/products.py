"""Matrix products of a few rows with large weights: half the time where the weights need not be copied first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

_WIDE, _NARROW = 64, 32  # columns of a block, for weights of few and of many rows
_TALL = 1_000  # rows of weights from which blocks are narrow
_SMALL = 1_000_000  # multiplications up to which OpenBLAS copies nothing (its limit for small matrices)


class Weight:
    """Weights (k, n), as they are and in blocks of columns that are small enough to be read where they lie."""

    def __init__(self, *parts: Array) -> None:
        self.whole = np.ascontiguousarray(np.concatenate(parts, axis=1))
        rows, columns = self.whole.shape
        width = _NARROW if rows >= _TALL else _WIDE
        self._blocks = np.ascontiguousarray(self.whole.reshape(rows, columns // width, width).transpose(1, 0, 2))
        self._most = _SMALL // (rows * width)

    def times(self, rows: Array) -> Array:
        """The product of rows (r, k) and the weights, (r, n)."""
        if len(rows) > self._most:
            return np.asarray(rows @ self.whole)
        made: Array = np.matmul(rows, self._blocks)
        return made.transpose(1, 0, 2).reshape(len(rows), -1)
