"""Raised figures: an exponent keeps its height as Unicode's superscripts, so that 10⁶ does not become 106."""

from __future__ import annotations

import re

_FIGURES = re.compile(r"\s*([+\-−–]?\d{1,4})\s*$")
_UP = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")


def raised(before: str, text: str) -> str:
    """A raised text as it stands after `before`: figures after a figure are an exponent, all else is as it was.

    `1er`, `m2` and the like are read as they are typed everywhere.
    """
    found = _FIGURES.match(text)
    return found[1].translate(_UP) if found and before[-1:].isdigit() else text
