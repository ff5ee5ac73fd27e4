"""`visavis memory`: the sentence memory's contents, in and out."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.cli.talk import give_json, say
from pipeline.errors import InputError

app = typer.Typer(help="Look into the sentence memory, carry it over, or tidy it.", no_args_is_help=True)
_FILE = typer.Option(Path("outputs/memory.sqlite"), "--memory", help="The memory's file.")


def _existing(memory: Path) -> Path:
    """The memory's file, which looking into it must not make."""
    if not memory.exists():
        raise InputError(f"{memory} does not exist", "Run a job first, or name the memory's file with --memory.")
    return memory


@app.command()
def stats(memory: Path = _FILE) -> None:
    """Count what is remembered, as JSON."""
    from pipeline.memory import Memory

    with Memory.open(_existing(memory), read_only=True) as opened:
        give_json(opened.stats())


@app.command()
def export(file: Path = typer.Argument(..., help="Where to write (.jsonl)."), memory: Path = _FILE) -> None:
    """Write everything remembered to a file."""
    from pipeline.memory import Memory

    with Memory.open(_existing(memory), read_only=True) as opened:
        say(f"{opened.export(file)} rows written to {file}")


@app.command("import")
def import_(
    file: Path = typer.Argument(..., help="An exported memory (.jsonl), or corrections by people (.tsv or .tmx)."),
    source_language: str = typer.Option("fr", help="Source language of corrections."),
    target_language: str = typer.Option("en", help="Target language of corrections."),
    memory: Path = _FILE,
) -> None:
    """Take in an exported memory, or people's corrections, which outrank every machine translation."""
    from pipeline.memory import Memory
    from pipeline.review.corrections import import_corrections

    with Memory.open(memory) as opened:
        if file.suffix.lower() == ".jsonl":
            say(f"{opened.import_(file)} rows read from {file}")
        else:
            say(f"{import_corrections(opened, file, source_language, target_language)} corrections read from {file}")


@app.command()
def prune(
    parts: str | None = typer.Option(None, help="Forget what was made under a signature that begins so."),
    keep: str | None = typer.Option(None, help="Forget what was made under any signature that does not begin so."),
    older_than_days: float | None = typer.Option(None, min=0, help="Forget what was made longer ago."),
    memory: Path = _FILE,
) -> None:
    """Forget machine translations; people's corrections always stay."""
    from pipeline.memory import Memory

    with Memory.open(_existing(memory)) as opened:
        say(f"{opened.prune(parts=parts, keep=keep, older_than_days=older_than_days)} rows forgotten")
