"""`corpus.parquet`: a flat row a bead, for data frames and databases; one file, or a folder of shards."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from pipeline.corpus.arrow import arrow
from pipeline.corpus.cells import OURS, Columns, looked_up, row_of_cells
from pipeline.corpus.grouping import FR_EN, Languages, unreadable
from pipeline.errors import InputError, OutputError
from pipeline.files import appearing, own_folder
from pipeline.text import Bitext, Carries, Row, Value

Record = dict[str, Any]
WORDS = "words"  # the layer that goes to the column `links`
MARK = b"visavis"  # in the schema of files of ours: their ids are ours
_GROUP = 32_768  # rows of a row group; as many are held while a file is written
SHARD = 1_000_000  # rows of a file of a folder of shards
_AT_ONCE = 4_096  # rows that are held while a file is read


def _flat_schema() -> Any:
    pa = arrow(OutputError)
    text, number = pa.string(), pa.float64()
    texts = [(name, text) for name in ("id", "document", "block", "kind", "source", "target")]
    layer = pa.struct([("name", text), ("text", text)])
    rest = [("origin", text), ("flags", pa.list_(text)), ("links", text), ("layers", pa.list_(layer))]
    return pa.schema([*texts, ("score", number), ("confidence", number), *rest], metadata={MARK: b"1"})


def flat(row: Row) -> Record:
    """A row as a record; what a side or a column has not is null."""
    layers = {one.layer: one.text for one in row.layers}
    return {
        "id": row.id,
        "document": row.document,
        "block": row.block,
        "kind": row.kind,
        "source": row.source.text if row.source.sentences else None,
        "target": row.target.text if row.target.sentences else None,
        "score": _finite(row.score),
        "confidence": None if row.confidence is None else _finite(row.confidence),
        "origin": row.origin,
        "flags": [flag.name for flag in row.flags],
        "links": layers.pop(WORDS, None),
        "layers": [{"name": name, "text": text} for name, text in layers.items()],
    }


def _finite(value: float) -> float:
    return value if math.isfinite(value) else 0.0


@dataclass(frozen=True, slots=True)
class Tables:
    """Parquet files of records, Zstandard within; with `shard` a folder of files of so many rows, and `_metadata`.

    `schema` is asked for with the languages of the first bitext.
    """

    carries: Carries
    extension: str
    schema: Callable[[str, str], Any]
    record: Callable[[Row], Record]
    folder: str = ""
    name: str = "{stem}.parquet"
    shard: int = 0
    summary: bool = True

    def write(self, bitexts: Iterable[Bitext], folder: Path, stem: str) -> list[Path]:
        """Write `folder/stem.parquet`, or the shards and their `_metadata` into a folder in it."""
        rest = iter(bitexts)
        first = list(islice(rest, 1))
        schema = self.schema(*(first[0].source.language, first[0].target.language) if first else ("fr", "en"))
        rows = (row for bitext in chain(first, rest) for row in bitext.each_row(self.carries))
        records = map(self.record, rows)
        if not self.shard:
            path = folder / self.name.format(stem=stem)
            _write(path, records, schema)
            return [path]
        return self._shards(records, schema, folder / self.folder.format(stem=stem))

    def _shards(self, records: Iterator[Record], schema: Any, folder: Path) -> list[Path]:
        own_folder(folder)
        made: list[Path] = []
        known: list[Any] = []
        head = list(islice(records, 1))
        while head or not made:
            path = folder / self.name.format(number=len(made))
            facts = _write(path, chain(head, islice(records, self.shard - 1)), schema)
            facts.set_file_path(path.name)
            known.append(facts)
            made.append(path)
            head = list(islice(records, 1))
        if not self.summary:
            return made
        for facts in known[1:]:
            known[0].append_row_groups(facts)
        with appearing(folder / "_metadata") as stream:
            known[0].write_metadata_file(stream)
        return [*made, folder / "_metadata"]


def _write(path: Path, records: Iterator[Record], schema: Any) -> Any:
    """Write a file, a row group at a time; gives its metadata."""
    pa, parquet = arrow(OutputError), arrow(OutputError, "pyarrow.parquet")
    facts: list[Any] = []
    with (
        appearing(path) as stream,
        parquet.ParquetWriter(stream, schema, compression="zstd", metadata_collector=facts) as writer,
    ):
        while group := list(islice(records, _GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema), row_group_size=_GROUP)
    return facts[0]


_CARRIES = Carries(sentences=False, flags="names", characters="utf-8")
PARQUET = Tables(_CARRIES, "parquet", lambda _source, _target: _flat_schema(), flat)
SHARDS = Tables(
    _CARRIES, "", lambda _source, _target: _flat_schema(), flat, "{stem}-shards", "part-{number:05}.parquet", SHARD
)


def read_parquet(path: Path, languages: Languages = FR_EN, columns: Columns = OURS) -> Iterator[Row]:
    """Rows of a Parquet file, read a few thousand at a time; raises InputError where it is none, or lacks `source`."""
    with _problems_told(path), arrow(InputError, "pyarrow.parquet").ParquetFile(path, memory_map=True) as file:
        schema = file.schema_arrow
        where = columns.chosen(schema.names, languages)
        _check(path, where, schema)
        foreign = columns.foreign_ids or MARK not in (schema.metadata or {})
        needed = sorted({_top(name, schema.names) for name in where.values()})
        count = 0
        for batch in file.iter_batches(batch_size=_AT_ONCE, columns=needed):
            for record in batch.to_pylist():
                count += 1
                yield _row(path, count, record, where, foreign)


def _row(path: Path, count: int, record: Record, where: Mapping[str, str], foreign: bool) -> Row:
    cells = {name: looked_up(record, column) for name, column in where.items()}
    links = cells.pop("links", None)
    layers = [Value(WORDS, links)] if links and isinstance(links, str) and not foreign else []
    others = cells.pop("layers", None) or () if not foreign else ()
    layers += [Value(one["name"], one["text"]) for one in others if one and one["name"] and one["text"]]
    return row_of_cells(
        {**cells, "layers": sorted(layers, key=lambda one: one.layer)},
        lambda problem, remedy: unreadable(path, f"row {count}", problem, remedy),
        foreign_ids=foreign,
    )


def _top(name: str, there: Iterable[str]) -> str:
    """The column that a name with dots looks into."""
    return name if name in set(there) else name.partition(".")[0]


def _check(path: Path, where: Mapping[str, str], schema: Any) -> None:
    """Raise InputError where a column that is wanted is not there."""
    if "source" not in where:
        raise InputError(
            f"{path} has no column `source`: it has {', '.join(schema.names)}",
            "Say which it is, in the job: `columns: {source: NAME, id: NAME}`.",
        )
    for name, column in where.items():
        if not _is_there(column, schema):
            raise InputError(
                f"{path} has no column {column!r} for {name}", f"Its columns are: {', '.join(map(str, schema))}"
            )


def _is_there(name: str, fields: Any) -> bool:
    """Whether fields of a schema, or of a column that holds others, have one of this name."""
    names = [field.name for field in fields]
    if name in names:
        return True
    first, _, rest = name.partition(".")
    inner = fields.field(first).type if rest and first in names else None
    return inner is not None and hasattr(inner, "fields") and bool(inner.fields) and _is_there(rest, inner)


@contextmanager
def _problems_told(path: Path) -> Iterator[None]:
    """Make of what pyarrow raises an error of the file; all its errors derive from these."""
    try:
        yield
    except InputError:
        raise
    except (OSError, ValueError, KeyError, TypeError, NotImplementedError, MemoryError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error).partition("\n")[0]
        raise InputError(f"{path} cannot be read as Parquet: {reason}", "Check the file, or write it anew.") from error
