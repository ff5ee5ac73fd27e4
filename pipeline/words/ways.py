"""By what words of two languages can be linked."""

from __future__ import annotations

SHOWN = ("books", "all", "none")  # where a job shows links: readers and e-books; files of pairs too; neither
WAYS = {  # each with what made the links, in words for readers and reports
    "lexicon": "a lexicon of French and English",
    "model": "a lexicon of French and English and the built-in model's attention",
    "embeddings": "multilingual word vectors, spelling and position",
    "learned": "words counted in this very text, multilingual word vectors, spelling and position",
}
OF_LEXICON = ("lexicon", "model")  # ways of French and English only
ASKED = (
    "best",
    "usual",
    *(one for one in WAYS if one != "learned"),
)  # what may be asked for
# languages that the word vectors were made of
MET = frozenset(("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"))


def has_lexicon(source_language: str, target_language: str) -> bool:
    """Whether the lexicon that ships is of these two languages, whichever way round."""
    return sorted((short(source_language), short(target_language))) == ["en", "fr"]


def usual_way(source_language: str, target_language: str) -> str:
    """By what words of two languages are linked in books and files, where there are many: a name of `WAYS`."""
    return "lexicon" if has_lexicon(source_language, target_language) else "embeddings"


def best_way(source_language: str, target_language: str) -> str:
    """By what words of two languages are linked with the fewest errors, however long it takes: a name of `WAYS`."""
    return "model" if has_lexicon(source_language, target_language) else "embeddings"


def told(way: str, source_language: str, target_language: str) -> str:
    """What made the links of two languages, with what it does not know, for readers and reports."""
    strange = dict.fromkeys(one for one in map(short, (source_language, target_language)) if one not in MET)
    unknown = f" (the vectors were made without {' and '.join(strange)})" if strange and way not in OF_LEXICON else ""
    return WAYS[way] + unknown


def short(code: str) -> str:
    """The language of a tag, without its country."""
    return code.lower().replace("_", "-").partition("-")[0]
