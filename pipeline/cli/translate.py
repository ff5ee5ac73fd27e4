"""`visavis translate`: a filter, as many lines out as in."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from pipeline.cli.talk import give, read_lines


def translate(
    file: Path | None = typer.Argument(
        None, help="A text file in UTF-8; without one, standard input.", metavar="[FILE]"
    ),
    model: str = typer.Option("built-in", help="built-in, a folder, or ORG/NAME@REVISION."),
    engine: str = typer.Option("auto", help="auto, ctranslate2 or transformers."),
    beam_size: int = typer.Option(4, min=1, max=64, help="Hypotheses kept while decoding."),
    memory: Path | None = typer.Option(None, help="Sentence memory to use; it is made if absent."),
    source_language: str = typer.Option("fr", help="Language of the text."),
    target_language: str = typer.Option("en", help="Language to translate into."),
) -> None:
    """Translate line by line: n lines in, n lines out. An empty line stays empty."""
    from pipeline.check import judge_for
    from pipeline.documents.lines import translate_lines
    from pipeline.memory import Memory
    from pipeline.models import find_model
    from pipeline.translate import TranslateOptions, open_translator

    translator = open_translator(
        find_model(model),
        TranslateOptions(engine=engine, beam_size=beam_size),
        source_language=source_language,
        target_language=target_language,
        memory=None if memory is None else Memory.open(memory),
        judge=judge_for(source_language, target_language),
    )
    try:
        if file is None and sys.stdin.isatty():  # a person types: answer each line before reading the next
            for line in read_lines(None):
                for made in translate_lines([line], translator, language=source_language):
                    give(made)
                sys.stdout.flush()
        else:
            for made in translate_lines(read_lines(file), translator, language=source_language):
                give(made)
    finally:
        translator.close()
