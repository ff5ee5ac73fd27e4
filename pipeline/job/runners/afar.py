"""Sentences decoded by a crew: the translator here reads, remembers and orders, workers only decode."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, as_completed
from typing import Any

from pipeline.check import Judge
from pipeline.job.runners.crew import Crew, value_of
from pipeline.job.runners.work import Decode, Done
from pipeline.text import Flag, Note, Try
from pipeline.translate.attempts import Work
from pipeline.translate.decoder import Decoder
from pipeline.translate.retrying import Trials

LARGEST, SMALLEST = 512, 32  # sentences of a shard
SHARDS = 2  # of a window for each worker
_KNOWN = 50_000  # pairs whose flags are kept until they are asked for


class Works(list[Work]):
    """The works of a window, and its shards on their way."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__(Work(text, [], [], []) for text in texts)
        self.sent: dict[Future[Done], list[int]] = {}


class Knowing(Judge):
    """A judge that knows what workers have found already."""

    def __init__(self, judge: Judge) -> None:
        self.__dict__.update(judge.__dict__)  # it is that judge, and remembers besides
        self._known: dict[tuple[str, str, tuple[Note, ...]], tuple[Flag, ...]] = {}

    def know(self, source: str, target: str, notes: tuple[Note, ...], flags: tuple[Flag, ...]) -> None:
        """Keep what was found of a pair."""
        if len(self._known) >= _KNOWN:
            self._known.clear()
        self._known[source, target, tuple(dict.fromkeys(notes))] = flags

    def __call__(self, source: str, target: str, notes: tuple[Note, ...] = ()) -> tuple[Flag, ...]:
        """The flags of a pair."""
        known = self._known.get((source, target, notes))
        return super().__call__(source, target, notes) if known is None else known


class Afar:
    """Decodes with a crew, which is called together with the first sentence."""

    ahead = 3  # windows, so that no worker waits for the end of one

    def __init__(self, decoder: Decoder, crew: Callable[[], Crew], judge: Knowing) -> None:
        self._decoder = decoder
        self._crew = crew
        self._judge = judge

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
                self._judge.know(works[index].source, made.kept.text, made.kept.notes, made.flags)
                self._decoder.count()
                yield index
