"""A term of a glossary: what it is to be called, and how it and its names are found in texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

_WORD = re.compile(r"\w+")
_APOSTROPHES = str.maketrans("’ʼ‘", "'''")


@dataclass(frozen=True, slots=True)
class Term:
    """A source term and what it is to be called; several allowed targets are separated by `|`.

    `case`: upper and lower case count. `whole_word`: not inside longer words. A whole word is found in its plural too
    (s, x, -al/-aux; in the target s, es, -ies) unless `exact`.
    """

    source: str
    target: str
    case: bool = False
    whole_word: bool = True
    exact: bool = False

    @property
    def is_translated(self) -> bool:
        """Whether the term is to be translated at all: one without a target, or whose target it is, is kept."""
        return self.target not in ("", self.source)

    @property
    def targets(self) -> tuple[str, ...]:
        """The targets that are allowed."""
        return tuple(one.strip() for one in self.target.split("|") if one.strip())


class Pattern:
    """A term at its place in the glossary; `needed` must be in the folded source. Forms are compiled when needed."""

    def __init__(self, place: int, term: Term) -> None:
        self.place = place
        self.term = term
        self.needed = plain(term.source).casefold()

    @cached_property
    def source(self) -> re.Pattern[str]:
        """The term, in all its forms."""
        return _compiled([plain(self.term.source)], self.term, _french_plural)

    @cached_property
    def target(self) -> re.Pattern[str]:
        """What it may be called, in all its forms."""
        return _compiled([plain(one) for one in self.term.targets], self.term, _english_plural)

    def in_target(self, match: re.Match[str]) -> str:
        """The first allowed target, in the plural where the match is one, with a capital where it has one."""
        target, source = self.term.targets[0], match.group()
        if (
            len(source) > len(self.term.source)
            and source[-1:] in "sx"
            and not self.term.exact
            and self.term.is_translated
        ):
            target = _plural(target)
        return (
            target[:1].upper() + target[1:] if source[:1].isupper() and not self.term.source[:1].isupper() else target
        )


def plain(text: str) -> str:
    """NFC, straight apostrophes and single spaces, so that typography hides no term."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_APOSTROPHES).split())


def _compiled(texts: list[str], term: Term, plural: Callable[[str], str]) -> re.Pattern[str]:
    inflected = term.whole_word and not term.exact
    forms = [
        re.sub(r"\w+|\W", lambda match: plural(match.group()) if inflected else re.escape(match.group()), text)
        for text in texts
    ]
    whole = [
        (r"(?<!\w)" if term.whole_word and _is_word(text[0]) else "")
        + form
        + (r"(?!\w)" if term.whole_word and _is_word(text[-1]) else "")
        for text, form in zip(texts, forms, strict=True)
    ]
    return re.compile("|".join(whole), 0 if term.case else re.IGNORECASE)


def _french_plural(word: str) -> str:
    if len(word) < 3 or not word.isalpha() or word[-1] in "sxzSXZ":
        return re.escape(word)
    if word.endswith("al"):
        return f"{re.escape(word[:-1])}(?:ls?|ux)"
    return f"{re.escape(word)}[sx]?"


def _english_plural(word: str) -> str:
    if len(word) < 3 or not word.isalpha():
        return re.escape(word)
    if word.endswith("y"):
        return f"{re.escape(word[:-1])}(?:y|ies)"
    return f"{re.escape(word)}(?:e?s)?"


def _plural(word: str) -> str:
    if re.search(r"(?:s|x|ch|sh)$", word):
        return word + "es"
    return word[:-1] + "ies" if re.search(r"[^aeiou]y$", word) else word + "s"


def _is_word(character: str) -> bool:
    return _WORD.match(character) is not None
