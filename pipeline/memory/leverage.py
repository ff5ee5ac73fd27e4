"""A client's translations as leverage: which of them is like a sentence, and how like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from pipeline.memory.rows import Leveraged, normal_source
from pipeline.text.matches import Match

LEAST = 75.0  # percent: what is less alike costs a translator more than it saves
_WORD = re.compile(r"\w+")
_MOST_ALIKE = 2_000  # entries that share the most words, which are compared letter by letter
_COMMON = 0.02  # share of the entries from which on a word tells little
_FEW = 50


class Leverage:
    """The entries of two languages, found by words in common, then compared letter by letter."""

    def __init__(self, entries: Iterable[Leveraged]) -> None:
        self._entries = list(entries)
        self._sources = [normal_source(one.source) for one in self._entries]

    @cached_property
    def _with(self) -> dict[str, list[int]]:
        """Places of the entries that hold a word."""
        found: dict[str, list[int]] = {}
        for place, source in enumerate(self._sources):
            for word in set(_words(source)):
                found.setdefault(word, []).append(place)
        return found

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    def matches(self, sentence: str, *, least: float = LEAST, most: int = 3) -> list[Match]:
        """The entries most like a sentence, at least so many percent, the likest first.

        The likeness is that of the letters (Indel: twice those in common, over all), as CAT tools count it, case and
        marks included; 100 is only what is equal but for typography.
        """
        from rapidfuzz import fuzz, process

        asked = normal_source(sentence)
        places = self._alike(asked)
        sources = [self._sources[place] for place in places]
        found = process.extract(asked, sources, scorer=fuzz.ratio, score_cutoff=least, limit=most)
        made = [(100 if text == asked else min(99, int(score)), places[index]) for text, score, index in found]
        made.sort(key=lambda one: (-one[0], one[1]))
        return [_match(self._entries[place], similarity) for similarity, place in made]

    def _alike(self, asked: str) -> Sequence[int]:
        """Places of entries that share rare words with a text and are about as long; all where none is rare."""
        known = sorted((len(self._with[word]), word) for word in set(_words(asked)) if word in self._with)
        rare = [word for number, word in known if number <= max(_FEW, _COMMON * len(self._entries))]
        shared = Counter(
            place
            for word in rare or [word for _, word in known[:1]]
            for place in self._with[word]
            if 0.6 * len(asked) <= len(self._sources[place]) <= len(asked) / 0.6
        )
        return [place for place, _ in sorted(shared.items(), key=lambda one: (-one[1], one[0]))[:_MOST_ALIKE]]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _match(entry: Leveraged, similarity: int) -> Match:
    return Match(similarity, entry.source, entry.target, entry.file)
