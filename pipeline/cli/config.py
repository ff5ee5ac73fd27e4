"""`visavis config`: check a job file, show it whole, or print its schema."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from pipeline.cli.talk import give, say

app = typer.Typer(help="Check a job file, show what it resolves to, or print the schema.", no_args_is_help=True)
_FILE = typer.Argument(..., help="A job file.", metavar="CONFIG")
_OVERRIDES = typer.Option([], "-c", "--set", help="key.sub=value, over what the file says.", metavar="KEY=VALUE")


@app.command()
def check(config: Path = _FILE, overrides: list[str] = _OVERRIDES) -> None:
    """Check a job file; every fault is shown at once, with its line."""
    from pipeline.config import load_config

    load_config(config, overrides)
    say(f"{config}: no fault found")


@app.command()
def show(config: Path = _FILE, overrides: list[str] = _OVERRIDES) -> None:
    """Print everything a job file resolves to, defaults included."""
    from pipeline.config import load_config, resolved

    give(resolved(load_config(config, overrides)).rstrip("\n"))


@app.command()
def schema() -> None:
    """Print the JSON schema of job files, for editors."""
    from pipeline.config import schema as job_schema

    give(json.dumps(job_schema(), ensure_ascii=False, indent=2))
