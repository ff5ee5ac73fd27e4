"""`visavis translate`: files to books and corpora in one step; without an output a filter, as many lines out as in."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pipeline.cli.ending import tell_failures, tell_run
from pipeline.cli.options import (
    Author,
    ColumnNames,
    Layout,
    ModelName,
    Outputs,
    Paper,
    Quiet,
    SourceLanguage,
    TargetLanguage,
    Title,
    named_columns,
)
from pipeline.cli.progress import shown_progress
from pipeline.cli.talk import STOPPED, give, read_lines, say
from pipeline.errors import ConfigError, InputError

if TYPE_CHECKING:
    from pipeline.job.once import Wish
    from pipeline.translate.options import TranslateOptions

_NOT_TEXT = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")  # zip (docx, epub, odt), PDF, old Office


def translate(
    files: list[Path] = typer.Argument(
        None, help="Files of any known format; without an output, one text file or standard input.", metavar="[FILE]..."
    ),
    output: Outputs = [],  # noqa: B006 (typer reads the default and never changes it)
    source_language: SourceLanguage = "fr",
    target_language: TargetLanguage = "en",
    model: ModelName = "built-in",
    engine: str = typer.Option("auto", help="auto, ctranslate2 or transformers."),
    quality: str = typer.Option("best", help="best, balanced (1.4 times as fast) or fast (1.7 times)."),
    beam_size: int | None = typer.Option(
        None, min=1, max=64, help="Hypotheses kept while decoding, in place of the quality's 4, 2 or 1."
    ),
    glossary: Path | None = typer.Option(None, help="Terms to keep to, a table of source<TAB>target."),
    memory: Path | None = typer.Option(None, help="Sentence memory; with -o outputs/memory.sqlite without one."),
    title: Title = "",
    author: Author = "",
    layout: Layout = "",
    paper: Paper = "",
    column: ColumnNames = [],  # noqa: B006
    document: bool = typer.Option(
        False,
        "--document",
        help="-o of the input's own format is that file translated, not a bilingual book or corpus.",
    ),
    quiet: Quiet = False,
) -> int:
    """Translate files to documents, books and corpora (-o), or lines to lines (without).

    visavis translate letter.docx -o letter.en.docx

    visavis translate page.html -o page.en.html --document

    visavis translate texts/ -o english/

    visavis translate novel.epub -o reader.html -o novel.epub

    visavis translate < letter.txt
    """
    from pipeline.translate.options import TranslateOptions, beam_of

    beam = beam_of(quality, beam_size)
    if not output:
        if title or author or layout or paper:
            raise ConfigError(
                "a title, author, layout or paper is of a book, and no book is asked for", "Name it with -o."
            )
        options = TranslateOptions(engine=engine, beam_size=beam)
        _filter(files or [], (source_language, target_language), model, options, glossary=glossary, memory=memory)
        return 0
    from pipeline.config import ColumnsConfig
    from pipeline.job.export import BookFacts
    from pipeline.job.once import Wish

    facts = BookFacts(title=title, author=author, layout=layout, paper=paper)
    columns = ColumnsConfig(**named_columns(column))
    wish = Wish(
        source_language,
        target_language,
        model,
        engine,
        beam,
        glossary=glossary,
        facts=facts,
        columns=columns,
        document=document,
    )
    if memory is not None:
        wish = replace(wish, memory=memory)
    return _files(files or [], output, wish, quiet=quiet)


def _files(files: list[Path], outputs: list[Path], wish: Wish, *, quiet: bool) -> int:
    from pipeline.job.once import translate_files

    if not files:
        raise ConfigError("no file to translate is named", "Name one: visavis translate novel.epub -o reader.html")
    try:
        with shown_progress(quiet=quiet) as on_event:
            report = translate_files(files, outputs, wish, on_event=on_event)
    except KeyboardInterrupt:
        say("stopped; the same command goes on where it stood")
        return STOPPED
    if quiet:
        tell_failures(report)
    else:
        tell_run(report, outputs if report.counts.get("documents") else [])
    return report.exit_code


def _filter(
    files: list[Path],
    languages: tuple[str, str],
    model: str,
    options: TranslateOptions,
    *,
    glossary: Path | None,
    memory: Path | None,
) -> None:
    """Lines to lines. What a job needs is not imported: one sentence is translated in half a second."""
    from pipeline.documents.judging import judge_between
    from pipeline.documents.lines import translate_lines
    from pipeline.glossary import read_glossary
    from pipeline.memory import Memory
    from pipeline.models import find_model
    from pipeline.translate import open_translator

    file = _one_text(files)
    terms = None if glossary is None else read_glossary(glossary)
    translator = open_translator(
        find_model(model),
        options,
        source_language=languages[0],
        target_language=languages[1],
        memory=None if memory is None else Memory.open(memory),
        judge=judge_between(*languages, glossary=terms).of_tries(),
        glossary=terms,
    )
    try:
        if file is None and sys.stdin.isatty():  # a person types: answer each line before reading the next
            say(f"Type {languages[0]}, a line at a time; Ctrl-D ends. For files: visavis translate FILE -o reader.html")
            for line in read_lines(None):
                for made in translate_lines([line], translator, language=languages[0]):
                    give(made)
                sys.stdout.flush()
        else:
            for made in translate_lines(read_lines(file), translator, language=languages[0]):
                give(made)
    finally:
        translator.close()


def _one_text(files: list[Path]) -> Path | None:
    """The text file whose lines are to be translated; raises InputError for what is none."""
    if not files:
        return None
    first = files[0]
    if len(files) > 1:
        raise InputError(
            f"{len(files)} files, and no output is named", f"Name one: visavis translate {first} … -o reader.html"
        )
    if not first.exists() and (" " in str(first) or not first.suffix):
        raise InputError(
            f"{str(first)!r} is no file", f"To translate a sentence: echo {str(first)!r} | visavis translate"
        )
    try:
        with first.open("rb") as stream:
            start = stream.read(1024)
    except OSError as error:
        raise InputError(f"{first} cannot be read: {error.strerror}", "Check the name and the permissions.") from error
    if start.startswith(_NOT_TEXT) or b"\0" in start:
        remedy = f"Name what shall come of it: visavis translate {first} -o {first.stem}.html"
        raise InputError(f"{first} is a document, not lines of text", remedy)
    return first
