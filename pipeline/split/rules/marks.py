"""Rules for the marks that are not a full stop: ! ? … and their mixtures."""

from __future__ import annotations

from pipeline.split.rule import rule
from pipeline.split.spot import WINDOW, Spot

_CALLS = ("!", "?", ",")


@rule("brand names", "Yahoo! Inc. a publié ses comptes.")
def brand(spot: Spot) -> bool | None:
    """Names that carry their own mark; only a word that begins sentences shows an end after them."""
    if spot.mark not in ("!", "?") or spot.closers or spot.text[spot.at - 1 : spot.at].isspace():
        return None
    name = f"{spot.left.lower()}{spot.mark}"
    known = name in spot.language.brands or f"{spot.before.lower()} {name}" in spot.language.brands
    return False if known and spot.left[:1].isupper() and spot.case == "upper" and not spot.starts else None


@rule("smileys", "Merci beaucoup :-) | Je repasse demain. | Voir plus bas (note :) Il pleut.")
def smiley(spot: Spot) -> bool | None:
    """A smiley before a capital ends a sentence, unless it is the end of a bracket."""
    if spot.mark[:1] not in (":", ";"):
        return None
    within = spot.text[max(spot.start, spot.at - WINDOW) : spot.at]
    return not (spot.mark[-1] == ")" and within.count("(") > within.count(")"))


@rule("careless writing", "no way!! | i can't believe it", "English web text", "en")
def forgotten_capital(spot: Spot) -> bool | None:
    """After ! or ? a small letter begins a sentence where the writer has no capitals, or writes `i`."""
    alone = frozenset(map(str.lower, spot.language.pronouns))  # what nobody else writes small
    if not alone or spot.case != "lower" or spot.closers or spot.opening or spot.mark[-1:] not in "!?":
        return None
    careless = spot.word in alone or spot.text[spot.start : spot.start + 1].islower()
    return True if careless and spot.word in spot.language.starters | alone else None


@rule("interjection, ellipsis", "Ah ! c'est vous. | Mais… que fais-tu là ?")
def mark_then_lower(spot: Spot) -> bool | None:
    """After ! ? or …, a small letter shows that the sentence goes on."""
    return False if spot.case == "lower" and spot.mark != "." else None


@rule("interjection", "Ah ! Pauline ! elle m'aimait tant. | Oh ! Monsieur, quelle horreur !")
def called_after_interjection(spot: Spot) -> bool | None:
    """After an interjection, a name that a mark or comma follows is called, and the sentence goes on."""
    if spot.case != "upper" or spot.starts or spot.opening or spot.left.lower() not in spot.language.interjections:
        return None
    return False if spot.text[spot.word_end : spot.word_end + 2].strip()[:1] in _CALLS else None


@rule("ellipsis", "Il y en avait... 15 ou 20.")
def ellipsis_then_number(spot: Spot) -> bool | None:
    """A number after an ellipsis goes on more often than it begins."""
    return False if spot.case == "digit" and spot.mark in ("…", "...") and not spot.opening else None


@rule("ellipsis", "C'est la… Comtesse ! | Il part avec des… Anglais.")
def dangling_ellipsis(spot: Spot) -> bool | None:
    """After an article or preposition an ellipsis is a hesitation: a noun must still come."""
    if spot.mark not in ("…", "...") or spot.closers or spot.starts or spot.opening:
        return None
    return False if spot.left.lower() in spot.language.dangling else None


@rule("strong marks", "Quoi ?! | Tu plaisantes !!! | Je ne sais pas... | Peut-être.")
def strong_mark(spot: Spot) -> bool | None:
    """Otherwise these marks end a sentence when a capital, a number, an opening sign or nothing follows."""
    if spot.mark == ".":
        return None
    return spot.case != "other" or spot.opening != "" or not spot.char or not spot.char.isascii() or spot.char in "•@$&"
