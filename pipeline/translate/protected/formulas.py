"""Formulas, comparisons and units made of several: what stands in them is no language, and signs in them do not move.

They are set aside before signs are lifted, for `≥` and `§` belong to what follows them. Numbers get their English form.
"""

from __future__ import annotations

import re

from pipeline.translate.protected.pieces import Kind

_RAISED = "\u2070\u00b9\u00b2\u00b3\u2074-\u207b"
_LOWERED = "\u2080-\u208b"
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")
_LETTER = "A-Za-z\u0391-\u03c9\u2206\u2207\u222b\u2211\u221a\u221e"
_SIGN = "(?:[<>]=|[=<>\u2264\u2265\u2248\u2260\u00b1\u2261\u2243\u223c\u221d\u00d7\u00f7\u2208])"
_IN_BRACKETS = r"\([^()\s]{1,30}\)"
_ATOM = (
    rf"(?:(?:[-\u2212]?\d+(?:[,.]\d+)?(?![\d,.]*\d)|[-\u2212\u2206\u2207]?[{_LETTER}])\w*(?:{_IN_BRACKETS})?"
    rf"|[-\u2212]?{_IN_BRACKETS})[{_RAISED}{_LOWERED}]*"
)
_TERM = rf"{_ATOM}(?:[\u00b7\u22c5^*/]{_ATOM}|{_IN_BRACKETS}){{0,8}}"
_SUM = rf"{_TERM}(?:\s?[+\u2212-]\s?{_TERM}){{0,8}}"
_UNIT = (
    r"(?:(?:[kMGTcdmµμnp]?(?:mol|Pa|Hz|eV|Wh|bar|[gmslLJNWVAC])|min|UI|an|mois|hab|sem|°C|ha|h|j|K|cd|rad)"
    rf"[{_RAISED}]*)"
)
_UNITS = rf"{_UNIT}(?:[\u00b7\u22c5/]{_UNIT}){{1,5}}"
_FIGURES = r"(?:\d+(?:,\d+)?\s?[-–]\s?)?[-−]?(?:\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+|\d+)(?:,\d+)?"
_MEASURED = rf"(?:\s?(?:[%‰]|{_UNIT}(?:[\u00b7\u22c5/]{_UNIT}){{0,5}}(?![\w'’/])))?"
_PER = {"j": "day", "an": "year", "mois": "month", "sem": "week", "hab": "capita"}
_POINTED = re.compile(r"(?<=\d),(?=\d)")
_NAMES = re.compile(r"[A-Za-z]+")
_SURE = 4  # characters
_LONGEST = 3, 2  # letters of a name in a formula: `exp`, `Ea`; without a figure, two
_RAISED_WORD = re.compile(rf"(?<!\w)[A-Za-z]+[{_RAISED}{_LOWERED}]+(?:[A-Za-z]+[{_LOWERED}]*)*(?!\w)")


def _is_in_address(match: re.Match[str]) -> bool:
    """Whether what stands before it in the same word is the beginning of an address or of a path."""
    before = match.string[: match.start()].rpartition(" ")[2]
    return any(mark in before for mark in ("//", "www.", "?", "&", "@"))


def _formula(match: re.Match[str]) -> str | None:
    """A formula with decimal points, if all its names are short; what only looks like one has words."""
    if _is_in_address(match) or re.search(r"<[A-Za-z]", match.group()):
        return None  # what opens a tag is no comparison
    if re.match(r"\s?[€$£]", match.string[match.end() :]):
        return None  # money has rules of its own
    longest = _LONGEST[not re.search(rf"[\d{_RAISED}()]", match["terms"])]
    if any(len(name) > longest for name in _NAMES.findall(match["terms"])):
        return None
    return _pointed(match)


def _units(match: re.Match[str]) -> str | None:
    """Units of two letters alone may be anything: `h/f`, `A/C`."""
    unsure = match.group() != "m/s" and len(match.group()) < _SURE
    return None if unsure or _is_in_address(match) else _pointed(match)


def _pointed(match: re.Match[str]) -> str:
    pointed = re.sub(r"\s(?=[%‰])", "", _POINTED.sub(".", match.group()))
    return re.sub(r"(?<=/)(?:j|an|mois|sem|hab)(?!\w)", lambda per: _PER[per.group()], pointed)


def _same(match: re.Match[str]) -> str:
    return match.group()


FORMULAS: tuple[Kind, ...] = (
    Kind("way to an address", re.compile(
        r"(?:[-=]{1,2}>|[\u2192\u279c\u21d2])\s?(?:https?://|www\.)[^\s<>]*[^\s<>.,;:!?…)\]}»”’\"']"
    ), _same, named=True),
    Kind("formula", re.compile(
        rf"(?<![\w.,&;/=\"'<(-])(?P<terms>{_SUM}(?:\s?{_SIGN}\s?{_SUM}){{1,8}})"
        rf"{_MEASURED}(?![\w>])"
    ), _formula),
    Kind("formula in brackets", re.compile(
        rf"(?<=\()(?P<terms>{_SUM}(?:\s?{_SIGN}\s?{_SUM}){{1,8}})"
        rf"{_MEASURED}(?=[);,])"
    ), _formula),
    Kind("bound", re.compile(
        rf"(?:[<>]=|[<>\u2264\u2265\u2248\u00b1\u2243~])\s?{_FIGURES}(?![\w,.]*\d){_MEASURED}"
    ), _pointed),
    Kind("units", re.compile(rf"(?:(?<![\w.,]){_FIGURES}\s?)?(?<![\w/]){_UNITS}(?![\w/'’])"), _units),
    Kind("power", re.compile(
        rf"(?<![\w.,])\d+(?:,\d+)?(?:\s?[×·\u22c5]\s?\d+)?[{_RAISED}]+(?!\w)|(?<!\w)[A-Za-ln-z][{_RAISED}]+(?!\w)"
    ), _pointed),
    Kind("chemical", re.compile(
        rf"(?<!\w)\d?(?:[A-Z][a-z]?[{_LOWERED}\d]*)*(?:[A-Z][a-z]?[{_LOWERED}]+|[A-Z][a-z]?[{_RAISED}]*[\u207a\u207b])"
        rf"[A-Za-z{_LOWERED}{_RAISED}]*"
    ), _same, named=True),
    Kind("fraction", re.compile(r"(?<![\w.,])(?:\d+\s?)?[\u00bc-\u00be\u2150-\u215e](?!\w)"), _same),
    Kind("paragraph", re.compile(r"[§¶]{1,2}\s?\d+(?:[.-]\d+)*(?!\w)"), _same),
)  # fmt: skip
_SEEN = re.compile(
    rf"[{_RAISED}{_LOWERED}=<>\u00a7\u00b1\u00b6\u00bc-\u00be\u2150-\u215e\u2243-\u2265\u00d7~/\u2192\u21d2\u279c]"
)


def may_hold(text: str) -> bool:
    """Whether a text has any of the signs without which there is nothing to find."""
    return _SEEN.search(text) is not None


def raised(source: str, target: str) -> str:
    """The target with the raised and lowered figures of the source's words: `m2` is `m²` again."""
    for word in dict.fromkeys(_RAISED_WORD.findall(source)):
        if word not in target:
            target = re.sub(rf"(?<!\w){re.escape(word.translate(_PLAIN))}(?!\w)", word, target)
    return target
