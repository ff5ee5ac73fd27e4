"""Damaged, locked, foreign, newer, older, unwritable, full: said clearly on opening; a job goes on without it."""

import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import InputError, OutputError, VisavisError
from pipeline.memory import Memory, Remembered
from pipeline.text import Candidate, Try

LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA locking_mode = EXCLUSIVE") if sys.argv[2] == "all" else None
connection.execute("BEGIN IMMEDIATE")
connection.execute("DELETE FROM correction")
print("locked", flush=True)
sys.stdin.readline()
connection.execute("ROLLBACK")
"""


def key(name: object) -> bytes:
    return hashlib.sha256(str(name).encode()).digest()


def once(text: str, score: float = 0.0) -> tuple[Try, ...]:
    return (Try("plain", (Candidate(text, score),)),)


def rows(start: int, stop: int, text: str = "Hello.") -> list[Remembered]:
    return [Remembered(key(n), f"source {n}", once(text, -0.1), parts="parts") for n in range(start, stop)]


def two_lines(message: str) -> bool:
    return len(message.split("\n")) == 2 and all(message.split("\n"))


@pytest.fixture
def path(tmp_path) -> Path:
    path = tmp_path / "memory.sqlite"
    with Memory.open(path) as memory:
        memory.store(rows(0, 3000))
    return path


@pytest.mark.parametrize("content", [b"garbage " * 1000, b"x", b"SQLite format 3\x00" + b"\xff" * 5000])
@pytest.mark.parametrize("read_only", [False, True])
def test_garbage_is_not_a_memory_and_stays_as_it_is(tmp_path, content, read_only):
    path = tmp_path / "memory.sqlite"
    path.write_bytes(content)
    with pytest.raises(VisavisError) as caught:
        Memory.open(path, read_only=read_only)
    assert str(path) in caught.value.problem
    assert caught.value.remedy
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_memory(tmp_path):
    (tmp_path / "m.sqlite").touch()
    with Memory.open(tmp_path / "m.sqlite") as memory:
        assert memory.stats().sentences == 0


def test_another_programs_database_is_left_alone(tmp_path):
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(InputError, match="another program"):
            Memory.open(path, read_only=read_only)
    assert path.read_bytes() == before


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(OutputError):
        Memory.open(tmp_path)
    with pytest.raises(InputError, match="no sentence memory"):
        Memory.open(tmp_path / "absent.sqlite", read_only=True)
    assert not (tmp_path / "absent.sqlite").exists()
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        Memory.open(tmp_path / "file" / "m.sqlite")


def test_a_newer_schema_is_refused(path):
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 9")
    connection.close()
    for read_only in (False, True):
        with pytest.raises(InputError, match="schema version 9, and this version knows up to 6"):
            Memory.open(path, read_only=read_only)


def version_1(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(
        "PRAGMA application_id = 0x56495356; PRAGMA user_version = 1;"
        "CREATE TABLE sentence"
        " (key BLOB NOT NULL PRIMARY KEY, source, target, score, confidence, flags TEXT, parts TEXT);"
    )
    flags = '[["cut", "warning", "é"]]'
    connection.executemany(
        "INSERT INTO sentence VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(key(n), f"source {n}", f"target {n}", -n / 3, 0.5, flags if n else "", f"model:{n % 2}") for n in range(10)],
    )
    connection.commit()
    connection.close()


def test_an_older_schema_is_brought_up_to_date_without_the_verdicts_it_kept(tmp_path):
    path = tmp_path / "old.sqlite"
    version_1(path)
    with pytest.raises(InputError, match="older schema version 1"):
        Memory.open(path, read_only=True)
    with Memory.open(path) as memory:
        assert memory.look_up([key(n) for n in range(10)]) == {}
        assert memory.stats().signatures == ()
        assert memory.correct("fr", "en", [("a", "b")]) == 1
    with Memory.open(path, read_only=True) as memory:
        assert memory.stats().schema_version == 6


def test_a_migration_that_fails_leaves_the_older_file_whole(tmp_path):
    path = tmp_path / "old.sqlite"
    version_1(path)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE correction (in_the_way)")
    connection.commit()
    connection.close()
    with pytest.raises(OutputError):
        Memory.open(path)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert connection.execute("SELECT count(*) FROM sentence").fetchone() == (10,)
    connection.close()


def test_damage_found_while_running_becomes_a_fault_and_the_job_goes_on(path):
    size = path.stat().st_size
    with path.open("r+b") as file:  # opening looks at the first pages, which hold the schema
        file.seek(size // 2)
        file.write(b"\xa5" * (size - size // 2))
    with Memory.open(path) as memory:
        assert memory.look_up([key(n) for n in range(3000)]) == {}
        assert memory.fault is not None
        assert two_lines(memory.fault)
        assert "damaged" in memory.fault
        memory.store(rows(5000, 5001))
        assert memory.look_up([key(1)]) == {}
        assert memory.human("fr", "en", ["a"]) == {}
        with pytest.raises(InputError):
            memory.export(path.with_suffix(".jsonl"))


@pytest.fixture
def locker(path):
    started = []

    def lock(how: str) -> subprocess.Popen:
        child = subprocess.Popen(
            [sys.executable, "-c", LOCK, str(path), how], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        started.append(child)
        assert child.stdout.readline() == "locked\n"
        return child

    yield lock
    for child in started:
        if child.poll() is None:
            child.communicate("\n")


def test_a_write_lock_that_does_not_end_is_a_fault_but_reading_goes_on_elsewhere(path, locker):
    locker("writing")
    with Memory.open(path, wait=0.2) as memory:
        assert len(memory.look_up([key(1)])) == 1
        memory.store(rows(5000, 5010))
        assert memory.fault is not None
        assert "locked by another process" in memory.fault
        assert two_lines(memory.fault)
    with Memory.open(path, wait=0.2) as memory, pytest.raises(OutputError, match="locked"):
        memory.correct("fr", "en", [("a", "b")])


def test_a_file_held_by_another_process_cannot_be_opened(path, locker):
    child = locker("all")
    for read_only in (False, True):
        with pytest.raises(OutputError, match="locked by another process"):
            Memory.open(path, read_only=read_only, wait=0.2)
    child.communicate("\n")
    with Memory.open(path) as memory:
        assert memory.stats().sentences == 3000


UNPRIVILEGED = """
import ctypes, os, sys
from pipeline.errors import OutputError
from pipeline.memory import Memory
os.chdir(sys.argv[1])
if os.geteuid() == 0:  # root may write everywhere, but not without its capabilities (capabilities(7), version 3)
    header, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None).capset(header, none) == 0
