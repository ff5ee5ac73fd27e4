"""Which words of a pair's two sides go together, in a form about as long as there are words: what pages light up.

Words are runs of letters and digits, counted from 0 on either side; typesetting changes none of them. Letters of
scripts without spaces are runs by themselves: a word there is runs beside each other that have the same counterparts.
For each word of the source in order the form has `-`, or a sign for each of its counterparts, `+` before all but the
first: how far it stands from where the last one would lead on to, as a digit or letter where that distance lies in -20
to 41, else `~`, the distance and a full stop. What is missing at the end are words without counterpart.
`templates/words.js` reads it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from pipeline.text import Row, Span
from pipeline.words import LAYER, UNSPACED, marks, read_links

_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LETTER = rf"[^\W_{UNSPACED}]"
_BACK = 20  # how far back the signs reach


def counterparts(row: Row, source: str, target: str) -> str:
    """The form of a row's links between its two sides as displayed; nothing where it has none."""
    value = next((one.text for one in row.layers if one.layer == LAYER), "")
    if not value:
        return ""
    ours, theirs = _Runs(row.source.text), _Runs(row.target.text)
    if ours.texts != _run().findall(source) or theirs.texts != _run().findall(target):
        return ""  # displayed as something else
    found: list[set[int]] = [set() for _ in ours.texts]
    for link in read_links(value):
        for place in ours.within(link.source):
            found[place].update(theirs.within(link.target))
    return _form([sorted(one) for one in found])


@cache
def _run() -> re.Pattern[str]:
    return re.compile(rf"[{UNSPACED}][{marks()}]*|{_LETTER}(?:{_LETTER}|[{marks()}])*")


def with_letters(script: str) -> str:
    """A script with the classes of letters that its words are found by."""
    return script.replace("UNSPACED", UNSPACED).replace("MARKS", marks())


class _Runs:
    """The runs of a text and where they stand."""

    def __init__(self, text: str) -> None:
        places = [one.span() for one in _run().finditer(text)]
        self.texts = [text[start:end] for start, end in places]
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]

    def within(self, span: Span) -> range:
        """The runs that a stretch of the text meets."""
        first = bisect_right(self._ends, span.start)
        last = first
        while last < len(self._starts) and self._starts[last] < span.end:
            last += 1
        return range(first, last)


def _form(found: Sequence[Sequence[int]]) -> str:
    signs, expected = [], 0
    for places in found:
        if not places:
            signs.append("-")
        for number, place in enumerate(places):
            signs.append(("+" if number else "") + _step(place - expected))
            expected = place + 1
    return "".join(signs).rstrip("-")


def _step(distance: int) -> str:
    sign = distance + _BACK
    return _SIGNS[sign] if 0 <= sign < len(_SIGNS) else f"~{distance}."
