"""What a run would do, and why, without doing it: the same decisions, the same look-ups, no model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.config import JobConfig, load_config
from pipeline.document import DOCUMENT
from pipeline.errors import Failure, VisavisError
from pipeline.job.decisions import Decision, decide
from pipeline.job.equipment import Equipment, equipped
from pipeline.job.inputs import Input, find_inputs, left_aside
from pipeline.job.loading import load, load_pair
from pipeline.job.manifest import Manifest
from pipeline.job.names import book_names
from pipeline.job.outputs import Entry, book_path, is_one_book, outputs_of, up_to_date
from pipeline.job.reasons import refined
from pipeline.job.report import DONE, FAILED, FLAGGED
from pipeline.job.revising import REJECTED, STORE, Revising
from pipeline.job.staging import Header, Staging
from pipeline.pages.telling import clock, count
from pipeline.revision import stored

USUAL_RATE = 30.0  # sentences a second, of the built-in model on two cores, until a run has measured it
ALIGN_RATE = 60.0
MOST = 40  # documents that a plan shows to people


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """What a run would do with one document; `reasons` are empty if it is up to date, and `words` not counted then.

    `seconds` is how long the model, or the alignment, would take.
    """

    document: str
    name: str
    reasons: tuple[str, ...]
    sentences: int
    remembered: int = 0
    to_model: int = 0
    to_align: int = 0
    words: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        """One line for people."""
        if not self.reasons:
            return f"  {self.name}: up to date ({count(self.sentences, 'sentence')})"
        known = f"{self.remembered:,} remembered" if self.remembered else ""
        model = f"{self.to_model:,} to the model" if self.to_model else ""
        align = f"{self.to_align:,} to align" if self.to_align else ""
        about = f"about {clock(self.seconds)}" if self.seconds >= 1 else ""
        what = ", ".join(filter(None, (known, model, align, about)))
        size = f"{count(self.sentences, 'sentence')}, {count(self.words, 'word')}"
        return f"  {self.name}: {'; '.join(filter(None, (size, what, *self.reasons)))}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do: documents in order, inputs that would fail, and how long it would take, in seconds.

    `outputs` are the results that would be written anew; the books of documents that are to be done count among them.
    `aside` are files of a folder that are no inputs, and why; `flagged` says that the documents that are up to date
    alone have more warnings than `max_flagged` allows.
    """

    name: str
    output: str
    documents: tuple[DocumentPlan, ...]
    failures: tuple[Failure, ...]
    outputs: tuple[str, ...]
    signature: str
    seconds: float
    aside: tuple[Failure, ...] = ()
    flagged: bool = False

    @property
    def to_model(self) -> int:
        """Sentences that the model would be called for."""
        return sum(one.to_model for one in self.documents)

    @property
    def exit_code(self) -> int:
        """What the run would end with, as far as that is known: 1 where nothing is done, 3 where inputs fail."""
        if not self.documents:
            return FAILED
        return FLAGGED if self.failures or self.flagged else DONE

    def __str__(self) -> str:
        """The plan for people."""
        done = sum(not one.reasons for one in self.documents)
        told = [f"{done:,} of {count(len(self.documents), 'document')} up to date"]
        told += [f"{count(len(self.failures), 'input')} would fail"] if self.failures else []
        lines = [f"{self.name} → {self.output}: {'; '.join(told)}"]
        lines += [str(one) for one in self.documents[:MOST]]
        if len(self.documents) > MOST:
            lines.append(f"  … and {len(self.documents) - MOST:,} more documents")
        lines += [f"  {one.path}: would fail: {one.reason}" for one in self.failures[:MOST]]
        if len(self.failures) > MOST:
            lines.append(f"  … and {len(self.failures) - MOST:,} more that would fail")
        lines += [f"  {one.path}: left aside: {one.reason}" for one in self.aside[:MOST]]
        lines.append(f"  would write: {', '.join(self.outputs)}" if self.outputs else "  results up to date")
        words = sum(one.words for one in self.documents)
        end = f"{count(self.to_model, 'sentence')} to the model" if self.to_model else "nothing to the model"
        return "\n".join(
            [*lines, f"{count(words, 'word')} to do, {end}, about {clock(self.seconds)}"] if words else lines
        )


