"""By what words of two languages can be linked."""

from __future__ import annotations

SHOWN = ("books", "all", "none")  # where a job shows links: readers and e-books; files of pairs too; neither
WAYS = {  # each with what made the links, in words for people
    "lexicon": "a lexicon of French and English",
    "model": "a lexicon of French and English and the built-in model's attention",
}
OF_LEXICON = ("lexicon", "model")  # ways of French and English only


def has_lexicon(source_language: str, target_language: str) -> bool:
    """Whether the lexicon that ships is of these two languages, whichever way round."""
    return sorted((short(source_language), short(target_language))) == ["en", "fr"]


def best_way(source_language: str, target_language: str) -> str:
    """By what words of two languages are linked with the fewest errors, however long it takes: a name of `WAYS`."""
    return "model" if has_lexicon(source_language, target_language) else "lexicon"


def short(code: str) -> str:
    """The language of a tag, without its country."""
    return code.lower().replace("_", "-").partition("-")[0]
