"""Where decisions are kept: an SQLite file in which every change can be undone, and which loses none to a kill."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError, OutputError
from pipeline.files import transaction
from pipeline.revision.decisions import Entry, as_json, from_json

_APPLICATION = 0x56495352  # "VISR"
_VERSION = 1
_WAIT = 30.0  # seconds that a lock is waited for
_TABLES = """
CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL, data TEXT NOT NULL, live INTEGER NOT NULL
);
CREATE INDEX living ON entry (document) WHERE live;
CREATE TABLE change (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL, author TEXT NOT NULL, made REAL NOT NULL,
    removed TEXT NOT NULL, added TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'done'
);
"""


class Stale(Exception):
    """What was to be changed has been changed by somebody else meanwhile."""


@dataclass(frozen=True, slots=True)
class Change:
    """One step of a person: the entries that it took away and those that it put in their place, by their numbers."""

    id: int
    document: str
    author: str
    removed: tuple[int, ...]
    added: tuple[int, ...]


class Revision:
    """People's decisions on the documents of a job, and every change that led to them; opened with `Revision.open`.

    What is stored is on the disk when the call returns. Several processes may read while one writes.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = threading.RLock()

    @classmethod
    def open(cls, path: Path) -> Revision:
        """Open a store, made if absent; raises InputError for a file of another kind, OutputError where none can be."""
        try:
            connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
            try:
                _make_ready(connection, path)
            except BaseException:
                connection.close()
                raise
        except sqlite3.Error as error:
            raise _explained(path, error) from error
        return cls(path, connection)

    def entries(self, document: str) -> dict[int, Entry]:
        """What is decided of a document, by the numbers of the entries, in the order in which it was decided."""
        with self._asked() as connection:
            rows = connection.execute("SELECT id, data FROM entry WHERE live AND document = ? ORDER BY id", (document,))
            return {int(id): from_json(data) for id, data in rows}

    def documents(self) -> list[str]:
        """The documents of which something is decided."""
        with self._asked() as connection:
            rows = connection.execute("SELECT DISTINCT document FROM entry WHERE live ORDER BY document")
            return [str(document) for (document,) in rows]

    def change(
        self,
        document: str,
        removed: Iterable[int],
        added: Sequence[Entry],
        *,
        author: str,
        made: float,
        joins: int | None = None,
    ) -> Change:
        """Put entries in the place of others; with `joins`, as one step with that change if it was the author's last.

        Raises Stale where one of the others is no longer there.
        """
        gone = sorted(set(removed))
        with self._asked() as connection, transaction(connection):
            _let_live(connection, gone, False)
            texts = [(document, as_json(one)) for one in added]
            new = [
                connection.execute("INSERT INTO entry VALUES (NULL, ?, ?, 1)", text).lastrowid or 0 for text in texts
            ]
            former = self._last(connection, author, "done")
            if former is not None and former.id == joins and set(gone) == set(former.added):
                connection.execute("UPDATE change SET added = ?, made = ? WHERE id = ?", (_ids(new), made, former.id))
                connection.executemany("DELETE FROM entry WHERE id = ?", [(id,) for id in gone])
                return Change(former.id, document, author, former.removed, tuple(new))
            connection.execute("UPDATE change SET state = 'gone' WHERE author = ? AND state = 'undone'", (author,))
            id = connection.execute(
                "INSERT INTO change (document, author, made, removed, added) VALUES (?, ?, ?, ?, ?)",
                (document, author, made, _ids(gone), _ids(new)),
            ).lastrowid
            return Change(id or 0, document, author, tuple(gone), tuple(new))

    def undo(self, author: str) -> Change | None:
        """Take back an author's last change; None if there is none. Raises Stale where others went on from it."""
        return self._turn(author, "done", "undone")

    def redo(self, author: str) -> Change | None:
        """Do again what was undone last; None if there is nothing."""
        return self._turn(author, "undone", "done")

    def steps(self, author: str) -> tuple[int, int]:
        """How many changes an author can undo, and do again."""
        query = "SELECT count(*) FROM change WHERE author = ? AND state = ?"
        with self._asked() as connection:
            undo, redo = (connection.execute(query, (author, state)).fetchone()[0] for state in ("done", "undone"))
        return int(undo), int(redo)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Revision:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _turn(self, author: str, before: str, after: str) -> Change | None:
        with self._asked() as connection, transaction(connection):
            change = self._last(connection, author, before)
            if change is None:
                return None
            there, absent = (change.added, change.removed)[:: 1 if after == "undone" else -1]
            _let_live(connection, there, False)
            _let_live(connection, absent, True)
            connection.execute("UPDATE change SET state = ? WHERE id = ?", (after, change.id))
            return change

    @staticmethod
    def _last(connection: sqlite3.Connection, author: str, state: str) -> Change | None:
        """The last change done, or the first of those undone."""
        order = "DESC" if state == "done" else "ASC"
        row = connection.execute(
            "SELECT id, document, removed, added FROM change WHERE author = ? AND state = ?"
            f" ORDER BY id {order} LIMIT 1",
            (author, state),
        ).fetchone()
        return Change(row[0], row[1], author, tuple(json.loads(row[2])), tuple(json.loads(row[3]))) if row else None

    @contextmanager
    def _asked(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._connection
            except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
                raise _explained(self.path, error) from error


def stored(path: Path) -> dict[str, tuple[Entry, ...]]:
    """What is decided of each document, as it stands at one moment; nothing where there is no store.

    Raises InputError for a store that cannot be read.
    """
    if not path.is_file():
        return {}
    found: dict[str, list[Entry]] = {}
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT)
        try:
            if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
                raise ValueError("another program made it")
            for document, data in connection.execute("SELECT document, data FROM entry WHERE live ORDER BY id"):
                found.setdefault(str(document), []).append(from_json(data))
        finally:
            connection.close()
    except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
        raise _explained(path, error) from error
    return {document: tuple(entries) for document, entries in found.items()}


def _make_ready(connection: sqlite3.Connection, path: Path) -> None:
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if (tables and owner != _APPLICATION) or version > _VERSION:
        raise InputError(f"{path} is no review of this version", "Name another file, or update visavis.")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    if not tables:
        with transaction(connection):
            for statement in filter(str.strip, _TABLES.split(";")):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {_VERSION}")


def _let_live(connection: sqlite3.Connection, ids: Sequence[int], live: bool) -> None:
    """Turn entries on or off; raises Stale where one is so already, or not there."""
    for id in ids:
        done = connection.execute("UPDATE entry SET live = ? WHERE id = ? AND live = ?", (live, id, not live))
        if done.rowcount != 1:
            raise Stale


def _ids(ids: Sequence[int]) -> str:
    return json.dumps(list(ids))


def _explained(path: Path, error: BaseException) -> InputError | OutputError:
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return OutputError(f"{path} cannot be written: {error}", "Close what else uses it, make room, then try again.")
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
        return OutputError(f"{path} cannot be opened: {error}", "Check the folder and its permissions.")
    return InputError(f"{path} is no review, or is damaged: {error}", "Move it away; decisions in it are lost with it.")
