"""A language's words and its Punkt parameters, read from its folder; adding a language is adding a folder."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FALLBACK = "any"
_HOME = Path(__file__).parent
_CLASSES = ("ending", "name", "number", "middle", "title")  # a later class wins where an entry stands in two


@dataclass(frozen=True, slots=True)
class Punkt:
    """What Punkt (Kiss & Strunk 2006) learned of a language, and our own abbreviations; all in small letters."""

    abbreviations: frozenset[str]
    starters: frozenset[str]
    collocations: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Language:
    """What the rules know of a language."""

    code: str
    punkt: Punkt
    classes: dict[str, str]
    words: frozenset[str]
    units: frozenset[str]
    expressions: dict[str, str]
    elisions: frozenset[str]
    starters: frozenset[str]
    dangling: frozenset[str]
    said: frozenset[str]
    brands: frozenset[str]
    interjections: frozenset[str]
    calendar: frozenset[str]
    labels: frozenset[str]
    parts: frozenset[str]
    pronouns: frozenset[str]
    short: frozenset[str]
    ordinals: bool
    names_speak: bool
    guarded: frozenset[str]

    def class_of(self, word: str) -> str:
        """The class of abbreviation a word belongs to, without its full stop; "" if it is none.

        Single letters count only in the case they are listed in: `M.` is a title, `m.` is metres.
        """
        found = self.classes.get(word)
        if found is None and len(word) > 1:
            found = self.classes.get(word.lower())
        if found is None and len(tail := word.rpartition("-")[2]) > 1 and tail != word:
            found = self.classes.get(tail.lower())  # Karl-Str., mots-cl.
        if found is None and len(word) > 1 and word.lower() in self.punkt.abbreviations:
            found = "name"
        return found or ""


def _set(table: dict[str, str], name: str) -> frozenset[str]:
    return frozenset(table.get(name, "").split())


@cache
def known_languages() -> frozenset[str]:
    """The codes of the languages that have a folder."""
    return frozenset(entry.parent.name for entry in _HOME.glob("*/words.toml"))


def language_for(code: str) -> Language:
    """The language of a code such as `fr` or `fr-CA`; one without a folder gets what all share."""
    short = code.lower().replace("_", "-").partition("-")[0]
    return _load(short if short in known_languages() else FALLBACK)


@cache
def _load(code: str) -> Language:
    folder = _HOME / code
    data = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))
    words, listed = data["words"], data["abbreviations"]
    trained = json.loads((folder / "punkt.json").read_text(encoding="utf-8"))
    classes = {entry: name for name in _CLASSES for entry in listed[name].split()}
    punkt = _punkt(trained, classes)
    expressions = {entry: name for name, entries in data["expressions"].items() for entry in entries}
    return Language(
        code=code,
        punkt=punkt,
        classes=classes,
        words=_set(listed, "word"),
        units=_set(listed, "ending"),
        expressions=expressions,
        elisions=frozenset(data["elisions"]),
        starters=_set(words, "starters") | punkt.starters,
        dangling=_set(words, "dangling"),
        said=_set(words, "said"),
        brands=frozenset(brand.replace("_", " ") for brand in _set(words, "brands")),
        interjections=_set(words, "interjections"),
        calendar=_set(words, "calendar"),
        labels=_set(words, "labels"),
        parts=_set(words, "parts"),
        short=_set(words, "short"),
        pronouns=_set(words, "pronouns"),
        ordinals=bool(data.get("ordinals")),
        names_speak=bool(data.get("names_speak")),
        guarded=_guarded(punkt.abbreviations, expressions, words),
    )


def _punkt(trained: dict[str, Any], own: Iterable[str]) -> Punkt:
    return Punkt(
        abbreviations=frozenset({*trained["abbreviations"], *(entry.lower() for entry in own)}),
        starters=frozenset(trained["starters"]),
        collocations=frozenset((first, second) for first, second in trained["collocations"]),
    )


def _guarded(abbreviations: Iterable[str], expressions: Iterable[str], words: dict[str, str]) -> frozenset[str]:
    """The words after which a full stop needs a closer look."""
    tails = (entry.rpartition(" ")[2] for entry in expressions)
    return frozenset({*abbreviations, *tails, *(brand[:-1] for brand in words.get("brands", "").split())})
