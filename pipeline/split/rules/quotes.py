"""Rules for quotation marks: an opening one goes with what it opens, a closing one with what it closes."""

from __future__ import annotations

import re

from pipeline.split.rule import rule
from pipeline.split.spot import Spot

REACH = 1500  # characters in which a quotation mark is looked for
_CLOSED_BRACKET = re.compile(r"([(\[][^()\[\]\n]*[)\]])\s+(?=[^\W\d_a-zà-ÿ])")


@rule("straight quotes", '"Il part. " | Elle reste.')
def straight_quote(spot: Spot) -> bool | None:
    """A straight quote that spaces do not explain closes if the quotes before it left one open."""
    if spot.char != '"' or spot.next - spot.end > 1:
        return None
    after = spot.next + 1
    spaced = after >= spot.limit or spot.text[after].isspace()
    if spaced != spot.gap:  # `. "Non` opens; `." Non` was already taken as a closing one
        return None
    if _quote_is_open(spot):
        while after < spot.limit and spot.text[after].isspace():
            after += 1
        spot.move(spot.next + 1, after)
    return None


def _quote_is_open(spot: Spot) -> bool:
    """Walk back over the straight quotes to one whose spaces say what it is; those between alternate."""
    at, between = spot.next, 0
    while between < 8 and (found := spot.text.rfind('"', max(spot.unit, at - REACH), at)) >= 0:
        before = found == spot.unit or spot.text[found - 1].isspace() or spot.text[found - 1] in "('’"
        after = spot.text[found + 1].isspace() or spot.text[found + 1] in ".,;:!?)"
        if before != after:
            return before == (between % 2 == 0)
        at, between = found, between + 1
    if between:
        return between % 2 == 1
    return (
        spot.text.find('"', spot.next + 1, min(spot.limit, spot.next + REACH)) < 0
    )  # without a partner it opens nothing


@rule("source of a quotation", "« Tout est dit. » (cité par Le Monde) | On se tut.")
def source_in_brackets(spot: Spot) -> bool | None:
    """A bracket that begins small after a closed quotation says where that comes from, and belongs to it."""
    if not spot.closers or spot.case != "lower" or spot.opening[:1] not in ("(", "["):
        return None
    close = _CLOSED_BRACKET.match(spot.text, spot.next, min(spot.limit, spot.next + REACH))
    if close is None:
        return False
    spot.move(close.end(1), close.end())
    return True


@rule("incise", "« Viens ! » cria-t-il. | « Je pars. » dit-elle.")
def closed_then_lower(spot: Spot) -> bool | None:
    """After a closing quote or bracket, a small letter shows that the sentence goes on."""
    quote = spot.closers.strip("0123456789[]*")
    return False if quote and spot.case == "lower" and not spot.opening else None


@rule("incise", '"Come here!" John said. | "I can\'t!" Mr. Smith cried.', "English typography", "en")
def named_speaker(spot: Spot) -> bool | None:
    """In English the speaker may stand before the verb: a name, then `said`, after a quoted question or shout."""
    if not spot.language.names_speak or spot.closers[-1:] not in ('"', "”", "’", "'") or spot.mark[-1] == ".":
        return None
    words = [word.strip(".,;:").lower() for word in spot.following_words(4)]
    return False if any(word in spot.language.said for word in words[1:]) and not spot.starts else None
