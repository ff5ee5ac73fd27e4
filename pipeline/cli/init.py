"""`visavis init`: a job file with comments, for the texts that are there."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import typer

from pipeline.cli.options import SourceLanguage, TargetLanguage
from pipeline.cli.talk import give, say
from pipeline.errors import InputError, OutputError

_JOB = """# {what}
#   visavis run {file}                  do it; a second time, only what has changed
#   visavis run {file} --dry-run        what would be done, and how long it would take
name: {name}   # results go to outputs/{plain}
inputs: [{inputs}]   # files, folders, globs; relative to this file
source_language: {source}
target_language: {target}
model: built-in                     # or a folder, or ORG/NAME@REVISION
write: [{write}]                 # for machines; also {formats}
book: [html]                        # for people; also {books}
# book_together: true               # one book of all texts
# title: …                          # of the book; without one, the text's own
# author: …
# target: [translations/]           # existing translations: they are aligned, and nothing is translated
# glossary: terms.tsv               # source<TAB>target, terms that must be kept to
# keep: {{min_confidence: 0.5}}       # what a pair must be to stay in the corpus files
# max_flagged: 0.25                 # more warnings than this share of the sentences: exit code 3
"""


def init(
    texts: Path = typer.Argument(..., help="A file or a folder of texts."),
    output: Path | None = typer.Option(None, "-o", "--output", help="The job file; <name>.yaml without one."),
    source_language: SourceLanguage = "fr",
    target_language: TargetLanguage = "en",
    force: bool = typer.Option(False, "--force", help="Write over a file that is there."),
) -> None:
    """Write a commented job file for these texts."""
    found = _known_files(texts)
    name = (texts.absolute().stem if texts.is_file() else texts.absolute().name) or "texts"
    path = output or Path(f"{name}.yaml")
    if path.exists() and not force:
        raise OutputError(f"{path} is there already", "Name another file with -o, or write over it with --force.")
    _write(path, _job(texts, path, name, source_language, target_language, found))
    say(f"{sum(found.values())} {'text' if sum(found.values()) == 1 else 'texts'}; now: visavis run {path}")
    give(str(path))


def job_for(texts: Path) -> Path:
    """The job file `<name>.yaml`, made with defaults unless it is there, that translates a text or a folder of them."""
    found = _known_files(texts)
    name = (texts.absolute().stem if texts.is_file() else texts.absolute().name) or "texts"
    path = Path(f"{name}.yaml")
    if path.exists():
        say(f"{path} is there already, and is the job that runs")
        return path
    _write(path, _job(texts, path, name, "fr", "en", found, write="document, tsv"))
    say(f"made the job {path}, with defaults; change what you like in it, then run it again: visavis run {path}")
    return path


def _write(path: Path, job: str) -> None:
    try:
        path.write_text(job, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}", "Choose another place.") from error


def _known_files(texts: Path) -> Counter[str]:
    """How many files of each known suffix there are; raises InputError where there is none."""
    from pipeline.documents.loading import SUFFIXES, is_known

    if not texts.exists():
        raise InputError(f"{texts} does not exist", "Name a text, or a folder of texts.")
    files = [texts] if texts.is_file() else [one for one in texts.rglob("*") if one.is_file()]
    shown = (one for one in files if not one.name.startswith(".") and is_known(one))
    known = Counter(one.suffix.lower().removeprefix(".") for one in shown)
    if not known:
        raise InputError(f"{texts} holds no text of a known format", f"Known are: {', '.join(SUFFIXES)}.")
    return known


def _job(
    texts: Path,
    path: Path,
    name: str,
    source: str,
    target: str,
    found: Counter[str],
    *,
    write: str = "tsv, jsonl",
) -> str:
    from pipeline.book import BOOKS
    from pipeline.corpus import FORMATS
    from pipeline.document import DOCUMENT

    what = ", ".join(f"{number} {suffix}" for suffix, number in found.most_common())
    try:
        inputs = texts.absolute().relative_to(path.absolute().parent).as_posix()
    except ValueError:
        inputs = str(texts.absolute())
    return _JOB.format(
        what=f"Translate {what} from {texts}" if texts.is_dir() else f"Translate {texts.name}",
        file=path.name,
        name=json.dumps(name, ensure_ascii=False),
        plain=name,
        inputs=json.dumps(inputs, ensure_ascii=False),
        source=source,
        target=target,
        write=write,
        formats=", ".join(one for one in (DOCUMENT, *FORMATS) if one not in write.split(", ")),
        books=", ".join(one for one in BOOKS if one != "html"),
    )
