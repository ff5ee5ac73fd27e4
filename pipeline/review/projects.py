"""What is reviewed: the results of a job, or a corpus file; where its review lies, and what becomes of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline.config import JobConfig, load_config
from pipeline.config.model import AlignConfig
from pipeline.corpus import READ, read_bitexts
from pipeline.documents.translating import sentence_spans
from pipeline.errors import InputError
from pipeline.job.export import CORPORA, write_as
from pipeline.job.inputs import not_readable
from pipeline.job.manifest import Manifest
from pipeline.job.places import MANIFEST, found
from pipeline.job.revising import STORE, revised_and_checked, vouched_for
from pipeline.job.run import run
from pipeline.job.staging import Damaged, Staging
from pipeline.review.remembering import Remembered, remember
from pipeline.revision import revised, stored
from pipeline.text import Bitext, verdict_of

if TYPE_CHECKING:
    from pipeline.check import Judge
    from pipeline.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Finished:
    """What was written at the end of a review: files, pairs reviewed and rejected, and what the memory learnt."""

    files: tuple[str, ...]
    reviewed: int
    rejected: int
    remembered: Remembered
    decoded: int = 0


class Project(Protocol):
    """Something to review."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def languages(self) -> tuple[str, str]:
        """Of the original and of the translation."""

    @property
    def store(self) -> Path:
        """Where the review lies."""

    @property
    def memory(self) -> Path | None:
        """The sentence memory that corrections go to; None where they stay in their place."""

    @property
    def reader(self) -> Path | None:
        """The book to read in, if there is one."""

    @property
    def glossary(self) -> Glossary | None:
        """The terms that must be kept to."""

    def version(self) -> str:
        """What changes when the documents do."""

    def bitexts(self) -> Iterator[Bitext]:
        """The documents as a machine left them."""

    def finish(self) -> Finished:
        """Write everything anew, with what was decided."""


class JobProject:
    """The results of a job: they are written anew by the job itself, which does only what must be done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / STORE
        self.config = config_of(folder)
        self.name = self.config.title or self.config.name
        self.memory = None if self.config.target else self.config.memory
        self.languages = (self.config.source_language, self.config.target_language)

    @property
    def reader(self) -> Path | None:
        """The one book of the job."""
        path = self.folder / "reader.html"
        return path if path.is_file() else None

    @cached_property
    def glossary(self) -> Glossary | None:
        """The job's glossary."""
        from pipeline.glossary import read_glossary

        return read_glossary(self.config.folder / self.config.glossary) if self.config.glossary else None

    def version(self) -> str:
        """The state of the manifest, which a run writes last."""
        return _state(found(self.folder, MANIFEST))

    def bitexts(self) -> Iterator[Bitext]:
        """The documents that the last run has made, without what was decided; raises InputError."""
        listed = Manifest(self.folder).data.get("inputs")
        stage = Staging(self.folder)
        for one in listed if isinstance(listed, list) else ():
            try:
                yield stage.load(str(one["document"]))
            except (Damaged, TypeError, KeyError) as error:
                raise InputError(f"{self.folder}: {error}", "Run the job again, then review it.") from error

    def finish(self) -> Finished:
        """Teach the memory what is good everywhere, then run the job again."""
        decided = stored(self.store)
        learnt = Remembered()
        if self.memory is not None:
            bitexts = (one for one in self.bitexts() if decided.get(one.source.id))
            name = f"review of {self.config.name}"
            learnt = remember(self.memory, bitexts, decided, languages=self.languages, name=name)
        report = run(self.config)
        counts = report.counts
        files = tuple(str(self.folder / one) for one in report.outputs)
        rejected = counts.get("rejected_in_review", 0)
        return Finished(files, counts.get("reviewed", 0), rejected, learnt, counts.get("decoded", 0))


