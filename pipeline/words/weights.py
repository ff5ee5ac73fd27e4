"""The few fitted numbers by which signals are weighed: one set a way of linking."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Head = tuple[int, int, bool]  # of a decoder: layer, head, whether the word that it looks for has been read already
FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """`first` weighs the signals of a cell, `second` those and what the first model thinks of the cells around."""

    threshold: float
    jumps: tuple[Array, Array]  # how often the next word's counterpart lies so far on, in either direction
    first: Mapping[str, float]
    second: Mapping[str, float]
    heads: tuple[Head, ...] = ()  # that are asked where they look


@cache
def weights_of(name: str = "weights") -> Weights:
    """The weights of a file of this folder; one that names no jumps has those of the lexicon's."""
    held: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    jumps = held.get("jumps") or json.loads((FOLDER / "weights.json").read_text(encoding="utf-8"))["jumps"]
    both = (np.array(jumps[0], np.float32), np.array(jumps[1], np.float32))
    heads = tuple((layer, head, read) for layer, head, read in held.get("heads", ()))
    return Weights(float(held["threshold"]), both, held["first"], held["second"], heads)
