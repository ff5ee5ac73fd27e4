"""How fast the sentence memory answers when it is large, and how little the checks and a glossary cost.

    python tests/bench/bench_memory.py                    # one million rows, about a minute
    python tests/bench/bench_memory.py --rows 10000000    # ten million: 7 GB of disk, some minutes

The peer of the same run is a plain SQLite table with text keys and one query a key, on the same rows.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.check import judge_for
from pipeline.glossary import Glossary, Term
from pipeline.memory import Memory, Remembered
from pipeline.text import Translation

LOOK_UPS = 1000
BATCH = 10_000
MANY = 2_000_000  # above it keys come in order: filling a file is not what is measured, and takes hours otherwise
SOURCE = "Le président a déclaré lundi que la réforme n° {} serait présentée au Parlement avant la fin de l'année 2018."
TARGET = "The president said on Monday that reform no. {} would be presented to Parliament before the end of 2018."


def key_of(number: int, ordered: bool) -> bytes:
    digest = hashlib.sha256(str(number).encode()).digest()
    return number.to_bytes(4, "big") + digest[4:] if ordered else digest


def rows(start: int, stop: int, ordered: bool) -> Iterator[Remembered]:
    for number in range(start, stop):
        made = Translation(TARGET.format(number), -0.25, 0.8)
        yield Remembered(key_of(number, ordered), made, SOURCE.format(number), "model:bench|beam:4")


def seconds(act: Callable[[], object], times: int = 7, clock: Callable[[], float] = time.perf_counter) -> float:
    """The median of several runs."""
    taken = []
    for _ in range(times):
        start = clock()
        act()
        taken.append(clock() - start)
    return statistics.median(taken)


def fill(folder: Path, count: int) -> None:
    """The same rows in our memory and in the peer's table."""
    ordered = count > MANY
    start = time.perf_counter()
    with Memory.open(folder / "memory.sqlite") as memory:
        for first in range(0, count, BATCH):
            memory.store(rows(first, min(first + BATCH, count), ordered))
        assert memory.fault is None
    ours = time.perf_counter() - start
    start = time.perf_counter()
    plain = sqlite3.connect(folder / "plain.sqlite")
    plain.execute("CREATE TABLE plain (key TEXT PRIMARY KEY, source TEXT, target TEXT)")
    for first in range(0, count, BATCH):
        with plain:
            plain.executemany(
                "INSERT INTO plain VALUES (?, ?, ?)",
                (
                    (one.key.hex(), one.source, one.translation.text)
                    for one in rows(first, min(first + BATCH, count), ordered)
                ),
            )
    plain.close()
    theirs = time.perf_counter() - start
    print(f"stored {count:,} rows in {ours:.1f} s ({count / ours:,.0f} a second), plain table {theirs:.1f} s")
    print(f"ratio storing, plain : ours      {theirs / ours:.2f}")


def look_up(folder: Path, count: int) -> None:
    """1,000 look-ups of rows spread over the file, as a job asks for them, and of absent ones."""
    chosen = random.Random(4).sample(range(count), min(LOOK_UPS, count))
    present = [key_of(number, count > MANY) for number in chosen]
    absent = [key_of(count + number, count > MANY) for number in chosen]
    plain = sqlite3.connect(folder / "plain.sqlite")
    ask = "SELECT target FROM plain WHERE key = ?"
    with Memory.open(folder / "memory.sqlite", read_only=True) as memory:
        start = time.perf_counter()
        assert len(memory.look_up(present)) == len(present)
        first = time.perf_counter() - start
        again = seconds(lambda: memory.look_up(present))
        missing = seconds(lambda: memory.look_up(absent))
        assert memory.fault is None
    theirs = seconds(lambda: [plain.execute(ask, (key.hex(),)).fetchone() for key in present])
    plain.close()
    shown = f"first {1000 * first:.1f} ms, again {1000 * again:.1f} ms, absent {1000 * missing:.1f} ms"
    print(f"{len(present)} look-ups: {shown}")
    print(f"ratio looking up, plain : ours   {theirs / again:.2f}")
    print(f"ratio 1 s : first 1,000 look-ups {1 / first:.0f}  (asked: 1 or more)")
    print(f"file: {(folder / 'memory.sqlite').stat().st_size / count:.0f} bytes a row")


def judge() -> None:
    """What every new sentence passes: all checks, and a glossary of 5,000 terms."""
    pairs = [(SOURCE.format(number), TARGET.format(number)) for number in range(2000)]
    check = judge_for("fr", "en")
    glossary = Glossary(Term(f"mot{number} composé", f"word {number}") for number in range(5000))
    checked = seconds(lambda: [check(*pair) for pair in pairs], 3, time.process_time) / len(pairs)
    digested = seconds(lambda: [glossary.digest(source) for source, _ in pairs], 3, time.process_time) / len(pairs)
    print(f"checks {1e6 * checked:.0f} µs of CPU a sentence, glossary of 5,000 terms {1e6 * digested:.0f} µs")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where to make the files; a temporary folder otherwise")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        fill(Path(name), options.rows)
        look_up(Path(name), options.rows)
    judge()


if __name__ == "__main__":
    main()
