"""Options that several commands have, the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from pipeline.errors import ConfigError
from pipeline.languages.codes import language_code


def named_columns(said: list[str]) -> dict[str, str]:
    """The columns of a table by what they hold; raises ConfigError."""
    from pipeline.config import ColumnsConfig

    cells = [one.partition("=") for one in said]
    known = tuple(ColumnsConfig.model_fields)
    for role, equals, name in cells:
        if role not in known or not equals or not name:
            raise ConfigError(
                f"--column {role}{equals}{name}: is not ROLE=NAME",
                f"Roles are {', '.join(known)}: --column source=texte",
            )
    columns = {role: name for role, _, name in cells}
    if columns and "source" not in columns:
        raise ConfigError("--column names no source", "Say which column holds the texts: --column source=NAME")
    return columns


def _language(said: str) -> str:
    """A language by its tag; wrong use where nobody speaks it."""
    try:
        return language_code(said)
    except ValueError as error:
        raise typer.BadParameter(f"{said!r} {error}") from None


def _layouts(begun: str) -> list[str]:
    """Layouts that begin so, for the shell's completion."""
    from pipeline.book import LAYOUTS
    from pipeline.document import DOCUMENT_LAYOUTS

    return [one for one in (*LAYOUTS, *DOCUMENT_LAYOUTS) if one.startswith(begun)]


def _papers(begun: str) -> list[str]:
    """Papers that begin so."""
    from pipeline.book import PAPERS

    return [one for one in PAPERS if one.startswith(begun)]


def _models(begun: str) -> list[str]:
    """Models at hand whose names begin so."""
    from pipeline.models import list_models

    return [one.name for one in list_models() if one.name.startswith(begun)]


SourceLanguage: TypeAlias = Annotated[
    str, typer.Option("-s", "--source-language", parser=_language, help="Language of the original.", metavar="LANGUAGE")
]
TextLanguage: TypeAlias = Annotated[
    str, typer.Option("-l", "--language", parser=_language, help="Language of the text.", metavar="LANGUAGE")
]
TargetLanguage: TypeAlias = Annotated[
    str,
    typer.Option("-t", "--target-language", parser=_language, help="Language of the translation.", metavar="LANGUAGE"),
]
ModelName: TypeAlias = Annotated[
    str,
    typer.Option(
        "-m",
        "--model",
        help="built-in, a folder, or ORG/NAME@REVISION.",
        metavar="MODEL",
        autocompletion=_models,
    ),
]
Quiet: TypeAlias = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")]
Outputs: TypeAlias = Annotated[
    list[Path],
    typer.Option(
        "-o", "--output", help="What to write; its suffix says what: .html .epub .pdf .tsv .jsonl .tmx … Repeatable."
    ),
]
ColumnNames: TypeAlias = Annotated[
    list[str],
    typer.Option(
        "--column",
        help="Of tables and JSON records: source=NAME, target=NAME, id=NAME (or a number). Repeatable.",
        metavar="ROLE=NAME",
    ),
]
Html: TypeAlias = Annotated[Path | None, typer.Option("--html", help="Also write a page to look at.")]
Title: TypeAlias = Annotated[str, typer.Option("--title", help="Title of the book; without one, the text's own.")]
Author: TypeAlias = Annotated[str, typer.Option("--author", help="Author, for the title page.")]
Layout: TypeAlias = Annotated[
    str,
    typer.Option(
        "--layout",
        help="Of a book: side-by-side, paragraphs, sentences, source; of a bilingual document: under, beside, table.",
        autocompletion=_layouts,
    ),
]
Paper: TypeAlias = Annotated[str, typer.Option("--paper", help="Paper of a PDF: a5 or a4.", autocompletion=_papers)]
