"""What an action comes to: a step, made of entries that take the place of others; who made it; why it is refused."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.review.pairs import Sheet
from pipeline.revision import Decision, Entry, Run
from pipeline.revision.applying import text_of

Range = tuple[int, int]


class Refused(Exception):
    """Why something cannot be done to a pair, for the person who asked."""


@dataclass(frozen=True, slots=True)
class Step:
    """Entries, by their numbers, that others take the place of; `focus` is the pair to look at then.

    `place` is the pair whose sentences stay as they are, None where pairs change.
    """

    removed: tuple[int, ...]
    added: tuple[Entry, ...]
    place: int | None = None
    focus: int = 0


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts, and when (Unix time)."""

    author: str
    made: float


def instead(sheet: Sheet, k: int, decision: Decision) -> Step:
    """A decision in the place of the one on a pair; one that says nothing any more is none."""
    number = sheet.number_of(k)
    said = decision.edited or decision.status or decision.comment or decision.fixed or not decision.everywhere
    return Step(() if number is None else (number,), (decision,) if said else (), k, k)


def decision_on(sheet: Sheet, k: int, hand: Hand) -> Decision:
    """The decision on a pair, or one that decides nothing yet."""
    bead = sheet.laid.beads[k]
    former = bead.decision or Decision(*runs_of(sheet, bead.source, bead.target))
    said = former.said or text_of(replace(bead, decision=None), sheet.laid, 1)
    return replace(former, author=hand.author, made=hand.made, said=said)


def runs_of(sheet: Sheet, source: Range, target: Range) -> tuple[Run | None, Run | None]:
    """The runs that a decision on these sentences names; what a machine made of a source is named by the source."""
    runs = [
        places.run(*span) if span[0] < span[1] else None
        for places, span in zip(sheet.places, (source, target), strict=True)
    ]
    return runs[0], None if sheet.translated and runs[0] is not None else runs[1]
