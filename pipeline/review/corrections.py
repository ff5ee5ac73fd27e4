"""People's corrections, read from the formats that reviewers use, into the sentence memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.corpus.tsv import cells_of
from pipeline.errors import InputError
from pipeline.memory import Memory


def import_corrections(memory: Memory, path: Path, source_language: str, target_language: str) -> int:
    """Store every pair of a TSV (`source<TAB>target`, or our corpus.tsv reviewed) or TMX file; gives their number."""
    pairs = list(
        _tsv_pairs(path) if path.suffix.lower() == ".tsv" else _bitext_pairs(path, source_language, target_language)
    )
    if not pairs:
        raise InputError(
            f"{path} holds no pair of sentences", "Give source and target, separated by a tab, one pair a line."
        )
    return memory.correct(source_language, target_language, pairs)


def _tsv_pairs(path: Path) -> Iterator[tuple[str, str]]:
    for _, cells in cells_of(path):
        if cells["source"].strip() and cells["target"].strip():
            yield cells["source"], cells["target"]


def _bitext_pairs(path: Path, source_language: str, target_language: str) -> Iterator[tuple[str, str]]:
    from pipeline.corpus import read_bitexts

    for bitext in read_bitexts(path, source_language=source_language, target_language=target_language):
        for row in bitext.rows():
            if row.source.text.strip() and row.target.text.strip():
                yield row.source.text, row.target.text
