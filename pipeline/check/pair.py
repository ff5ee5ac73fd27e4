"""A source text and its translation as the checks see them, with what several checks need worked out once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

from pipeline.text import Note

Place = tuple[int, int]
_PART = re.compile(r"\b[^\W\d_]+")  # not the letters of 1c or 5th


def words_of(text: str) -> list[str]:
    """Runs of letters, in lower case, split at apostrophes and hyphens."""
    return _PART.findall(text.lower())


class Linked(Protocol):
    """Word links, as the checks see them."""

    def __call__(self, source: str, target: str) -> Sequence[tuple[Place, Place]]:
        """The places (half-open, in characters) of words that say the same in two texts."""

    def uncovered(self, source: str, target: str, least: float) -> tuple[Place | None, Place | None]:
        """The place of either text that most lacks a counterpart, if about `least` words in a row do."""

    def prepare(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Hear which pairs will be asked for."""


class Terms(Protocol):
    """A glossary, as the checks see it."""

    def missing(self, source: str, target: str, linked: Linked | None = None) -> tuple[str, ...]:
        """The terms of a source text that its translation does not call by one of their names."""


class Pair:
    """One (source text, target text), their languages (ISO 639-1), how the target was made, terms, word links."""

    def __init__(
        self,
        source: str,
        target: str,
        source_language: str,
        target_language: str,
        *,
        notes: tuple[Note, ...] = (),
        terms: Terms | None = None,
        linked: Linked | None = None,
    ) -> None:
        self.source = source
        self.target = target
        self.source_language = source_language
        self.target_language = target_language
        self.notes = notes
        self.terms = terms
        self.linked = linked

    @cached_property
    def source_words(self) -> list[str]:
        """Runs of letters in the source, in lower case, split at apostrophes and hyphens."""
        return words_of(self.source)

    @cached_property
    def target_words(self) -> list[str]:
        """Runs of letters in the target, in lower case, split at apostrophes and hyphens."""
        return words_of(self.target)

    @cached_property
    def source_names(self) -> int:
        """How many words of the source, but for the first, begin with a capital: names, or a title's words."""
        return sum(word[0].isupper() for word in _PART.findall(self.source)[1:])

    def uncovered(self, least: float) -> tuple[Place | None, Place | None]:
        """The place of either side that most lacks a counterpart, if about so many words in a row do."""
        return self.linked.uncovered(self.source, self.target, least) if self.linked is not None else (None, None)
