"""The memory's queries: rows in and out of an open connection, inside the caller's transaction."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.memory.rows import (
    Correction,
    Leveraged,
    MemoryStats,
    Recalled,
    Remembered,
    normal_source,
    one_line,
    pack,
    pack_details,
    recalled,
    row_digest,
    unpack,
)
from pipeline.memory.schema import PEOPLE, SCHEMA_VERSION
from pipeline.text import Note, Translation

_CHUNK = 900  # values in one IN (…); SQLite before 3.32 allowed 999


def find(connection: sqlite3.Connection, keys: Sequence[bytes]) -> tuple[dict[bytes, Recalled], set[bytes]]:
    """What is remembered under these keys, and the keys of rows that were damaged on the disk."""
    found: dict[bytes, Recalled] = {}
    damaged: set[bytes] = set()
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        query = f"SELECT key, target, score, details, digest FROM sentence WHERE key IN ({marks})"
        for key, *columns, digest in _decoded(connection, query, tuple(chunk)):
            try:
                if digest != row_digest(key, *columns):
                    raise ValueError("damaged")
                found[key] = recalled(*columns)
            except (ValueError, TypeError, IndexError):
                damaged.add(key)
    return found, damaged


def _decoded(connection: sqlite3.Connection, query: str, values: Sequence[object]) -> Iterator[tuple[Any, ...]]:
    """Rows whose texts come as they lie there, so that one that is no UTF-8 any more ends nothing."""
    cursor = connection.cursor()
    connection.text_factory = _text
    try:
        yield from cursor.execute(query, values)
    finally:
        connection.text_factory = str


def _text(raw: bytes) -> str | bytes:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw


def find_human(connection: sqlite3.Connection, pair: tuple[str, str], sources: Sequence[str]) -> dict[str, Translation]:
    """People's translations of these texts, keyed by the texts as given: corrections, else a client's."""
    leverage = _find(connection, "leverage", pair, sources)
    corrections = _find(connection, "correction", pair, sources)
    made = {source: Translation(text, origin="human", notes=(_leverage(file),)) for source, text, file in leverage}
    return made | {source: Translation(text, origin="human") for source, text, _ in corrections}


def _leverage(file: str) -> Note:
    return Note("leverage", f"exact match in {file}" if file else "exact match")


def _find(
    connection: sqlite3.Connection, name: str, pair: tuple[str, str], sources: Sequence[str]
) -> list[tuple[str, str, str]]:
    """Of a table of people's translations those of these texts: the text as given, its target, its file.

    Rows that were damaged on the disk are left out.
    """
    exists = f"SELECT EXISTS (SELECT 1 FROM {name} WHERE source_language = ? AND target_language = ?)"
    if not connection.execute(exists, pair).fetchone()[0]:  # the rule: spare the normalising
        return []
    normal = {source: normal_source(source) for source in sources}
    wanted = [pack(one) for one in dict.fromkeys(normal.values())]
    known: dict[str, tuple[str, str]] = {}
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        query = (
            f"SELECT file, * FROM {name} WHERE source_language = ? AND target_language = ?"
            f" AND source IN ({','.join('?' * len(chunk))})"
        )
        for file, *columns, digest in _decoded(connection, query, (*pair, *chunk)):
            if digest == row_digest(*columns):
                known[unpack(columns[2])] = (unpack(columns[3]), unpack(file))
    return [(source, *known[one]) for source, one in normal.items() if one in known]


def damaged_people(connection: sqlite3.Connection) -> int:
    """How many rows of what people translated were damaged on the disk; looks at every one."""
    return sum(
        digest != row_digest(*columns)
        for name in PEOPLE
        for *columns, digest in _decoded(connection, f"SELECT * FROM {name}", ())
    )


def broken(connection: sqlite3.Connection) -> str:
    """What is wrong with the tables and their indexes as a whole; nothing if they are sound. Reads all of the file."""
    told = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(3)")]
    return "" if told == ["ok"] else "; ".join(told)


def insert(connection: sqlite3.Connection, rows: Sequence[Remembered], made: int) -> None:
    """Remember rows, made at this Unix time; a key that is there keeps what it has, but takes further tries."""
    shown = {parts: parts.encode("utf-8", "backslashreplace").decode("utf-8") for parts in {row.parts for row in rows}}
    connection.executemany(
        "INSERT OR IGNORE INTO signature (parts) VALUES (?)", [(parts,) for parts in sorted(shown.values())]
    )
    ids = dict(connection.execute("SELECT parts, id FROM signature"))
    connection.executemany(
        "INSERT INTO sentence VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
        " details = excluded.details, digest = excluded.digest"
        " WHERE length(excluded.details) > length(details) AND target = excluded.target AND score IS excluded.score",
        (_columns(row, ids[shown[row.parts]], made) for row in rows),
    )


def forget(connection: sqlite3.Connection, keys: Iterable[bytes]) -> None:
    """Take rows away, whatever they hold."""
    connection.executemany("DELETE FROM sentence WHERE key = ?", [(key,) for key in keys])


def _columns(row: Remembered, signature: int, made: int) -> tuple[object, ...]:
    first = row.tries[0].candidates[0]
    score = None if math.isnan(first.score) else first.score  # as SQLite keeps it
    kept = (pack(first.text), score, pack_details(row))
    return (row.key, signature, pack(row.source), *kept, made, row_digest(row.key, *kept))


def insert_corrections(connection: sqlite3.Connection, corrections: Sequence[Correction]) -> None:
    """Store corrections, the latest one winning."""
    connection.executemany(
        "INSERT OR REPLACE INTO correction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            _sealed(
                one.source_language,
                one.target_language,
                pack(normal_source(one.source)),
                pack(one_line(one.target)),
                pack(one.source.strip()),
                pack(one.author),
                pack(one.file),
                one.made,
            )
            for one in corrections
        ),
    )


def _sealed(*columns: object) -> tuple[object, ...]:
    """A row with its digest."""
    return (*columns, row_digest(*columns))


def insert_leverage(connection: sqlite3.Connection, entries: Sequence[Leveraged]) -> None:
    """Store a client's entries, the latest one winning."""
    connection.executemany(
        "INSERT OR REPLACE INTO leverage VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            _sealed(
                one.source_language,
                one.target_language,
                pack(normal_source(one.source)),
                pack(one_line(one.target)),
                pack(one.source.strip()),
                pack(one.file),
            )
            for one in entries
        ),
    )


