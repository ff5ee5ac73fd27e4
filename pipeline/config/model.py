"""What a job file may say: one frozen tree, every key described, unknown ones refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationInfo,
    field_validator,
    model_validator,
)

from pipeline.book import BOOKS, LAYOUTS, PAPERS
from pipeline.config.paths import Place
from pipeline.corpus import FORMATS
from pipeline.corpus.cues import SubtitleOptions
from pipeline.document import DOCUMENT, DOCUMENT_LAYOUTS
from pipeline.languages.codes import language_code
from pipeline.read import USUAL_LIMITS
from pipeline.text import Matter
from pipeline.translate.options import COMPUTE_TYPES, DEVICE, ENGINES, QUALITIES
from pipeline.words import SHOWN

Language = Annotated[
    str, BeforeValidator(lambda said: language_code(said) if isinstance(said, str) else said), Field(examples=["fr"])
]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
_CUES = SubtitleOptions()
DEFAULT_MEMORY = "outputs/memory.sqlite"
if TYPE_CHECKING:
    Engine = str
    Quality = str
    ComputeType = str
    CorpusFormat = str
    BookFormat = str
    Layout = str
    Paper = str
    Words = str
else:  # the choices are those of the tables
    Quality = Literal[tuple(QUALITIES)]
    Engine, ComputeType, CorpusFormat = Literal[ENGINES], Literal[COMPUTE_TYPES], Literal[(*FORMATS, DOCUMENT)]
    BookFormat, Layout, Paper = Literal[tuple(BOOKS)], Literal[("", *LAYOUTS, *DOCUMENT_LAYOUTS)], Literal[PAPERS]
    Words = Literal[SHOWN]


def _listed(value: Any) -> Any:
    """One text where a list is due is a list of one."""
    return (value,) if isinstance(value, str) else value


def _memory(value: Any) -> Any:
    """`false` is no memory, `true` the usual one."""
    if isinstance(value, bool):
        return Path(DEFAULT_MEMORY) if value else None
    return value


Texts = Annotated[tuple[str, ...], BeforeValidator(_listed)]
MemoryPath = Annotated[
    Place | None, BeforeValidator(_memory), PlainSerializer(lambda path: str(path) if path else False)
]


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)


class KeepConfig(_Settings):
    """What a pair must be to stay in the corpus files; the others go to details/rejected.tsv, each with its reason.

    Books always show the whole text.
    """

    min_confidence: Share = Field(default=0.0, description="Least confidence (0-1) of a machine translation.")
    min_score: Share = Field(default=0.0, description="Least probability (0-1) that a pair is right.")
    length_ratio: Annotated[float, Field(strict=True, gt=1)] | None = Field(
        default=None, description="How many times longer, in characters, one side may be than the other."
    )
    drop_duplicates: bool = Field(default=False, strict=True, description="Keep only the first of equal pairs.")


class AlignConfig(_Settings):
    """How existing translations (`target`) are paired with the inputs."""

    embedder: str = Field(
        default="built-in", min_length=1, description="Sentence embedder: built-in, a name or a folder."
    )
    anchors: tuple[tuple[int, int], ...] = Field(
        default=(), description="Pairs of sentence indexes, from 0, that are fixed; only for a job of one input."
    )
    chapters: bool = Field(default=True, strict=True, description="Let no pair cross a chapter that both sides have.")
    min_score: Share = Field(
        default=0.1, description="Pairs less probable than this come apart: their sentences stay unpaired."
    )


class SubtitlesConfig(_Settings):
    """How subtitles are set."""

    line: Annotated[int, Field(strict=True, ge=20, le=80)] = Field(default=_CUES.line, description="Characters a line.")
    lines: Annotated[int, Field(strict=True, ge=1, le=3)] = Field(default=_CUES.lines, description="Lines of a cue.")
    speed: Annotated[float, Field(gt=5, le=40)] = Field(
        default=_CUES.speed, description="Characters a second that a cue is given time for where there is some."
    )
    most: Annotated[float, Field(gt=5, le=40)] = Field(
        default=_CUES.most, description="Characters a second above which a cue may begin early, or else is reported."
    )
    longest: Annotated[float, Field(ge=1, le=60)] = Field(
        default=_CUES.longest, description="Seconds up to which a cue is given time."
    )


class LimitsConfig(_Settings):
    """How much an e-book may hold; a small archive can hold millions of blocks."""

    blocks: int = Field(default=USUAL_LIMITS.blocks, strict=True, ge=1, description="Paragraphs, headings, cells …")
    characters: int = Field(default=USUAL_LIMITS.characters, strict=True, ge=1, description="Characters of text.")


class RunnerConfig(_Settings):
    """Where a job is computed; the results are the same everywhere."""

    on: Literal["here", "ray"] = Field(default="here", description="This machine, or a Ray cluster (visavis[ray]).")
    address: str = Field(
        default="local", min_length=1, description="The cluster: local (one on this machine), auto, or ray://HOST:PORT."
    )
    workers: Annotated[int, Field(strict=True, ge=0, le=4096)] = Field(
        default=0, description="Processes that compute; 0: here one, more for long alignments; on Ray one a core."
    )


class ColumnsConfig(_Settings):
    """Which columns of tables (CSV, TSV, XLSX, Parquet), or fields of JSON records, hold what.

    By name, or by number from 1 where the columns of a table have no names.
    """

    source: str = Field(default="", description="Column of the texts to read.")
    target: str = Field(default="", description="Column of existing translations: rows that have one are kept as is.")
    id: str = Field(default="", description="Column of the texts' keys.")

    @property
    def named(self) -> dict[str, str]:
        """Those that are said, by what they hold."""
        return {role: name for role, name in self.model_dump().items() if name}

    @model_validator(mode="after")
    def _has_a_source(self) -> ColumnsConfig:
        if self.named and not self.source:
            raise ValueError("names no source; say which column holds the texts")
        return self


class JobConfig(_Settings):
    """One job. Paths of inputs are relative to `folder`; those of results to the working directory."""

    name: str = Field(min_length=1, description="The job's name; results go to outputs/<name>.")
    inputs: Texts = Field(min_length=1, description="Files, folders and globs; relative to this file.")
    target: Texts = Field(
        default=(),
        description="Existing translations of the inputs, by order or by stem: these are aligned, not translated.",
    )
    folder: Path = Field(
        default=Path(),
        validate_default=True,
        description="What inputs, target, glossary are relative to; else this file's.",
    )
    source_language: Language = Field(default="fr", description="Language of the inputs, by its code (fr, pt-BR).")
    target_language: Language = Field(default="en", description="Language to translate into, by its code (en).")
    model: str = Field(
        default="built-in",
        min_length=1,
        description="built-in, a folder, or ORG/NAME@REVISION; none: nothing is translated.",
    )
    allow_download: bool = Field(
        default=False, strict=True, description="Fetch the model if it is not on this machine."
    )
    engine: Engine = Field(default="auto", description="What runs the model.")
    compute_type: ComputeType = Field(default="auto", description="Number format that the model computes in.")
    device: str = Field(default="auto", pattern=rf"^({DEVICE})$", description="auto, cpu, cuda or cuda:1.")
    quality: Quality = Field(
        default="best",
        description="Better or faster: "
        + ", ".join(f"{name} keeps {beam}" for name, beam in QUALITIES.items())
        + " hypotheses while decoding.",
    )
    beam_size: Annotated[int, Field(strict=True, ge=1, le=64)] | None = Field(
        default=None, description="Hypotheses kept while decoding, in place of the quality's."
    )
    runner: RunnerConfig = Field(
        default=RunnerConfig(), description="Where the job is computed, and by how many workers."
    )
    threads: int = Field(default=0, strict=True, ge=0, le=1024, description="Processor cores to use; 0 means all.")
    encoding: str | None = Field(
        default=None, description="Encoding of the inputs; found out for each file without it."
    )
    mend_encoding: bool = Field(
        default=False, strict=True, description="Undo double encoding (l'Ã©poque); needs the package ftfy."
    )
    web_pages: Literal["main", "all"] = Field(
        default="main", description="Of web pages, read the main text or all of it, menus and footers too."
    )
    matter: Matter = Field(
        default="set-aside", description="Set aside what frames a book (licence, imprint, contents), or keep it in it."
    )
    columns: ColumnsConfig = Field(
        default=ColumnsConfig(), description="Columns of tables that hold source, target and id, by name or number."
    )
    limits: LimitsConfig = Field(default=LimitsConfig(), description="How much an e-book may hold.")
    write: tuple[CorpusFormat, ...] = Field(
        default=("tsv", "jsonl"), description="Corpus formats; document: each input in its own form."
    )
    spreadsheet_safe: bool = Field(
        default=False,
        strict=True,
        description="In TSV put an apostrophe before what a spreadsheet would take for a formula (= + - @).",
    )
    book: tuple[BookFormat, ...] = Field(default=(), description="Bilingual books.")
    book_together: bool = Field(
        default=False, strict=True, description="One book of all documents instead of one each."
    )
    words: Words = Field(
        default="books", description="Where words light up their counterparts: books; all: JSONL, TMX, XLIFF too; none."
    )
    title: str = Field(default="", description="Title of the book; the document's name without one.")
    author: str = Field(default="", description="Author of the book.")
    license: str = Field(
        default="",
        pattern=r"^([A-Za-z0-9][A-Za-z0-9.+-]*)?$",
        description="Terms of the corpus by a name such as cc-by-4.0, for a dataset's card.",
    )
    date: str = Field(
        default="",
        pattern=r"^(\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?)?$",
        description="The book's date, YYYY-MM-DD.",
    )
    layout: Layout = Field(
        default="", description="Layout that the book opens with, or of both languages in a document."
    )
    paper: Paper = Field(default="a5", description="Paper of a PDF book.")
    output: Place | None = Field(default=None, description="Folder of the results; outputs/<name> without one.")
    memory: MemoryPath = Field(
        default=Path(DEFAULT_MEMORY), description="The sentence memory's file, or false for none."
    )
    glossary: Place | None = Field(
        default=None, description="Terms (TSV: source, target, case, word) that must be kept to."
    )
    keep: KeepConfig = Field(default=KeepConfig(), description="What a pair must be to stay in the corpus files.")
    subtitles: SubtitlesConfig = Field(default=SubtitlesConfig(), description="How subtitles (srt, vtt) are set.")
    align: AlignConfig = Field(default=AlignConfig(), description="How existing translations are paired.")
    max_flagged: Share = Field(
        default=1.0, description="Share of sentences with a warning above which the run ends with exit code 3."
    )

    @field_validator("write", "book", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        return list(dict.fromkeys(_listed(value))) if isinstance(value, (str, list, tuple)) else value

    @field_validator("write")
    @classmethod
    def _has_something_to_translate(cls, write: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if DOCUMENT in write and info.data.get("target"):
            raise ValueError("document: where `target` gives translations, no document is translated")
        return write

    @field_validator("name")
    @classmethod
    def _is_a_folder_name(cls, name: str) -> str:
        if re.search(r"[/\\\x00-\x1f\x7f]", name) or name.strip() in {"", ".", ".."} or len(name.encode()) > 200:
            raise ValueError("must do as a folder's name: no slash, no control character, at most 200 bytes")
        return name

    @field_validator("encoding")
    @classmethod
    def _is_known(cls, encoding: str | None) -> str | None:
        try:
            _ = "".encode(encoding or "utf-8")
        except LookupError as error:
            raise ValueError("is no encoding that Python knows") from error
        return encoding

    @field_validator("folder")
    @classmethod
    def _beside_the_file(cls, folder: Path, info: ValidationInfo) -> Path:
        return Path((info.context or {}).get("folder", Path()), folder)

    @property
    def results(self) -> Path:
        """Folder that the results go to."""
        return self.output or Path("outputs") / self.name
