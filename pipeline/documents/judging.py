"""The checks with the word links they look at: one judge for a job, the public function and the command line."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.check import Judge, judge_for
from pipeline.glossary import Glossary
from pipeline.words import Linkage, has_lexicon, linkages

Place = tuple[int, int]


class WordLinks:
    """Links of words between two languages, worked out for many pairs at once and kept until others are asked for."""

    def __init__(self, source_language: str, target_language: str) -> None:
        self._languages = (source_language, target_language)
        self._known: dict[tuple[str, str], Linkage] = {}
        self._alone: dict[tuple[str, str], Linkage] = {}  # the last one that was not prepared

    def prepare(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Work out the links of pairs of texts together, which is several times as fast as one by one."""
        self._known = dict(zip(pairs, self._made(pairs), strict=True))

    def __call__(self, source: str, target: str) -> list[tuple[Place, Place]]:
        """The places of words that say the same in two texts."""
        links = self._of(source, target).links
        return [((one.source.start, one.source.end), (one.target.start, one.target.end)) for one in links]

    def uncovered(self, source: str, target: str, least: float) -> tuple[Place | None, Place | None]:
        """The place of either text that most lacks a counterpart, if about `least` words in a row do."""
        return self._of(source, target).uncovered(least)

    def _of(self, source: str, target: str) -> Linkage:
        known = self._known.get((source, target)) or self._alone.get((source, target))
        if known is None:
            self._alone = {(source, target): self._made([(source, target)])[0]}
            known = self._alone[source, target]
        return known

    def _made(self, pairs: Sequence[tuple[str, str]]) -> list[Linkage]:
        return linkages(pairs, source_language=self._languages[0], target_language=self._languages[1])


def judge_between(source_language: str, target_language: str, *, glossary: Glossary | None = None) -> Judge:
    """All checks for two languages, those of words too where these can be linked."""
    languages = (source_language, target_language)
    return judge_for(*languages, terms=glossary, linked=WordLinks(*languages) if has_lexicon(*languages) else None)
