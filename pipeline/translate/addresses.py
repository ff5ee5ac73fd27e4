"""Web and mail addresses within a sentence: a word that models copy stands in for each while they decode."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.translate.passing import ADDRESS

STAND_INS = ("XX", "YY", "ZZ", "QQ", "VV", "KK")  # tried on the built-in model, which copies such words
_CLOSING = ".,;:!?…)]}»”’\"'"

Aside = tuple[tuple[str, str], ...]


def set_aside(text: str, taken: Sequence[tuple[str, str]] = ()) -> tuple[str, Aside]:
    """The text with a stand-in for each address, and the (stand-in, address) pairs, those of `taken` in front.

    Marks that close the sentence or a bracket are no part of an address. Addresses beyond the stand-ins that are left
    stay where they are.
    """
    pairs = list(taken)
    free = [word for word in STAND_INS if word not in text and word not in dict(pairs)]

    def stand_in(found: re.Match[str]) -> str:
        address = found.group().rstrip(_CLOSING)
        if not free or not address:
            return found.group()
        pairs.append((free.pop(0), address))
        return pairs[-1][0] + found.group()[len(address) :]

    return ADDRESS.sub(stand_in, text), tuple(pairs)


def put_back(text: str, aside: Aside) -> str:
    """The addresses back in a translation; one whose stand-in the model lost is added at the end, in brackets."""
    lost = []
    for word, address in aside:
        text, found = re.subn(rf"(?<!\w){word}(?!\w)", address.replace("\\", r"\\"), text)
        if not found:
            lost.append(f"({address})")
    if not lost:
        return text
    body = text.rstrip(".!?… ")
    return " ".join([body, *lost]) + text[len(body) :].rstrip()
