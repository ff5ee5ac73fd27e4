"""`visavis compare`: what changed between two runs."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.cli.options import Html
from pipeline.cli.paper import check_page, write_page
from pipeline.cli.talk import give, give_json


def compare(
    before: Path = typer.Argument(..., help="Output folder, or corpus.jsonl, of the earlier run."),
    after: Path = typer.Argument(..., help="Output folder, or corpus.jsonl, of the later run."),
    html: Html = None,
    as_json: bool = typer.Option(False, "--json", help="The comparison as JSON."),
) -> None:
    """Show, sentence by sentence, what changed between two runs."""
    from pipeline.measure.comparison import compare as compare_runs

    check_page(html)
    comparison = compare_runs(before, after)
    if html is not None:
        from pipeline.measure.page import comparison_page

        write_page(html, comparison_page(comparison))
    give_json(comparison) if as_json else give(str(comparison))
