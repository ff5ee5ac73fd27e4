"""`visavis memory`: the sentence memory's contents, in and out; people's corrections, listed and forgotten."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pipeline.cli.options import SourceLanguage, TargetLanguage
from pipeline.cli.talk import give, give_json, login, say
from pipeline.errors import ConfigError, InputError
from pipeline.files import require_file
from pipeline.pages.telling import count

if TYPE_CHECKING:
    from pipeline.memory import Correction

app = typer.Typer(help="Look into the sentence memory, carry it over, or tidy it.", no_args_is_help=True)
_FILE = typer.Option(Path("outputs/memory.sqlite"), "--memory", help="The memory's file.")
_JSON = typer.Option(False, "--json", help="One JSON object a line.")
_FROM = typer.Option(None, "--file", help="Those that came from this file, or `review`.")
_BY = typer.Option(None, "--author", help="Those of this person.")
_SINCE = typer.Option(None, "--since", help="Those made on or after this day (YYYY-MM-DD).")
_BEFORE = typer.Option(None, "--before", help="Those made before this day (YYYY-MM-DD).")


def _existing(memory: Path) -> Path:
    """The memory's file, which looking into it must not make."""
    if not memory.exists():
        raise InputError(f"{memory} does not exist", "Run a job first, or name the memory's file with --memory.")
    return memory


@app.command()
def stats(memory: Path = _FILE) -> None:
    """Count what is remembered, as JSON."""
    from pipeline.memory import Memory

    with Memory.open(_existing(memory), read_only=True) as opened:
        give_json(opened.stats())


@app.command()
def export(file: Path = typer.Argument(..., help="Where to write (.jsonl)."), memory: Path = _FILE) -> None:
    """Write everything remembered to a file."""
    from pipeline.memory import Memory

    with Memory.open(_existing(memory), read_only=True) as opened:
        say(f"{opened.export(file)} rows written to {file}")


@app.command("import")
def import_(
    file: Path = typer.Argument(
        ..., help="An exported memory (.jsonl), or a reviewed corpus: .tsv, .csv, .xlsx, .tmx, .xliff."
    ),
    source_language: SourceLanguage = "fr",
    target_language: TargetLanguage = "en",
    kind: str = typer.Option(
        "corrections", "--as", help="corrections; or leverage: a client's memory, used where it is exact, else shown."
    ),
    everything: bool = typer.Option(False, "--all", help="Approve every pair, also those that nobody has changed."),
    author: str | None = typer.Option(None, "--author", help="Who corrected; without it, whoever is logged in."),
    memory: Path = _FILE,
) -> None:
    """Take in an exported memory, or people's corrections, which outrank every machine translation.

    Of a corpus, only pairs that differ from what the machine said are corrections, and what an XLIFF marks as reviewed.
    """
    from pipeline.memory import Memory
    from pipeline.review.corrections import import_corrections, import_leverage

    if kind not in ("corrections", "leverage"):
        raise ConfigError(f"--as {kind!r} is no way to take a file in", "Say corrections or leverage.")
    with Memory.open(memory) as opened:
        if file.suffix.lower() == ".jsonl" and _is_memory(file):
            say(f"{opened.import_(file)} rows read from {file}")
            return
        languages = (source_language, target_language)
        if kind == "leverage":
            say(f"{count(import_leverage(opened, file, languages), 'pair')} of leverage ({file})")
            return
        name = login() if author is None else author
        found = import_corrections(opened, file, languages, author=name, everything=everything)
    told = [count(found.corrections, "correction"), f"{found.unchanged:,} unchanged"]
    told += [f"{found.one_sided:,} without a text on one side"] if found.one_sided else []
    say(f"{', '.join(told)} ({file})")
    if found.corrections:
        say(f"{found.remembered:,} of them {'meets' if found.remembered == 1 else 'meet'} a remembered sentence")
    if found.twice:
        say(f"{count(found.twice, 'sentence')} corrected in several ways: the last counts")
    if found.unknown:
        say(f"{count(found.unknown, 'pair')} left: what the machine said of them is not known here")
        say("Name the memory of that job (--memory), or take them as they are (--all).")


