"""`visavis run`: a job from its file; `--dry-run` says what it would do, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pipeline.cli.progress import JsonLines, progress
from pipeline.cli.talk import STOPPED, give, give_json, say

if TYPE_CHECKING:
    from pipeline.job.report import RunReport


SHOWN = 10  # of what readers said of files


def run(
    config: Path = typer.Argument(..., help="A job file, such as configs/calais.yaml.", metavar="CONFIG"),
    overrides: list[str] = typer.Option(
        [], "-c", "--set", help="key.sub=value, over what the file says; may be repeated.", metavar="KEY=VALUE"
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would be done, and why; do nothing."),
    only: str | None = typer.Option(None, "--only", help="Only inputs whose name matches.", metavar="GLOB"),
    fail_fast: bool = typer.Option(
        False, "--fail-fast/--keep-going", help="Stop at the first file that fails, or go on with the others."
    ),
    as_json: bool = typer.Option(False, "--json", help="Plan, progress and report as JSON lines."),
) -> int:
    """Run a job. What has been done before and has not changed is not done again."""
    from pipeline.config import load_config
    from pipeline.job import plan
    from pipeline.job import run as run_job

    settings = load_config(config, overrides)
    if dry_run:
        planned = plan(settings, only=only)
        give_json(planned) if as_json else give(str(planned))
        return 0
    try:
        with JsonLines() if as_json else progress() as on_event:
            report = run_job(settings, on_event=on_event, only=only, fail_fast=fail_fast)
    except KeyboardInterrupt as stop:
        say(f"visavis: {stop}")
        return STOPPED
    if as_json:
        give_json(report)
    else:
        _tell(report)
    return report.exit_code


def _tell(report: RunReport) -> None:
    """The end of a run, for people: what failed, what is worth a look, and what to open first."""
    for failure in report.failures:
        say(f"failed: {failure.path}: {failure.reason}")
        if failure.remedy:
            say(f"        {failure.remedy}")
    counts = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in report.counts.items())
    say(counts)
    warnings = ", ".join(f"{number} × {name}" for name, number in sorted(report.flags.items()))
    if warnings:
        say(f"flags: {warnings}")
    for said in report.said[:SHOWN]:
        say(f"  {said}")
    if len(report.said) > SHOWN:
        say(f"  … and {len(report.said) - SHOWN} more of files in report.json")
    if report.outputs:
        say(f"results in {report.output}; open first:")
        give(str(Path(report.output) / report.outputs[0]))
