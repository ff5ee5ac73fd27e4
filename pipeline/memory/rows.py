"""What the memory holds, and how it lies in SQLite's columns without losing a bit."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from dataclasses import dataclass

from pipeline.text import Flag, Origin, Translation

KEY_BYTES = 32
_TARGET_BREAKS = re.compile(r"[ \t]*[\t\n\v\f\r\x85\u2028\u2029]+[ \t]*")


@dataclass(frozen=True, slots=True)
class Remembered:
    """One translated sentence; `key` is the 32-byte digest of everything that decided it.

    `parts` says the same readably (model, engine, beam…), for statistics and pruning; `source` is for people.
    """

    key: bytes
    translation: Translation
    source: str
    parts: str = ""

    def __post_init__(self) -> None:
        """Refuse a key that is no digest."""
        if len(self.key) != KEY_BYTES:
            raise ValueError(f"a memory key has {KEY_BYTES} bytes, not {len(self.key)}")


@dataclass(frozen=True, slots=True)
class Correction:
    """A sentence translated by a person, for every model."""

    source_language: str
    target_language: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class MemoryStats:
    """What a memory holds; `signatures` are the ways sentences were made with their numbers, the most used first."""

    path: str
    schema_version: int
    bytes: int
    sentences: int
    corrections: int
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


def pack_flags(flags: tuple[Flag, ...]) -> str:
    """Flags as compact JSON; the empty string for none, which is the rule."""
    return json.dumps([[flag.name, flag.severity, flag.detail] for flag in flags]) if flags else ""


def unpack_flags(stored: str) -> tuple[Flag, ...]:
    """The flags that were packed."""
    return tuple(Flag(name, severity, detail) for name, severity, detail in json.loads(stored)) if stored else ()


def translation_of(
    target: str | bytes, score: float | None, confidence: float | None, flags: str, *, origin: Origin = "memory"
) -> Translation:
    """The translation that a row's columns hold."""
    return Translation(unpack(target), number(score), number(confidence), origin, unpack_flags(flags))


def normal_source(text: str) -> str:
    """A source text as corrections know it: NFC, white space collapsed, so that line breaks do not hide one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def one_line(text: str) -> str:
    """A corrected target on one line; its other spaces, such as no-break ones, are the reviewer's."""
    return _TARGET_BREAKS.sub(" ", text).strip()