def plan(config: JobConfig | str | Path, *, only: str | None = None) -> Plan:
    """What running the job now would do, and why. Reads the inputs; writes nothing.

    Raises ConfigError, ModelError, InputError.
    """
    config = config if isinstance(config, JobConfig) else load_config(Path(config))
    stage, former = Staging(config.results), Manifest(config.results)
    inputs, absent = find_inputs(config)
    documents, failures, seen = [], list(absent), set[bytes]()
    with equipped(config, read_only=True) as equipment:
        for input in inputs:
            if only is not None and not input.matches(only):
                continue
            decision = decide(input, equipment, stage)
            made = (
                decision
                if isinstance(decision, Failure)
                else _document(decision, config, equipment, stage=stage, former=former, seen=seen)
            )
            if isinstance(made, Failure):
                failures.append(made)
            else:
                documents.append(made)
        failures += equipment.failures
        return Plan(
            name=config.name,
            output=str(config.results),
            documents=tuple(documents),
            failures=tuple(failures),
            outputs=tuple(_outputs(config, equipment, former, documents, inputs)),
            signature=str(equipment.recipe),
            seconds=round(sum(one.seconds for one in documents), 1),
            aside=tuple(left_aside(config)),
            flagged=_flagged(config, stage, documents),
        )


def _flagged(config: JobConfig, stage: Staging, documents: Sequence[DocumentPlan]) -> bool:
    """Whether all is up to date and has more warnings than the job allows; what is not done yet nobody knows."""
    if any(one.reasons for one in documents):
        return False
    counts = [header.counts for one in documents if (header := stage.header(one.document)) is not None]
    return sum(one["flagged"] for one in counts) > config.max_flagged * sum(one["sentences"] for one in counts)


def _outputs(
    config: JobConfig,
    equipment: Equipment,
    former: Manifest,
    documents: Sequence[DocumentPlan],
    inputs: Sequence[Input],
) -> list[str]:
    """The names of the results that a run would write; with nothing done there are none."""
    stage, names = Staging(config.results), book_names(inputs, config.source_language)
    pending = [one for one in documents if one.reasons]
    if pending:
        single = is_one_book(config, len(documents))
        books = (
            [f"reader.{kind}" for kind in config.book]
            if single
            else [
                book_path(Entry(one.document, one.name, "", names[one.document]), kind)
                for kind in config.book
                for one in pending
            ]
        )
        shelf = ["shelf"] if config.book and not single else []
        corpora = [f"corpus {format}" for format in config.write if format != DOCUMENT]
        forms = [f"document {one.name}" for one in pending] if DOCUMENT in config.write else []
        return [*corpora, *forms, *(f"book {name}" for name in books), *shelf]
    final = Revising(stage, config.results, stored(config.results / STORE))
    headers = [(one, stage.header(one.document)) for one in documents]
    paths = {one.id: one.path for one in inputs}
    entries = [
        replace(_entry(one, made, final, names[one.document]), source=paths[one.document])
        for one, made in headers
        if made is not None
    ]
    outputs, _ = outputs_of(config, stage, entries, equipment) if entries else ([], 0)
    return [one.name for one in outputs if not up_to_date(one, config.results, former.outputs)]


def _entry(one: DocumentPlan, made: Header, final: Revising, book: str) -> Entry:
    """A document as its outputs know it; decisions that no run has seen make another content of it."""
    known = final.known(one.document, made)
    content = known.content if known is not None else final.key(one.document, made)
    rejected = bool(known and known.counts.get(REJECTED))
    return Entry(one.document, one.name, content, book, rejected, input=made.parts.get("input", ""))


def _document(
    decision: Decision, config: JobConfig, equipment: Equipment, *, stage: Staging, former: Manifest, seen: set[bytes]
) -> DocumentPlan | Failure:
    input = decision.input
    if decision.done and decision.header is not None:
        return DocumentPlan(input.id, input.name, (), decision.header.counts["sentences"])
    try:
        loaded = load(input, config)
        if input.target is not None:
            load_pair(input, config)
    except (VisavisError, OSError) as error:
        remedy = error.remedy if isinstance(error, VisavisError) else "Check the file and its permissions."
        return Failure(input.name, getattr(error, "problem", None) or str(error), remedy)
    texts = [sentence.text for sentence in loaded.sentences]
    decision = refined(decision, texts, stage=stage, former=former, equipment=equipment)
    words = sum(len(text.split()) for text in texts)
    made = DocumentPlan(input.id, input.name, decision.reasons, len(texts), words=words)
    translator = equipment.translator
    if translator is None:
        return replace(made, to_align=len(texts), seconds=len(texts) / ALIGN_RATE)
    texts = [sentence.text for sentence in loaded.to_translate]
    known = translator.remembered(texts)
    keys = {translator.key(text) for text, one in zip(texts, known, strict=True) if one is None} - seen
    seen |= keys
    seconds = len(keys) / (former.rate or USUAL_RATE)
    return replace(made, remembered=made.sentences - len(keys), to_model=len(keys), seconds=seconds)
