"""Options that several commands have, the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from pipeline.languages.codes import language_code


def _language(said: str) -> str:
    """A language by its tag; wrong use where nobody speaks it."""
    try:
        return language_code(said)
    except ValueError as error:
        raise typer.BadParameter(f"{said!r} {error}") from None


SourceLanguage: TypeAlias = Annotated[
    str, typer.Option("-s", "--source-language", parser=_language, help="Language of the original.", metavar="LANGUAGE")
]
TargetLanguage: TypeAlias = Annotated[
    str,
    typer.Option("-t", "--target-language", parser=_language, help="Language of the translation.", metavar="LANGUAGE"),
]
ModelName: TypeAlias = Annotated[
    str, typer.Option("-m", "--model", help="built-in, a folder, or ORG/NAME@REVISION.", metavar="MODEL")
]
Quiet: TypeAlias = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")]
Outputs: TypeAlias = Annotated[
    list[Path],
    typer.Option(
        "-o", "--output", help="What to write; its suffix says what: .html .epub .pdf .tsv .jsonl .tmx … Repeatable."
    ),
]
Title: TypeAlias = Annotated[str, typer.Option("--title", help="Title of the book; without one, the text's own.")]
Author: TypeAlias = Annotated[str, typer.Option("--author", help="Author, for the title page.")]
Layout: TypeAlias = Annotated[
    str, typer.Option("--layout", help="Layout of the book: side-by-side, paragraphs, sentences, source.")
]
Paper: TypeAlias = Annotated[str, typer.Option("--paper", help="Paper of a PDF: a5 or a4.")]