class CorpusProject:
    """A corpus file: what was decided goes into a file beside it."""

    memory = None
    reader = None
    glossary = None

    def __init__(self, path: Path, languages: tuple[str, str]) -> None:
        self.path = path
        self.name = path.name
        self.store = path.with_name(f"{path.stem}.{STORE}")
        self.languages = languages

    def version(self) -> str:
        """The state of the file."""
        return _state(self.path)

    def bitexts(self) -> Iterator[Bitext]:
        """The file's documents."""
        yield from read_bitexts(self.path, source_language=self.languages[0], target_language=self.languages[1])

    def finish(self) -> Finished:
        """Write the corpus as people left it to `NAME.reviewed.SUFFIX`, without what they rejected."""
        made = list(as_left(self, self._judge()))
        verdicts = [(verdict_of(row.layers).state, one) for one in made for row in one.each_row()]
        kept = [_only(one, lambda state: state != "rejected") for one in made]
        files = write_as(kept, self.path.with_name(f"{self.path.stem}.reviewed{self.path.suffix}"))
        reviewed = sum(state in vouched_for(one) for state, one in verdicts)
        rejected = sum(state == "rejected" for state, _ in verdicts)
        return Finished(tuple(map(str, files)), reviewed, rejected, Remembered())

    def _judge(self) -> Judge:
        from pipeline.documents.judging import judge_between

        return judge_between(*self.languages)


def _state(path: Path) -> str:
    """What tells that a file was written anew; nothing where it is not there."""
    try:
        at = path.stat()
    except OSError:
        return ""
    return f"{at.st_mtime_ns} {at.st_ino} {at.st_size}"


def project_of(paths: Sequence[Path], languages: tuple[str, str]) -> Project:
    """What to review: a job's results or its job file, a corpus file, or two texts, which are aligned first.

    Raises InputError for what is none of these.
    """
    if len(paths) == 2:
        return JobProject(aligned(paths[0], paths[1], languages))
    if len(paths) != 1:
        raise InputError(
            f"{len(paths)} files to review", "Name a job's results, a corpus, or a text and its translation."
        )
    path = paths[0]
    if path.is_dir():
        return JobProject(path)
    if problem := not_readable(path):
        raise InputError(f"{path}: {problem}", "Name a job's results (outputs/my-job), a corpus file, or two texts.")
    if path.suffix.lower() in (".yaml", ".yml"):
        return JobProject(load_config(path).results)
    if path.name in CORPORA and found(path.parent, MANIFEST).is_file():
        return JobProject(path.parent)
    if path.suffix.lower().removeprefix(".") in READ:
        return CorpusProject(path, languages)
    raise InputError(
        f"{path} is no corpus: its name ends in none of {', '.join(READ)}",
        "Name a job's results, a corpus, or a text with its translation: visavis review a.fr.txt a.en.txt",
    )


def aligned(source: Path, target: Path, languages: tuple[str, str]) -> Path:
    """The results of a job that aligns a text with its translation, under `outputs/review-<stem>`; run if need be."""
    for path in (source, target):
        if problem := not_readable(path):
            raise InputError(f"{path}: {problem}", "Check the name and the permissions.")
    config = JobConfig(
        name=f"review-{(source.stem or 'text')[:80]}",
        inputs=(str(source.absolute()),),
        target=(str(target.absolute()),),
        folder=Path.cwd(),
        source_language=languages[0],
        target_language=languages[1],
        write=("tsv", "jsonl", "tmx", "xliff"),
        book=("html",),
        align=AlignConfig(),
    )
    run(config)
    return config.results


def config_of(folder: Path) -> JobConfig:
    """The settings of the job whose results these are; raises InputError where no job has run."""
    text = Manifest(folder).data.get("config")
    if not isinstance(text, str):
        raise InputError(f"{folder} holds no results of a job", "Give the folder of a job that has run.")
    with tempfile.TemporaryDirectory(prefix="visavis-") as place:
        path = Path(place) / "job.yaml"
        path.write_text(text, encoding="utf-8")
        config = load_config(path)
    same = config.results.absolute() == folder.absolute()
    return config if same else config.model_copy(update={"output": folder})


def as_left(project: Project, judge: Judge) -> Iterator[Bitext]:
    """The documents of a project as people left them."""
    decided = stored(project.store)
    for bitext in project.bitexts():
        entries = decided.get(bitext.source.id, ())
        yield revised_and_checked(bitext, entries, judge) if entries else bitext


def write_reviewed(project: Project, path: Path) -> list[Path]:
    """Write only the pairs that people have reviewed and not rejected, to a file whose suffix names the format."""
    decided = stored(project.store)
    made = (revised(one, decided.get(one.source.id, ()), sentence_spans).bitext for one in project.bitexts())
    return write_as((_only(one, vouched_for(one).__contains__) for one in made), path)


def _only(bitext: Bitext, wanted: Callable[[str], bool]) -> Bitext:
    states = (verdict_of(row.layers).state for row in bitext.each_row())
    return bitext.chosen([place for place, state in enumerate(states) if wanted(state)])
