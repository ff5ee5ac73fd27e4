"""`visavis book`: a bilingual book from a corpus that is already there."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.cli.talk import say


def book(
    corpus: Path = typer.Argument(..., help="corpus.jsonl, or .tsv, .tmx, .xliff."),
    output: Path = typer.Option(..., "-o", "--output", help="reader.html or book.epub."),
    title: str = typer.Option("", help="Title of the book; without one, the text's own."),
    author: str = typer.Option("", help="Author, for the title page."),
    layout: str = typer.Option("", help="Layout that it opens with; without one, the format's own."),
    source_language: str = typer.Option("fr", help="Language of the source side."),
    target_language: str = typer.Option("en", help="Language of the target side."),
) -> None:
    """Make a bilingual book (HTML or EPUB) of a parallel corpus."""
    from pipeline.corpus import read_bitexts
    from pipeline.job.export import BookFacts, write_as

    bitexts = read_bitexts(corpus, source_language=source_language, target_language=target_language)
    write_as(bitexts, output, BookFacts(title=title, author=author, layout=layout))
    say(f"{sum(len(bitext.beads) for bitext in bitexts)} pairs written to {output}")
