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
from pipeline.revision import stored

USUAL_RATE = 30.0  # sentences a second, of the built-in model on two cores, until a run has measured it
ALIGN_RATE = 60.0
MOST = 40  # documents that a plan shows to people


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """What a run would do with one document; `reasons` are empty if it is up to date."""

    document: str
    name: str
    reasons: tuple[str, ...]
    sentences: int
    remembered: int = 0
    to_model: int = 0
    to_align: int = 0

    def __str__(self) -> str:
        """One line for people."""
        if not self.reasons:
            return f"  {self.name}: up to date ({self.sentences} sentences)"
        what = (
            f"align {self.to_align}" if self.to_align else f"{self.remembered} remembered, {self.to_model} to the model"
        )
        return f"  {self.name}: {self.sentences} sentences: {what}; {'; '.join(self.reasons)}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do: documents in order, inputs that would fail, and how long it would take, in seconds.

    `outputs` are the results that would be written anew; the books of documents that are to be done count among them.
    `aside` are files of a folder that are no inputs, and why.
    """

    name: str
    output: str
    documents: tuple[DocumentPlan, ...]
    failures: tuple[Failure, ...]
    outputs: tuple[str, ...]
    signature: str
    seconds: float
    aside: tuple[Failure, ...] = ()

    @property
    def to_model(self) -> int:
        """Sentences that the model would be called for."""
        return sum(one.to_model for one in self.documents)

    @property
    def exit_code(self) -> int:
        """What the run would end with: 1 where nothing can be done, 3 where some inputs would fail."""
        return (FLAGGED if self.documents else FAILED) if self.failures else DONE

    def __str__(self) -> str:
        """The plan for people."""
        done = sum(not one.reasons for one in self.documents)
        lines = [f"{self.name} → {self.output}: {done} of {len(self.documents)} documents up to date"]
        lines += [str(one) for one in self.documents[:MOST]]
        if len(self.documents) > MOST:
            lines.append(f"  … and {len(self.documents) - MOST:,} more documents")
        lines += [f"  {one.path}: would fail: {one.reason}" for one in self.failures[:MOST]]
        if self.failures:
            lines.append(f"  {len(self.failures):,} would fail")
        lines += [f"  {one.path}: left aside: {one.reason}" for one in self.aside[:MOST]]
        lines.append(f"  would write: {', '.join(self.outputs)}" if self.outputs else "  results up to date")
        return "\n".join([*lines, f"{self.to_model} sentences to the model, about {self.seconds:,.0f} s"])


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
        seconds = sum(one.to_model for one in documents) / (former.rate or USUAL_RATE)
        seconds += sum(one.to_align for one in documents) / ALIGN_RATE
        return Plan(
            name=config.name,
            output=str(config.results),
            documents=tuple(documents),
            failures=tuple(failures),
            outputs=tuple(_outputs(config, equipment, former, documents, inputs)),
            signature=str(equipment.recipe),
            seconds=round(seconds, 1),
            aside=tuple(left_aside(config)),
        )


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
    made = DocumentPlan(input.id, input.name, decision.reasons, len(texts))
    translator = equipment.translator
    if translator is None:
        return replace(made, to_align=len(texts))
    texts = [sentence.text for sentence in loaded.to_translate]
    known = translator.remembered(texts)
    keys = {translator.key(text) for text, one in zip(texts, known, strict=True) if one is None} - seen
    seen |= keys
    return replace(made, remembered=made.sentences - len(keys), to_model=len(keys))
