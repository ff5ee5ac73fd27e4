"""What a run would do, and why, without doing it: the same decisions, the same look-ups, no model."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.config import JobConfig, load_config
from pipeline.document import DOCUMENT
from pipeline.documents.translating import Loaded
from pipeline.errors import Failure, VisavisError
from pipeline.job.decisions import Decision, decide
from pipeline.job.equipment import Equipment, equipped
from pipeline.job.filtering import Rejected
from pipeline.job.index import Index
from pipeline.job.inputs import Input, find_inputs, left_aside
from pipeline.job.loading import load, load_pair
from pipeline.job.manifest import Manifest
from pipeline.job.names import book_names
from pipeline.job.outputs import Entry, book_path, is_one_book, outputs_of
from pipeline.job.publishing import Former
from pipeline.job.reasons import refined
from pipeline.job.report import DONE, FAILED, FLAGGED
from pipeline.job.revising import REJECTED, STORE, Revising
from pipeline.job.staging import Header, Staging
from pipeline.pages.telling import clock, count
from pipeline.revision import stored

USUAL_RATE = 30.0  # sentences a second, of the built-in model on two cores, until a run has measured it
ALIGN_RATE = 60.0
MOST = 40  # documents that a plan shows to people
SAMPLE = 400  # documents that are read where not all are counted
SAMPLE_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """What a run would do with one document; `reasons` are empty if it is up to date, and `words` not counted then.

    `seconds` is how long the model, or the alignment, would take. What is not `counted` has only its `bytes`.
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
    counted: bool = True
    bytes: int = 0

    def __str__(self) -> str:
        """One line for people."""
        if not self.reasons:
            return f"  {self.name}: up to date ({count(self.sentences, 'sentence')})"
        if not self.counted:
            return f"  {self.name}: {'; '.join((f'{self.bytes:,} bytes', *self.reasons))}"
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
    alone have more warnings than `max_flagged` allows. Where not all documents are counted, `seconds` is of all, by
    their bytes.
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
        """Sentences that the model would be called for, in the documents that are counted."""
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
        if len(self.aside) > MOST:
            lines.append(f"  … and {len(self.aside) - MOST:,} more left aside")
        lines.append(f"  would write: {', '.join(self._written())}" if self.outputs else "  results up to date")
        return "\n".join([*lines, *self._sums()])

    def _written(self) -> list[str]:
        more = len(self.outputs) - MOST
        return [*self.outputs[:MOST], *([f"… and {more:,} more"] if more > 0 else [])]

    def _sums(self) -> list[str]:
        """What is to be done in all; by the share of the bytes that were counted, where that is not all."""
        pending = [one for one in self.documents if one.reasons]
        counted = [one for one in pending if one.counted]
        if not (words := sum(one.words for one in counted)):
            return []
        end = f"about {clock(self.seconds)}"
        if len(counted) == len(pending):
            model = f"{count(self.to_model, 'sentence')} to the model" if self.to_model else "nothing to the model"
            return [f"{count(words, 'word')} to do, {model}, {end}"]
        factor = _factor(pending)
        model = f"about {_roughly(self.to_model * factor)} sentences to the model" if self.to_model else "no model"
        told = f"counted: {len(counted):,} of {len(pending):,} documents (all: --count)"
        return [f"about {_roughly(words * factor)} words to do, {model}, {end}; {told}"]


def plan(config: JobConfig | str | Path, *, only: str | None = None, sample: bool = False) -> Plan:
    """What running the job now would do, and why. Reads the inputs that are to be done; writes nothing.

    With `sample`, where there are many, it reads only some of them, spread over all, and the others are not `counted`.
    Raises ConfigError, ModelError, InputError.
    """
    config = config if isinstance(config, JobConfig) else load_config(Path(config))
    stage, former, index = Staging(config.results), Manifest(config.results), Index(config.results)
    inputs, absent = find_inputs(config, index)
    chosen = [input for input in inputs if only is None or input.matches(only)]
    with equipped(config, read_only=True) as equipment:
        decisions = [decide(input, equipment, stage, index) for input in chosen]
        read = _sampled(decisions) if sample else None
        planner = _Planner(config, equipment, stage, former)
        made = [one if isinstance(one, Failure) else planner.document(one, read) for one in decisions]
        documents = [one for one in made if isinstance(one, DocumentPlan)]
        headers = {one.input.id: one.header for one in decisions if isinstance(one, Decision) and one.header}
        return Plan(
            name=config.name,
            output=str(config.results),
            documents=tuple(documents),
            failures=(*absent, *(one for one in made if isinstance(one, Failure)), *equipment.failures),
            outputs=tuple(_outputs(config, equipment, Former(former.outputs, index), documents, inputs, headers)),
            signature=str(equipment.recipe),
            seconds=round(sum(one.seconds for one in documents) * _factor(documents), 1),
            aside=tuple(left_aside(config)),
            flagged=_flagged(config, headers, documents),
        )


