"""`corpus.tsv`: a row a bead, for spreadsheets, shell tools and eyes."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.types import Bitext, Carries, Row
from pipeline.write.writer import OneFile, number

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
        spaces=False,
        characters="utf-8",
    ),
    "tsv",
    lambda _source, _target: "\t".join(COLUMNS) + "\n",
    _lines,
)
