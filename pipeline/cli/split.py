"""`visavis split`: a text's sentences, one a line."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.cli.options import TextLanguage
from pipeline.cli.talk import give, give_json, read_text


def split(
    file: Path | None = typer.Argument(
        None, help="A text file in UTF-8; without one, standard input.", metavar="[FILE]"
    ),
    language: TextLanguage = "fr",
    as_json: bool = typer.Option(False, "--json", help="One JSON object a sentence, with character offsets."),
    why: bool = typer.Option(
        False, "--why", help="Show, for each place that might end a sentence, the rule that decided."
    ),
) -> None:
    """Split a text into sentences, one a line."""
    from pipeline.split import explain, split_sentences

    text = read_text(file)
    if why:
        for boundary in explain(text, language):
            give_json(boundary) if as_json else give(str(boundary))
        return
    for sentence in split_sentences(text, language):
        if as_json:
            give_json({"start": sentence.start, "end": sentence.end, "text": sentence.text})
        else:
            give(" ".join(sentence.text.split()))
