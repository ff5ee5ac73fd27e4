"""Regions and departments of France with names of several words, however they are joined: `Hauts de France` too."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pipeline.translate.names import plain
from pipeline.translate.protected.pieces import Kind

_TABLE = Path(__file__).parents[2] / "languages" / "fr" / "places.en.tsv"
_JOINT = re.compile(r"[ -]")


def _place(match: re.Match[str]) -> str | None:
    return _names().get(_key(match.group()))


@cache
def _listed() -> dict[str, str]:
    """English names by the French ones."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return {french: english or french for french, _, english in rows}


@cache
def _names() -> dict[str, str]:
    """English names by what is the same in all spellings of the French ones."""
    return {_key(french): english for french, english in _listed().items()}


def _key(name: str) -> str:
    return _JOINT.sub(" ", plain(name).replace("’", "'")).lower()


def _spellings(name: str) -> str:
    """A pattern of a name with hyphens or spaces, with or without accents; only its small words may begin small."""
    return r"[ -]".join(map(_spelling, _JOINT.split(name)))


def _spelling(word: str) -> str:
    letters = ["['’]" if letter == "'" else f"[{letter}{plain(letter)}]" for letter in word]
    if word[0].islower():
        letters[0] = f"[{word[0]}{word[0].upper()}]"
    return "".join(letters)


def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_listed(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?=[A-ZÎ])(?:{'|'.join(map(_spellings, longest_first))})(?![\w-])")


KINDS: tuple[Kind, ...] = (Kind("place", _pattern(), _place, named=True),)
