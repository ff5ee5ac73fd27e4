"""`visavis corpus`: parallel corpora cleaned, without doubles and test sets, sampled; folders paired by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import SourceLanguage, TargetLanguage
from pipeline.cli.talk import give, say
from pipeline.errors import ConfigError, InputError

if TYPE_CHECKING:
    from pipeline.train.corpora import Pair
    from pipeline.train.sifting import Judged

app = typer.Typer(
    help="Sift parallel corpora: tsv (source, target; or a name first), jsonl, tmx, xliff, moses; .gz and .xz too.",
    no_args_is_help=True,
)
Files = Annotated[list[Path], typer.Argument(help="Corpora; Moses files by either of the two.", metavar="FILE...")]
Into = Annotated[Path, typer.Option("-o", "--output", help="What stays, as .tsv, .tsv.gz or .tsv.xz.")]
Out = Annotated[Path | None, typer.Option("--rejected", help="Also write what is left out, the reason first.")]


@app.command()
def clean(
    files: Files,
    output: Into,
    rejected: Out = None,
    most_words: int = typer.Option(150, min=1, help="Words that a side may have."),
    ratio: float = typer.Option(2.5, min=1, help="How many times longer than the other a side may be."),
    letters: float = typer.Option(0.5, min=0, max=1, help="Least share of letters in a side."),
    source_language: SourceLanguage = "fr",
    target_language: TargetLanguage = "en",
) -> None:
    """Tidy pairs (NFC, spaces, invisible characters), and leave out what is no translation, by the first reason."""
    from pipeline.train.sifting import CleanOptions, cleaned

    options = CleanOptions(source_language, target_language, most_words, ratio, letters)
    _write(cleaned(_pairs(files, source_language, target_language), options), output, rejected, files)


@app.command()
def dedupe(
    files: Files,
    output: Into,
    rejected: Out = None,
    by: str = typer.Option("pair", help="What makes a double: pair, source or target (letters and figures alone)."),
    against: list[Path] = typer.Option([], "--against", help="Also leave out what is in this corpus; repeatable."),
    source_language: SourceLanguage = "fr",
    target_language: TargetLanguage = "en",
) -> None:
    """Leave out pairs that came before, in these files or in others."""
    from pipeline.train.sifting import BY, without_doubles

    if by not in BY:
        raise ConfigError(f"--by is {by!r}", f"Say one of {', '.join(BY)}.")
    others = _pairs(against, source_language, target_language)
    pairs = _pairs(files, source_language, target_language)
    _write(without_doubles(pairs, by, against=others), output, rejected, [*files, *against])


@app.command()
def exclude(
    files: Files,
    output: Into,
    test: list[Path] = typer.Option(..., "--test", help="A test set, one sentence a line, either side; repeatable."),
    rejected: Out = None,
    overlap: float = typer.Option(
        0.3, min=0, max=1, help="Share of a test line's sequences of seven words; 0 looks for equal lines only."
    ),
    source_language: SourceLanguage = "fr",
    target_language: TargetLanguage = "en",
) -> None:
    """Leave out pairs of which a side is a line of a test set, or holds much of one."""
    from pipeline.train.corpora import read_lines
    from pipeline.train.sifting import without_tests

    lines = [line for path in test for line in read_lines(path)]
    pairs = _pairs(files, source_language, target_language)
    _write(without_tests(pairs, lines, overlap=overlap), output, rejected, [*files, *test])


@app.command()
def sample(
    files: Files,
    output: Into,
    rejected: Out = None,
    pairs: int = typer.Option(0, min=0, help="How many pairs; 0 for a share."),
    share: float = typer.Option(1.0, min=0, max=1, help="Share of the pairs, about."),
    seed: int = typer.Option(1, min=0, help="Another seed draws others."),
    source_language: SourceLanguage = "fr",
    target_language: TargetLanguage = "en",
) -> None:
    """Draw pairs at random, the same ones each time, in their order."""
    from pipeline.train.sifting import sampled

    if not pairs and share == 1:
        raise ConfigError("nothing says how many to draw", "Give --pairs 10000, or --share 0.1.")
    every = _pairs(files, source_language, target_language)
    _write(sampled(every, number=pairs, share=share, seed=seed), output, rejected, files)


@app.command()
def pair(
    source: Path = typer.Argument(..., help="Folder of originals."),
    target: Path = typer.Argument(..., help="Folder of translations."),
    source_language: SourceLanguage = "fr",
    target_language: TargetLanguage = "en",
) -> None:
    """Pair the files of two folders by name: source<TAB>target; what is left over is said."""
    from pipeline.train.names import paired_names

    names = []
    for folder in (source, target):
        if not folder.is_dir():
            raise InputError(f"{folder} is no folder", "Give two folders.")
        files = (one for one in folder.rglob("*") if one.is_file() and not one.name.startswith("."))
        names.append(sorted(one.relative_to(folder).as_posix() for one in files))
    made = paired_names(names[0], names[1], (source_language, target_language))
    for ours, theirs in made.items():
        give(f"{source / ours}\t{target / theirs}")
    taken = set(made.values())
    alone = [source / one for one in names[0] if one not in made] + [
        target / one for one in names[1] if one not in taken
    ]
    say(f"{len(made):,} pairs of files; {len(alone):,} files have no counterpart")
    for path in alone[:20]:
        say(f"  {path}")


def _pairs(files: list[Path], source_language: str, target_language: str) -> Iterator[Pair]:
    """The pairs of several corpora, one after another."""
    from pipeline.train.config import CorpusConfig
    from pipeline.train.corpora import read_pairs

    for path in files:
        yield from read_pairs(CorpusConfig(path=path), source_language=source_language, target_language=target_language)


def _write(judged: Iterator[Judged], output: Path, rejected: Path | None, read: list[Path]) -> None:
    from pipeline.train.sieve import sift

    counts = sift(judged, output, rejected, read)
    stayed = counts.pop("", 0)
    say(f"{stayed:,} of {stayed + sum(counts.values()):,} pairs stay: {output}")
    for reason, number in sorted(counts.items(), key=lambda one: -one[1]):
        say(f"  {number:,} left out: {reason}")
