"""Output files of people's own choosing: their kinds told by their names, checked before anything is done."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.documents.linking import for_book, told_by, with_words
from pipeline.errors import InputError, OutputError
from pipeline.job.manifest import Manifest
from pipeline.job.revising import STORE, Revising
from pipeline.job.staging import WORK, Damaged, Staging
from pipeline.revision import stored
from pipeline.text import Bitext

if TYPE_CHECKING:
    from pipeline.book import BookOptions

CORPORA = ("corpus.jsonl", "corpus.xliff", "corpus.tmx", "corpus.tsv")  # the fullest first


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What a book says of itself; without a title it takes the document's, without a layout its kind's own.

    `words`: where word links are shown (`pipeline.words.SHOWN`).
    """

    title: str = ""
    author: str = ""
    layout: str = ""
    paper: str = ""
    words: str = "books"


def check_outputs(paths: Sequence[Path], facts: BookFacts = BookFacts()) -> None:
    """Make sure that all of these can be written, as far as that can be known before; raises OutputError."""
    from pipeline.book import BOOKS
    from pipeline.corpus import FORMATS

    _options(facts)
    kinds = {path: _kind(path) for path in paths}
    for path, kind in kinds.items():
        check_place(path)
        check = BOOKS[kind].check if kind in BOOKS else FORMATS[kind].check
        if check is not None:
            check()
    books = [kind for kind in kinds.values() if kind in BOOKS]
    if facts.layout and books and not any(facts.layout in BOOKS[kind].layouts for kind in books):
        told = "; ".join(f"{kind}: {' '.join(BOOKS[kind].layouts)}" for kind in dict.fromkeys(books))
        raise OutputError(f"no book asked for has a layout {facts.layout!r}", f"The layouts are: {told}")


def write_as(bitexts: Iterable[Bitext], path: Path, facts: BookFacts = BookFacts()) -> list[Path]:
    """Write bitexts to one file whose suffix names the format: .tsv .jsonl .tmx .xliff …, or a kind of book.

    Raises OutputError for a suffix that no writer knows.
    """
    from pipeline.book import BOOKS
    from pipeline.corpus import FORMATS, write_bitexts

    kind = _kind(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{path.parent}: {error.strerror}", "Choose another place.") from error
    if kind in BOOKS:
        words = BOOKS[kind].words and facts.words != "none"
        held = list(bitexts)
        links = told_by(held) if words else ""
        BOOKS[kind].write([for_book(one, words) for one in held], path, replace(_options(facts), links=links))
        return [path]
    with tempfile.TemporaryDirectory(prefix=".visavis-", dir=path.parent) as folder:
        words = FORMATS[kind].words or (facts.words == "all" and FORMATS[kind].writer.carries.layers)
        made = write_bitexts(
            (with_words(one, words) for one in bitexts), Path(folder), kind, stem=path.name.removesuffix(path.suffix)
        )
        return [one.replace(path if len(made) == 1 else path.parent / one.name) for one in made]


def bitexts_of_results(folder: Path) -> list[Bitext]:
    """The documents of a job's results, with their images and headings; else what its fullest corpus file holds.

    Raises InputError where there are none.
    """
    from pipeline.corpus import read_bitexts

    inputs = Manifest(folder).data.get("inputs")
    ids = [str(one.get("document")) for one in inputs if isinstance(one, dict)] if isinstance(inputs, list) else []
    stage = Staging(folder)
    try:
        if ids and (folder / WORK).is_dir():
            final = Revising(stage, folder, stored(folder / STORE))
            made = [(id, stage.header(id)) for id in ids]
            # decisions that no run has seen yet are not in the results
            return [(final if one and final.known(id, one) else stage).load(id) for id, one in made]
    except Damaged:
        pass
    for name in CORPORA:
        if (folder / name).is_file():
            return read_bitexts(folder / name)
    raise InputError(
        f"{folder} holds no results of a job", f"Give the folder of a job that has run, or one of {', '.join(CORPORA)}."
    )


def known_suffixes() -> dict[str, str]:
    """The suffixes of books and corpora, each with its format."""
    from pipeline.book import BOOKS
    from pipeline.corpus import FORMATS

    known = {f".{name}": name for name in BOOKS}
    for name, one in FORMATS.items():
        for suffix in (one.writer.extension, *one.suffixes):
            known.setdefault(f".{suffix}", name) if suffix else None
    return known


def _kind(path: Path) -> str:
    """The book or corpus format that a file's suffix names; raises OutputError."""
    known = known_suffixes()
    for suffix in sorted(known, key=len, reverse=True):
        if path.name.lower().endswith(suffix) and len(path.name) > len(suffix):
            return known[suffix]
    ending = path.suffix.lower() or "a name without suffix"
    raise OutputError(f"{path}: no writer for {ending}", f"Use one of: {' '.join(known)}")


def check_place(path: Path) -> None:
    """Make sure that a file can be written there, as far as that can be known before; raises OutputError."""
    if path.is_dir():
        raise OutputError(f"{path} is a folder", "Name a file in it, such as reader.html.")
    home = next((one for one in path.absolute().parents if one.exists()), Path("/"))
    if not home.is_dir():
        raise OutputError(f"{path} cannot be written: {home} is no folder", "Choose another place.")
    if not os.access(home, os.W_OK | os.X_OK):
        raise OutputError(f"{path} cannot be written: no permission to write in {home}", "Choose another place.")


def _options(facts: BookFacts) -> BookOptions:
    from pipeline.book import BookOptions

    usual = BookOptions()
    return BookOptions(title=facts.title, author=facts.author, layout=facts.layout, paper=facts.paper or usual.paper)
