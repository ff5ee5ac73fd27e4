"""What a document counts, kept in its header so that a report needs no second look at the text."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable

from pipeline.job.staging import Header
from pipeline.types import Bitext, Row

LEAST = 10  # sentences shown as the least certain

Doubt = tuple[float, str, str, str]


def header_of(bitext: Bitext, key: str, parts: dict[str, str]) -> Header:
    """The header of a document that was just made: counts at each wall, flags by name, the least certain beads."""
    rows = bitext.rows()
    flagged = sum(
        len(row.source.sentences) or 1 for row in rows if any(flag.severity == "warning" for flag in row.flags)
    )
    flags = Counter(flag.name for row in rows for flag in row.flags)
    flags.update(flag.name for document in (bitext.source, bitext.target) for flag in document.flags)
    counts = {
        "blocks": len(bitext.source.blocks),
        "sentences": len(bitext.source_sentences),
        "translations": len(bitext.translations),
        "target_sentences": len(bitext.target_sentences),
        "beads": len(bitext.beads),
        "null_beads": sum(not row.source.text or not row.target.text for row in rows),
        "human": sum(one.origin == "human" for one in bitext.translations),
        "flagged": flagged,
    }
    return Header(key, parts, "", counts, dict(sorted(flags.items())), least_certain(map(_doubt, rows)))


def least_certain(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """The most doubtful ones, the worst first."""
    return tuple(heapq.nsmallest(LEAST, doubts))


def _doubt(row: Row) -> Doubt:
    certainty = row.score if row.confidence is None else row.confidence
    return (certainty, row.id, " ".join(row.source.text.split()), " ".join(row.target.text.split()))
