"""A memory whose file goes away, or becomes another, while it is used: told, and nothing is believed of it."""

from __future__ import annotations

import hashlib
import importlib.util
import random
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from pipeline.memory import Memory, Remembered
from pipeline.text import Candidate, Try


def _row(number: int) -> Remembered:
    key = hashlib.sha256(str(number).encode()).digest()
    return Remembered(key, f"source {number}", (Try("plain", (Candidate("Hello.", 0.0),)),), parts="parts")


@pytest.mark.parametrize("how", ["deleted", "replaced"])
@pytest.mark.parametrize("read_only", [False, True])
def test_it_is_told_once_and_nothing_more_is_found(tmp_path: Path, how: str, read_only: bool) -> None:
    path = tmp_path / "memory.sqlite"
    with Memory.open(path) as memory:
        memory.store([_row(1)])
    shutil.copy(path, tmp_path / "other.sqlite")
    with Memory.open(path, read_only=read_only) as memory:
        assert memory.check() is None
        assert memory.look_up([_row(1).key])
        (tmp_path / "other.sqlite").replace(path) if how == "replaced" else path.unlink()
        memory.store([_row(2)])
        assert memory.look_up([_row(1).key]) == {}
        fault = memory.check() or ""
    assert "was deleted or replaced by another file while it was used" in fault
    assert len(fault.splitlines()) == 2


def test_a_memory_that_people_tidy_meanwhile_is_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    with Memory.open(path) as memory:
        memory.store([_row(1), _row(2)])
        with Memory.open(path) as other:
            other.prune(parts="parts")
        memory.store([_row(3)])
        assert memory.look_up([_row(3).key])
        assert memory.check() is None


def _flips() -> Any:
    path = Path(__file__).parents[1] / "bench" / "bench_flips.py"
    spec = importlib.util.spec_from_file_location("bench_flips", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_bit_that_flips_gives_another_translation_or_is_missed_without_a_word(tmp_path: Path) -> None:
    counts = _flips().flip_memory(tmp_path, 150, random.Random(3))
    assert set(counts) == {"right", "seen"}
    counts = _flips().flip_staged(tmp_path, 150, random.Random(3))
    assert set(counts) <= {"seen", "right"}


def test_a_damaged_correction_counts_not_and_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    with Memory.open(path) as memory:
        memory.correct("fr", "en", [("Il pleut.", "It rains."), ("Il neige.", "It snows.")])
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE correction SET target = 'It rairs.' WHERE target = 'It rains.'")
    with Memory.open(path) as memory:
        found = memory.human("fr", "en", ["Il pleut.", "Il neige."])
        assert (list(found), memory.damaged) == (["Il neige."], 1)
