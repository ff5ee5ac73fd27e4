"""`visavis words`: which word became which, for two files of lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pipeline.cli.options import SourceLanguage, TargetLanguage
from pipeline.cli.talk import give, give_json, say
from pipeline.errors import InputError
from pipeline.words.ways import ASKED

if TYPE_CHECKING:
    from pipeline.words.linker import WordLinker

Pair = tuple[list[str], list[str]]

_AT_ONCE = 1_000


def words(
    source: Path = typer.Argument(..., help="The original, one sentence a line, in UTF-8."),
    target: Path = typer.Argument(..., help="Its translation, line by line."),
    tokenised: bool = typer.Option(False, "--tokenised", help="Words are parted by spaces already."),
    way: str = typer.Option("best", "--way", metavar="|".join(ASKED), help="What makes the links, as told at the end."),
    learn: bool = typer.Option(
        False, "--learn", help="Read all lines first and learn from them; links then depend on the files as a whole."
    ),
    as_json: bool = typer.Option(False, "--json", help="One JSON object a line: words and links with their scores."),
    source_language: SourceLanguage = "fr",
    target_language: TargetLanguage = "en",
) -> None:
    """Link the words of two files, as lines of i-j (Pharaoh): source and target word, counted from 0."""
    ours, theirs = _lines(source), _lines(target)
    if len(ours) != len(theirs):
        raise InputError(f"{source} has {len(ours)} lines, {target} {len(theirs)}", "Give files that match by line.")
    languages = (source_language, target_language)
    linking = _linker(_cut(ours, theirs, languages, tokenised) if learn else None, languages, way)
    pairs = _cut(ours, theirs, languages, tokenised)
    while chunk := list(islice(pairs, _AT_ONCE)):
        left, right = ([pair[k] for pair in chunk] for k in (0, 1))
        for a, b, links in zip(left, right, linking.align(left, right), strict=True):
            if as_json:
                give_json({"source": a, "target": b, "links": [[x.source, x.target, x.score] for x in links]})
            else:
                give(" ".join(f"{link.source}-{link.target}" for link in links))
    say(f"{len(ours)} pairs linked with {linking.told}")


def _linker(pairs: Iterator[Pair] | None, languages: tuple[str, str], way: str) -> WordLinker:
    """What links the words; given pairs, it learns from them."""
    from pipeline.words import open_linker

    if pairs is None:
        return open_linker(*languages, way)
    from pipeline.words.learning import learned

    return learned(pairs, *languages)


def _cut(ours: list[str], theirs: list[str], languages: tuple[str, str], tokenised: bool) -> Iterator[Pair]:
    """The words of each pair of lines."""
    for one, other in zip(ours, theirs, strict=True):
        yield _words(one, languages[0], tokenised), _words(other, languages[1], tokenised)


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
