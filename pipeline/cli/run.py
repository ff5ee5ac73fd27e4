"""`visavis run`: a job from its file; `--dry-run` says what it would do, and why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pipeline.cli.ending import tell_failures, tell_run
from pipeline.cli.init import job_for
from pipeline.cli.options import Quiet
from pipeline.cli.progress import JsonLines, shown_progress
from pipeline.cli.talk import STOPPED, give, give_json, say
from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from pipeline.config import JobConfig


def run(
    config: Path = typer.Argument(
        ..., help="A job file, such as configs/calais.yaml; of a text, or a folder, one is made.", metavar="CONFIG"
    ),
    overrides: list[str] = typer.Option(
        [], "-c", "--set", help="key.sub=value, over what the file says; may be repeated.", metavar="KEY=VALUE"
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would be done, and why; do nothing."),
    count: bool = typer.Option(False, "--count", help="With --dry-run: read every document, not only some of many."),
    only: str | None = typer.Option(None, "--only", help="Only inputs whose name matches.", metavar="GLOB"),
    fail_fast: bool = typer.Option(
        False, "--fail-fast/--keep-going", help="Stop at the first file that fails, or go on with the others."
    ),
    on: str | None = typer.Option(None, "--on", help="Where to compute: here or ray.", metavar="RUNNER"),
    workers: int | None = typer.Option(None, "--workers", help="Processes that compute.", metavar="N"),
    quiet: Quiet = False,
    as_json: bool = typer.Option(False, "--json", help="Plan, progress and report as JSON lines."),
) -> int:
    """Run a job. What has been done before and has not changed is not done again."""
    from pipeline.config import load_config
    from pipeline.documents.loading import is_known
    from pipeline.job import plan
    from pipeline.job import run as run_job

    if config.is_dir() or (config.is_file() and is_known(config)):
        config = job_for(config)
    overrides = [*overrides, *([f"runner.on={on}"] if on else []), *([f"runner.workers={workers}"] if workers else [])]
    try:
        settings = load_config(config, overrides)
    except ConfigError as error:
        raise _training_file(config) or error from None
    _check_only(settings, only)
    if dry_run:
        planned = plan(settings, only=only, sample=not count)
        give_json(planned) if as_json else give(str(planned))
        return planned.exit_code
    try:
        with JsonLines() if as_json else shown_progress(quiet=quiet) as on_event:
            report = run_job(settings, on_event=on_event, only=only, fail_fast=fail_fast)
    except KeyboardInterrupt as stop:
        say(f"visavis: {str(stop) or 'stopped; run it again to go on'}")
        return STOPPED
    if as_json:
        give_json(report)
    elif quiet:
        tell_failures(report)
    else:
        tell_run(report)
        if report.outputs and not sys.stdout.isatty():
            give(str(Path(report.output) / report.outputs[0]))
    return report.exit_code


def _training_file(path: Path) -> ConfigError | None:
    """What to say where a training file was given in a job's place."""
    from pipeline.train import load_train_config

    try:
        load_train_config(path, [])
    except Exception:  # whatever is wrong with it as a training file, it is read as a job
        return None
    return ConfigError(f"{path} is a training file, not a job", f"Train with it: visavis train {path}")


def _check_only(settings: JobConfig, only: str | None) -> None:
    """Refuse a pattern that no input fits: nothing would be done, and nobody would know."""
    if only is None:
        return
    from pipeline.job.inputs import find_inputs

    inputs, _ = find_inputs(settings)
    if not any(one.matches(only) for one in inputs):
        names = ", ".join(one.name for one in inputs[:5]) + (" …" if len(inputs) > 5 else "")
        raise ConfigError(f"--only {only!r} fits none of the inputs", f"They are: {names}")
