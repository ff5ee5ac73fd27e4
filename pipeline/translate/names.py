"""Names keep their accents: where a target word differs from a source word in accents alone, the source's is right."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from pipeline.languages import language_for

_LISTS = Path(__file__).parents[1] / "languages" / "fr"
_PARTED = re.compile(r"([^\W_]+)(['/]) ([^\W_]+)")
_ACCENTED = re.compile(r"[^\W\d_]*[\u00c0-\u024f][^\W\d_]*")


def without_accents(text: str, language: str) -> str:
    """A French text with its names in plain letters, which a model of few pieces copies; `with_accents` mends them."""
    if text.isascii() or language[:2].lower() != "fr":
        return text
    return _ACCENTED.sub(lambda found: plain(found.group()) if _is_name(found.group()) else found.group(), text)


def odd_name(match: re.Match[str]) -> str | None:
    """A name of several words, as it is, if one of them has accents that no common word has."""
    name = match.group()
    if name.split(" ")[0].lower() in language_for("fr").starters:
        return None
    return name if any(_is_name(word) for word in _ACCENTED.findall(name)) else None


def _is_name(word: str) -> bool:
    return word[0].isupper() and not word.isupper() and word.lower() not in _common()


def with_accents(source: str, target: str) -> str:
    """The target with the accents of the source's names; English words that are only alike (`president`) stay."""
    if source.isascii():
        return target
    for word in dict.fromkeys(_ACCENTED.findall(source)):
        bare = plain(word)
        if _is_name(word) and bare != word and word not in target and bare.lower() not in _cognates():
            target = re.sub(rf"(?<![\w]){re.escape(bare)}(?!\w)", word, target)
    return target


def rejoined(source: str, target: str) -> str:
    """The target with words whole that the source joins: of `N'Diaye` and `mg/j` a model makes `N' Diaye`, `mg/ j`."""
    if not _PARTED.search(target):
        return target
    joined = source.replace("’", "'")
    return _PARTED.sub(lambda found: whole if (whole := "".join(found.groups())) in joined else found.group(), target)


def plain(word: str) -> str:
    """A word without accents."""
    spelled = word.replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae").replace("Æ", "Ae").replace("ø", "o")
    return "".join(c for c in unicodedata.normalize("NFD", spelled) if not unicodedata.combining(c))


@cache
def _cognates() -> frozenset[str]:
    return frozenset((_LISTS / "cognates.en.txt").read_text(encoding="utf-8").split())


@cache
def _common() -> frozenset[str]:
    return frozenset((_LISTS / "accented.txt").read_text(encoding="utf-8").split())
