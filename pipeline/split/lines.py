"""Where a line's end is also a sentence's: headings, items, dialogue; not hard-wrapped prose.

For text whose blocks nobody knows. A blank line always ends a sentence; a single line break is judged by the lines
around it and by the paragraph: are its lines filled to a width (wrapped), or do most end in a mark (verse)?
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.languages.words import Language

_NEWLINES = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_LINE_END = re.compile(r"(?:\r\n?|[\n\x0b\x0c\x85\u2028\u2029])\s*")
_MARKER = re.compile(
    r"(?:[•·▪‣►●■◆○*+]|[—–-]+(?=\s)|\(?\d{1,3}[.)°]|\(?[a-zA-Z][)]|[IVX]{1,5}[.)]|[a-z]\.|#+)\s|https?://|www\."
)
_SPEECH = re.compile(r"[—–―-]{1,3}\s?[^\W\d_a-z]|«")
_WORD = re.compile(r"\S{1,40}")
CLOSED = re.compile(r"[.!?…][\s»”’\"')\]*]{0,6}\Z")
_DATE = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?Z?)?"
_META = re.compile(  # `date 2018-01 Alors que…`; not `1939-45 fut une guerre`
    rf"\s*(?:(?i:date|published|publié|updated|mis à jour)[ :=]{{1,3}}(?:{_DATE}|\d{{4}}-\d{{2}})|{_DATE})"
    r"(?=\s+[^\W_a-zà-ÿ]|\s+[«“\"'(])"
)
MIN_WIDTH, MAX_WIDTH = 40, 132  # columns between which people wrap prose; wider lines are whole paragraphs
SURE_WIDTH = 55  # from here on a single filled line is evidence enough


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What a run of lines without a blank one looks like as a whole."""

    width: int
    wrapped: bool
    verse: bool


@dataclass(frozen=True, slots=True)
class LineEnd:
    """Where a line ends, where the next begins, what was decided and by which rule."""

    end: int
    next: int
    rule: str
    ends: bool


def line_ends(text: str, language: Language) -> Iterator[LineEnd]:
    """Yield each judged line break, and the end of a line of metadata at the head."""
    if meta := _META.match(text):
        after = len(text) - len(text[meta.end() :].lstrip())
        yield LineEnd(meta.end(), after, "metadata", True)
    found = _breaks(text)
    blank = [len(_NEWLINES.findall(text, *span)) > 1 for span in found]
    for index, (start, end) in enumerate(found):
        if index == 0 or blank[index - 1]:
            last = index
            while last < len(found) and not blank[last]:
                last += 1
            begin = found[index - 1][1] if index else 0
            lines = _lines(text, begin, found[index : last + 1])
            paragraph = _paragraph(text, lines)
        if blank[index]:
            yield LineEnd(start, end, "blank-line", True)
        else:
            before = found[index - 1][1] if index else 0
            after = found[index + 1][0] if index + 1 < len(found) else len(text)
            rule, ends = _judge(text[before:start], text[end:after], paragraph, language)
            yield LineEnd(start, end, rule, ends)


def _breaks(text: str) -> list[tuple[int, int]]:
    """The white space around each line end, as (start, end); every space is walked over once."""
    found: list[tuple[int, int]] = []
    for match in _LINE_END.finditer(text):
        start = match.start()
        while start and text[start - 1].isspace():
            start -= 1
        found.append((start, match.end()))
    return found


def _lines(text: str, begin: int, breaks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    lines = []
    for start, end in breaks:
        lines.append((begin, start))
        begin = end
    if not breaks or breaks[-1][1] >= len(text) or len(_NEWLINES.findall(text, *breaks[-1])) < 2:
        lines.append((begin, len(text)))
    return lines


def _paragraph(text: str, lines: list[tuple[int, int]]) -> Paragraph:
    width = max(end - start for start, end in lines)
    inner = list(pairwise(lines))
    filled = sum(_is_filled(text, line, following, width) for line, following in inner)
    wrapped = MIN_WIDTH <= width <= MAX_WIDTH and (filled >= 2 or width >= SURE_WIDTH) and filled * 3 >= len(inner) * 2
    running = sum(text[end - 1 : end] in ",;" for start, end in lines[:-1] if end > start)
    marked = sum(text[end - 1 : end] in ",;:.!?…»" for start, end in lines if end > start)
    capital = sum(text[start : start + 1].isupper() for start, _ in lines)
    verse = (
        len(lines) >= 3 and width <= 70 and running > 0 and marked * 2 >= len(lines) and capital * 4 >= len(lines) * 3
    )
    return Paragraph(width, wrapped, verse and not wrapped)


def _is_filled(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether the next line's first word would not have fitted on this line, give or take a few columns."""
    word = _WORD.match(text, following[0])
    return line[1] - line[0] + 1 + (word.end() - word.start() if word else 0) + 4 > width


def _begins(head: str, language: Language) -> bool:
    """Whether a line's first word often begins sentences, so that its capital is not a name's."""
    first = re.match(r"[^\W\d_]+['’]?", head)
    return first is not None and (first[0].lower() in language.starters or first[0][:-1].lower() in language.elisions)


def _judge(line: str, following: str, paragraph: Paragraph, language: Language) -> tuple[str, bool]:
    """The rule for one line break and its answer; False leaves the break to the marks before it."""
    head, tail = following[:60], line[-60:]
    filled = (
        paragraph.wrapped and len(line) + 1 + len(head.split(None, 1)[0] if head.split() else "") + 4 > paragraph.width
    )
    if _SPEECH.match(head) and CLOSED.search(tail):
        return "speech-line", True
    if _MARKER.match(head) and not filled:
        return "item-line", True
    if CLOSED.search(tail):
        return "closed-line", False
    if tail[-1:] in ":;":
        return "colon-line", not filled and not (paragraph.verse and tail[-1:] == ";" and head[:1].islower())
    hyphened = tail[-1:] in "-­" and tail[-2:-1].isalpha()
    if head[:1].islower() or tail[-1:] == "," or hyphened:
        return "line-goes-on", False
    if _SPEECH.match(head):
        return "speech-line", not filled
    if paragraph.wrapped and (filled or paragraph.verse):
        return "wrapped-line", False
    words = tail.split()
    if words and words[-1].lower() in language.dangling and not _begins(head, language):
        return "dangling-line", False
    return ("verse-line", False) if paragraph.verse and len(line) * 2 >= paragraph.width else ("heading-line", True)
