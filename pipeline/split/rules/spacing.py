"""Rules for marks with no space after them: a slip of the typist, or part of a name."""

from __future__ import annotations

import re

from pipeline.split.rule import rule
from pipeline.split.spot import WINDOW, Spot

_CODE = re.compile(r"[/\\@=_]|www\.|://|[^\W\d_]\.[^\W\d_]", re.IGNORECASE)
_LEFT = re.compile(r"(?:[^\W\d_]{2,}|\b[12]\d{3}|[»”)\]])\Z")
_RIGHT = re.compile(r"[^\W\d_](?:[^\W\d_]+|['’][^\W\d_]| )")
# Endings of file and host names that people also write with a capital: IANA's generic domains and usual extensions
_ENDINGS = frozenset(
    """com org net fr en de eu be ch ca uk us io info biz gov edu int tv js ts py md txt pdf doc docx xls xlsx csv html
    htm xml json jpg jpeg png gif svg zip tar gz exe dll java php css epub odt ppt pptx asp aspx rs go""".split()  # noqa: SIM905
)


@rule("missing space", "Il a vu Gérard Collomb.^Paris hésite devant README.Linux, Node.js et www.Exemple.com.")
def missing_space(spot: Spot) -> bool | None:
    """Without a space a mark ends a sentence only between a plain word and a capitalised plain word."""
    if spot.gap or not spot.char:
        return None
    if spot.opening:
        return _before_an_opening(spot)
    if not spot.char.isupper():
        return False
    if spot.closers:
        return bool(_RIGHT.match(spot.text, spot.next))
    return _between_words(spot)


def _before_an_opening(spot: Spot) -> bool:
    opens = spot.opening[0] in '«“"([—–' and spot.case == "upper"
    return opens and (spot.mark != "." or (len(spot.left) > 2 and not spot.language.class_of(spot.left)))


def _between_words(spot: Spot) -> bool:
    token = _token(spot)
    left = spot.text[max(spot.start, spot.at - WINDOW) : spot.at].rstrip()
    if not _LEFT.search(left) or not _RIGHT.match(spot.text, spot.next):
        return False
    if spot.mark != ".":
        return not _CODE.search(token.replace(spot.mark, " "))
    if left[-1].isupper() or spot.language.class_of(spot.left) or spot.word.lower() in _ENDINGS or spot.word.isupper():
        return len(spot.word) == 1 and not left[-1].isupper() and not spot.language.class_of(spot.left)
    head, _, tail = token.partition(".")
    return not _CODE.search(head) and not _CODE.search(tail) and len(left) >= 2


def _token(spot: Spot) -> str:
    """What stands between the spaces around the mark, bounded."""
    left = spot.text[max(spot.start, spot.at - WINDOW) : spot.at].rsplit(None, 1)
    right = spot.text[spot.at : min(spot.limit, spot.at + WINDOW)].split(None, 1)
    return (left[-1] if left else "") + (right[0] if right else "")
