"""What a translation memory holds that is like a sentence: a layer of a bitext, shown to whoever translates."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass

MATCHES = "matches"  # the layer's name


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that is like a sentence: percent of letters alike (0-100), its texts, and the file it came from."""

    similarity: int
    source: str
    target: str
    file: str = ""


def written_matches(matches: Iterable[Match]) -> str:
    """Matches as the layer's text."""
    return json.dumps([astuple(one) for one in matches], ensure_ascii=False)


def read_matches(text: str) -> list[Match]:
    """The matches that a layer's text holds; none where it is not as we write it."""
    try:
        return [Match(int(one[0]), str(one[1]), str(one[2]), str(one[3])) for one in json.loads(text)]
    except (ValueError, TypeError, LookupError, RecursionError):
        return []
