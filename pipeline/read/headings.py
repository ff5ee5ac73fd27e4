"""Which lines of plain text are headings: chapter marks with or without a title, openings, numerals, bare titles."""

from __future__ import annotations

import re
from functools import cache

from pipeline.languages.headings import heading_words
from pipeline.read.lines import Line

LONGEST_HEADING = 100  # characters
_ROMAN = r"(?=[IVXLCDM])(?:M{0,3}(?:CM|CD|DC{0,3}|C{0,4})(?:XC|XL|LX{0,4}|X{0,4})(?:IX|IV|VI{0,4}|I{0,4}))"
_DASHES = r"[-–—―*\[(]{0,3}"
_ALONE = re.compile(rf"{_DASHES}\s*(?:{_ROMAN}|\d{{1,3}})\s*[.)\]]?\s*[-–—―*]{{0,3}}$")  # IV., – 12 –, -- I --
# `I-Le latin`, `II. The Road`, `X: Home`; a lone C, D, L or M is an initial, and `I—` opens an English speech
_NUMBERED = re.compile(
    rf"(?:(?![CDLM]\b){_ROMAN})(?:\s*[.:)]\s+|\s*[-–]\s*|\s+[—―]\s+|(?<=[IVXLC]{{2}})[—―])(?=[A-ZÀ-ÞŒ«“\"])"
)
# words said, and by whom; words in quotation marks that go on
_SPOKEN = re.compile(r"[«“\"‘][^»”\"’]*(?:[»”\"]|’(?!\w)).*\w|[«“\"][^»”\"]*$")
_STOPS = ".!?"


@cache
def _marks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A division with its number (`Chapitre premier`, `First Part`), and an opening that stands alone."""
    words = heading_words()
    division, number, opening = (
        "|".join(sorted(map(re.escape, one), key=len, reverse=True))
        for one in (words.divisions, words.numbers, words.openings)
    )
    count = rf"(?:[ivxlcdm]+|\d{{1,3}}(?:er|re|e|ère|st|nd|rd|th)?|(?:(?:{number})(?:[- ](?:et[- ])?(?:{number}))*))"
    division = rf"(?:{division})"
    mark = rf"(?:the\s+)?(?:{division}\s+(?:the\s+)?{count}|{count}\s+{division})(?![\w'’-])"
    return re.compile(mark, re.IGNORECASE), re.compile(rf"(?:{opening})\s*[.:]?$", re.IGNORECASE)


def heading_level(text: str) -> str:
    """The level of a line that stands alone, if it looks like a heading: "1" for chapters, "2" else, or nothing."""
    if len(text) > LONGEST_HEADING or not any(c.isalnum() for c in text) or text[0].islower():
        return ""
    if is_chapter(text):
        return "1"
    line = Line(0, text)
    if _SPOKEN.match(text):
        return ""
    if line.ends_sentence or text[-1] in ",;" or line.is_dialogue or (line.is_item and not text[0].isdigit()):
        return ""
    return "2"


def is_chapter(text: str) -> bool:
    """Whether a line opens a chapter: by its mark alone, or by a mark and a title that is no sentence."""
    division, opening = _marks()
    if opening.match(text) or is_mark(text):
        return True
    if found := division.match(text):
        rest = text[found.end() :]
        return rest.lstrip()[:1] in tuple(".:-–—―(,") or (rest.lstrip()[:1].isupper() and text[-1] not in _STOPS)
    return bool(_NUMBERED.match(text)) and text[-1] not in _STOPS


def is_mark(text: str) -> bool:
    """Whether a line is a chapter's mark and nothing else, so that its title may stand on the next line."""
    found = _marks()[0].match(text)
    return bool(_ALONE.match(text)) or bool(found and not text[found.end() :].strip(" .:-–—―"))


def is_title(text: str) -> bool:
    """Whether a line under a mark may be its title: short, and no sentence unless in capitals."""
    short = len(text) <= LONGEST_HEADING and any(c.isalpha() for c in text) and not text[0].islower()
    return short and (text.isupper() or (text[-1] not in ".!?…,;:" and not Line(0, text).is_dialogue))


def opens_contents(text: str) -> bool:
    """Whether a line is the heading of a table of contents."""
    return text.strip(" .:").casefold() in heading_words().contents
