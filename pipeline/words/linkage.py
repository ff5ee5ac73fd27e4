"""Two texts, their words, and how these answer each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.words.coverage import unanswered
from pipeline.words.spans import SpanLink, written
from pipeline.words.tokens import Word


@dataclass(frozen=True, slots=True)
class Linkage:
    """The words of two texts, how probably each has a counterpart on the other side, and the links between them."""

    source: tuple[Word, ...]
    target: tuple[Word, ...]
    source_chances: tuple[float, ...]
    target_chances: tuple[float, ...]
    links: tuple[SpanLink, ...]

    def uncovered(self, least: float) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
        """The characters of either side that most lack a counterpart, if about so many words in a row do."""
        return _stretch(self.source, self.source_chances, least), _stretch(self.target, self.target_chances, least)

    def written(self) -> str:
        """The links, as a layer holds them."""
        return " ".join(map(written, self.links))


def _stretch(words: Sequence[Word], chances: Sequence[float], least: float) -> tuple[int, int] | None:
    found = unanswered([word.text for word in words], chances, least=least)
    return (words[found[0]].start, words[found[1] - 1].end) if found else None
