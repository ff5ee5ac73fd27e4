"""Words in capitals amid a sentence: the model reads them in small letters, and their counterparts stand in capitals.

A small model knows `prévenir` and spells `PRÉVENIR` letter by letter. Only words that the language has are meant:
abbreviations and names stay as they are.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pipeline.languages.small import small_words

_LISTS = Path(__file__).parents[1] / "languages"
_LEAST = 4  # letters of a word that makes a run
_CAPITALS = r"[A-ZÀ-ÖØ-ÞŒŸ]"
_RUN = re.compile(rf"(?<![\w'’&.-])(?:{_CAPITALS}+(?:['’ -]|\b)){{1,30}}(?<=[A-ZÀ-ÖØ-ÞŒŸ' ’-])(?![\w.&])")
_SHORT = frozenset(
    {"eux", "ici", "lui", "moi", "non", "oui", "pas", "toi"}
)  # that stress alone; others may be initials
_INITIALS = frozenset({"cedex", "ovni", "pacs", "samu", "sida", "smic", "urssaf"})  # also written in small letters
_WORD = re.compile(r"[^\W\d_]+")


def quieted(text: str, language: str) -> tuple[str, tuple[str, ...]]:
    """The text with words that shout in small letters, and these words; what is all capitals is no matter for this."""
    known = _known(language[:2].lower())
    if not known or text.isupper():
        return text, ()
    shouted: list[str] = []

    def quiet(run: re.Match[str]) -> str:
        words = _WORD.findall(run.group())
        if not any(word.lower() in (known if len(word) >= _LEAST else _SHORT) for word in words):
            return run.group()
        return _WORD.sub(
            lambda word: _quiet(word.group(), known, shouted, run.start() + word.start() == 0), run.group()
        )

    return _RUN.sub(quiet, text), tuple(shouted)


def _quiet(word: str, known: frozenset[str], shouted: list[str], first: bool) -> str:
    lowered = word.lower()
    if lowered not in known and lowered not in _SHORT and len(word) > 1 and word.capitalize() not in known:
        return word
    made = lowered if lowered in known or lowered in _SHORT or len(word) == 1 else word.capitalize()
    shouted.append(made)
    return made[0].upper() + made[1:] if first else made


def with_capitals(source: str, target: str, words: Sequence[str], languages: tuple[str, str]) -> str:
    """The target with the counterparts of these source words in capitals, as far as word links know them."""
    from pipeline.words import align_words, has_lexicon, words_of

    if not words or not has_lexicon(*languages):
        return target
    ours, theirs = words_of(source), words_of(target)
    meant = {word.lower() for word in words if len(word) > 1}
    sides = [[one.text for one in ours]], [[one.text for one in theirs]]
    given = {"source_language": languages[0], "target_language": languages[1], "way": "lexicon"}  # loads no model
    links = align_words(*sides, **given)[0]
    chosen = {link.target for link in links if (word := ours[link.source].text).isupper() and word.lower() in meant}
    for place in sorted(chosen, reverse=True):
        target = target[: theirs[place].start] + theirs[place].text.upper() + target[theirs[place].end :]
    return target


def is_common(word: str, language: str) -> bool:
    """Whether a word in small letters is a common one of the language."""
    return word in _known(language[:2].lower())


@cache
def _known(code: str) -> frozenset[str]:
    """The common words of a language, names with their capital; none where there is no list."""
    path = _LISTS / code / "common.txt.gz"
    if not path.exists():
        return frozenset()
    listed = gzip.decompress(path.read_bytes()).decode("utf-8").split()
    return (frozenset(listed) | small_words().get(code, frozenset())) - _INITIALS
