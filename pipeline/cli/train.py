"""`visavis train`: continue or fine-tune a model."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.cli.talk import give, give_json, say


def train(
    config: Path = typer.Argument(..., help="A training file, such as configs/train.yaml."),
    overrides: list[str] = typer.Option(
        [], "-c", "--set", help="key=value, over what the file says.", metavar="KEY=VALUE"
    ),
    as_json: bool = typer.Option(False, "--json", help="Progress and report as JSON lines."),
) -> None:
    """Train on, or fine-tune, a Marian model on parallel corpora. Run it again to go on where it stopped."""
    from pipeline.job.stopping import Stopper
    from pipeline.train import load_train_config
    from pipeline.train import train as train_model

    settings = load_train_config(config, overrides)
    with Stopper(settings.name).listening():
        report = train_model(settings, on_event=give_json if as_json else lambda event: say(str(event)))
    give_json(report) if as_json else give(str(report))
    say(f"look  {settings.results / 'report.html'}")
