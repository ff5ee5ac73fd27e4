"""`corpus.tsv`: a row a bead, for spreadsheets, shell tools and eyes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast, get_args

from pipeline.corpus.grouping import lines_of, side, unreadable
from pipeline.corpus.writer import OneFile, number
from pipeline.text import Bitext, Carries, Flag, Origin, Row

COLUMNS = ("id", "source", "target", "score", "origin", "flags")


def _lines(_: Bitext, rows: Iterator[Row]) -> Iterator[str]:
    for row in rows:
        flags = " ".join(flag.name for flag in row.flags)
        yield "\t".join((row.id, row.source.text, row.target.text, number(row.score), row.origin, flags)) + "\n"


TSV = OneFile(
    Carries(
        documents=False,
        blocks=False,
        sentences=False,
        confidence=False,
        flags="names",
        layers=False,
        spaces=False,
        characters="utf-8",
    ),
    "tsv",
    lambda _source, _target: "\t".join(COLUMNS) + "\n",
    _lines,
)

_ORIGINS = get_args(Origin)


def read_tsv(path: Path, _: object = None) -> Iterator[Row]:
    """Rows of a table with a header that names `source` and `target`, or of one with these as its two columns."""
    columns = {"source": 0, "target": 1}
    for count, line in enumerate(lines_of(path), start=1):
        cells = line.split("\t")
        if count == 1 and {"source", "target"} <= set(cells):
            columns = {name: i for i, name in enumerate(cells)}
            continue
        if not line.strip():
            continue
        if len(cells) <= max(columns["source"], columns["target"]):
            raise unreadable(
                path,
                f"line {count}",
                f"{len(cells)} columns, and {max(columns['source'], columns['target']) + 1} are needed",
                "Separate source and target by a tab, one pair a line.",
            )
        yield _tsv_row({name: cells[i] for name, i in columns.items() if i < len(cells)}, path, count)


def _tsv_row(cells: Mapping[str, str], path: Path, count: int) -> Row:
    origin = cells.get("origin") or "human"
    try:
        score = float(cells.get("score") or 1.0)
    except ValueError:
        score = math.nan
    if origin not in _ORIGINS or not math.isfinite(score):
        problem = f"score {cells.get('score')!r} or origin {origin!r} is unknown"
        raise unreadable(path, f"line {count}", problem, f"Origins are: {', '.join(_ORIGINS)}.")
    return Row(
        id=cells.get("id", ""),
        document="",
        block="",
        kind="paragraph",
        source=side(cells["source"]),
        target=side(cells["target"]),
        score=score,
        origin=cast(Origin, origin),
        flags=tuple(Flag(name) for name in cells.get("flags", "").split()),
    )
