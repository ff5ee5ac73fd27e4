"""The memory's file: its tables, its version, how it is opened, and what its faults mean."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import InputError, OutputError, VisavisError
from pipeline.files import transaction
from pipeline.memory.rows import normal_source, pack, row_digest, unpack

APPLICATION_ID = (
    0x56495356  # "VISV": tells our files from other programs' (sqlite.org/pragma.html#pragma_application_id)
)
SCHEMA_VERSION = 6
PEOPLE = ("correction", "leverage")  # tables of what people translated; their last column is a digest of the others
_MAGIC = b"SQLite format 3\0"  # sqlite.org/fileformat.html

# A rowid table with the key as an index: rows of some hundred bytes make a WITHOUT ROWID tree slow to fill
# (sqlite.org/withoutrowid.html, "when to use"). The score has no type, for the type REAL would lose the sign of -0.0.
_SENTENCE = """
CREATE TABLE sentence (
    key BLOB NOT NULL PRIMARY KEY CHECK (length(key) = 32),
    signature INTEGER NOT NULL REFERENCES signature (id),
    source NOT NULL, target NOT NULL, score, details TEXT NOT NULL, made INTEGER NOT NULL, digest BLOB NOT NULL
)"""
_SIGNATURE = "CREATE TABLE signature (id INTEGER PRIMARY KEY, parts TEXT NOT NULL UNIQUE)"
# `source` is the text by which a correction is found, `said` the text as it was given
_CORRECTION = """
CREATE TABLE correction (
    source_language TEXT NOT NULL, target_language TEXT NOT NULL, source NOT NULL, target NOT NULL, said NOT NULL,
    author NOT NULL, file NOT NULL, made INTEGER NOT NULL,
    PRIMARY KEY (source_language, target_language, source)
) WITHOUT ROWID"""
_LEVERAGE = """
CREATE TABLE leverage (
    source_language TEXT NOT NULL, target_language TEXT NOT NULL, source NOT NULL, target NOT NULL, said NOT NULL,
    file NOT NULL,
    PRIMARY KEY (source_language, target_language, source)
) WITHOUT ROWID"""
_FIRST_CORRECTION = """
CREATE TABLE correction (
    source_language TEXT NOT NULL, target_language TEXT NOT NULL, source NOT NULL, target NOT NULL,
    PRIMARY KEY (source_language, target_language, source)
) WITHOUT ROWID"""


def _create(connection: sqlite3.Connection) -> None:
    for statement in (_SIGNATURE, _SENTENCE, _CORRECTION, _LEVERAGE):
        connection.execute(statement)
    _from_5_to_6(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _from_1_to_2(connection: sqlite3.Connection) -> None:
    """Version 1 knew no corrections."""
    connection.execute(_FIRST_CORRECTION)


def _from_2_to_3(connection: sqlite3.Connection) -> None:
    """Versions 1 and 2 kept verdicts of checks, under keys that no run asks for any more; corrections stay."""
    connection.execute("DROP TABLE sentence")
    connection.execute("DROP TABLE IF EXISTS signature")
    for statement in (_SIGNATURE, _SENTENCE):
        connection.execute(statement)


def _from_3_to_4(connection: sqlite3.Connection) -> None:
    """Up to version 3 nobody knew who had corrected, and typography hid corrections."""
    former = connection.execute("SELECT source_language, target_language, source, target FROM correction").fetchall()
    connection.execute("DROP TABLE correction")
    connection.execute(_CORRECTION)
    connection.executemany(
        "INSERT OR REPLACE INTO correction VALUES (?, ?, ?, ?, ?, '', '', 0)",
        [(*pair, pack(normal_source(unpack(source))), target, source) for *pair, source, target in former],
    )


def _from_4_to_5(connection: sqlite3.Connection) -> None:
    """Version 4 knew no client's memories."""
    connection.execute(_LEVERAGE)


def _from_5_to_6(connection: sqlite3.Connection) -> None:
    """Up to version 5 a bit that flipped in a correction made another one of it."""
    connection.create_function("row_digest", -1, row_digest, deterministic=True)
    for name in PEOPLE:
        columns = ", ".join(one[1] for one in connection.execute(f"PRAGMA table_info({name})"))
        connection.execute(f"ALTER TABLE {name} ADD COLUMN digest BLOB NOT NULL DEFAULT x''")
        connection.execute(f"UPDATE {name} SET digest = row_digest({columns})")


_MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {
    0: _create, 1: _from_1_to_2, 2: _from_2_to_3, 3: _from_3_to_4, 4: _from_4_to_5, 5: _from_5_to_6,
}  # fmt: skip


