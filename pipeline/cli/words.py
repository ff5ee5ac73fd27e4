"""`visavis words`: which word became which, for two files of lines."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import typer

from pipeline.cli.options import SourceLanguage, TargetLanguage
from pipeline.cli.talk import give, give_json, say
from pipeline.errors import InputError
from pipeline.words.ways import WAYS, best_way

_AT_ONCE = 1_000


def words(
    source: Path = typer.Argument(..., help="The original, one sentence a line, in UTF-8."),
    target: Path = typer.Argument(..., help="Its translation, line by line."),
    tokenised: bool = typer.Option(False, "--tokenised", help="Words are parted by spaces already."),
    way: str = typer.Option("best", "--way", help=f"What makes the links: best, or {', '.join(WAYS)} (fastest first)."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object a line: words and links with their scores."),
    source_language: SourceLanguage = "fr",
    target_language: TargetLanguage = "en",
) -> None:
    """Link the words of two files, as lines of i-j (Pharaoh): source and target word, counted from 0."""
    from pipeline.words import align_words

    ours, theirs = _lines(source), _lines(target)
    if len(ours) != len(theirs):
        raise InputError(f"{source} has {len(ours)} lines, {target} {len(theirs)}", "Give files that match by line.")
    pairs = iter(zip(ours, theirs, strict=True))
    languages = (source_language, target_language)
    way = best_way(*languages) if way == "best" else way
    while chunk := list(islice(pairs, _AT_ONCE)):
        left, right = ([_words(pair[k], languages[k], tokenised) for pair in chunk] for k in (0, 1))
        found = align_words(left, right, source_language=source_language, target_language=target_language, way=way)
        for a, b, links in zip(left, right, found, strict=True):
            if as_json:
                give_json({"source": a, "target": b, "links": [[x.source, x.target, x.score] for x in links]})
            else:
                give(" ".join(f"{link.source}-{link.target}" for link in links))
    say(f"{len(ours)} pairs linked with {WAYS[way]}")


def _words(line: str, language: str, tokenised: bool) -> list[str]:
    from pipeline.words import words_of

    return line.split() if tokenised else [word.text for word in words_of(line, language)]


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", "Give a file that can be read.") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 at byte {error.start}", "Save it as UTF-8.") from None
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines
