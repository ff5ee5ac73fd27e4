"""The checks with the word links they look at: one judge for a job, the public function and the command line."""

from __future__ import annotations

from pipeline.check import Judge, judge_for
from pipeline.glossary import Glossary
from pipeline.words import has_lexicon, linkages


def judge_between(source_language: str, target_language: str, *, glossary: Glossary | None = None) -> Judge:
    """All checks for two languages; with a glossary, whether words linked with its terms are their names."""
    languages = (source_language, target_language)

    def linked(source: str, target: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        (found,) = linkages([(source, target)], source_language=source_language, target_language=target_language)
        return [((one.source.start, one.source.end), (one.target.start, one.target.end)) for one in found.links]

    return judge_for(*languages, terms=glossary, linked=linked if has_lexicon(*languages) else None)
