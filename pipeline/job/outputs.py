"""Which results a job makes, what decides each, and how it is written from the staged documents."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import JobConfig
from pipeline.document import DOCUMENT
from pipeline.documents.linking import for_book, with_words
from pipeline.errors import OutputError
from pipeline.files import code_digest, digest_of
from pipeline.job.filtering import Rejected, find_rejected, rejects_anything, table
from pipeline.job.forms import made_from, names_of, writer
from pipeline.job.linking import CODE_OF_MARKS, code_of_links, told_links, words_in_book, words_in_corpus
from pipeline.job.places import REJECTED, SHELF
from pipeline.job.publishing import Output
from pipeline.job.staging import Stage
from pipeline.job.subtitles import TIMED, subtitle_options
from pipeline.text import Bitext

if TYPE_CHECKING:
    from pipeline.book import BookOptions
    from pipeline.corpus import Facts
    from pipeline.job.equipment import Equipment


@dataclass(frozen=True)
class Entry:
    """A document among the results: its id, its file's name, the digest of its content, and how its book is called.

    `rejected`: a review rejects pairs of it. `source` is its file, `input` the digest of what was read.
    """

    id: str
    name: str
    content: str
    book: str = ""
    rejected: bool = False
    source: Path = Path()
    input: str = ""


class Bitexts:
    """Staged documents in order, read one at a time, as often as a writer needs them."""

    def __init__(
        self, stage: Stage, entries: Sequence[Entry], rejected: Rejected | None = None, *, words: bool = False
    ) -> None:
        self._stage = stage
        self._entries = entries
        self._rejected = rejected
        self._words = words

    def __iter__(self) -> Iterator[Bitext]:
        for entry in self._entries:
            bitext = with_words(self._stage.load(entry.id), self._words)
            yield self._rejected.without(bitext) if self._rejected is not None else bitext


def check_formats(config: JobConfig) -> None:
    """Make sure, before anything is done, that what a job's results need is installed; raises OutputError."""
    from pipeline.book import BOOKS
    from pipeline.corpus import check_format

    if DOCUMENT in config.write and config.mend_encoding:
        raise OutputError(
            "`write: document` keeps every character, and `mend_encoding` would change them", "Leave one of them out."
        )
    for format in config.write:
        if format != DOCUMENT:
            check_format(format)
    for kind in config.book:
        check = BOOKS[kind].check
        if check is not None:
            check()


def outputs_of(
    config: JobConfig, stage: Stage, entries: Sequence[Entry], equipment: Equipment
) -> tuple[list[Output], Rejected]:
    """The outputs that a job's settings ask for, and the beads that were rejected from the corpus files."""
    rejected = Rejected()
    outputs = []
    if rejects_anything(config.keep) or any(one.rejected for one in entries):
        rejected = Rejected(lambda: find_rejected(Bitexts(stage, entries), config.keep))
        outputs.append(_rejected_output(config, stage, entries, rejected))
    for format in config.write:
        if format == DOCUMENT:
            outputs += _documents(config, stage, entries)
        else:
            outputs.append(_corpus_output(config, stage, entries, rejected, format, equipment))
    for kind in config.book:
        outputs += _books(config, stage, entries, kind)
    if config.book and not is_one_book(config, len(entries)):
        outputs.append(_shelf(config, stage, entries))
    return outputs, rejected


def is_one_book(config: JobConfig, documents: int) -> bool:
    """Whether a job's documents stand in one book, which is called the reader."""
    return config.book_together or documents == 1


def book_path(entry: Entry, kind: str) -> str:
    """Where the book of one of several documents lies."""
    return f"books/{entry.book or entry.id}.{kind}"


def _corpus_output(
    config: JobConfig, stage: Stage, entries: Sequence[Entry], rejected: Rejected, format: str, equipment: Equipment
) -> Output:
    from pipeline.corpus import write_bitexts

    words = words_in_corpus(config, format)
    told = _told(config, equipment) if format == "huggingface" else None

    def write(folder: Path) -> list[Path]:
        bitexts = Bitexts(stage, entries, rejected, words=words)
        return write_bitexts(
            bitexts,
            folder,
            format,
            stem="corpus",
            facts=told,
            subtitles=subtitle_options(config),
            spreadsheet_safe=config.spreadsheet_safe,
        )

    facts = [format, words, config.keep.model_dump(mode="json"), [(one.id, one.name, one.content) for one in entries]]
    facts += [astuple(told)] if told else []
    facts += [config.subtitles.model_dump(mode="json")] if format in TIMED else []
    facts += ["spreadsheet_safe"] if config.spreadsheet_safe else []
    return Output(
        f"corpus {format}",
        digest_of(
            [facts, code_digest("pipeline.corpus", "pipeline.text", "pipeline.job.filtering", *code_of_links(words))]
        ),
        write,
    )