def every_leverage(connection: sqlite3.Connection) -> Iterator[Leveraged]:
    """All of clients' entries, in the order of their languages and sources."""
    for source_language, target_language, *texts in connection.execute(
        "SELECT source_language, target_language, said, target, file FROM leverage ORDER BY 1, 2, source"
    ):
        yield Leveraged(source_language, target_language, *map(unpack, texts))


def forget_leverage(connection: sqlite3.Connection, file: str) -> int:
    """Take away what came from a file; gives how many."""
    return int(connection.execute("DELETE FROM leverage WHERE file = ?", (pack(file),)).rowcount)


def every_correction(connection: sqlite3.Connection) -> Iterator[Correction]:
    """All corrections, in the order of their languages and sources."""
    for source_language, target_language, *texts, made in connection.execute(
        "SELECT source_language, target_language, said, target, author, file, made"
        " FROM correction ORDER BY 1, 2, source"
    ):
        source, target, author, file = map(unpack, texts)
        yield Correction(source_language, target_language, source, target, author, file, int(made))


def every_pair(connection: sqlite3.Connection) -> Iterator[tuple[str, str, bool]]:
    """Sources with their translations: corrections, then what machines said first, the newest before."""
    for one in every_correction(connection):
        yield one.source, one.target, True
    query = "SELECT key, source, target, score, details, digest FROM sentence ORDER BY rowid DESC"
    for key, source, *columns, digest in _decoded(connection, query, ()):
        if digest == row_digest(key, *columns):
            yield unpack(source), unpack(columns[0]), False


def forget_corrections(connection: sqlite3.Connection, corrections: Iterable[Correction]) -> None:
    """Take corrections away."""
    connection.executemany(
        "DELETE FROM correction WHERE source_language = ? AND target_language = ? AND source = ?",
        ((one.source_language, one.target_language, pack(normal_source(one.source))) for one in corrections),
    )


def find_said(connection: sqlite3.Connection, wanted: set[str]) -> dict[str, set[str]]:
    """Every candidate that is remembered for these sources, which are given as corrections know them."""
    found: dict[str, set[str]] = {}
    query = "SELECT key, source, target, score, details, digest FROM sentence"
    for key, source, *columns, digest in _decoded(connection, query, ()):
        name = normal_source(unpack(source))
        if name in wanted and digest == row_digest(key, *columns):
            tries = recalled(*columns).tries
            found.setdefault(name, set()).update(made.text for one in tries for made in one.candidates)
    return found


def every_row(connection: sqlite3.Connection) -> Iterator[Remembered | Correction | Leveraged]:
    """All corrections, all of clients' entries, then all sentences, each in the order of its key."""
    yield from every_correction(connection)
    yield from every_leverage(connection)
    for key, source, parts, *columns, digest in _decoded(
        connection,
        "SELECT key, source, parts, target, score, details, digest"
        " FROM sentence JOIN signature ON signature.id = sentence.signature ORDER BY key",
        (),
    ):
        if digest == row_digest(key, *columns):
            row = recalled(*columns)
            yield Remembered(key, unpack(source), row.tries, row.notes, str(parts))


def delete(connection: sqlite3.Connection, *, parts: str | None, keep: str | None, before: int | None) -> int:
    """Forget sentences that meet every condition given; see `Memory.prune`."""
    conditions, values = ["1"], list[object]()
    starting = "signature {} (SELECT id FROM signature WHERE substr(parts, 1, length(?)) = ?)"
    for prefix, sign in ((parts, "IN"), (keep, "NOT IN")):
        if prefix is not None:
            conditions.append(starting.format(sign))
            values += [prefix, prefix]
    if before is not None:
        conditions.append("made < ?")
        values.append(before)
    return int(connection.execute(f"DELETE FROM sentence WHERE {' AND '.join(conditions)}", values).rowcount)


def count(connection: sqlite3.Connection, path: Path) -> MemoryStats:
    """What the file holds."""
    by_signature = connection.execute(
        "SELECT parts, counted FROM signature"
        " JOIN (SELECT signature, count(*) AS counted FROM sentence GROUP BY signature) ON signature.id = signature"
        " ORDER BY counted DESC, parts"
    ).fetchall()
    files = (Path(f"{path}{suffix}") for suffix in ("", "-wal"))
    return MemoryStats(
        path=str(path),
        schema_version=SCHEMA_VERSION,
        bytes=sum(file.stat().st_size for file in files if file.exists()),
        sentences=sum(counted for _, counted in by_signature),
        corrections=int(connection.execute("SELECT count(*) FROM correction").fetchone()[0]),
        leverage=int(connection.execute("SELECT count(*) FROM leverage").fetchone()[0]),
        signatures=tuple((str(parts), int(counted)) for parts, counted in by_signature),
    )
