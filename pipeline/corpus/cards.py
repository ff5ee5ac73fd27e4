"""`corpus.cards.tsv`: a card a pair, for teachers and learners: the pair, what stands around it, and its chapter."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.corpus.tsv import quoted
from pipeline.corpus.writer import OneFile
from pipeline.text import ASIDE, Bitext, Carries, Row

COLUMNS = ("source", "target", "before", "after", "chapter")


def _cards(bitext: Bitext, each: Iterator[Row]) -> Iterator[str]:
    rows = tuple(each)
    chapters = {block.id for block in bitext.source.blocks if block.kind == "heading" or "chapter" in dict(block.data)}
    chapter, headed = "", ""
    for i, row in enumerate(rows):
        if row.block in chapters:
            chapter = f"{chapter} {row.source.text}" if headed == row.block else row.source.text
            headed = row.block
            continue
        if not (row.source.sentences and row.target.sentences) or row.kind in ASIDE:
            continue
        before = rows[i - 1].source.text if i > 0 else ""
        after = rows[i + 1].source.text if i + 1 < len(rows) else ""
        yield "\t".join(map(quoted, (row.source.text, row.target.text, before, after, chapter))) + "\n"


CARDS = OneFile(
    Carries(sentences=False, spaces=False, characters="utf-8"),
    "cards.tsv",
    lambda _source, _target: "\t".join(COLUMNS) + "\n",
    _cards,
)
