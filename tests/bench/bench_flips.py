"""Three thousand bits that flip, in a memory and in staged documents: what is wrong must be seen, what is lost told.

    python tests/bench/bench_flips.py [FLIPS]

Each flip is of one bit of a fresh copy. Of a memory all sentences and corrections are then asked for, of a staged
document header and content. Counts what came back right, what was seen to be damaged (a row, a file), what was missed
without a word (the job makes it anew, and is right), and what came back wrong. The exit code is 1 if anything did.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import VisavisError
from pipeline.job.staging import Damaged, Header, Staging
from pipeline.memory import Memory, Remembered
from pipeline.text import Bead, Bitext, Block, Candidate, Document, Sentence, Span, Translation, Try

ROWS, CORRECTIONS = 400, 100


def key(number: int) -> bytes:
    """The key of a row."""
    return hashlib.sha256(str(number).encode()).digest()


def told(number: int) -> str:
    """A sentence of some length."""
    return f"La phrase {number} dit {hashlib.sha256(str(number).encode()).hexdigest()}."


def make_memory(path: Path) -> None:
    """A memory of sentences and corrections, all of it in one file."""
    rows = [
        Remembered(key(n), told(n), (Try("plain", (Candidate(f"It says {n}.", -0.5),)),), parts=f"model {n % 3}")
        for n in range(ROWS)
    ]
    with Memory.open(path) as memory:
        memory.store(rows)
        memory.correct("fr", "en", [(told(n), f"Corrected {n}.") for n in range(CORRECTIONS)])
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def ask(path: Path) -> tuple[dict[str, object], bool]:
    """All that a memory answers, and whether it said that something is damaged."""
    answers: dict[str, object] = {}
    try:
        with Memory.open(path) as memory:
            found = memory.look_up([key(n) for n in range(ROWS)])
            answers |= {f"s{n}": found[key(n)] for n in range(ROWS) if key(n) in found}
            people = memory.human("fr", "en", [told(n) for n in range(CORRECTIONS)])
            answers |= {f"c{n}": people[told(n)].text for n in range(CORRECTIONS) if told(n) in people}
            return answers, bool(memory.damaged or memory.check())
    except VisavisError:
        return answers, True


def flipped(raw: bytes, draw: random.Random) -> bytes:
    """The same bytes with one bit another."""
    changed = bytearray(raw)
    changed[draw.randrange(len(raw))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def flip_memory(folder: Path, flips: int, draw: random.Random) -> Counter[str]:
    """Flip bits of a memory."""
    make_memory(folder / "memory.sqlite")
    raw, right = (folder / "memory.sqlite").read_bytes(), ask(folder / "memory.sqlite")[0]
    path, counts = folder / "flipped.sqlite", Counter[str]()
    for _ in range(flips):
        for left in folder.glob("flipped.sqlite*"):
            left.unlink()
        path.write_bytes(flipped(raw, draw))
        answers, seen = ask(path)
        wrong = [name for name, answer in answers.items() if answer != right[name]]
        lost = right.keys() - answers.keys()
        counts["wrong" if wrong else "seen" if seen else "missed without a word" if lost else "right"] += 1
    return counts


def make_bitext() -> Bitext:
    """A document of a hundred sentences."""
    texts = [[told(n) for n in range(100)], [f"It says {n}." for n in range(100)]]
    sides = []
    for id, lines in zip(("d-a", "d-a-en"), texts, strict=True):
        text, blocks, sentences = "\n\n".join(lines), [], []
        for n, line in enumerate(lines):
            start = text.index(line)
            span = Span(start, start + len(line))
            blocks.append(Block(f"{id}.b{n}", "paragraph", line, span))
            sentences.append(Sentence(f"{id}.b{n}.s1", f"{id}.b{n}", span, line))
        sides.append((Document(id, f"{id}.txt", "fr", text, tuple(blocks)), tuple(sentences)))
    beads = tuple(Bead((n,), (n,), 0.9) for n in range(100))
    made = tuple(Translation(line, -0.5, 0.8) for line in texts[1])
    return Bitext(sides[0][0], sides[1][0], sides[0][1], sides[1][1], beads, made)


def flip_staged(folder: Path, flips: int, draw: random.Random) -> Counter[str]:
    """Flip bits of a staged document."""
    stage = Staging(folder)
    stage.folder.mkdir(parents=True)
    stored = Header("key", {"input": "x"}, counts={"sentences": 100, "flagged": 0})
    stage.store("d-a", make_bitext(), stored)
    header, bitext = stage.header("d-a"), stage.load("d-a")
    path, counts = stage.folder / "d-a.zip", Counter[str]()
    raw = path.read_bytes()
    for _ in range(flips):
        path.write_bytes(flipped(raw, draw))
        found = stage.header("d-a")
        try:
            loaded: Bitext | None = stage.load("d-a")
        except Damaged:
            loaded = None
        wrong = found not in (None, header) or loaded not in (None, bitext)
        counts["wrong" if wrong else "seen" if found is None or loaded is None else "right"] += 1
    return counts


def main(flips: int) -> int:
    """Flip, ask, count."""
    kinds: dict[str, Callable[[Path, int, random.Random], Counter[str]]] = {
        "memory": flip_memory,
        "staged document": flip_staged,
    }
    wrong = 0
    for name, flip in kinds.items():
        with tempfile.TemporaryDirectory() as folder:
            counts = flip(Path(folder), flips // 2, random.Random(7))
        print(f"{name}: {', '.join(f'{number} {what}' for what, number in sorted(counts.items()))}")
        wrong += counts["wrong"]
    print(f"{wrong} wrong (0 is right)")
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000))