def _told(config: JobConfig, equipment: Equipment) -> Facts:
    """What a card says of the corpus."""
    from pipeline.corpus import Facts

    model = equipment.model
    made = (f"{model.name}#{model.fingerprint[:12]}", model.license) if model else ("", "")
    return Facts(config.title or config.name, config.license, *made, signature=str(equipment.recipe))


def _documents(config: JobConfig, stage: Stage, entries: Sequence[Entry]) -> list[Output]:
    names = names_of([(one.id, one.name) for one in entries])
    return [
        Output(
            f"document {one.name}",
            made_from(config, one.id, one.content, one.input),
            writer(config, stage, one.id, source=one.source, digest=one.input, name=names[one.id]),
        )
        for one in entries
    ]


def _rejected_output(config: JobConfig, stage: Stage, entries: Sequence[Entry], rejected: Rejected) -> Output:
    def write(folder: Path) -> list[Path]:
        from pipeline.corpus.tsv import harmless, quoted

        path, shown = folder / REJECTED, harmless if safe else quoted
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", errors="replace", newline="") as stream:
            stream.writelines(table(Bitexts(stage, entries), rejected, shown))
            stream.flush()
            os.fsync(stream.fileno())
        return [path]

    safe = config.spreadsheet_safe
    facts = [REJECTED, safe, config.keep.model_dump(mode="json"), [(one.id, one.content) for one in entries]]
    return Output("rejected", digest_of([facts, code_digest("pipeline.job.filtering", "pipeline.corpus.tsv")]), write)


def _books(config: JobConfig, stage: Stage, entries: Sequence[Entry], format: str) -> list[Output]:
    """`reader.html` for one document or one book of all; `books/<name>.html` for several."""
    if is_one_book(config, len(entries)):
        return [_book(config, stage, entries, f"reader.{format}")]
    return [_book(config, stage, [entry], book_path(entry, format)) for entry in entries]


def _shelf(config: JobConfig, stage: Stage, entries: Sequence[Entry]) -> Output:
    """The page that leads to each of several books."""

    def write(folder: Path) -> list[Path]:
        from pipeline.book import author_of, title_of
        from pipeline.pages.shelf import ShelfPage, Volume

        volumes = (
            Volume(
                title_of(bitext),
                author_of(bitext),
                entry.name,
                bitext.source.language,
                len(bitext.source_sentences),
                tuple((kind.upper(), book_path(entry, kind)) for kind in kinds),
            )
            for bitext, entry in zip(Bitexts(stage, entries), entries, strict=True)
        )
        (folder / SHELF).write_bytes(ShelfPage(config.title or config.name, volumes).html())
        return [folder / SHELF]

    kinds = sorted(config.book, key=lambda kind: kind != "html")  # what a browser shows first
    books = [(one.id, one.name, one.content, one.book) for one in entries]
    facts = [config.title or config.name, kinds, books]
    code = code_digest("pipeline.book.building", "pipeline.pages", "pipeline.text")
    return Output("shelf", digest_of([facts, code]), write)


def _book(config: JobConfig, stage: Stage, entries: Sequence[Entry], name: str) -> Output:
    from pipeline.book import BOOKS

    kind = BOOKS[Path(name).suffix.removeprefix(".")]
    words = words_in_book(config, Path(name).suffix.removeprefix("."))

    def write(folder: Path) -> list[Path]:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        bitexts = [for_book(one, words) for one in Bitexts(stage, entries)]
        kind.write(bitexts, path, _book_options(config, told_links(config) if words else ""))
        return [path]

    given = [words, config.title, config.author, config.date, config.layout, config.paper]
    facts = [given, [(one.id, one.name, one.content) for one in entries]]
    code = code_digest("pipeline.book", "pipeline.text", *CODE_OF_MARKS, *code_of_links(words))
    return Output(f"book {name}", digest_of([facts, code]), write)


def _book_options(config: JobConfig, links: str) -> BookOptions:
    from pipeline.book import LAYOUTS, BookOptions

    usual = BookOptions()
    return BookOptions(
        title=config.title,
        author=config.author,
        date=config.date or usual.date,
        layout=config.layout if config.layout in LAYOUTS else "",
        paper=config.paper,
        links=links,
    )
