"""`visavis book`: bilingual books from a job's results, or from a corpus that is already there."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.cli.ending import tell_outputs
from pipeline.cli.options import Author, Layout, Outputs, Paper, Quiet, SourceLanguage, TargetLanguage, Title
from pipeline.cli.talk import say
from pipeline.errors import ConfigError
from pipeline.pages.telling import count


def book(
    results: Path = typer.Argument(
        ..., help="The results of a job (outputs/my-job), or corpus.jsonl, .tsv, .tmx, .xliff.", metavar="RESULTS"
    ),
    output: Outputs = [],  # noqa: B006 (typer reads the default and never changes it)
    title: Title = "",
    author: Author = "",
    layout: Layout = "",
    paper: Paper = "",
    source_language: SourceLanguage = "fr",
    target_language: TargetLanguage = "en",
    quiet: Quiet = False,
) -> None:
    """Make bilingual books (HTML, EPUB, PDF) of results that are there."""
    from pipeline.corpus import read_bitexts
    from pipeline.job.export import BookFacts, bitexts_of_results, check_outputs, write_as

    if not output:
        raise ConfigError("no book is named", f"Name one: visavis book {results} -o reader.html")
    facts = BookFacts(title=title, author=author, layout=layout, paper=paper)
    check_outputs(output, facts)
    if results.is_dir():
        bitexts = bitexts_of_results(results)
    else:
        bitexts = read_bitexts(results, source_language=source_language, target_language=target_language)
    for path in output:
        write_as(bitexts, path, facts)
    if not quiet:
        say(f"{count(sum(len(bitext.beads) for bitext in bitexts), 'pair')} written to {', '.join(map(str, output))}")
        tell_outputs(output)
