"""Words that know where they stand: a tokeniser that loses no character but white space."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.words.scripts import UNSPACED, cut, marks
from pipeline.words.ways import short

_NUMBER = r"\d+(?:[.,\u00a0\u202f]\d+)*"
_ENGLISH = r"['’](?:s|t|ll|re|ve|d|m)\b"  # the tail of it's, don't, we'll, a word of its own
_MARKS = str.maketrans(dict.fromkeys("«»“”„‟‹›", '"') | dict.fromkeys("—–―‐‑", "-") | {"’": "'", "‘": "'", "…": "."})


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark; `text == sentence[start:end]`."""

    start: int
    end: int
    text: str


def words_of(text: str, language: str = "fr") -> list[Word]:
    """The words and marks of a text in order, with half-open spans in characters.

    An elided article keeps its apostrophe (`l'`), hyphens join, an English tail (`'s`, `'t`) stands alone, every other
    mark is a word of its own. Chinese, Japanese and Thai are cut into the words of a vocabulary; Lao, Khmer and
    Burmese, whose words nobody here knows, into letters. What lies between two words is white space only.
    """
    return list(_each(text, short(language)))


def _each(text: str, language: str) -> Iterator[Word]:
    for found in _pattern(language == "en").finditer(text):
        start, end = found.span()
        if found.lastgroup is None or end - start == 1:
            yield Word(start, end, found.group())
            continue
        for stop in cut(found.group()):
            yield Word(start, found.start() + stop, text[start : found.start() + stop])
            start = found.start() + stop


@cache
def _pattern(english: bool) -> re.Pattern[str]:
    letter = rf"[^\W\d_{UNSPACED}]"
    letters = rf"{letter}+(?:[{marks()}]+{letter}*)*"
    words = rf"{letters}(?:[-‐‑]{letters})*"
    run = rf"(?P<run>[{UNSPACED}]+)"
    if english:
        return re.compile(rf"{_NUMBER}|(?<=\w){_ENGLISH}|{words}|{run}|\w|[^\w\s]", re.IGNORECASE)
    return re.compile(rf"{_NUMBER}|{words}['’]?|{run}|\w|[^\w\s]")


def folded(word: str) -> str:
    """The form that the lexicon knows: lower case, one kind of quote, dash and apostrophe."""
    return unicodedata.normalize("NFC", word).lower().translate(_MARKS)


def bare(word: str) -> str:
    """The folded form without accents, by which languages share names and cognates."""
    apart = unicodedata.normalize("NFD", folded(word))
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("œ", "oe").replace("æ", "ae")
