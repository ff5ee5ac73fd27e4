"""The memory itself: one SQLite file (WAL) that several threads and processes may share."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from pipeline.errors import InputError
from pipeline.files import transaction
from pipeline.memory import table
from pipeline.memory.exchange import read_rows, write_rows
from pipeline.memory.rows import Correction, Leveraged, MemoryStats, Recalled, Remembered, normal_source
from pipeline.memory.schema import connect, explain
from pipeline.text import Translation

Answer = TypeVar("Answer")
_BATCH = 10_000  # rows of an import held at a time
_CHECKED = 256 << 20  # bytes of a memory that is read as a whole to see whether it is sound
_DAY = 86_400  # seconds


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class Memory:
    """Sentences translated before, by digest, and corrections by people, by source text.

    Opened with `Memory.open`; a context manager. While a job runs (`look_up`, `store`, `human`), a fault of the file
    does not raise: it is put into `fault` (what is wrong, and on a second line what to do), later calls find and store
    nothing, and the job goes on without a memory. What people ask for (`correct`, `stats`, `export`, `import_`,
    `prune`) raises. What is stored in one call is stored whole or not at all.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, *, read_only: bool, clock: Callable[[], float]
    ) -> None:
        self.path = path
        self.read_only = read_only
        self.fault: str | None = None
        self._damaged: set[bytes] = set()
        self._damaged_people: int | None = None  # not looked at yet
        self._connection = connection
        self._clock = clock
        self._lock = threading.RLock()
        self._file = _identity(path)

    @classmethod
    def open(
        cls, path: str | Path, read_only: bool = False, *, wait: float = 30.0, clock: Callable[[], float] = time.time
    ) -> Memory:
        """Open a memory, made if absent unless `read_only`; `wait` is how many seconds a lock is waited for.

        Raises InputError (not a memory, damaged, of a newer version) or OutputError (locked, not writable, disk full).
        """
        path = Path(path)
        return cls(path, connect(path, read_only=read_only, wait=wait), read_only=read_only, clock=clock)

    def look_up(self, keys: Sequence[bytes]) -> dict[bytes, Recalled]:
        """What is remembered under these keys; absent keys are left out, and rows that were damaged on the disk.

        Damaged rows are counted in `damaged`, and are mended when the sentence is stored again.
        """
        nothing: tuple[dict[bytes, Recalled], set[bytes]] = ({}, set())
        found, damaged = self._going_on(lambda: table.find(self._connection, keys), nothing)
        self._damaged |= damaged
        return found

    def check(self) -> str | None:
        """What is wrong with the file by now, with what to do on a second line; None where nothing is.

        Reads all of the file, unless it is so large that this would take more than some seconds.
        """
        small = self._file is not None and self.path.exists() and self.path.stat().st_size <= _CHECKED
        told = self._going_on(lambda: table.broken(self._connection), "") if small else ""
        if told:
            return (
                f"{self.path} is damaged, and some of it is no longer found: {told}\n"
                "Export it (`visavis memory export all.jsonl`), move it away, and import the export into a new one."
            )
        return self._going_on(lambda: None, None) or self.fault

    @property
    def damaged(self) -> int:
        """How many rows were found damaged: of sentences those that were asked for, of people's translations all."""
        return len(self._damaged) + (self._damaged_people or 0)

    def store(self, rows: Iterable[Remembered]) -> None:
        """Remember rows in one transaction; what is there stays, so that one key never has two answers.

        Further tries of a sentence are added to those that are there.

        A memory opened for reading only remembers nothing.
        """
        new = list(rows)  # before the lock is taken: the iterable may be slow
        if new and not self.read_only:
            self._going_on(lambda: self._insert(new), None)

    def human(self, source_language: str, target_language: str, sources: Sequence[str]) -> dict[str, Translation]:
        """People's translations of these source texts, keyed by the texts as given, with origin `human`.

        Corrections; else a client's, with a note that says so.
        """
        pair = (source_language, target_language)
        if self._damaged_people is None:
            self._damaged_people = self._going_on(lambda: table.damaged_people(self._connection), 0)
        return self._going_on(lambda: table.find_human(self._connection, pair, sources), {})

    def lever(self, entries: Iterable[Leveraged]) -> int:
        """Store a client's translations, the latest one winning; gives how many, all or none.

        Raises InputError for an entry with an empty side, OutputError if the file cannot be written.
        """
        new = list(entries)
        if empty := next((one for one in new if not one.source.strip() or not one.target.strip()), None):
            raise InputError(f"an entry has an empty side: {empty.source!r} → {empty.target!r}", "Leave it out.")
        with self._asked_for(), transaction(self._connection):
            table.insert_leverage(self._connection, new)
        return len(new)

    def leverage(self, source_language: str = "", target_language: str = "") -> list[Leveraged]:
        """Clients' entries of two languages, or all, in the order of their languages and sources."""
        pair = (source_language, target_language)
        with self._asked_for():
            every = table.every_leverage(self._connection)
            return [one for one in every if pair == ("", "") or (one.source_language, one.target_language) == pair]

    def forget_leverage(self, file: str) -> int:
        """Forget a client's entries by the name of their file; gives how many."""
        with self._asked_for(), transaction(self._connection):
            return table.forget_leverage(self._connection, file)

    def correct(
        self,
        source_language: str,
        target_language: str,
        pairs: Iterable[tuple[str, str]],
        *,
        author: str = "",
        file: str = "",
    ) -> int:
        """Store people's translations of source texts, the latest one winning; gives how many, all or none.

        `author` and `file` say who corrected, and from where it came.

        Raises InputError for a pair with an empty side, OutputError if the file cannot be written.
        """
        corrections = []
        for number, (source, target) in enumerate(pairs, start=1):
            if not source.strip() or not target.strip():
                raise InputError(
                    f"correction {number} has an empty side: {source!r} → {target!r}",
                    "Give both texts, or leave it out.",
                )
            made = int(self._clock())
            corrections.append(Correction(source_language, target_language, source, target, author, file, made))
        with self._asked_for(), transaction(self._connection):
            table.insert_corrections(self._connection, corrections)
        return len(corrections)

    def corrections(self) -> list[Correction]:
        """People's corrections, in the order of their languages and sources."""
        with self._asked_for():
            return list(table.every_correction(self._connection))

    def forget(self, corrections: Iterable[Correction]) -> int:
        """Forget corrections, all or none; gives how many. The machine's translations count again."""
        gone = list(corrections)
        with self._asked_for(), transaction(self._connection):
            table.forget_corrections(self._connection, gone)
        return len(gone)

    def pairs(self, most: int) -> list[tuple[str, str, bool]]:
        """Remembered sentences with their translations, people's (True) first, then the newest; so many at most."""
        with self._asked_for():
            return list(islice(table.every_pair(self._connection), most))

    def said(self, sources: Iterable[str]) -> dict[str, set[str]]:
        """All that machines have said for these source texts, whatever made it; the keys are as corrections know them.

        Texts of which nothing is remembered are left out. Looks at every row.
        """
        wanted = {normal_source(source) for source in sources}
        with self._asked_for():
            return table.find_said(self._connection, wanted)

    def stats(self) -> MemoryStats:
        """What is remembered: numbers of sentences and corrections, by signature, and the file's size in bytes."""
        with self._asked_for():
            return table.count(self._connection, self.path)

    def export(self, path: str | Path) -> int:
        """Write everything to a JSON Lines file that `import_` reads; gives the number of rows, corrections included.

        Rows are in the order of their keys; only corrections carry times, so equal memories give equal files.
        """
        with self._asked_for():
            return write_rows(table.every_row(self._connection), Path(path))

    def import_(self, path: str | Path) -> int:
        """Take in an exported file, all or nothing; gives the rows read.

        Its corrections replace ours; sentences that we know already stay as they are.
        """
        read = 0
        with self._asked_for(), transaction(self._connection):
            batch: list[Remembered] = []
            for row in read_rows(Path(path)):
                read += 1
                if isinstance(row, Correction):
                    table.insert_corrections(self._connection, [row])
                    continue
                if isinstance(row, Leveraged):
                    table.insert_leverage(self._connection, [row])
                    continue
                batch.append(row)
                if len(batch) >= _BATCH:
                    table.insert(self._connection, batch, int(self._clock()))
                    batch.clear()
            table.insert(self._connection, batch, int(self._clock()))
        return read

    def prune(self, *, parts: str | None = None, keep: str | None = None, older_than_days: float | None = None) -> int:
        """Forget machine sentences that meet every condition given, and give their number; corrections stay.

        `parts` means signatures that start so, `keep` all others than those that start so, `older_than_days` made
        before that. Raises InputError if nothing is given.
        """
        if parts is None and keep is None and older_than_days is None:
            raise InputError("nothing says what to forget", "Give a signature, one to keep, or an age in days.")
        before = None if older_than_days is None else int(self._clock() - older_than_days * _DAY)
        with self._asked_for(), transaction(self._connection):
            gone = table.delete(self._connection, parts=parts, keep=keep, before=before)
        with contextlib.suppress(sqlite3.Error):  # giving the space back needs the file for ourselves, and can wait
            self._connection.execute("VACUUM")
        return gone

    def close(self) -> None:
        """Close the file; closing twice is harmless."""
        with self._lock, contextlib.suppress(sqlite3.Error):
            self._connection.close()

    def __enter__(self) -> Memory:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _insert(self, rows: Sequence[Remembered]) -> None:
        with transaction(self._connection):
            table.forget(self._connection, self._damaged.intersection(row.key for row in rows))
            table.insert(self._connection, rows, int(self._clock()))

    def _going_on(self, act: Callable[[], Answer], otherwise: Answer) -> Answer:
        """What `act` gives, or `otherwise` once the file has a fault."""
        with self._lock:
            if self.fault is None and _identity(self.path) != self._file:
                self.fault = (
                    f"{self.path} was deleted or replaced by another file while it was used\n"
                    "What was remembered meanwhile went with it. Leave it alone while jobs run, and run the job again."
                )
            if self.fault is None:
                try:
                    return act()
                except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
                    self.fault = str(explain(self.path, error))
            return otherwise

    @contextlib.contextmanager
    def _asked_for(self) -> Iterator[None]:
        """Raise a fault of the file as one of ours."""
        with self._lock:
            try:
                yield
            except (sqlite3.Error, UnicodeDecodeError) as error:
                raise explain(self.path, error) from error
