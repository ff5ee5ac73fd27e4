"""What a worker is told, given and gives back: sentences to decode, pairs of documents to align; it writes nothing."""

from __future__ import annotations

import os
import platform
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from pipeline.documents.checking import all_with_flags, checked
from pipeline.documents.pairing import PairingOptions, pair_documents
from pipeline.documents.translating import sentence_spans
from pipeline.files import package_digest
from pipeline.glossary import Glossary, Term
from pipeline.text import Bitext, Document, Flag, Note, Span, Translation, Try
from pipeline.translate import TranslateOptions
from pipeline.version import __version__


@dataclass(frozen=True, slots=True)
class Brief:
    """All that a worker must know of a job; `model` is empty where documents are aligned."""

    languages: tuple[str, str]
    model: str
    options: TranslateOptions
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a sentence: its tries, how it was made ready, what is kept, what the checks find, its sentences."""

    tries: tuple[Try, ...]
    notes: tuple[Note, ...]
    kept: Translation
    flags: tuple[Flag, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Decode:
    """Sentences to decode, with the tries that are known of them; gives an Outcome each."""

    texts: tuple[str, ...]
    tries: tuple[tuple[Try, ...], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents to align; gives their checked bitext."""

    source: Document
    target: Document
    options: PairingOptions


Task = Decode | Pair


@dataclass(frozen=True, slots=True)
class Done:
    """A task's result, or the error that it ended with."""

    value: Any = None
    error: Exception | None = None
    trace: str = ""


class Hand(Protocol):
    """A worker as the crew holds it. Each call raises Gone where the worker is no more."""

    def hello(self) -> dict[str, str]:
        """What decides its work besides the job: its version, code and kind of processor."""

    def equip(self, brief: Brief) -> dict[str, str]:
        """Tell it the job; gives the parts of its recipe."""

    def do(self, task: Task) -> Done:
        """Do a task."""

    def dismiss(self) -> None:
        """End it."""


def own_identity() -> dict[str, str]:
    """What must be alike for two processes to give the same results."""
    return {
        "version": __version__,
        "code": package_digest()[:12],
        "processor": platform.machine(),
        "python": ".".join(platform.python_version_tuple()[:2]),
    }


class Worker:
    """Does tasks, one after another; lives in a process of its own, and is told the job once."""

    def __init__(self) -> None:
        self._brief: Brief | None = None

    def hello(self) -> dict[str, str]:
        """What it is."""
        return own_identity()

    def equip(self, brief: Brief) -> dict[str, str]:
        """Learn the job; gives the parts of the recipe that it would translate by, none where it aligns."""
        self._brief = brief
        return {part.name: part.digest or part.value for part in self.translator.recipe.parts} if brief.model else {}

    def do(self, task: Task) -> Done:
        """Do a task; an error is part of the result."""
        try:
            return Done(self._decoded(task) if isinstance(task, Decode) else self._paired(task))
        except Exception as error:
            return Done(error=error, trace="".join(traceback.format_exception(error)))

    def pid(self) -> int:
        """The process that it lives in."""
        return os.getpid()

    @cached_property
    def translator(self) -> Any:
        """The translator of the job; the engine is loaded with the first sentence."""
        from pipeline.job.equipment import translator_between
        from pipeline.models import find_model

        brief = self._told
        glossary = Glossary(brief.terms) if brief.terms else None
        model = find_model(brief.model)
        return translator_between(*brief.languages, model, brief.options, judge=self._judge, glossary=glossary)()

    @cached_property
    def _judge(self) -> Any:
        from pipeline.documents.judging import judge_between

        terms = self._told.terms
        return judge_between(*self._told.languages, glossary=Glossary(terms) if terms else None)

    @property
    def _told(self) -> Brief:
        assert self._brief is not None, "a worker is told the job before it works"
        return self._brief

    def _decoded(self, task: Decode) -> Sequence[Outcome]:
        decoder = self.translator.decoder
        works = decoder.prepare(task.texts)
        trials = [decoder.trials(text, tries) for text, tries in zip(task.texts, task.tries, strict=True)]
        for _ in decoder.run(works, trials):
            pass
        kept = [one.translation(work.notes) for one, work in zip(trials, works, strict=True)]
        flagged = all_with_flags(task.texts, kept, self._judge)
        language = self._told.languages[1]
        return [
            Outcome(one.tries, work.notes, made, found.flags, tuple(sentence_spans(made.text, language)))
            for one, work, made, found in zip(trials, works, kept, flagged, strict=True)
        ]

    def _paired(self, task: Pair) -> Bitext:
        return checked(pair_documents(task.source, task.target, task.options), self._judge)
