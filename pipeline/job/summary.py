"""What a document counts, kept in its header so that a report needs no second look at the text."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable

from pipeline.job.staging import Header
from pipeline.text import Bead, Bitext

LEAST = 10  # sentences shown as the least certain

Doubt = tuple[float, str, str, str]  # certainty, id, source, target


def header_of(bitext: Bitext, key: str, parts: dict[str, str]) -> Header:
    """The header of a document that was just made: counts after each step, flags by name, the least certain beads."""
    said = tuple(
        (flag.severity, document.path, flag.name, flag.detail)
        for document in (bitext.source, bitext.target)
        for flag in document.flags
    )
    flags = Counter(name for _, _, name, _ in said)
    flagged = 0
    for bead in bitext.beads:
        flags.update({flag.name for flag in bead.flags})
        flagged += (len(bead.source) or 1) * any(flag.severity == "warning" for flag in bead.flags)
    counts = {
        "blocks": len(bitext.source.blocks),
        "sentences": len(bitext.source_sentences),
        "translations": len(bitext.translations),
        "target_sentences": len(bitext.target_sentences),
        "beads": len(bitext.beads),
        "null_beads": sum(not bead.source or not bead.target for bead in bitext.beads),
        "human": sum(one.origin == "human" for one in bitext.translations),
        "flagged": flagged,
    }
    doubts = least_certain(_doubt(bitext, bead) for bead in bitext.beads)
    return Header(key, parts, "", counts, dict(sorted(flags.items())), doubts, said)


def least_certain(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """The most doubtful ones, the worst first."""
    return tuple(heapq.nsmallest(LEAST, doubts))


def _doubt(bitext: Bitext, bead: Bead) -> Doubt:
    source = [bitext.source_sentences[i] for i in bead.source]
    target = [bitext.target_sentences[i] for i in bead.target]
    made = [bitext.translations[i].confidence for i in bead.source] if bitext.translations else []
    ours, theirs = (" ".join(" ".join(one.text.split()) for one in side) for side in (source, target))
    return (min(made, default=bead.score), (source or target)[0].id, ours, theirs)
