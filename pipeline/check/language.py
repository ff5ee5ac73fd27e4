"""Checks for sentences left in the source language, made in a wrong one, or broken off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import islice

from pipeline.check.pair import Pair, words_of
from pipeline.languages.small import small_words

_DANGLING = re.compile(
    r"(?<!\w)(?:the|an?|of|to|and|or|with|for|by|from|which|at|as|are|were|be|than|into|its|their)[\s,;:–—-]{0,9}$"
)
_END = re.compile(r"[.!?…][\s\"'»”’)\]]*$")
_LEAST_WORDS = 3  # to be a sentence
_LEAST_BESIDE_NAMES = 5  # Le Monde de l'éducation is a title
_ENOUGH_WORDS = 8  # to tell a language by its small words


def untranslated(pair: Pair, threshold: float) -> str | None:
    """A sentence left in the source language: most of its words stand in the target, among them its small words."""
    words = pair.source_words
    names = pair.source_names
    if len(words) - names < (_LEAST_BESIDE_NAMES if names else _LEAST_WORDS):
        return None
    target = set(pair.target_words)
    kept = sum(word in target for word in words) / len(words)
    if kept < threshold:
        return None
    ours, theirs = _counts(pair, pair.target_words)
    source_ours, source_theirs = _counts(pair, words)
    if ours >= 2 and ours > theirs and source_ours > source_theirs:
        return f"{kept:.0%} of the source's words are in the target"
    return None


def _counts(pair: Pair, words: list[str]) -> tuple[int, int]:
    """How many words belong to the source language alone, and to the target language alone."""
    source = small_words().get(pair.source_language, frozenset())
    target = small_words().get(pair.target_language, frozenset())
    if not source:
        return len(words), sum(word in target for word in words)
    return sum(word in source and word not in target for word in words), sum(
        word in target and word not in source for word in words
    )


def wrong_language(pair: Pair, threshold: float) -> str | None:
    """A target whose small words, or whose letters, are another language's."""
    words = pair.target_words
    ours = small_words().get(pair.target_language)
    if ours is None:
        return None
    if foreign := _foreign_letters(pair):
        return foreign
    if len(words) < _ENOUGH_WORDS:
        return None
    expected = sum(word in ours for word in words)
    if expected * 6 >= len(words):  # English has a small word in three: nothing to suspect
        return None
    for language, small in small_words().items():
        if language == pair.target_language:
            continue
        found = sum(word in small for word in words)
        if found >= 3 and found > threshold * expected and found * 4 >= len(words) and _changed(pair, language):
            return f"{found} small words of {language}, {expected} of {pair.target_language}"
    return None


def _changed(pair: Pair, language: str) -> bool:
    """Whether the target is not simply a foreign sentence that was foreign in the source too."""
    small = small_words()[language]
    if language == pair.source_language:
        return untranslated(pair, 0.7) is None  # a copy has its own flag
    return sum(word in small for word in pair.source_words) * 4 < len(pair.source_words)


def _foreign_letters(pair: Pair) -> str | None:
    if pair.target.isascii():
        return None
    target = _not_latin(pair.target)
    if target >= 0.3 and _not_latin(pair.source) < 0.1:
        return f"{target:.0%} of the letters are not Latin"
    return None


def _not_latin(text: str) -> float:
    letters = [character for character in text if character.isalpha()]
    foreign = [one for one in letters if ord(one) > 0x24F and not unicodedata.name(one, "").startswith("LATIN")]
    return len(foreign) / len(letters) if len(letters) >= 4 else 0.0


def likely_language(texts: Iterable[str]) -> str | None:
    """The language (ISO 639-1) that these texts are in by their small words, or None where that is not clear.

    Knows the languages of `small_words`; wants 30 words, of which a sixth are small words of the language, half as
    many again as of any other. Reads no more than 5,000 words.
    """
    words = list(islice((word for text in texts for word in words_of(text)), 5000))
    counts = sorted(
        ((sum(word in small for word in words), name) for name, small in small_words().items()), reverse=True
    )
    (most, language), (second, _) = counts[:2]
    return language if len(words) >= 30 and most * 6 >= len(words) and most >= 1.5 * second else None


def cut(pair: Pair, threshold: float) -> str | None:
    """A target that stops at a word which cannot end a sentence, where the source ends with a full stop."""
    if pair.target_language != "en" or len(pair.target_words) < threshold or not _END.search(pair.source):
        return None
    last = _DANGLING.search(pair.target)
    return f"ends with {last.group().strip()!r}" if last else None
