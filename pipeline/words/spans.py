"""Links between spans of two texts, and the form in which a layer holds them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.errors import InputError
from pipeline.text import Span

LAYER = "words"  # of a bitext
_LINK = re.compile(r"(\d+):(\d+)-(\d+):(\d+)@([01](?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class SpanLink:
    """Characters of a bead's source text and of its target text that say the same; `score` lies in 0-1."""

    source: Span
    target: Span
    score: float


def read_links(value: str) -> list[SpanLink]:
    """The links that a layer's text holds; raises InputError for a text of another form."""
    found = []
    for word in value.split():
        match = _LINK.fullmatch(word)
        if match is None:
            raise InputError(f"{word[:60]!r} is no word link", "Write links as 0:5-0:3@0.97: two spans and a score.")
        a, b, c, d = map(int, match.groups()[:4])
        found.append(SpanLink(Span(a, b), Span(c, d), float(match.group(5))))
    return found


def written(link: SpanLink) -> str:
    """The form that `read_links` reads."""
    return f"{link.source.start}:{link.source.end}-{link.target.start}:{link.target.end}@{link.score}"
