"""A memory whose file goes away, or becomes another, while it is used: told, and nothing is believed of it."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

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
