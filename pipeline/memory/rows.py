"""What the memory holds, and how it lies in SQLite's columns without losing a bit."""

from __future__ import annotations

import hashlib
import json
import math
import re
import unicodedata
from dataclasses import dataclass

from pipeline.text import Candidate, Note, Try

KEY_BYTES = 32
PLAIN = "plain"  # the step that nearly all rows have alone
_TYPOGRAPHY = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "\u2010": "-", "\u2011": "-", "\u00ad": "", "\u200b": ""})
_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Recalled:
    """What was tried of a sentence, and the notes on how it was made ready; the first try is always there."""

    tries: tuple[Try, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Remembered:
    """One sentence that was translated; `key` is the 32-byte digest of everything that decided its tries.

    `parts` says the same readably (model, engine, beam…), for statistics and pruning; `source` is for people.
    """

    key: bytes
    source: str
    tries: tuple[Try, ...]
    notes: tuple[Note, ...] = ()
    parts: str = ""

    def __post_init__(self) -> None:
        """Refuse a key that is no digest, and tries of which the first has not one candidate."""
        if len(self.key) != KEY_BYTES:
            raise ValueError(f"a memory key has {KEY_BYTES} bytes, not {len(self.key)}")
        if not self.tries or len(self.tries[0].candidates) != 1:
            raise ValueError("the first try of a sentence has one candidate")


@dataclass(frozen=True, slots=True)
class Correction:
    """A sentence translated by a person, for every model: by whom, from which file, when (Unix time), if known."""

    source_language: str
    target_language: str
    source: str
    target: str
    author: str = ""
    file: str = ""
    made: int = 0


@dataclass(frozen=True, slots=True)
class Leveraged:
    """An entry of a client's translation memory, and the file that it came from."""

    source_language: str
    target_language: str
    source: str
    target: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class MemoryStats:
    """What a memory holds; `leverage` counts a client's entries.

    `signatures` are the ways sentences were made with their numbers, the most used first.
    """

    path: str
    schema_version: int
    bytes: int
    sentences: int
    corrections: int
    leverage: int
    signatures: tuple[tuple[str, int], ...]


def pack(text: str) -> str | bytes:
    """A string as SQLite takes it; lone surrogates, which have no UTF-8, go as bytes."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def unpack(stored: str | bytes) -> str:
    """The string that was packed."""
    return stored.decode("utf-8", "surrogatepass") if isinstance(stored, bytes) else stored


def number(stored: float | None) -> float:
    """A stored number; SQLite keeps NaN as NULL."""
    return math.nan if stored is None else float(stored)


def pack_details(row: Remembered) -> str:
    """A row's tries and notes as JSON, without the first candidate's text and score; mostly there is nothing else."""
    first, *more = row.tries
    details = [
        first.step,
        _cells(row.notes),
        _cells(first.candidates[0].notes),
        [[one.step, [[made.text, made.score, _cells(made.notes)] for made in one.candidates]] for one in more],
    ]
    return "" if details == [PLAIN, [], [], []] else json.dumps(details, separators=(",", ":"))


def recalled(target: str | bytes, score: float | None, details: str) -> Recalled:
    """What a row's columns hold; raises ValueError, TypeError or IndexError where they are not as we write them."""
    step, notes, first, more = json.loads(details) if details else (PLAIN, [], [], [])
    tries = [Try(str(step), (Candidate(unpack(target), number(score), _notes(first)),))]
    for name, candidates in more:
        made = tuple(Candidate(str(text), float(one), _notes(cells)) for text, one, cells in candidates)
        tries.append(Try(str(name), made))
    return Recalled(tuple(tries), _notes(notes))


def row_digest(*columns: object) -> bytes:
    """Eight bytes by which a row that was damaged on the disk is told (BLAKE2b)."""
    return hashlib.blake2b(repr(columns).encode("ascii", "backslashreplace"), digest_size=8).digest()


def _cells(notes: tuple[Note, ...]) -> list[list[str]]:
    return [[note.name, note.detail] for note in notes]


def _notes(cells: list[list[str]]) -> tuple[Note, ...]:
    return tuple(Note(str(name), str(detail)) for name, detail in cells)


def normal_source(text: str) -> str:
    """A source text as corrections know it, so that typography hides none.

    NFC, white space of all kinds collapsed, one kind of apostrophe and of hyphen, without soft hyphens.
    """
    return " ".join(unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY).split())


def one_line(text: str) -> str:
    """A corrected target on one line; its other spaces, such as no-break ones, are the reviewer's."""
    return " ".join(filter(None, (part.strip(" ") for part in _BREAKS.split(text.strip()))))
