"""Checks for things that pass from source to target letter by letter: addresses, quotation marks, emoji."""

from __future__ import annotations

import re

from pipeline.check.pair import Pair

_URL = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\"«»“”]+", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TRAILING = ".,;:!?…)]}'’"
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\U0001f1e6-\U0001f1ff]")
_PAIRS = (("“", "”"), ("«", "»"), ("„", "“"))


def url_lost(pair: Pair, _: float) -> str | None:
    """A web address of the source that the target has lost or changed."""
    if "://" not in pair.source and "www." not in pair.source.lower():
        return None
    return _missing((found.rstrip(_TRAILING) for found in _URL.findall(pair.source)), pair.target)


def email_lost(pair: Pair, _: float) -> str | None:
    """An e-mail address of the source that the target has lost or changed."""
    if "@" not in pair.source:
        return None
    return _missing((found.rstrip(_TRAILING) for found in _EMAIL.findall(pair.source)), pair.target)


def _missing(addresses: object, target: str) -> str | None:
    folded = target.casefold()
    lost = [one for one in dict.fromkeys(addresses) if one.casefold() not in folded]  # type: ignore[call-overload]
    return ", ".join(lost) or None


def quotes_unbalanced(pair: Pair, _: float) -> str | None:
    """Quotation marks that open and close in the source, and do not in the target."""
    if _balanced(pair.source) and not _balanced(pair.target):
        return "a quotation mark opens or closes alone"
    return None


def _balanced(text: str) -> bool:
    if text.count('"') % 2:
        return False
    german = "„" in text
    return all(
        text.count(opening) == text.count(closing) for opening, closing in (_PAIRS[1:] if german else _PAIRS[:2])
    )


def emoji_lost(pair: Pair, _: float) -> str | None:
    """Emoji and pictographs of the source that the target has lost."""
    if pair.source.isascii():
        return None
    return "".join(dict.fromkeys(one for one in _EMOJI.findall(pair.source) if one not in pair.target)) or None
