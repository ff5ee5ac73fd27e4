"""Sentences decoded by a crew: the translator here reads, remembers and orders, workers only decode."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, as_completed
from typing import Any

from pipeline.check import Judge
from pipeline.documents.checking import notes_of
from pipeline.documents.translating import sentence_spans
from pipeline.job.runners.crew import Crew, value_of
from pipeline.job.runners.work import Decode, Done, Outcome
from pipeline.text import Flag, Note, Span, Try
from pipeline.translate.attempts import Work
from pipeline.translate.decoder import Decoder
from pipeline.translate.retrying import Trials

LARGEST, SMALLEST = 512, 32  # sentences of a shard
SHARDS = 2  # of a window for each worker
_KNOWN = 50_000  # sentences of which it is kept what workers found, until it is asked for


class Works(list[Work]):
    """The works of a window, and its shards on their way."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__(Work(text, [], [], []) for text in texts)
        self.sent: dict[Future[Done], list[int]] = {}


class Findings:
    """What workers have found of sentences, kept until it is asked for; the oldest of very many go."""

    def __init__(self) -> None:
        self.flags: dict[tuple[str, str], tuple[tuple[Note, ...], tuple[Flag, ...]]] = {}
        self.spans: dict[str, tuple[Span, ...]] = {}

    def add(self, source: str, made: Outcome) -> None:
        """Keep what was found of a sentence."""
        if len(self.flags) >= _KNOWN:
            del self.flags[next(iter(self.flags))]
        if len(self.spans) >= _KNOWN:
            del self.spans[next(iter(self.spans))]
        self.flags[source, made.kept.text] = (notes_of([made.kept]), made.flags)
        self.spans[made.kept.text] = made.spans

    def spans_of(self, text: str, language: str) -> Sequence[Span]:
        """Where the sentences of a translation are."""
        known = self.spans.get(text)
        return sentence_spans(text, language) if known is None else known


class Knowing(Judge):
    """A judge that knows what workers have found already."""

    def __init__(self, judge: Judge, found: Findings) -> None:
        self.__dict__.update(judge.__dict__)  # it is that judge, and remembers besides
        self._found = found

    def __call__(self, source: str, target: str, notes: tuple[Note, ...] = ()) -> tuple[Flag, ...]:
        """The flags of a pair."""
        known = self._found.flags.get((source, target))
        return known[1] if known is not None and known[0] == notes else super().__call__(source, target, notes)

    def prepare(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Hear which pairs of texts come next; of what is known nothing need be worked out."""
        if unknown := [pair for pair in pairs if pair not in self._found.flags]:
            super().prepare(unknown)


class Afar:
    """Decodes with a crew, which is called together with the first sentence."""

    ahead = 3  # windows, so that no worker waits for the end of one

    def __init__(self, decoder: Decoder, crew: Callable[[], Crew], found: Findings) -> None:
        self._decoder = decoder
        self._crew = crew
        self._found = found

    @property
    def decoded(self) -> int:
        """How many sentences the model was called for."""
        return self._decoder.decoded

    def glossary_digest(self, sentence: str) -> str:
        """The digest of the glossary's terms that this sentence holds."""
        return self._decoder.glossary_digest(sentence)

    def trials(self, sentence: str, tries: Iterable[Try] = ()) -> Trials:
        """The tries of a sentence, as far as they are known."""
        return self._decoder.trials(sentence, tries)

    def prepare(self, sentences: Mapping[str, tuple[Try, ...]]) -> list[Work]:
        """Send sentences to the workers, those of like length together, the longest first."""
        texts = list(sentences)
        works = Works(texts)
        if not texts:
            return works
        crew = self._crew()
        order = sorted(range(len(texts)), key=lambda index: (-len(texts[index]), texts[index]))
        size = min(LARGEST, max(SMALLEST, -(-len(texts) // (SHARDS * crew.size))))
        for start in range(0, len(order), size):
            shard = order[start : start + size]
            task = Decode(tuple(texts[i] for i in shard), tuple(sentences[texts[i]] for i in shard))
            works.sent[crew.submit(task)] = shard
        return works

    def run(self, works: Sequence[Work], trials: Sequence[Trials]) -> Iterator[int]:
        """Take in what comes back; gives the index of each sentence."""
        assert isinstance(works, Works)
        for future in as_completed(works.sent):
            outcomes: Any = value_of(future)
            for index, made in zip(works.sent[future], outcomes, strict=True):
                works[index].notes = made.notes
                trials[index].settle(made.tries, made.kept)
                self._found.add(works[index].source, made)
                self._decoder.count()
                yield index
