"""A source text and its translation as the checks see them, with what several checks need worked out once."""

from __future__ import annotations

import re
from functools import cached_property

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PART = re.compile(r"\b[^\W\d_]+")  # not the letters of 1c or 5th


class Pair:
    """One (source text, target text) and their languages (ISO 639-1)."""

    def __init__(self, source: str, target: str, source_language: str, target_language: str) -> None:
        self.source = source
        self.target = target
        self.source_language = source_language
        self.target_language = target_language

    @cached_property
    def source_words(self) -> list[str]:
        """Runs of letters in the source, in lower case, split at apostrophes and hyphens."""
        return _PART.findall(self.source.lower())

    @cached_property
    def target_words(self) -> list[str]:
        """Runs of letters in the target, in lower case, split at apostrophes and hyphens."""
        return _PART.findall(self.target.lower())

    @cached_property
    def has_language(self) -> bool:
        """Whether the source has a word in lower case, so that it is more than names, codes and numbers."""
        return any(not word[0].isupper() and len(word) > 1 for word in _WORD.findall(self.source))
