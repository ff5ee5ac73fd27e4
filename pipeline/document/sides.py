"""The words of a block's two sides, with the links between them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pipeline.document.inline import Wording
from pipeline.languages.small import small_words
from pipeline.text import Span
from pipeline.words import Word, words_of


@dataclass(frozen=True, slots=True)
class Words:
    """The words of both texts, and for each the links it has: (the other's number, score)."""

    wording: Wording
    source: tuple[Word, ...]
    target: tuple[Word, ...]
    sources: tuple[tuple[tuple[int, float], ...], ...]
    targets: tuple[tuple[tuple[int, float], ...], ...]

    @classmethod
    def of(cls, wording: Wording) -> Words:
        """The words of a wording."""
        ours, theirs = map(tuple, map(words_of, (wording.source, wording.target), wording.languages))
        at = {word.start: number for number, word in enumerate(ours)}
        to = {word.start: number for number, word in enumerate(theirs)}
        sources: list[list[tuple[int, float]]] = [[] for _ in ours]
        targets: list[list[tuple[int, float]]] = [[] for _ in theirs]
        for link in wording.links:
            i, j = at.get(link.source.start), to.get(link.target.start)
            if i is not None and j is not None:
                sources[i].append((j, link.score))
                targets[j].append((i, link.score))
        return cls(wording, ours, theirs, tuple(map(tuple, sources)), tuple(map(tuple, targets)))

    def inside(self, span: Span, *, source: bool) -> range:
        """Numbers of the words that lie, most of them, in a span of one side."""
        words = self.source if source else self.target
        found = [k for k, word in enumerate(words) if _shares(word, span)]
        return range(found[0], found[-1] + 1) if found else range(0)

    def says(self, number: int, known: Collection[str], *, source: bool) -> bool:
        """Whether a word of one side is one of these, in small letters."""
        words = self.source if source else self.target
        return 0 <= number < len(words) and words[number].text.lower().replace("’", "'") in known

    def is_small(self, number: int, *, source: bool) -> bool:
        """Whether a word of one side means little by itself."""
        language = self.wording.languages[not source][:2].lower()
        return self.says(number, small_words().get(language, frozenset()), source=source)


def _shares(word: Word, span: Span) -> bool:
    common = min(word.end, span.end) - max(word.start, span.start)
    return 2 * common > word.end - word.start
