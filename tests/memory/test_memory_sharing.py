"""Several processes and threads share one file; a killed one leaves whole transactions."""

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from pipeline.memory import Memory, Remembered
from pipeline.text import Candidate, Try

WRITER = """
import hashlib, os, sys
from pipeline.memory import Memory, Remembered
from pipeline.text import Candidate, Try
path, who, stop = sys.argv[1], sys.argv[2], int(sys.argv[3])
def once(text):
    return (Try("plain", (Candidate(text, 0.0),)),)
print("ready", flush=True)
sys.stdin.readline()
with Memory.open(path) as memory:
    for start in range(0, 1000, 10):
        if start == stop:
            memory._connection.execute("BEGIN IMMEDIATE")
            memory._connection.execute("DELETE FROM sentence")
            os.kill(os.getpid(), 9)
        memory.store(
            Remembered(hashlib.sha256(str(n).encode()).digest(), who, once(f"text {n}"), parts=who)
            for n in range(start, start + 10)
        )
    print(memory.fault)
"""


def once(text: str) -> tuple[Try, ...]:
    return (Try("plain", (Candidate(text, 0.0),)),)


def _start(path, who: str, stop: int = -1) -> subprocess.Popen:
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), who, str(stop)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout.readline() == "ready\n"
    return child


def _keys(stop: int) -> list[bytes]:
    return [hashlib.sha256(str(n).encode()).digest() for n in range(stop)]


def test_processes_make_and_fill_one_file_at_once(tmp_path):
    path = tmp_path / "m.sqlite"
    children = [_start(path, who) for who in "abc"]
    for child in children:
        child.stdin.write("\n")
        child.stdin.flush()
    assert [child.communicate()[0].strip() for child in children] == ["None"] * 3
    with Memory.open(path) as memory:
        found = memory.look_up(_keys(1000))
        assert [found[key].tries[0].candidates[0].text for key in _keys(1000)] == [f"text {n}" for n in range(1000)]
        assert memory.stats().sentences == 1000


def test_a_killed_process_leaves_whole_transactions(tmp_path):
    path = tmp_path / "m.sqlite"
    child = _start(path, "killed", stop=500)
    child.communicate("\n")
    assert child.returncode == -9
    with Memory.open(path) as memory:
        assert memory.stats().sentences == 500
        assert set(memory.look_up(_keys(1000))) == set(_keys(500))


def test_threads_share_one_memory(tmp_path):
    with Memory.open(tmp_path / "m.sqlite") as memory, ThreadPoolExecutor(4) as pool:

        def work(worker: int) -> int:
            for n in range(worker, 200, 4):
                memory.store([Remembered(_keys(n + 1)[n], "", once(f"text {n}"))])
                memory.look_up(_keys(50))
            return worker

        assert sorted(pool.map(work, range(4))) == [0, 1, 2, 3]
        assert memory.fault is None
        assert len(memory.look_up(_keys(200))) == 200


def test_two_memories_see_each_others_rows_and_corrections(tmp_path):
    with Memory.open(tmp_path / "m.sqlite") as one, Memory.open(tmp_path / "m.sqlite") as other:
        one.store([Remembered(_keys(1)[0], "", once("text"))])
        assert len(other.look_up(_keys(1))) == 1
        other.correct("fr", "en", [("a", "b")])
        assert one.human("fr", "en", ["a"])["a"].text == "b"
