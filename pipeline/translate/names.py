"""Names keep their accents: where a target word differs from a source word in accents alone, the source's is right."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from pipeline.languages import language_for
from pipeline.languages.forms import forms_of
from pipeline.translate.capitals import is_common

_LISTS = Path(__file__).parents[1] / "languages" / "fr"
_OFFICES = frozenset({
    "président", "présidente", "ministre", "maire", "directeur", "directrice", "juge", "député", "députée", "sénateur",
    "commissaire", "secrétaire", "procureur", "rapporteur", "orateur", "ambassadeur", "premier", "vice", "préfet",
    "docteur", "professeur", "chef", "le", "la", "les", "maître",
})  # fmt: skip
_CAPITAL = re.compile(r"(?<!\w)(?=[^\W\d_]{4})[A-ZÀ-ÖØ-Þ][^\W\d_]*(?!\w)")  # a word with a capital, of four letters
_LEAST, _LONG = 5, 8  # letters of a name's beginning, and of a name of which two may be wrong
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


def surname(match: re.Match[str]) -> str | None:
    """A name behind Mr or Mrs that is a common word too, as it is: `M. Noël` is nobody's Christmas."""
    words = match.group().lower().split("-")
    means = any(is_common(word, "fr") or word == "noël" for word in words)
    return match.group() if means and words[0] not in _OFFICES else None


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


def mended(source: str, target: str, target_language: str) -> str:
    """The target with names as the source spells them, where a model spelled one wrong: `Laribois`, `BOUVREIL`.

    Only words that the target's language has not are looked at, and only a name that the target lacks otherwise is
    put in: one letter of it was changed, two of long ones, or its end is missing.
    """
    forms = forms_of(target_language)
    strange = [word for word in _CAPITAL.findall(target) if forms is not None and not forms.has(plain(word).lower())]
    if not strange:
        return target
    own = {plain(word).lower(): word for word in _CAPITAL.findall(source)}
    theirs = {plain(word).lower() for word in re.findall(r"[^\W\d_]+", target)}
    lost = {bare: word for bare, word in own.items() if bare not in theirs and bare not in _common()}
    for word in dict.fromkeys(strange):
        bare = plain(word).lower()
        meant = [name for name in lost if bare not in own and _is_spelled_for(bare, name)]
        if len(meant) == 1:
            name = lost[meant[0]]
            shown = name.upper() if word.isupper() else name.capitalize() if name.isupper() and len(name) > 5 else name
            target = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", shown, target)
    return target


def _is_spelled_for(word: str, name: str) -> bool:
    from rapidfuzz.distance import DamerauLevenshtein

    if word[0] != name[0]:
        return False
    if name.startswith(word) and len(word) >= max(_LEAST, len(name) / 2):
        return True
    return DamerauLevenshtein.distance(word, name, score_cutoff=2) <= (2 if len(name) >= _LONG else 1)


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
