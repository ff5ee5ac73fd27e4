"""By what words of two languages can be linked."""

from __future__ import annotations

SHOWN = ("books", "all", "none")  # where a job shows links: readers and e-books; files of pairs too; neither


def has_lexicon(source_language: str, target_language: str) -> bool:
    """Whether the lexicon that ships is of these two languages, whichever way round."""
    return sorted((short(source_language), short(target_language))) == ["en", "fr"]


def short(code: str) -> str:
    """The language of a tag, without its country."""
    return code.lower().replace("_", "-").partition("-")[0]
