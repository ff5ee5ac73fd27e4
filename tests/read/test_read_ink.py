"""Nothing is lost, nothing doubled: each word of a file is in one sentence, or in a flag that quotes it."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory):
    sys.path.insert(0, str(BENCH))
    try:
        return importlib.import_module("bench_ink")
    finally:
        sys.path.remove(str(BENCH))


def test_each_word_of_each_format_is_read_once_or_quoted(bench, tmp_path: Path) -> None:
    counts = {}
    for kind, path, ink in bench.written(tmp_path):
        bench.measure(path, ink, counts.setdefault(kind, bench.Count()))
    assert sum(one.files for one in counts.values()) >= 60
    assert [word for one in counts.values() for word in (*one.lost, *one.doubled)] == []
