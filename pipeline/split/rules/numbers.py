"""Rules for numbers: markers at the head of a sentence, ordinals, dates."""

from __future__ import annotations

import re

from pipeline.split.rule import rule
from pipeline.split.spot import Spot

_MARKER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[IVXLC]{1,6}|[ivxl]{1,5})\Z")
_NUMERAL = re.compile(
    r"(?:\d{1,4}(?:[.-]\d{1,3})*(?:er|re|e|ème|bis|ter)?|[IVXLC]{1,6}(?:er|e)?|[A-Z]\.?|premi(?:er|ère))\Z"
)
_STRIP = " \u00a0\u202f\t\n—–-•·*«“\"'(["


@rule("markers", "1) Le premier point. | 2) Le second point. | b) L'autre.")
def marker_ahead(spot: Spot) -> bool | None:
    """A number or letter with a bracket or degree sign opens the next item."""
    if len(spot.word) > 2 or not spot.word or spot.after_word not in (")", "°") or "(" in spot.opening:
        return None
    return True if spot.gap and not spot.language.class_of(spot.left) else None


@rule("markers", "1. Toute personne a droit au repos ; 2. La maternité aussi. | Article 2. Le conseil siège.")
def numbered_marker(spot: Spot) -> bool | None:
    """A number or letter at the head of a sentence marks it, and its full stop ends nothing."""
    if spot.left.isdigit() and len(spot.left) < 3 and spot.before[-1:] in (";", ":"):
        return False
    head = spot.so_far.strip(_STRIP)
    if not head or spot.closers:
        return None
    if _MARKER.match(head) and spot.language.class_of(head) != "title":
        return False if spot.text[spot.start : spot.at].strip() == head or head[0].isdigit() else None
    words = head.split()
    is_part = len(words) in (2, 3) and words[0].rstrip(".").lower() in spot.language.parts
    return False if is_part and all(map(_NUMERAL.match, words[1:])) else None


@rule("labels", "P.-S. N'oublie pas le pain. | N.B. Il ferme tôt.")
def label(spot: Spot) -> bool | None:
    """What announces the sentence stays with it."""
    return False if spot.so_far.strip(_STRIP).lower() in spot.language.labels and spot.case == "upper" else None


@rule("ordinals", "Im 19. Jahrhundert war es anders. | Am 21. Spieltag auch.", "German typography", "de")
def ordinal(spot: Spot) -> bool | None:
    """In German a number with a full stop is an ordinal before a month or a small letter."""
    if not spot.language.ordinals or not spot.left.isdigit() or len(spot.left) > 2:
        return None
    known = spot.word.lower() in spot.language.calendar
    return False if known or spot.case == "lower" or not spot.starts else None


@rule("numbers", "Il naquit le 6. 1. 1978 à Lyon. | 15 ans plus tard, il partit.")
def number_pair(spot: Spot) -> bool | None:
    """Between two short numbers with a space a full stop belongs to a date or a section number."""
    if spot.case != "digit" or spot.opening or not spot.left.isdigit() or len(spot.left) > 2:
        return None
    return False if spot.after_word == "." or len(spot.word) == 4 else None
