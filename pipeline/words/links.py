"""A link between two words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordLink:
    """Word `source` of a sentence and word `target` of its translation say the same; `score` lies in 0-1."""

    source: int
    target: int
    score: float