@app.command("list")
def list_(
    text: str = typer.Argument("", help="Those that hold this text on either side."),
    file: str | None = _FROM,
    author: str | None = _BY,
    since: str | None = _SINCE,
    before: str | None = _BEFORE,
    as_json: bool = _JSON,
    memory: Path = _FILE,
) -> None:
    """List people's corrections: day, author, file, source, target."""
    from pipeline.memory import Memory

    with Memory.open(_existing(memory)) as opened:
        found = _chosen(opened.corrections(), file, author, since, before)
    wanted = text.casefold()
    for one in found:
        if wanted in one.source.casefold() or wanted in one.target.casefold():
            if as_json:
                give_json(one)
            else:
                cells = (_day(one.made), one.author, one.file, one.source, one.target)
                give("\t".join(" ".join(cell.split()) for cell in cells))


@app.command()
def show(
    text: str = typer.Argument(..., help="A source sentence."),
    source_language: SourceLanguage = "fr",
    target_language: TargetLanguage = "en",
    memory: Path = _FILE,
) -> None:
    """Show what is known of a sentence: the correction, who made it and when, and what machines have said."""
    from pipeline.memory import Memory
    from pipeline.memory.rows import normal_source

    name = normal_source(text)
    with Memory.open(_existing(memory)) as opened:
        languages = (source_language, target_language)
        ours = [one for one in opened.corrections() if (one.source_language, one.target_language) == languages]
        said = opened.said([text]).get(name, set())
    corrected = [one for one in ours if normal_source(one.source) == name]
    if not corrected and not said:
        raise InputError(f"nothing is known of {text!r}", "Give the whole sentence; `memory list TEXT` finds parts.")
    for one in corrected:
        told = [_day(one.made), one.author and f"by {one.author}", one.file and f"from {one.file}"]
        give(f"correction\t{one.target}\t{' '.join(filter(None, told))}")
    for target in sorted(said):
        give(f"machine\t{target}")


@app.command()
def forget(
    text: str | None = typer.Argument(None, help="The correction of this source sentence."),
    file: str | None = _FROM,
    author: str | None = _BY,
    since: str | None = _SINCE,
    before: str | None = _BEFORE,
    leverage: str | None = typer.Option(None, "--leverage", help="Instead, a client's entries that this file gave."),
    memory: Path = _FILE,
) -> None:
    """Forget people's corrections that meet every condition given; the machine's translations count again."""
    from pipeline.memory import Memory
    from pipeline.memory.rows import normal_source

    if leverage is not None:
        with Memory.open(_existing(memory)) as opened:
            say(f"{count(opened.forget_leverage(Path(leverage).name), 'pair')} of leverage forgotten")
        return
    if (text, file, author, since, before) == (None, None, None, None, None):
        raise ConfigError("nothing says what to forget", "Give a sentence, --file, --author, --since or --before.")
    with Memory.open(_existing(memory)) as opened:
        found = _chosen(opened.corrections(), file, author, since, before)
        if text is not None:
            found = [one for one in found if normal_source(one.source) == normal_source(text)]
        say(f"{count(opened.forget(found), 'correction')} forgotten")


@app.command()
def prune(
    parts: str | None = typer.Option(None, help="Forget what was made under a signature that begins so."),
    keep: str | None = typer.Option(None, help="Forget what was made under any signature that does not begin so."),
    older_than_days: float | None = typer.Option(None, min=0, help="Forget what was made longer ago."),
    memory: Path = _FILE,
) -> None:
    """Forget machine translations; people's corrections always stay."""
    from pipeline.memory import Memory

    with Memory.open(_existing(memory)) as opened:
        say(f"{opened.prune(parts=parts, keep=keep, older_than_days=older_than_days)} rows forgotten")


def _chosen(
    corrections: list[Correction], file: str | None, author: str | None, since: str | None, before: str | None
) -> list[Correction]:
    start, end = (_seconds(day) for day in (since, before))
    return [
        one
        for one in corrections
        if (file is None or one.file == Path(file).name)
        and (author is None or one.author == author)
        and (start is None or one.made >= start)
        and (end is None or one.made < end)
    ]


def _seconds(day: str | None) -> float | None:
    try:
        return None if day is None else datetime.fromisoformat(day).astimezone(UTC).timestamp()
    except ValueError:
        raise ConfigError(f"{day!r} is no day", "Write it as 2026-11-28.") from None


def _day(made: int) -> str:
    return datetime.fromtimestamp(made).astimezone().strftime("%Y-%m-%d %H:%M") if made else ""


def _is_memory(file: Path) -> bool:
    """Whether a JSONL file is an exported memory; a corpus of ours has documents."""
    try:
        require_file(file)
        with file.open("rb") as stream:
            return b'"document"' not in stream.readline(1 << 20)
    except OSError:
        return True  # the import says what is wrong with it
