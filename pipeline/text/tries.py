"""How a translation came about: what was tried, and what is worth knowing of each try; facts, never verdicts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """A fact about how a text was made, such as `split-long`; `pipeline.check` makes the flag of this name of it."""

    name: str
    detail: str = ""


MACHINE = Note("machine")  # said to a judge of what a machine made, never kept: people may coin words


@dataclass(frozen=True, slots=True)
class Candidate:
    """One translation of a sentence; `score` is its log-probability a target token."""

    text: str
    score: float
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Try:
    """One way (`step`) of translating a sentence and what came of it; without candidates it was not possible."""

    step: str
    candidates: tuple[Candidate, ...]
