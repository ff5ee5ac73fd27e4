"""Words that know where they stand: a tokeniser that loses no character but white space."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_NUMBER = r"\d+(?:[.,\u00a0\u202f]\d+)*"
_LETTERS = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"
_ENGLISH = r"['’](?:s|t|ll|re|ve|d|m)\b"  # the tail of it's, don't, we'll, a word of its own
_WORDS = {
    "en": re.compile(rf"{_NUMBER}|(?<=\w){_ENGLISH}|{_LETTERS}(?:[-‐‑]{_LETTERS})*|\w|[^\w\s]", re.IGNORECASE),
    "": re.compile(rf"{_NUMBER}|{_LETTERS}(?:[-‐‑]{_LETTERS})*['’]?|\w|[^\w\s]"),
}
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
    mark is a word of its own. What lies between two words is white space only.
    """
    short = language.lower().replace("_", "-").partition("-")[0]
    pattern = _WORDS.get(short, _WORDS[""])
    return [Word(found.start(), found.end(), found.group()) for found in pattern.finditer(text)]


def folded(word: str) -> str:
    """The form that the lexicon knows: lower case, one kind of quote, dash and apostrophe."""
    return unicodedata.normalize("NFC", word).lower().translate(_MARKS)


def bare(word: str) -> str:
    """The folded form without accents, by which languages share names and cognates."""
    apart = unicodedata.normalize("NFD", folded(word))
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("œ", "oe").replace("æ", "ae")
