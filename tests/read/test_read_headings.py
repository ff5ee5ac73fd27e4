"""Chapters of twelve books, laid out as publishers do: nearly all are found, nearly nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from bench_headings import found_in
from laid_out_books import books

from pipeline.read.headings import heading_level


def test_chapters_of_twelve_books() -> None:
    every = [found_in(book) for book in books()]
    found, false = sum(one.found for one in every), sum(len(one.false) for one in every)
    assert found >= 0.95 * sum(one.chapters for one in every)
    assert false <= 0.01 * (found + false)


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("“Me, Brown,” he said", ""), ("« Moi », dit-il", ""), ("“And then", ""), ("« La Marseillaise »", "2"),
        ("“The Dark Tower”", "2"), ("‘Yes,’ said Ann", ""), ("L'« Été »", "2"),
    ],
)  # fmt: skip
def test_what_someone_says_is_no_heading(line: str, level: str) -> None:
    assert heading_level(line) == level
