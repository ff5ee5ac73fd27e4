"""What there is to translate in files, before a model is loaded: what a quote needs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.config import JobConfig
from pipeline.errors import Failure, InputError
from pipeline.job.failures import failure_of
from pipeline.job.inputs import find_inputs
from pipeline.job.loading import load
from pipeline.memory import Leverage, Memory
from pipeline.memory.rows import normal_source

# the classes, the first that fits counts; a fuzzy one begins at its number of percent
FUZZY = {"95-99": 95, "85-94": 85, "75-84": 75}
CLASSES = ("repetitions", "exact", *FUZZY, "new")
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class FileCount:
    """A file's sentences and words in all, and by class; `words` are what a word processor counts."""

    name: str
    sentences: int
    words: int
    sentences_of: dict[str, int]
    words_of: dict[str, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of files in their order, their sums, and the files that could not be read."""

    files: tuple[FileCount, ...]
    total: FileCount
    failures: tuple[Failure, ...] = ()

    def __str__(self) -> str:
        """A table for people: words in all and by class."""
        every = (*self.files, self.total)
        rows = [(one.name, [one.sentences, one.words, *one.words_of.values()]) for one in every]
        head = ("file", "sentences", "words", *CLASSES)
        cells = [head, *((name, *(f"{number:,}" for number in numbers)) for name, numbers in rows)]
        widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
        return "\n".join(
            "  ".join(cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(pairs))
            for pairs in (list(zip(row, widths, strict=True)) for row in cells)
        )

    def csv(self) -> str:
        """The same as CSV, with sentences and words of each class; one row a file, without the sums."""
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        each = [(one, kind) for one in CLASSES for kind in ("sentences", "words")]
        writer.writerow(["file", "sentences", "words", *(f"{name} {kind}" for name, kind in each)])
        for one in self.files:
            parts = {"sentences": one.sentences_of, "words": one.words_of}
            writer.writerow([one.name, one.sentences, one.words, *(parts[kind][name] for name, kind in each)])
        return stream.getvalue()

    def as_dict(self) -> dict[str, Any]:
        """The same for machines."""
        return asdict(self)


@dataclass
class _Classes:
    """Tells a sentence's class; a sentence seen before, in any file, is a repetition."""

    memory: Memory | None
    languages: tuple[str, str]
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._leverage = Leverage(self.memory.leverage(*self.languages) if self.memory is not None else ())

    def of(self, sentences: Sequence[str]) -> list[str]:
        exact = self.memory.human(*self.languages, sentences) if self.memory is not None else {}
        return [self._one(sentence, sentence in exact) for sentence in sentences]

    def _one(self, sentence: str, exact: bool) -> str:
        name = normal_source(sentence)
        if name in self.seen:
            return "repetitions"
        self.seen.add(name)
        if exact:
            return "exact"
        best = next((one.similarity for one in self._leverage.matches(sentence, most=1)), 0)
        return next((kind for kind, least in FUZZY.items() if best >= least), "new")


def count_files(inputs: Sequence[Path], languages: tuple[str, str], memory: Path | None) -> Counted:
    """Count what is to be translated in files and folders: repetitions, exact and fuzzy matches, and what is new.

    Exact and fuzzy are the memory's corrections and a client's leverage. Raises InputError where no file can be read.
    """
    config = JobConfig(
        name="count",
        inputs=tuple(str(one.absolute()) for one in inputs),
        folder=Path.cwd(),
        source_language=languages[0],
        target_language=languages[1],
        memory=None,
    )
    found, failures = find_inputs(config)
    opened = Memory.open(memory, read_only=True) if memory is not None else None
    classes = _Classes(opened, languages)
    counts = []
    try:
        for one in found:
            try:
                texts = [sentence.text for sentence in load(one, config).to_translate]
            except Exception as error:  # a file that cannot be read keeps no other from being counted
                failures.append(failure_of(one.name, one.path, error))
                continue
            counts.append(_count(one.name, texts, classes))
    finally:
        if opened is not None:
            opened.close()
    if not counts:
        first = failures[0] if failures else Failure("", "no file is named", "Name one.")
        gone = next((one for one in inputs if not one.exists()), None)
        if gone is not None:
            raise InputError(f"{gone} does not exist", "Check the name.")
        raise InputError(f"{first.path}: {first.reason}", first.remedy)
    return Counted(tuple(counts), _sum(counts), tuple(failures))


def _count(name: str, texts: Sequence[str], classes: _Classes) -> FileCount:
    sentences, words = dict.fromkeys(CLASSES, 0), dict.fromkeys(CLASSES, 0)
    for text, kind in zip(texts, classes.of(texts), strict=True):
        sentences[kind] += 1
        words[kind] += sum(_LETTER.search(word) is not None for word in text.split())
    return FileCount(name, len(texts), sum(words.values()), sentences, words)


def _sum(counts: Iterable[FileCount]) -> FileCount:
    every = list(counts)
    sentences = {kind: sum(one.sentences_of[kind] for one in every) for kind in CLASSES}
    words = {kind: sum(one.words_of[kind] for one in every) for kind in CLASSES}
    return FileCount("all", sum(sentences.values()), sum(words.values()), sentences, words)
