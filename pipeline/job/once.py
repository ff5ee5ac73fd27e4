"""A translation in one step: a job made of files and the files that shall come of them, run like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.config import JobConfig
from pipeline.config.model import DEFAULT_MEMORY, ColumnsConfig
from pipeline.document import DOCUMENT, DOCUMENT_LAYOUTS
from pipeline.errors import InputError
from pipeline.job.delivery import check_documents, deliver, is_document
from pipeline.job.events import OnEvent
from pipeline.job.export import BookFacts, bitexts_of_results, check_outputs, known_suffixes, write_as
from pipeline.job.inputs import not_readable
from pipeline.job.report import RunReport
from pipeline.job.run import run
from pipeline.job.subtitles import unreadable


@dataclass(frozen=True, slots=True)
class Wish:
    """How to translate: languages, model, memory, terms, columns of tables, and what the books say of themselves."""

    source_language: str = "fr"
    target_language: str = "en"
    model: str = "built-in"
    engine: str = "auto"
    beam_size: int = 4
    memory: Path | None = Path(DEFAULT_MEMORY)
    glossary: Path | None = None
    facts: BookFacts = field(default_factory=BookFacts)
    columns: ColumnsConfig = field(default_factory=ColumnsConfig)
    document: bool = False  # outputs of an input's own format are that document translated, not books or corpora


def job_of(inputs: Sequence[Path], wish: Wish = Wish(), *, documents: bool = False) -> JobConfig:
    """The job that translates these files, under `outputs/translate-<first file's stem>`."""
    stem = (inputs[0].stem or "text")[:80]
    return JobConfig(
        name=f"translate-{stem}",
        inputs=tuple(str(one.absolute()) for one in inputs),
        folder=Path.cwd(),
        source_language=wish.source_language,
        target_language=wish.target_language,
        model=wish.model,
        engine=wish.engine,
        beam_size=wish.beam_size,
        memory=wish.memory,
        glossary=wish.glossary,
        columns=wish.columns,
        write=(DOCUMENT,) if documents else (),
        layout=wish.facts.layout if wish.facts.layout in DOCUMENT_LAYOUTS else "",
        title=wish.facts.title,
        author=wish.facts.author,
    )


def translate_files(
    inputs: Sequence[Path], outputs: Sequence[Path], wish: Wish = Wish(), *, on_event: OnEvent | None = None
) -> RunReport:
    """Translate files: to documents of their own form, one each, and to books and corpora, all of them in each.

    An output is a document where it is a folder, or of the input's format and of none of a book or corpus, unless the
    wish says otherwise. What is checked first keeps hours from being lost.

    Raises what `run` does, InputError for a file that is not there, OutputError for what cannot be written.
    """
    layout = wish.facts.layout if wish.facts.layout in DOCUMENT_LAYOUTS else ""
    asked = wish.document or bool(layout)
    documents = [one for one in outputs if is_document(one, known_suffixes(), asked=asked)]
    others = [one for one in outputs if one not in documents]
    check_outputs(others, replace(wish.facts, layout="") if layout else wish.facts)
    for path in inputs:
        problem = "" if path.is_dir() else not_readable(path)
        if problem:
            raise InputError(f"{path}: {problem}", "Check the name and the permissions.")
    check_documents(inputs, documents, layout)
    config = job_of(inputs, wish, documents=bool(documents))
    report = run(config, on_event=on_event)
    if report.counts.get("documents"):
        bitexts = bitexts_of_results(config.results) if others else []
        deliver(config, inputs, documents)
        facts = replace(wish.facts, layout="") if layout else wish.facts
        for path in others:
            write_as(bitexts, path, facts)
        formats = [path.suffix.lower().removeprefix(".") for path in others]
        report = replace(report, said=(*unreadable(config, bitexts, formats), *report.said))
    return report