for name in ("memory.sqlite", "new.sqlite"):
    try:
        Memory.open(name)
        print("opened", name)
    except OutputError as error:
        print("refused", name, bool(error.remedy))
with Memory.open("memory.sqlite", read_only=True) as memory:
    print(memory.stats().sentences, memory.fault)
"""


def test_a_read_only_file_in_a_read_only_folder_can_be_read_only(path):
    path.chmod(0o444)
    path.parent.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-c", UNPRIVILEGED, str(path.parent)], capture_output=True, text=True, check=False
    )
    path.parent.chmod(0o755)
    assert done.stdout.splitlines() == ["refused memory.sqlite True", "refused new.sqlite True", "3000 None"], (
        done.stderr
    )


FULL = """
import hashlib, resource, sys
from pipeline.errors import OutputError
from pipeline.memory import Memory, Remembered
from pipeline.text import Candidate, Try
def once(text: str, score: float = 0.0) -> tuple[Try, ...]:
    return (Try("plain", (Candidate(text, score),)),)


def rows(start, stop):
    keys = [hashlib.sha256(str(n).encode()).digest() for n in range(start, stop)]
    return [Remembered(key, "s", (Try("plain", (Candidate("x" * 2000, 0.0),)),), parts="p") for key in keys]
memory = Memory.open(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
for start in range(0, 1000, 20):
    memory.store(rows(start, start + 20))
print(memory.fault)
print(memory.look_up([rows(0, 1)[0].key]))
try:
    memory.correct("fr", "en", [("a" * 500_000, "b")])
except OutputError as error:
    print("refused")
"""


def test_a_full_disk_is_a_fault_and_keeps_whole_transactions(tmp_path):
    path = tmp_path / "m.sqlite"
    done = subprocess.run([sys.executable, "-c", FULL, str(path)], capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    assert "cannot be written" in lines[0], done.stderr
    assert "what was stored before is kept" in lines[1]
    assert lines[2:] == ["{}", "refused"]
    with Memory.open(path) as memory:
        kept = memory.stats().sentences
        assert 0 < kept < 1000
        assert kept % 20 == 0
        memory.store(rows(5000, 5001))
        assert memory.fault is None


def test_a_full_file_is_a_fault(path):
    with Memory.open(path) as memory:
        pages = memory._connection.execute("PRAGMA page_count").fetchone()[0]
        memory._connection.execute(f"PRAGMA max_page_count = {pages}")
        memory.store(rows(5000, 9000))
        assert memory.fault is not None
        assert "full" in memory.fault
    with Memory.open(path) as memory:
        assert memory.stats().sentences == 3000


def test_a_closed_memory_finds_nothing(path):
    memory = Memory.open(path)
    memory.close()
    memory.close()
    assert memory.look_up([key(1)]) == {}
    assert memory.fault is not None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a POSIX system")
def test_odd_names_are_only_names(tmp_path):
    for name in ("a b?mode=ro#x.sqlite", "é%41.sqlite", ":memory:"):
        with Memory.open(tmp_path / name) as memory:
            memory.store(rows(0, 1))
            assert memory.fault is None
        assert (tmp_path / name).stat().st_size > 0
