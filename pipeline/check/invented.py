"""Words that no dictionary has and the source has not either: what a small model makes up (`Peinture`, Painture)."""

from __future__ import annotations

import re
import unicodedata

from pipeline.check.pair import Pair
from pipeline.languages.forms import Forms, forms_of
from pipeline.text import MACHINE

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENDS = ".!?…:"
_OPENS = "«“\"'([*_–—-"


def invented(pair: Pair, least: float) -> str | None:
    """Words of a machine's translation that its language does not have; names and what the source has are none."""
    forms = forms_of(pair.target_language)
    if forms is None or MACHINE not in pair.notes:
        return None
    found = [word for word in _words(pair.target, int(least)) if not _is_known(word, forms)]
    if not found:
        return None
    own = {_plain(word) for word in _WORD.findall(pair.source)}
    return ", ".join(dict.fromkeys(word for word in found if _plain(word) not in own)) or None


def _words(text: str, least: int) -> list[str]:
    """Words of enough letters that are no names: in small letters, or at the head of a sentence."""
    found = []
    for match in _WORD.finditer(text):
        word = match.group().replace("’", "'").partition("'")[0]
        if len(word) < least or word.isupper():
            continue
        if word.islower() or (word[1:].islower() and _is_first(text, match.start())):
            found.append(word)
    return found


def _is_first(text: str, start: int) -> bool:
    """Whether a word is the first of a sentence, whatever opens it."""
    while start and (text[start - 1].isspace() or text[start - 1] in _OPENS):
        start -= 1
    return start == 0 or text[start - 1] in _ENDS


def _is_known(word: str, forms: Forms) -> bool:
    small = word.lower()
    if small.isascii():
        return forms.has(small)
    small = small.replace("œ", "oe").replace("æ", "ae")
    return forms.has(small) or forms.has(_plain(small))


def _plain(word: str) -> str:
    """Small letters without accents."""
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
