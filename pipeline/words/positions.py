"""Where the next word's counterpart stands: a hidden Markov model over jumps, posteriors for batches of sentences.

Vogel, Ney & Tillmann 1996, with the empty word of Och & Ney 2003; posteriors of both directions are combined as by
Liang, Taskar & Klein 2006.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

_TINY = np.float32(1e-30)


def jump_matrix(jumps: Array, lengths: NDArray[np.int64], width: int) -> Array:
    """(batch, width, width): from a position to the next one's; rows sum to 1 within a sentence's length."""
    reach = len(jumps) // 2
    places = np.arange(width)
    table = jumps[(places[None, :] - places[:, None]).clip(-reach, reach) + reach]
    inside = (places[None, :] < lengths[:, None])[:, None, :]
    rows = np.where(inside, table[None], 0)
    out: Array = (rows / np.maximum(rows.sum(-1, keepdims=True), 1e-9)).astype(np.float32)
    return out


def posteriors(emissions: Array, empty: Array, lengths: NDArray[np.int64], jumps: Array, null: float) -> Array:
    """(batch, steps, states): how probably each step's word was made by each state's word.

    `emissions` is (batch, steps, states), `empty` (batch, steps) that of no word at all; beyond a sentence's end they
    are 0 and 1. `lengths` are the counts of states, `null` is how often a word is made by none.
    """
    batch, steps, states = emissions.shape
    moves = jump_matrix(jumps, lengths, states) * np.float32(1 - null)
    inside = np.arange(states)[None] < lengths[:, None]
    held = (inside / np.maximum(lengths, 1)[:, None]).astype(np.float32)
    held = 0.5 * held + 0.5 * (np.arange(states)[None] == 0).astype(np.float32)
    real, either = np.empty_like(emissions), np.empty_like(emissions)
    for step in range(steps):
        arrived = np.matmul(held[:, None], moves)[:, 0] if step else held * np.float32(1 - null)
        made = arrived * emissions[:, step]
        held = made + held * np.float32(null) * empty[:, step, None]
        scale = np.maximum(held.sum(-1, keepdims=True), _TINY)
        held = held / scale
        real[:, step], either[:, step] = made / scale, held
    back = np.ones((batch, states), np.float32)
    for step in range(steps - 1, -1, -1):
        whole = (either[:, step] * back).sum(-1, keepdims=True)
        real[:, step] *= back / np.maximum(whole, _TINY)
        came = np.matmul(moves, (emissions[:, step] * back)[..., None])[..., 0]
        back = came + np.float32(null) * empty[:, step, None] * back
        back /= np.maximum(back.max(-1, keepdims=True), _TINY)
    return real