def _sampled(decisions: Sequence[Decision | Failure]) -> set[str]:
    """The documents that are read where not all are: evenly spread, at least one."""
    pending = [one for one in decisions if isinstance(one, Decision) and not one.done]
    places = sorted({number * len(pending) // SAMPLE for number in range(SAMPLE)}) if pending else []
    most = SAMPLE_BYTES * len(places) // max(SAMPLE_BYTES, sum(pending[place].bytes for place in places))
    return {pending[places[number * len(places) // max(1, most)]].input.id for number in range(max(1, most)) if places}


def _roughly(number: float) -> str:
    """A number of which three digits are known."""
    return f"{round(float(f'{number:.3g}')):,}"


def _factor(documents: Sequence[DocumentPlan]) -> float:
    """How many times more bytes there are to do than were counted."""
    pending = [one for one in documents if one.reasons]
    counted = sum(one.bytes for one in pending if one.counted)
    return sum(one.bytes for one in pending) / counted if counted else 1.0


def _flagged(config: JobConfig, headers: Mapping[str, Header], documents: Sequence[DocumentPlan]) -> bool:
    """Whether all is up to date and has more warnings than the job allows; what is not done yet nobody knows."""
    if any(one.reasons for one in documents):
        return False
    counts = [headers[one.document].counts for one in documents]
    return sum(one["flagged"] for one in counts) > config.max_flagged * sum(one["sentences"] for one in counts)


def _outputs(
    config: JobConfig,
    equipment: Equipment,
    former: Former,
    documents: Sequence[DocumentPlan],
    inputs: Sequence[Input],
    headers: Mapping[str, Header],
) -> list[str]:
    """The names of the results that a run would write; with nothing done there are none."""
    names = book_names(inputs, config.source_language)
    if pending := [one for one in documents if one.reasons]:
        return _to_write(config, pending, names, single=is_one_book(config, len(documents)))
    stage = Staging(config.results)
    final = Revising(stage, config.results, stored(config.results / STORE))
    paths = {one.id: one.path for one in inputs}
    entries = [
        replace(_entry(one, headers[one.document], final, names[one.document]), source=paths[one.document])
        for one in documents
    ]
    outputs, _ = outputs_of(config, stage, entries, equipment) if entries else ([], Rejected())
    return [one.name for one in outputs if not former.up_to_date(one, config.results)]


def _to_write(
    config: JobConfig, pending: Sequence[DocumentPlan], names: Mapping[str, str], *, single: bool
) -> list[str]:
    """The results that documents which are to be done stand in; corpora and the shelf name them all."""
    paths = [
        book_path(Entry(one.document, one.name, "", names[one.document]), kind)
        for kind in config.book
        for one in pending
    ]
    books = [f"reader.{kind}" for kind in config.book] if single else paths
    shelf = ["shelf"] if config.book and not single else []
    corpora = [f"corpus {format}" for format in config.write if format != DOCUMENT]
    forms = [f"document {one.name}" for one in pending] if DOCUMENT in config.write else []
    return [*corpora, *forms, *(f"book {name}" for name in books), *shelf]


def _entry(one: DocumentPlan, made: Header, final: Revising, book: str) -> Entry:
    """A document as its outputs know it; decisions that no run has seen make another content of it."""
    known = final.known(one.document, made)
    content = known.content if known is not None else final.key(one.document, made)
    rejected = bool(known and known.counts.get(REJECTED))
    return Entry(one.document, one.name, content, book, rejected, input=made.parts.get("input", ""))


class _Planner:
    """Reads documents and says what a run would do with each; a sentence of two documents is decoded once."""

    def __init__(self, config: JobConfig, equipment: Equipment, stage: Staging, former: Manifest) -> None:
        self._config = config
        self._equipment = equipment
        self._stage = stage
        self._former = former
        self._seen: set[bytes] = set()

    def document(self, decision: Decision, read: Collection[str] | None) -> DocumentPlan | Failure:
        """The plan of a document; those that are not among `read` are not read, with None all are."""
        input = decision.input
        if decision.done and decision.header is not None:
            return DocumentPlan(input.id, input.name, (), decision.header.counts["sentences"], bytes=decision.bytes)
        if read is not None and input.id not in read:
            return DocumentPlan(input.id, input.name, decision.reasons, 0, counted=False, bytes=decision.bytes)
        try:
            loaded = load(input, self._config)
            if input.target is not None:
                load_pair(input, self._config)
        except (VisavisError, OSError) as error:
            remedy = error.remedy if isinstance(error, VisavisError) else "Check the file and its permissions."
            return Failure(input.name, getattr(error, "problem", None) or str(error), remedy)
        return self._counted(decision, loaded)

    def _counted(self, decision: Decision, loaded: Loaded) -> DocumentPlan:
        texts = [sentence.text for sentence in loaded.sentences]
        decision = refined(decision, texts, stage=self._stage, former=self._former, equipment=self._equipment)
        words = sum(len(text.split()) for text in texts)
        input, size = decision.input, decision.bytes
        made = DocumentPlan(input.id, input.name, decision.reasons, len(texts), words=words, bytes=size)
        translator = self._equipment.translator
        if translator is None:
            return replace(made, to_align=len(texts), seconds=len(texts) / ALIGN_RATE)
        texts = [sentence.text for sentence in loaded.to_translate]
        known = translator.remembered(texts)
        keys = {translator.key(text) for text, one in zip(texts, known, strict=True) if one is None} - self._seen
        self._seen |= keys
        seconds = len(keys) / (self._former.rate or USUAL_RATE)
        return replace(made, remembered=made.sentences - len(keys), to_model=len(keys), seconds=seconds)
