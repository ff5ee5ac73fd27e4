"""Checks for clauses left out or added: words in a row that nothing on the other side answers."""

from __future__ import annotations

from pipeline.check.pair import Pair

_SHOWN = 120  # characters of what is missing


def omitted(pair: Pair, threshold: float) -> str | None:
    """The words of the source that most lack a counterpart, if about so many in a row do."""
    return _told(pair.source, pair.uncovered(threshold)[0])


def added(pair: Pair, threshold: float) -> str | None:
    """The words of the target that most lack a counterpart, if about so many in a row do."""
    return _told(pair.target, pair.uncovered(threshold)[1])


def _told(text: str, place: tuple[int, int] | None) -> str | None:
    if place is None:
        return None
    words = " ".join(text[slice(*place)].split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rpartition(' ')[0]}…"
