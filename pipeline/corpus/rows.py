"""A corpus to go through: its rows as a stream, as often as wanted, or a data frame of them."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from pipeline.corpus.parquet import flat
from pipeline.errors import InputError
from pipeline.text import Row


@dataclass(frozen=True, slots=True)
class Corpus:
    """The rows of a corpus file, or of the corpus files of a folder in the order of their names."""

    files: tuple[Path, ...]
    languages: tuple[str, str]
    columns: tuple[tuple[str, str], ...] = ()

    def __iter__(self) -> Iterator[Row]:
        """Read the rows, a few thousand in memory at a time; raises InputError, with file and place."""
        from pipeline.corpus import read_rows

        for path in self.files:
            source, target = self.languages
            yield from read_rows(path, source_language=source, target_language=target, columns=dict(self.columns))

    def frame(self) -> Any:
        """All rows as a pandas DataFrame with the columns of `corpus.parquet`; raises InputError without pandas."""
        try:
            pandas = importlib.import_module("pandas")
        except ImportError as error:
            raise InputError("a DataFrame needs pandas, which is not installed", "Run: pip install pandas") from error
        return pandas.DataFrame.from_records([flat(row) for row in self])


def read_corpus(
    path: str | PathLike[str],
    *,
    source_language: str = "fr",
    target_language: str = "en",
    columns: Mapping[str, str] | None = None,
) -> Corpus:
    """The rows of a corpus: tsv, jsonl (also .gz, .zst), parquet, tmx, xliff, Moses files, or a folder of such files.

    `columns` say what the columns of a table of people's own hold, such as `{"source": "text_fr", "id": "url"}`.
    Raises InputError for a folder that holds none.
    """
    from pipeline.corpus import reader_of

    place = Path(path)
    files: tuple[Path, ...] = (place,)
    if place.is_dir():
        files = tuple(one for one in sorted(place.rglob("*")) if one.is_file() and reader_of(one) is not None)
        if not files:
            raise InputError(f"{place} holds no corpus", "Give a file, or a folder of Parquet, JSONL, TSV files.")
    return Corpus(files, (source_language, target_language), tuple(sorted((columns or {}).items())))
