"""Rules for the full stop of an abbreviation, an initial or an acronym, which may also end the sentence."""

from __future__ import annotations

import re

from pipeline.split.punkt import parameters_of, token_of
from pipeline.split.rule import rule
from pipeline.split.spot import WINDOW, Spot

_ROMAN = re.compile(r"[IVXLCDM]+\Z")
_INITIALS = re.compile(r"[^\W\d_][a-zà-ÿ]?(?:\.-?[^\W\d_][a-zà-ÿ]?)*\Z")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}\Z")
_YEAR = re.compile(r"[12]\d{3}\Z")
_NO_ABBREVIATION = ('"', ")", "]", "»", "”", "%", "€", "$", "£", "°")
_PARTICLES = frozenset(("le", "la", "les", "de", "du", "des", "d", "l"))
_VOWELS = frozenset("aeiouyàâäéèêëîïôöùûüœæáíóúAEIOUYÀÂÉÈÊÎÔÙÛŒ")


@rule("abbreviations", "Certains fruits, p. ex. Les pommes. | Il vécut en 300 av. J.-C. | Rome était jeune.")
def expression(spot: Spot) -> bool | None:
    """Abbreviated expressions with a space in them."""
    found = spot.language.expressions.get(f"{spot.before} {spot.left}".lower())
    if found is None:
        return None
    return found == "ending" and (spot.case == "upper" or (spot.case == "digit" and not spot.opening))


@rule("abbreviations", "Rendez-vous à 10 h. | Ne soyez pas en retard.")
def unit(spot: Spot) -> bool | None:
    """A unit after a number may end the sentence."""
    if spot.left not in spot.language.units or not spot.before[-1:].isdigit():
        return None
    return spot.case == "upper" and spot.word.lower() not in spot.language.calendar


@rule("abbreviations", "M. Dupont, art. 5, av. Victor-Hugo, etc. | Les autres suivent.")
def listed(spot: Spot) -> bool | None:
    """What a listed abbreviation allows after it depends on its class (see words.toml)."""
    found, low = spot.language.class_of(spot.left), spot.left.lower()
    if not found:
        return None
    if spot.left in spot.language.words or (found != "title" and low in spot.language.words and len(spot.left) > 1):
        return _also_a_word(spot)
    if spot.case == "lower" or (spot.case == "other" and not spot.opening):
        return False
    if len(spot.left) == 1 and spot.left.isupper() and found != "title":
        return None
    if found in ("title", "middle"):
        return False
    if spot.case == "digit":
        return found == "ending"
    if found == "ending":
        return True
    return _may_begin(spot)


def _also_a_word(spot: Spot) -> bool | None:
    """Ordinary words are abbreviations before a number only, or before a small letter when they are short."""
    letter = len(spot.word) == 1 and spot.after_word == "."  # art. R. 3
    numeral = letter or (_ROMAN.match(spot.word) is not None and not spot.starts)
    return False if spot.case in ("digit", "lower") or numeral else None


def _may_begin(spot: Spot) -> bool:
    """Whether the capital after an abbreviation begins a sentence rather than a name such as `La Fayette`."""
    if not spot.starts:
        return bool(spot.opening.strip("(\"'“«[ \u00a0\u202f")) and spot.dashed
    if spot.word.lower() not in _PARTICLES:
        return True
    following = spot.text[spot.word_end : spot.word_end + 3].lstrip(" \u00a0'’")
    return not following[:1].isupper()


@rule("acronyms", "Il travaille à la S.N.C.F. | Son mari aussi. | L'U.R.S.S. de Staline.", "Kiss & Strunk 2006")
def acronym(spot: Spot) -> bool | None:
    """After letters with stops, a word that begins sentences shows an end; a name does not."""
    if not _ACRONYM.match(spot.left):
        return None
    if spot.case == "upper":
        return spot.starts or spot.dashed
    return False if spot.case != "digit" else len(spot.left) > 4


@rule(
    "initials",
    "Le roman de J.-J. Rousseau plut à G. W. F. Hegel. | Vive la vitamine C. | Elle aide.",
    "Kiss & Strunk 2006",
)
def initial(spot: Spot) -> bool | None:
    """An initial goes with the name after it (nltk's token class says what an initial is)."""
    if not token_of(spot.left).is_initial and not (_INITIALS.match(spot.left) and len(spot.left.split(".")[0]) == 1):
        return None
    if spot.case != "upper":
        return False if spot.case != "other" or not spot.opening else None
    if spot.left in spot.language.pronouns:
        return not spot.before[:1].isupper()
    if spot.dashed:
        return True
    if not spot.starts:
        return False
    named = spot.before[:1].isupper() or spot.before.lower() in spot.language.dangling or not spot.before
    return _may_begin(spot) if named else True


@rule("full stop", "Je l'ai acheté hier. | comment allez vous ?")
def stop_then_lower(spot: Spot) -> bool | None:
    """A full stop before a small letter ends the sentence after a plain word: the capital was forgotten."""
    if spot.case != "lower":
        return None
    if spot.left[-1:] in _NO_ABBREVIATION or _YEAR.match(spot.left):
        return True
    if "." in spot.left or not spot.left[-1:].isalpha():
        return False
    return spot.left.lower() in spot.language.short or (len(spot.left) > 3 and not _VOWELS.isdisjoint(spot.left))


@rule("abbreviations", "Le brgd. Saint-Michel est fermé.")
def no_vowel(spot: Spot) -> bool | None:
    """A short word in small letters without a vowel is an abbreviation, even an unknown one."""
    if (
        not 1 < len(spot.left) < 5
        or not spot.left.isascii()
        or not spot.left.islower()
        or any(letter in _VOWELS for letter in spot.left)
    ):
        return None
    return _may_begin(spot) if spot.left.isalpha() and spot.case == "upper" else None


@rule("collocations", "Das ist Satz 48. Bauetappe.", "Kiss & Strunk 2006, by nltk's PunktParameters", "de")
def collocation(spot: Spot) -> bool | None:
    """Pairs that Punkt learned to stand together over a full stop."""
    if not spot.language.punkt.collocations:
        return None
    token = token_of(spot.left[-WINDOW:])
    pair = (token.type_no_sentperiod.removesuffix("."), spot.word.lower())
    return False if pair in parameters_of(spot.language.code).collocations else None
