"""A memory as JSON Lines: to carry it to another machine, to look into it, to keep it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.errors import InputError, OutputError
from pipeline.files import appearing, require_file
from pipeline.memory.rows import KEY_BYTES, Correction, Leveraged, Remembered
from pipeline.text import Candidate, Note, Try

_NAMES = ("source_language", "target_language", "source", "target")


def write_rows(rows: Iterable[Remembered | Correction | Leveraged], path: Path) -> int:
    """Write rows, one JSON object a line, to a file that appears whole or not at all; gives their number."""
    written = 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with appearing(path) as stream:
            for row in rows:
                stream.write(json.dumps(_as_object(row)).encode("ascii") + b"\n")
                written += 1
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error}", "Check the folder and its free space.") from error
    return written


def _as_object(row: Remembered | Correction | Leveraged) -> dict[str, Any]:
    if isinstance(row, Correction):
        return {
            "correction": True,
            "source_language": row.source_language,
            "target_language": row.target_language,
            "source": row.source,
            "target": row.target,
            "author": row.author,
            "file": row.file,
            "made": row.made,
        }
    if isinstance(row, Leveraged):
        return {"leverage": True, **asdict(row)}
    return {
        "key": row.key.hex(),
        "source": row.source,
        "tries": [{"step": one.step, "candidates": [_candidate(made) for made in one.candidates]} for one in row.tries],
        "notes": _notes(row.notes),
        "parts": row.parts,
    }


def _candidate(made: Candidate) -> dict[str, Any]:
    return {"target": made.text, "score": made.score, "notes": _notes(made.notes)}


def _notes(notes: tuple[Note, ...]) -> list[list[str]]:
    return [[note.name, note.detail] for note in notes]


def read_rows(path: Path) -> Iterator[Remembered | Correction | Leveraged]:
    """The rows of an exported file; raises InputError with the line for what is no such row."""
    try:
        require_file(path)
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _row_of(line, path, number)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} cannot be read: {getattr(error, 'strerror', None) or error}",
            "Give a file that `visavis memory export` wrote.",
        ) from error


def _row_of(line: str, path: Path, number: int) -> Remembered | Correction | Leveraged:
    try:
        values = json.loads(line)
        if not isinstance(values, dict):
            raise ValueError("not an object")
        if "correction" in values:
            return _correction_of(values)
        if "leverage" in values:
            return _entry_of(values)
        key = bytes.fromhex(_text(values, "key"))
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
        tries = tuple(_try(one) for one in values["tries"])
        return Remembered(key, _text(values, "source"), tries, _noted(values), _text(values, "parts"))
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise InputError(
            f"{path}:{number}: not a row of a sentence memory: {error!r}",
            "Give a file that `visavis memory export` wrote; nothing of this one was taken in.",
        ) from error


def _correction_of(values: dict[str, Any]) -> Correction:
    texts = [_told(values, name) for name in _NAMES]
    author, file = (str(values.get(name) or "") for name in ("author", "file"))  # version 0.2.0 did not know them
    source_language, target_language, source, target = texts
    made = int(values.get("made") or 0)
    return Correction(source_language, target_language, source, target, author, file, made)


def _entry_of(values: dict[str, Any]) -> Leveraged:
    source_language, target_language, source, target = (_told(values, name) for name in _NAMES)
    return Leveraged(source_language, target_language, source, target, str(values.get("file") or ""))


def _told(values: dict[str, Any], name: str) -> str:
    text = _text(values, name)
    if not text.strip():
        raise ValueError(f"{name} is empty")
    return text


def _text(values: dict[str, Any], name: str) -> str:
    value = values[name]
    if not isinstance(value, str):
        raise ValueError(f"{name} is no text: {value!r}")
    return value


def _try(values: dict[str, Any]) -> Try:
    made = (Candidate(_text(one, "target"), float(one["score"]), _noted(one)) for one in values["candidates"])
    return Try(_text(values, "step"), tuple(made))


def _noted(values: dict[str, Any]) -> tuple[Note, ...]:
    return tuple(Note(str(name), str(detail)) for name, detail in values["notes"])
