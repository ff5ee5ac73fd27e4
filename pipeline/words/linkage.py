"""Two texts, their words, and how these answer each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.words.coverage import Stretch, uncovered
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
        sides = (self.source, self.target)
        texts = ([word.text for word in words] for words in sides)
        source, target = zip(texts, (self.source_chances, self.target_chances), strict=True)
        ours, theirs = map(_characters, sides, uncovered(source, target, least=least))
        return ours, theirs

    def written(self) -> str:
        """The links, as a layer holds them."""
        return " ".join(map(written, self.links))


def _characters(words: Sequence[Word], found: Stretch | None) -> tuple[int, int] | None:
    return (words[found[0]].start, words[found[1] - 1].end) if found else None
