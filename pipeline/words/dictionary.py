"""The lexicon as a dictionary: the word that a word is mostly linked with."""

from __future__ import annotations

from functools import cache

import numpy as np

from pipeline.words.lexicon import Lexicon, shipped_lexicon
from pipeline.words.tokens import folded
from pipeline.words.ways import short

_SHARE = 0.4  # of a word's links that go to the same word
_SEEN = 2.0  # links


def counterpart(word: str, source_language: str, target_language: str) -> str | None:
    """The English word that takes most of a French word's links; None if none does, or it is the same."""
    if (short(source_language), short(target_language)) != ("fr", "en"):
        return None
    lexicon = shipped_lexicon()
    plain = folded(word)
    number = lexicon.look([word], 0)[0][0]
    if number < 0:
        return None
    low, high = np.searchsorted(lexicon.counts.keys, (number << 20, (number + 1) << 20))
    if low == high:
        return None
    joint = lexicon.counts.joint[low:high]
    best = int(joint.argmax())
    if joint[best] < _SEEN or joint[best] < _SHARE * joint.sum():
        return None
    found = _targets(lexicon)[int(lexicon.counts.keys[low + best]) & 0xFFFFF]
    return found if found != plain and found.isalpha() else None


@cache
def _targets(lexicon: Lexicon) -> list[str]:
    return lexicon.words(1)
