"""People's corrections, read from the formats that reviewers use, into the sentence memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

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
    source_column, target_column = 0, 1
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}", "Save it as UTF-8 and check its permissions.") from error
    for number, line in enumerate(lines, start=1):
        cells = line.rstrip("\r").split("\t")
        if number == 1 and {"source", "target"} <= set(cells):
            source_column, target_column = cells.index("source"), cells.index("target")
            continue
        if line.strip() and len(cells) <= max(source_column, target_column):
            raise InputError(
                f"{path}, line {number}: no tab between source and target", "Give two columns, separated by a tab."
            )
        if line.strip() and cells[source_column].strip() and cells[target_column].strip():
            yield cells[source_column], cells[target_column]


def _bitext_pairs(path: Path, source_language: str, target_language: str) -> Iterator[tuple[str, str]]:
    from pipeline.corpus import read_bitexts

    for bitext in read_bitexts(path, source_language=source_language, target_language=target_language):
        for row in bitext.rows():
            if row.source.text.strip() and row.target.text.strip():
                yield row.source.text, row.target.text
