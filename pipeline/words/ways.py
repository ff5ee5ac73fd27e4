"""By what words of two languages can be linked."""

from __future__ import annotations


def has_lexicon(source_language: str, target_language: str) -> bool:
    """Whether the lexicon that ships is of these two languages, whichever way round."""
    return sorted((short(source_language), short(target_language))) == ["en", "fr"]


def short(code: str) -> str:
    """The language of a tag, without its country."""
    return code.lower().replace("_", "-").partition("-")[0]
