"""Corpora of millions of rows as documents of some thousand: found in one pass, then read one after another."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.corpus.arrow import arrow
from pipeline.corpus.packed import PACKINGS, lines_within
from pipeline.errors import InputError
from pipeline.files import digest_of
from pipeline.read.assembling import Told
from pipeline.read.columns import Columns, columns_of

ROWS = 10_000  # of a shard, lines of a text
LARGE = 8 << 20  # bytes from which a corpus is read in shards
LARGE_PACKED = 2 << 20
_LINES, _TABLES = (".jsonl", ".tsv"), (".parquet",)
_LOOK = 200  # rows by which the columns of a table are known
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")  # marks of encodings whose line feeds are no single bytes


@dataclass(frozen=True, slots=True)
class Shard:
    """Rows of a corpus: the first, counted from 0, how many, their bytes (of Parquet about), and their digest."""

    first: int
    rows: int
    bytes: int
    digest: str

    def __str__(self) -> str:
        """The rows, counted from 1."""
        return f"rows {self.first + 1}-{self.first + self.rows}"


def is_large(path: Path) -> bool:
    """Whether a file is a corpus of rows that is too large for one document."""
    suffix = _plain_name(path).suffix.lower()
    if suffix not in (*_LINES, *_TABLES) or not path.is_file():
        return False
    packed = suffix in _TABLES or path.suffix.lower() in PACKINGS
    return path.stat().st_size >= (LARGE_PACKED if packed else LARGE)


class ShardedCorpus:
    """A large corpus; its shards are read in any order, but each goes on where the one before it ended.

    `columns` are those that a job names, `encoding` what it says of it.
    """

    def __init__(
        self, path: Path, language: str, columns: Mapping[str, str] | None = None, encoding: str | None = None
    ) -> None:
        self.path = path
        self._told = Told("d", str(path), language, columns=tuple((columns or {}).items()))
        self._encoding = encoding
        self._tabular = _plain_name(path).suffix.lower() in _TABLES
        self._place = 0
        self._rows: Generator[Any, int, None] | None = None
        self._head: tuple[Columns | None, bytes] | None = None

    def shards(self) -> tuple[Shard, ...]:
        """All of it, in one pass; none where it cannot be cut into lines. Raises InputError."""
        if self._tabular:
            return tuple(_shards_of_table(self.path))
        if self._encoding and self._encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32", "utf16")):
            return ()
        return tuple(_shards_of_lines(self.path))

    @contextmanager
    def file(self, shard: Shard) -> Iterator[Path]:
        """A file that holds the rows of a shard alone, as the whole holds them; raises InputError.

        An InputError from within names the rows.
        """
        with tempfile.TemporaryDirectory(prefix="visavis-") as folder:
            path = Path(folder) / _plain_name(self.path).name
            try:
                self._write(shard, path)
                yield path
            except InputError as error:
                raise InputError(error.problem.replace(str(path), f"{self.path}, {shard}"), error.remedy) from error

    def _write(self, shard: Shard, path: Path) -> None:
        if self._tabular:
            table = self._taken(shard, lambda: _batches(self.path, shard.first))
            parquet = arrow(InputError, "pyarrow.parquet")
            parquet.write_table(arrow(InputError).Table.from_batches(table), path)
            return
        lines = self._taken(shard, lambda: _lines(self.path, shard.first))
        with path.open("wb") as stream:
            if path.suffix.lower() == ".tsv":
                stream.write(self._header(lines, shard))
            stream.writelines(lines)

    def _taken(self, shard: Shard, begin: Callable[[], Generator[Any, int, None]]) -> list[Any]:
        """The pieces of a shard, from where the one before it ended, if that is where this one begins."""
        if self._rows is None or self._place != shard.first:
            self._rows = begin()
            next(self._rows)
        made = self._rows.send(shard.rows)
        next(self._rows)
        self._place = shard.first + shard.rows
        return list(made)

    def _header(self, lines: list[bytes], shard: Shard) -> bytes:
        """The line that names the columns, for a shard that does not begin with it.

        Raises InputError where the columns of a shard would be read otherwise than those of the first one.
        """
        if self._head is None:
            first = lines if shard.first == 0 else list(islice(lines_within(self.path), _LOOK + 1))
            self._head = self._columns(first), first[0].removeprefix(b"\xef\xbb\xbf")
        columns, header = self._head
        headed = columns is not None and columns.headed and shard.first > 0
        if self._columns([header, *lines] if headed else lines) != columns:
            raise InputError(
                f"{self.path}, {shard}: its columns seem to be other ones than those at the beginning",
                "Say which column is what: `columns: {source: NAME}`, or a number, counted from 1.",
            )
        return header if headed else b""

    def _columns(self, lines: list[bytes]) -> Columns | None:
        text = [line.decode(self._encoding or "utf-8", "replace").rstrip("\r\n") for line in lines[: _LOOK + 1]]
        rows = [dict(enumerate(one.removeprefix("\ufeff").split("\t"))) for one in text if one.strip()]
        return columns_of(rows, self._told, str(self.path), pairs=True) if rows else None


def _plain_name(path: Path) -> Path:
    return path.with_suffix("") if path.suffix.lower() in PACKINGS else path


def _shards_of_lines(path: Path) -> Iterator[Shard]:
    lines, first = lines_within(path), 0
    while some := list(islice(lines, ROWS)):
        if first == 0 and some[0].startswith(_WIDE):
            return
        raw = b"".join(some)
        yield Shard(first, len(some), len(raw), hashlib.sha256(raw).hexdigest())
        first += len(some)


def _lines(path: Path, first: int) -> Generator[Any, int, None]:
    """Lines from one on; each `send` of a number is answered with so many."""
    lines = lines_within(path)
    next(islice(lines, first, first), None)
    count = yield None
    while True:
        yield list(islice(lines, count))
        count = yield None


def _shards_of_table(path: Path) -> Iterator[Shard]:
    """Shards of a Parquet file; none goes over a border of row groups, whose bytes tell whether they are the same."""
    with _opened(path) as file, path.open("rb") as stream:
        first = 0
        for number in range(file.num_row_groups):
            group = file.metadata.row_group(number)
            digest = hashlib.sha256(str(file.schema_arrow).encode())
            for column in (group.column(place) for place in range(group.num_columns)):
                start = column.data_page_offset
                if column.dictionary_page_offset is not None:
                    start = min(start, column.dictionary_page_offset)
                stream.seek(start)
                digest.update(stream.read(column.total_compressed_size))
            for place in range(0, group.num_rows, ROWS):
                rows = min(ROWS, group.num_rows - place)
                share = max(1, group.total_byte_size * rows // group.num_rows)
                yield Shard(first, rows, share, digest_of([digest.hexdigest(), place, rows]))
                first += rows


def _batches(path: Path, first: int) -> Generator[Any, int, None]:
    """Record batches from a row on; each `send` of a number is answered with so many rows."""
    with _opened(path) as file:
        sizes = [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]
        group, before = 0, 0
        while group < len(sizes) and before + sizes[group] <= first:
            before, group = before + sizes[group], group + 1
        coming = file.iter_batches(batch_size=ROWS, row_groups=list(range(group, len(sizes))))
        batch, skip = next(coming), first - before
        while skip >= batch.num_rows:
            skip -= batch.num_rows
            batch = next(coming)
        batch = batch.slice(skip)
        count = yield None
        while True:
            made = []
            while count and batch is not None:
                made.append(batch.slice(0, count))
                count -= made[-1].num_rows
                batch = batch.slice(made[-1].num_rows)
                batch = batch if batch.num_rows else next(coming, None)
            yield made
            count = yield None


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    pa, parquet = arrow(InputError), arrow(InputError, "pyarrow.parquet")
    try:
        with parquet.ParquetFile(path, memory_map=True) as file:
            yield file
    except (pa.ArrowException, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error).partition("\n")[0]
        raise InputError(f"{path} cannot be read as Parquet: {reason}", "Check the file, or write it anew.") from error