def connect(path: Path, *, read_only: bool, wait: float) -> sqlite3.Connection:
    """Open the memory's file and bring it to today's schema; raises InputError or OutputError with the remedy."""
    try:
        if read_only and not path.exists():
            raise InputError(f"{path}: there is no sentence memory here", "Name the file that a run has made.")
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
        _require_sqlite(path)
        deadline = time.monotonic() + wait
        while True:
            try:
                return _opened(path, read_only=read_only, wait=wait)
            except sqlite3.OperationalError as error:
                # The change to WAL does not call the busy handler, so two processes that make the file must try again.
                if not _is_locked(error) or time.monotonic() >= deadline:
                    raise
                time.sleep(0.02)
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:  # SQLite names damaged tables by damaged names
        raise explain(path, error) from error


def _require_sqlite(path: Path) -> None:
    """Refuse other files by their first bytes: SQLite itself would write over one of a few bytes."""
    if path.is_file():
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
        if start and start != _MAGIC:
            raise InputError(
                f"{path} is not a sentence memory: it starts with {start!r}",
                "Name another file for the memory; this one is left as it is.",
            )


def _opened(path: Path, *, read_only: bool, wait: float) -> sqlite3.Connection:
    connection = _connection(path, "ro" if read_only else "rwc", wait)
    try:
        if read_only:
            connection = _readable(connection, path, wait)
            _require_current(connection, path)
        else:
            _require_ours(connection, path)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            _migrate(connection, path)
        connection.execute("PRAGMA cache_size = -16000")
        connection.execute("SELECT (SELECT count(*) FROM signature), (SELECT key FROM sentence LIMIT 1)").fetchone()
        return connection
    except BaseException:
        connection.close()
        raise


def _connection(path: Path, mode: str, wait: float) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{'immutable=1' if mode == 'immutable' else f'mode={mode}'}"
    return sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)


def _readable(connection: sqlite3.Connection, path: Path, wait: float) -> sqlite3.Connection:
    """The connection itself, or where the folder lets no WAL index be made and no WAL is left, an immutable one."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        if _is_locked(error) or Path(f"{path}-wal").exists():
            raise
        connection.close()
        return _connection(path, "immutable", wait)
    return connection


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _require_ours(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse, before anything is written, a database that another program or a newer version has made."""
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    if (tables and owner != APPLICATION_ID) or (not tables and owner not in (0, APPLICATION_ID)):
        raise InputError(
            f"{path} is an SQLite file of another program (application id {owner:#x}), not a sentence memory",
            "Name another file for the memory; this one is left as it is.",
        )
    if _version(connection) > SCHEMA_VERSION:
        raise InputError(
            f"{path} has schema version {_version(connection)}, and this version knows up to {SCHEMA_VERSION}",
            "Update visavis, or name another file for the memory.",
        )


def _require_current(connection: sqlite3.Connection, path: Path) -> None:
    _require_ours(connection, path)
    if _version(connection) < SCHEMA_VERSION:
        raise InputError(
            f"{path} has the older schema version {_version(connection)}, and is opened for reading only",
            f"Open it once for writing, so that it is brought to version {SCHEMA_VERSION}.",
        )


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the file to today's schema in one transaction; another process may have done it meanwhile."""
    if _version(connection) == SCHEMA_VERSION:
        return
    with transaction(connection):
        _require_ours(connection, path)
        while (version := _version(connection)) < SCHEMA_VERSION:
            _MIGRATIONS[version](connection)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION if version == 0 else version + 1}")


def _code(error: BaseException) -> int:
    return (
        int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
    )  # the low byte is the primary code (sqlite.org/rescode.html)


def _is_locked(error: BaseException) -> bool:
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def explain(path: Path, error: BaseException) -> VisavisError:
    """What a fault of the file means to the user, and what to do about it."""
    code = _code(error)
    if _is_locked(error):
        return OutputError(
            f"{path}: the sentence memory is locked by another process",
            "Wait until that process has ended, or name another file for the memory.",
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or isinstance(error, UnicodeDecodeError):
        return InputError(
            f"{path} is not a sentence memory, or is damaged: {error}",
            "Move the file away; the next run makes a new one.",
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH) or (
        isinstance(error, OSError)
    ):
        return OutputError(
            f"{path}: the sentence memory cannot be opened for this use: {error}",
            "Check that the path is a file, and that the file and its folder are writable, or name another file.",
        )
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM):
        return OutputError(
            f"{path}: the sentence memory cannot be written: {error}",
            "Free space on this disk or raise the file size limit; what was stored before is kept.",
        )
    return OutputError(f"{path}: the sentence memory failed: {error}", "Move the file away, or name another one.")
