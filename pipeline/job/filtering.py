"""Which pairs stay in the corpus files; the others go to rejected.tsv, each with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from pipeline.config import KeepConfig
from pipeline.text import Bitext, Row, verdict_of

ByDocument = dict[str, dict[int, str]]  # of each document, the index of a bead and the reason


class Rejected:
    """The beads that were rejected, looked for when they are first asked for: that reads every document."""

    def __init__(self, find: Callable[[], ByDocument] = dict) -> None:
        self._find = find

    @cached_property
    def by_document(self) -> ByDocument:
        """For each document, index and reason."""
        return self._find()

    @property
    def count(self) -> int:
        """How many."""
        return sum(map(len, self.by_document.values()))

    def without(self, bitext: Bitext) -> Bitext:
        """A bitext without what was rejected of it."""
        gone = self.by_document.get(bitext.source.id)
        if not gone:
            return bitext
        return bitext.chosen([place for place in range(len(bitext.beads)) if place not in gone])


def rejects_anything(keep: KeepConfig) -> bool:
    """Whether any rule is set at all."""
    return keep != KeepConfig()


def find_rejected(bitexts: Iterable[Bitext], keep: KeepConfig) -> ByDocument:
    """Judge every bead of a job by the rules; the first rule that it breaks is its reason."""
    rejected: ByDocument = {}
    first: dict[bytes, str] = {}
    for bitext in bitexts:
        gone = {i: reason for i, row in enumerate(bitext.rows()) if (reason := _reason(row, keep, first))}
        if gone:
            rejected[bitext.source.id] = gone
    return rejected


def table(bitexts: Iterable[Bitext], rejected: Rejected, shown: Callable[[str], str]) -> Iterator[str]:
    """The lines of rejected.tsv; `shown` writes a cell."""
    yield "id\tsource\ttarget\tscore\tconfidence\treason\n"
    for bitext in bitexts:
        gone = rejected.by_document.get(bitext.source.id, {})
        rows = bitext.rows() if gone else ()
        for i, reason in gone.items():
            row = rows[i]
            confidence = "" if row.confidence is None else f"{row.confidence:g}"
            cells = (row.id, row.source.text, row.target.text, f"{row.score:g}", confidence, reason)
            yield "\t".join(shown(" ".join(cell.split())) for cell in cells) + "\n"


def _told_by_people(row: Row) -> str:
    """Who rejected a pair in a review, and why; nothing if nobody did."""
    verdict = verdict_of(row.layers)
    if verdict.state != "rejected":
        return ""
    who = f"rejected by {verdict.author}" if verdict.author else "rejected in review"
    return f"{who}: {verdict.comment}" if verdict.comment else who


def _reason(row: Row, keep: KeepConfig, first: dict[bytes, str]) -> str:
    if told := _told_by_people(row):
        return told
    if row.confidence is not None and row.confidence < keep.min_confidence:
        return f"confidence {row.confidence:g} < {keep.min_confidence:g}"
    if row.score < keep.min_score:
        return f"score {row.score:g} < {keep.min_score:g}"
    lengths = sorted((len(row.source.text), len(row.target.text)))
    if keep.length_ratio is not None and lengths[0] and lengths[1] / lengths[0] > keep.length_ratio:
        return f"length ratio {lengths[1] / lengths[0]:.2f} > {keep.length_ratio:g}"
    if keep.drop_duplicates:
        pair = "\n".join(" ".join(side.text.split()) for side in (row.source, row.target))
        digest = hashlib.blake2b(pair.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if digest in first:
            return f"duplicate of {first[digest]}"
        first[digest] = row.id
    return ""
