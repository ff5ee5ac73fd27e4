"""When a sentence is tried again, and which try is kept: by what a judge says of the candidates, and by their scores.

The rules look at tries alone, so what was tried once and is remembered is judged anew without the model; only a try
that today's judge asks for and that was never made needs it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.text import MACHINE, Candidate, Flag, Note, Translation, Try

PLAIN, UNREPEATED, N_BEST, HALVED = "plain", "without repetition", "n-best", "in halves"
TERMS = "with terms set aside"
STEPS = (PLAIN, UNREPEATED, N_BEST, TERMS, HALVED)  # in the order in which they may follow each other
_LOOPING = frozenset({"loop", "cut", "empty"})
_WORDS = {"invented-word"}  # a word is no better made of half a sentence
_SHOWN = 200  # characters of a try in a record


class Judge(Protocol):
    """Says what is wrong with a translation, seen from its source, its text and how it was made."""

    def __call__(self, source: str, target: str, notes: tuple[Note, ...] = ()) -> tuple[Flag, ...]:
        """The flags; those of severity `warning` ask for another try."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """The best candidate of a try, with its flags."""

    step: str
    candidate: Candidate
    flags: tuple[Flag, ...]

    @property
    def warnings(self) -> int:
        return sum(flag.severity == "warning" for flag in self.flags)

    @property
    def rank(self) -> tuple[int, float]:
        """The fewest warnings first, then what the model holds likeliest."""
        return self.warnings, -self.candidate.score


class Trials:
    """The tries of one sentence in the order in which a judge asks for them, as far as they have been made."""

    def __init__(self, source: str, tries: Iterable[Try] = (), *, judge: Judge | None) -> None:
        self._source = source
        self._judge = judge
        self._made = {one.step: one for one in tries}
        self._path: list[_Judged] = []
        self._kept: Translation | None = None
        self.next: str | None = PLAIN
        self._follow()

    @property
    def tries(self) -> tuple[Try, ...]:
        """All that was ever tried, also what today's judge did not ask for."""
        return tuple(self._made[step] for step in STEPS if step in self._made)

    def add(self, made: Try) -> None:
        """Take in the try that was asked for."""
        self._made[made.step] = made
        self._follow()

    def settle(self, tries: Iterable[Try], kept: Translation) -> None:
        """Take in tries that were made and judged elsewhere, and what was kept of them."""
        self._made = {one.step: one for one in tries}
        self._kept = kept
        self.next = None

    def translation(self, notes: tuple[Note, ...]) -> Translation:
        """What is kept, with the first try and the kept one recorded where there were several."""
        if self._kept is not None:
            return self._kept
        first, kept = self._path[0], min(self._path, key=lambda one: one.rank)
        noted = [*notes, *kept.candidate.notes]
        if len(self._path) > 1:
            noted.append(Note("retried", _record(first, kept)))
        score = kept.candidate.score
        return Translation(kept.candidate.text, score, confidence_of(score), notes=tuple(dict.fromkeys(noted)))

    def _follow(self) -> None:
        """Go along the tries that are there; `next` is the first that is missing, None where all is done."""
        while self.next is not None and self.next in self._made:
            if candidates := self._made[self.next].candidates:
                self._path.append(self._best(self.next, candidates))
            self.next = self._after(self.next)

    def _after(self, step: str) -> str | None:
        best = min(self._path, key=lambda one: one.rank)
        if step == HALVED or not best.warnings:
            return None
        if step in (UNREPEATED, N_BEST) and any(flag.name == "term-missing" for flag in best.flags):
            return TERMS
        if step != PLAIN:
            return None if {flag.name for flag in best.flags if flag.severity == "warning"} == _WORDS else HALVED
        return UNREPEATED if _LOOPING & {flag.name for flag in self._path[0].flags} else N_BEST

    def _best(self, step: str, candidates: Sequence[Candidate]) -> _Judged:
        if self._judge is None:
            return _Judged(step, candidates[0], ())
        judged: list[_Judged] = []
        for place, one in enumerate(candidates):
            judged.append(_Judged(step, one, self._judge(self._source, one.text, (*one.notes, MACHINE))))
            if not judged[-1].warnings and all(other.score <= one.score for other in candidates[place + 1 :]):
                break  # nothing that follows can be better
        return min(judged, key=lambda one: one.rank)


def confidence_of(score: float) -> float:
    """The geometric mean of the probabilities of the target tokens: e to the score, from 0 to 1, monotone."""
    return round(math.exp(min(0.0, score)), 4)


def _record(first: _Judged, kept: _Judged) -> str:
    def shown(one: _Judged) -> str:
        names = ", ".join(sorted({flag.name for flag in one.flags if flag.severity == "warning"})) or "nothing"
        text = one.candidate.text
        text = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        return f"{one.step} (score {one.candidate.score:.2f}, wrong: {names}): {text}"

    return f"first kept; {shown(first)}" if kept is first else f"kept {shown(kept)}; before {shown(first)}"
