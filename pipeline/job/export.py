"""One output file, its kind told by its name: a corpus format or a book."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.text import Bitext


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What a book says of itself; without a title it takes the document's, without a layout the format's own."""

    title: str = ""
    author: str = ""
    layout: str = ""


def write_as(bitexts: Sequence[Bitext], path: Path, facts: BookFacts = BookFacts()) -> list[Path]:
    """Write bitexts to one file whose suffix names the format: .tsv .jsonl .tmx .xliff, or .html and .epub books.

    Raises OutputError for a suffix that no writer knows.
    """
    suffix = path.suffix.lower()
    from pipeline.book import BOOKS
    from pipeline.corpus import FORMATS, write_bitexts

    if suffix.removeprefix(".") in BOOKS:
        return [_write_book(bitexts, path, facts)]

    by_suffix = {f".{one.writer.extension}": name for name, one in FORMATS.items() if one.writer.extension}
    if suffix not in by_suffix:
        known = " ".join(sorted({*by_suffix, *(f".{name}" for name in BOOKS)}))
        raise OutputError(f"{path}: no writer for {suffix or 'a name without suffix'}", f"Use one of: {known}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".visavis-", dir=path.parent) as folder:
        made = write_bitexts(bitexts, Path(folder), by_suffix[suffix], stem=path.stem)
        return [one.replace(path if one.suffix.lower() == suffix else path.parent / one.name) for one in made]


def _write_book(bitexts: Sequence[Bitext], path: Path, facts: BookFacts) -> Path:
    from dataclasses import replace

    from pipeline.book import BOOKS, BookOptions

    options = BookOptions(title=facts.title, author=facts.author)
    if facts.layout:
        options = replace(options, layout=facts.layout)
    path.parent.mkdir(parents=True, exist_ok=True)
    BOOKS[path.suffix.lower().removeprefix(".")].write(bitexts, path, options)
    return path
