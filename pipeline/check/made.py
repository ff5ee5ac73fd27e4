"""What is worth knowing of how a target was made, and a glossary's terms: from notes to flags."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.check.pair import Pair

Find = Callable[[Pair, float], str | None]


def noted(name: str) -> Find:
    """A check that finds what the translator noted under this name."""

    def find(pair: Pair, _: float) -> str | None:
        return next((note.detail for note in pair.notes if note.name == name), None)

    return find


def either(first: Find, second: Find) -> Find:
    """A check that finds what one of two finds, the first one's detail first."""

    def find(pair: Pair, threshold: float) -> str | None:
        found = first(pair, threshold)
        return second(pair, threshold) if found is None else found

    return find


def terms_missing(pair: Pair, _: float) -> str | None:
    """Terms of the glossary that the source holds and the target does not call by one of their names."""
    if pair.terms is None:
        return None
    names = {note.name for note in pair.notes}
    inserted = "term-inserted" in names and "piece-lost" not in names  # where each stands is known without links
    missing = pair.terms.missing(pair.source, pair.target, None if inserted else pair.linked)
    return "; ".join(missing) or None
