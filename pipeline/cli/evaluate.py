"""`visavis evaluate`: how good a model is on a development set."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.cli.options import Html
from pipeline.cli.paper import check_page, write_page
from pipeline.cli.talk import give, give_json


def evaluate(
    model: str = typer.Argument("built-in", help="built-in, a folder, or ORG/NAME@REVISION."),
    source: Path = typer.Option(..., "--source", help="Source sentences, one a line."),
    reference: Path = typer.Option(..., "--reference", help="Their translations by people, one a line."),
    against: str | None = typer.Option(None, "--against", help="A second model, compared by paired bootstrap."),
    worst: int = typer.Option(10, min=0, help="How many of the worst sentences to show."),
    html: Html = None,
    as_json: bool = typer.Option(False, "--json", help="The evaluation as JSON."),
) -> None:
    """Score a model: BLEU, chrF and TER with signatures and confidence intervals, and its worst sentences."""
    from pipeline.measure.evaluation import evaluate as score

    check_page(html)
    evaluation = score(model, source, reference, against=against, worst=worst)
    if html is not None:
        from pipeline.measure.page import evaluation_page

        write_page(html, evaluation_page(evaluation))
    give_json(evaluation) if as_json else give(str(evaluation))
