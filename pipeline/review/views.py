"""Views of all pairs: filtered, searched, sorted, and summed up in a strip along the text."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.errors import InputError
from pipeline.review.pairs import Pair, worth_a_look

STATES = ("all", "doubtful", "unreviewed", "reviewed", "edited", "approved", "rejected", "commented", "unpaired")
SORTS = ("text", "doubt")
_LONGEST_PATTERN = 1_000  # characters
_LONGEST_SEARCH = 5.0  # seconds
_BUCKETS = 240  # of the strip


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: a state, a flag, a document, a text or regular expression in one side or both."""

    state: str = "all"
    flag: str = ""
    document: str = ""
    text: str = ""
    side: str = "both"
    pattern: bool = False
    sort: str = "text"


def select(pairs: Sequence[Pair], query: Query) -> list[int]:
    """The places of the pairs that a query asks for; raises InputError for a pattern that is none."""
    matches = _matcher(query)
    found = [
        i
        for i, pair in enumerate(pairs)
        if _in_state(pair, query.state)
        and (not query.flag or any(flag.name == query.flag for flag in pair.flags))
        and (not query.document or pair.document == query.document)
        and (matches is None or matches(pair))
    ]
    return sorted(found, key=lambda i: (-pairs[i].doubt, i)) if query.sort == "doubt" else found


def strip(pairs: Iterable[Pair], count: int) -> list[tuple[float, float]]:
    """For equal parts of the text: the highest doubt in it, and the share that was reviewed."""
    size = max(1, -(-count // _BUCKETS))
    found: list[tuple[float, float]] = []
    doubt, reviewed, seen = 0.0, 0, 0
    for pair in pairs:
        doubt, reviewed, seen = max(doubt, pair.doubt if pair.why else 0.0), reviewed + pair.reviewed, seen + 1
        if seen == size:
            found.append((round(doubt, 2), round(reviewed / seen, 2)))
            doubt, reviewed, seen = 0.0, 0, 0
    return [*found, (round(doubt, 2), round(reviewed / seen, 2))] if seen else found


def _in_state(pair: Pair, state: str) -> bool:
    if state == "all":
        return True
    if state == "doubtful":
        return worth_a_look(pair)
    if state in ("unreviewed", "reviewed"):
        return pair.reviewed == (state == "reviewed")
    if state == "unpaired":
        return not pair.source or not pair.target
    if state == "commented":
        return bool(pair.decision and pair.decision.comment)
    return pair.state == state


def _matcher(query: Query) -> Callable[[Pair], bool] | None:
    """What tells whether a pair holds the text or pattern that is looked for; None where nothing is."""
    if not query.text:
        return None
    if len(query.text) > _LONGEST_PATTERN:
        raise InputError(f"no text of {len(query.text):,} characters is searched for", "Search for a part of it.")
    if not query.pattern:
        text = query.text.casefold()
        return lambda pair: any(text in one.casefold() for one in _sides(pair, query.side))
    import regex  # its patterns can be stopped

    try:
        wanted = regex.compile(query.text, regex.IGNORECASE)
    except (regex.error, OverflowError, RecursionError) as error:
        raise InputError(f"no regular expression: {error}", "Correct it, or search for plain text.") from error
    end = time.monotonic() + _LONGEST_SEARCH

    def matches(pair: Pair) -> bool:
        try:
            left = max(0.01, end - time.monotonic())
            return any(wanted.search(text, timeout=left) for text in _sides(pair, query.side))
        except TimeoutError as error:
            raise InputError("this pattern takes too long", "Search for something simpler.") from error

    return matches


def _sides(pair: Pair, side: str) -> tuple[str, ...]:
    return (pair.source,) if side == "source" else (pair.target,) if side == "target" else (pair.source, pair.target)
