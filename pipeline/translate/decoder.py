"""Works through the model: batches of like length, judged as they come back, the doubtful ones tried again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.models import Model
from pipeline.text import Candidate, Try
from pipeline.translate.attempts import Work, candidates, halved, prepare
from pipeline.translate.engine import Decoding, Engine, Hypothesis, Pieces, batches_of
from pipeline.translate.options import Setup, TranslateOptions
from pipeline.translate.protected import Kind
from pipeline.translate.retrying import HALVED, N_BEST, PLAIN, STEPS, TERMS, UNREPEATED, Judge, Trials
from pipeline.translate.subwords import Subwords

if TYPE_CHECKING:
    from pipeline.glossary import Glossary


class Decoder:
    """A model, an engine that is loaded when first needed, and the rules of second tries."""

    def __init__(
        self,
        model: Model,
        options: TranslateOptions,
        setup: Setup,
        *,
        languages: tuple[str, str],
        judge: Judge | None,
        glossary: Glossary | None,
        cache: Path | None,
        on_decoded: Callable[[int], None] | None = None,
    ) -> None:
        self.model = model
        self.decoded = 0
        self._options = options
        self._setup = setup
        self._languages = languages
        self._judge = judge
        self._glossary = glossary
        self._cache = cache
        self._on_decoded = on_decoded
        self._engine: Engine | None = None

    def glossary_digest(self, sentence: str) -> str:
        """The digest of the glossary's terms that this sentence holds."""
        return self._glossary.digest(sentence) if self._glossary is not None else ""

    def trials(self, sentence: str, tries: Iterable[Try] = ()) -> Trials:
        """The tries of a sentence, as far as they are known."""
        return Trials(sentence, tries, judge=self._judge if self._options.retries else None)

    ahead = 1  # windows that are made ready while one is decoded

    def prepare(self, sentences: Iterable[str]) -> list[Work]:
        """Normalise, cut and tokenise."""
        limit = self.model.max_source_pieces
        return [prepare(sentence, self._subwords, self._languages, limit) for sentence in sentences]

    def run(self, works: Sequence[Work], trials: Sequence[Trials]) -> Iterator[int]:
        """Make the tries that are asked for; gives each index when its trials are done, those tried again last."""
        plain = [index for index, one in enumerate(trials) if one.next == PLAIN]
        for index in self._attempt(works, trials, plain, PLAIN):
            self.count()
            if trials[index].next is None:
                yield index
        first = set(plain)
        again = [index for index, one in enumerate(trials) if one.next is not None]
        for step in STEPS[1:]:
            asked = [index for index in again if trials[index].next == step]
            list(self._attempt(works, trials, asked, step))
        for index in again:
            if index not in first:
                self.count()
            yield index

    def alternatives(self, sentence: str) -> tuple[Candidate, ...]:
        """What a wider beam holds for a sentence, the likeliest first."""
        (work,) = self.prepare([sentence])
        ((_, found),) = self._decode([work], self._decoding(N_BEST))
        return candidates(work, found, subwords=self._subwords)

    def close(self) -> None:
        """Let go of the engine."""
        self._engine = None

    def count(self) -> None:
        """One sentence more is decoded."""
        self.decoded += 1
        if self._on_decoded is not None:
            self._on_decoded(self.decoded)

    def _attempt(
        self, works: Sequence[Work], trials: Sequence[Trials], asked: Sequence[int], step: str
    ) -> Iterator[int]:
        """Make one try of some works; the index of each comes when its candidates are among its tries."""
        chosen = {index: self._made_ready(works[index], step) for index in asked}
        for index in [index for index, work in chosen.items() if work is None]:
            trials[index].add(Try(step, ()))
            yield index
        possible = [(index, work) for index, work in chosen.items() if work is not None]
        for place, found in self._decode([work for _, work in possible], self._decoding(step)):
            index, work = possible[place]
            trials[index].add(Try(step, candidates(work, found, subwords=self._subwords)))
            yield index

    def _made_ready(self, work: Work, step: str) -> Work | None:
        """A work as a step wants it; None where the step is not possible."""
        if step == HALVED:
            return halved(work, self._subwords)
        if step != TERMS:
            return work
        terms = self._glossary.kinds(work.source) if self._glossary is not None else ()
        kinds = tuple(Kind("term", pattern, target) for pattern, target in terms)
        limit = self.model.max_source_pieces
        return prepare(work.source, self._subwords, self._languages, limit, kinds) if kinds else None

    def _decoding(self, step: str) -> Decoding:
        """Second tries have a wider beam: without repetition for loops, else with all that the beam holds."""
        beam = self._options.beam_size
        wide = min(64, max(8, 2 * beam))
        if step == UNREPEATED:
            return Decoding(wide, no_repeat_ngram=3, repetition_penalty=1.2)
        return Decoding(wide, hypotheses=wide) if step == N_BEST else Decoding(beam)

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
        batches = batches_of(sequences, self._options.batch_pieces, self._loaded.width)
        inputs = ([sequences[index] for index in batch] for batch in batches)
        for batch, results in zip(batches, self._loaded.decode(inputs, decoding), strict=True):
            for position, hypotheses in zip(batch, results, strict=True):
                found[sequences[position]] = hypotheses
                for index in users[sequences[position]]:
                    missing[index] -= 1
                    if not missing[index]:
                        yield index, [found[pieces] for pieces in works[index].pieces]

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
