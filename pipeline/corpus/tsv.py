"""`corpus.tsv`: a row a bead, for spreadsheets, shell tools and eyes.

A cell that begins with a quotation mark is quoted as CSV is (RFC 4180), since pandas and csv take it for that.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast, get_args

from pipeline.corpus.grouping import lines_of, side, unreadable
from pipeline.corpus.writer import OneFile, number
from pipeline.text import Bitext, Carries, Flag, Origin, Row

COLUMNS = ("id", "source", "target", "score", "origin", "flags", "document", "kind", "confidence")


def _lines(bitext: Bitext, rows: Iterator[Row]) -> Iterator[str]:
    kinds = {block.id: block.kind for block in (*bitext.target.blocks, *bitext.source.blocks)}
    blocks = {one.id: one.block for one in (*bitext.target_sentences, *bitext.source_sentences)}
    for row in rows:
        flags = " ".join(flag.name for flag in row.flags)
        kind = kinds.get(blocks.get(row.id, ""), "paragraph")
        confidence = "" if row.confidence is None else number(row.confidence)
        cells = (row.id, row.source.text, row.target.text, number(row.score), row.origin, flags, row.document, kind)
        yield "\t".join(quoted(cell) for cell in (*cells, confidence)) + "\n"


def quoted(cell: str) -> str:
    """A cell that no reader of CSV takes for anything but its text."""
    return f'"{cell.replace(QUOTE, QUOTE * 2)}"' if cell.startswith(QUOTE) else cell


def unquoted(cell: str) -> str:
    """The text of a cell; one that is not quoted in good order stays as it is."""
    inner = cell[1:-1].replace(QUOTE * 2, "")
    return (
        cell[1:-1].replace(QUOTE * 2, QUOTE)
        if len(cell) > 1 and cell[0] == cell[-1] == QUOTE and QUOTE not in inner
        else cell
    )


TSV = OneFile(
    Carries(
        blocks=False,
        sentences=False,
        flags="names",
        layers=False,
        spaces=False,
        characters="utf-8",
    ),
    "tsv",
    lambda _source, _target: "\t".join(COLUMNS) + "\n",
    _lines,
)

QUOTE = '"'
_ORIGINS = get_args(Origin)


def read_tsv(path: Path, _: object = None) -> Iterator[Row]:
    """Rows of a table with a header that names `source` and `target`, or of one with these as its two columns."""
    for count, cells in cells_of(path):
        yield _tsv_row(cells, path, count)


def cells_of(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The cells of each row by their columns, with the row's line; raises InputError where source or target is absent.

    Without a header the first two columns are source and target, and quotation marks are part of the text.
    """
    columns, headed = {"source": 0, "target": 1}, False
    for count, line in enumerate(lines_of(path), start=1):
        cells = line.split("\t")
        if count == 1 and {"source", "target"} <= set(cells):
            columns, headed = {name: i for i, name in enumerate(cells)}, True
            continue
        if not line.strip():
            continue
        needed = max(columns["source"], columns["target"]) + 1
        if len(cells) < needed:
            raise unreadable(
                path,
                f"line {count}",
                f"{len(cells)} {'column' if len(cells) == 1 else 'columns'}, and {needed} are needed",
                "Separate source and target by a tab, one pair a line.",
            )
        shown = [unquoted(cell) for cell in cells] if headed else cells
        yield count, {name: shown[i] for name, i in columns.items() if i < len(shown)}


def _tsv_row(cells: Mapping[str, str], path: Path, count: int) -> Row:
    origin = cells.get("origin") or "human"
    score, confidence = (_number(cells.get(name, "")) for name in ("score", "confidence"))
    if origin not in _ORIGINS or not all(math.isfinite(one) for one in (score, confidence) if one is not None):
        told = ", ".join(f"{name} {cells[name]!r}" for name in ("score", "confidence", "origin") if name in cells)
        problem = f"one of these is unknown: {told}"
        raise unreadable(path, f"line {count}", problem, f"Origins are: {', '.join(_ORIGINS)}.")
    return Row(
        id=cells.get("id", ""),
        document=cells.get("document", ""),
        block="",
        kind="paragraph",
        source=side(cells["source"]),
        target=side(cells["target"]),
        score=1.0 if score is None else score,
        confidence=confidence,
        origin=cast(Origin, origin),
        flags=tuple(Flag(name) for name in cells.get("flags", "").split()),
    )


def _number(cell: str) -> float | None:
    """A number, None where there is none, NaN where it is no number."""
    try:
        return float(cell) if cell.strip() else None
    except ValueError:
        return math.nan
