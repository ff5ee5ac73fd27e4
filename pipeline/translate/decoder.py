"""Works through the model: equal-length batches, judged as they come back, the doubtful ones tried again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.models import Model
from pipeline.text import Flag, Translation
from pipeline.translate.attempts import Work, candidates, describe, halved, prepare
from pipeline.translate.engine import Decoding, Engine, Hypothesis, Pieces, batches_of
from pipeline.translate.options import Setup, TranslateOptions
from pipeline.translate.subwords import Subwords

if TYPE_CHECKING:
    from pipeline.glossary import Glossary

_LOOPING = frozenset({"loop", "cut", "empty"})


class Decoder:
    """A model, an engine that is loaded when first needed, and the rules of second tries."""

    def __init__(
        self,
        model: Model,
        options: TranslateOptions,
        setup: Setup,
        *,
        language: str,
        judge: Callable[[str, str], tuple[Flag, ...]],
        glossary: Glossary | None,
        cache: Path | None,
        on_decoded: Callable[[int], None] | None = None,
    ) -> None:
        self.model = model
        self.decoded = 0
        self._options = options
        self._setup = setup
        self._language = language
        self._judge = judge
        self._glossary = glossary
        self._cache = cache
        self._on_decoded = on_decoded
        self._engine: Engine | None = None

    def glossary_digest(self, sentence: str) -> str:
        """The digest of the glossary's terms that this sentence holds."""
        return self._glossary.digest(sentence) if self._glossary is not None else ""

    def prepare(self, sentences: Sequence[str]) -> list[Work]:
        """Normalise, cut and tokenise."""
        limit = self.model.max_source_pieces
        return [prepare(sentence, self._subwords, self._language, limit) for sentence in sentences]

    def run(self, works: Sequence[Work]) -> Iterator[tuple[int, Translation]]:
        """Decode; gives (index, translation) as they get done, those that were tried again last."""
        plain = Decoding(beam_size=self._options.beam_size)
        doubtful = []
        for index in self._attempt(works, plain):
            self.decoded += 1
            if self._on_decoded is not None:
                self._on_decoded(self.decoded)
            if self._options.retries and works[index].best.warnings:
                doubtful.append(index)
            else:
                yield index, works[index].translation()
        self._try_otherwise([works[index] for index in doubtful])
        yield from ((index, works[index].translation()) for index in doubtful)

    def close(self) -> None:
        """Let go of the engine."""
        self._engine = None

    def _try_otherwise(self, works: list[Work]) -> None:
        """Second tries: a wider beam and its n-best list, or no repetition for loops; then cut in halves."""
        loops = [work for work in works if _LOOPING & {flag.name for flag in work.best.flags}]
        others = [work for work in works if work not in loops]
        beam = min(64, max(8, 2 * self._options.beam_size))
        list(self._attempt(loops, Decoding(beam, no_repeat_ngram=3, repetition_penalty=1.2)))
        list(self._attempt(others, Decoding(beam, hypotheses=beam)))
        still = [(work, halved(work, self._subwords)) for work in works if work.best.warnings]
        cuttable = [(work, parts) for work, parts in still if parts is not None]
        smaller = [parts for _, parts in cuttable]
        for index in self._attempt(smaller, Decoding(self._options.beam_size), how="in halves, "):
            cuttable[index][0].tries.append(smaller[index].tries[0])

    def _attempt(self, works: Sequence[Work], decoding: Decoding, how: str = "") -> Iterator[int]:
        """Decode works once; the index of each comes when its best candidate is among its tries."""
        for index, found in self._decode(works, decoding):
            work = works[index]
            made = candidates(work, found, how=how + describe(decoding), subwords=self._subwords, judge=self._all_flags)
            work.tries.append(min(made, key=lambda one: (one.warnings, -one.score)))
            yield index

    def _decode(self, works: Sequence[Work], decoding: Decoding) -> Iterator[tuple[int, list[Sequence[Hypothesis]]]]:
        """The hypotheses of each work's parts, as soon as all its parts are back; equal parts are decoded once."""
        if not works:
            return
        users: dict[Pieces, list[int]] = {}
        for index, work in enumerate(works):
            for pieces in dict.fromkeys(work.pieces):
                users.setdefault(pieces, []).append(index)
        missing = [len(set(work.pieces)) for work in works]
        sequences = list(users)
        found: dict[Pieces, Sequence[Hypothesis]] = {}
        batches = batches_of(sequences, self._options.batch_pieces)
        inputs = ([sequences[index] for index in batch] for batch in batches)
        for batch, results in zip(batches, self._loaded.decode(inputs, decoding), strict=True):
            for position, hypotheses in zip(batch, results, strict=True):
                found[sequences[position]] = hypotheses
                for index in users[sequences[position]]:
                    missing[index] -= 1
                    if not missing[index]:
                        yield index, [found[pieces] for pieces in works[index].pieces]

    def _all_flags(self, source: str, target: str) -> tuple[Flag, ...]:
        terms = self._glossary.check(source, target) if self._glossary is not None else ()
        return (*self._judge(source, target), *terms)

    @cached_property
    def _subwords(self) -> Subwords:
        return Subwords(self.model)

    @property
    def _loaded(self) -> Engine:
        if self._engine is None:
            self._engine = _load(self.model, self._setup, self._cache)
        return self._engine


def _load(model: Model, setup: Setup, cache: Path | None) -> Engine:
    if setup.engine == "transformers":
        from pipeline.translate.with_transformers import TransformersEngine

        return TransformersEngine(model, setup)
    from pipeline.translate.with_ctranslate2 import CTranslate2Engine

    return CTranslate2Engine(model, setup, cache)
