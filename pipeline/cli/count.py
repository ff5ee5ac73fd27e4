"""`visavis count`: what there is to translate in files, for a quote."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.cli.options import SourceLanguage, TargetLanguage
from pipeline.cli.talk import give, give_json, say
from pipeline.errors import ConfigError, InputError

_PARTLY = 3


def count(
    files: list[Path] = typer.Argument(..., help="Files and folders of any known format."),
    memory: Path | None = typer.Option(None, help="Memory with a client's leverage; outputs/memory.sqlite if there."),
    as_csv: bool = typer.Option(False, "--csv", help="Sentences and words of each class, a row a file."),
    as_json: bool = typer.Option(False, "--json", help="The same as JSON, with the sums."),
    source_language: SourceLanguage = "fr",
    target_language: TargetLanguage = "en",
) -> int:
    """Count words before anything is translated: repetitions, exact and fuzzy matches, and what is new, by file.

    What is seen a second time, in any of the files, is a repetition. Exact and fuzzy (75 % and more) are measured
    against what `visavis memory import client.tmx --as leverage` has taken in, exact against corrections too.
    """
    from pipeline.config.model import DEFAULT_MEMORY
    from pipeline.job.counting import count_files

    if as_csv and as_json:
        raise ConfigError("--csv and --json are two forms of the same", "Ask for one of them.")
    if memory is not None and not memory.exists():
        raise InputError(f"{memory} does not exist", "Name the memory's file, or leave --memory out.")
    usual = Path(DEFAULT_MEMORY)
    held = memory or (usual if usual.exists() else None)
    counted = count_files(files, (source_language, target_language), held)
    if as_json:
        give_json(counted.as_dict())
    else:
        give((counted.csv() if as_csv else str(counted)).rstrip("\n"))
    for failure in counted.failures:
        say(f"{failure.path}: {failure.reason}")
    return _PARTLY if counted.failures else 0
