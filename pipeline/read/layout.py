"""Lines of printed pages to blocks: columns in reading order, paragraphs over pages, heads and page numbers aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from pipeline.read.assembling import PLACE, Data
from pipeline.read.headings import LONGEST_HEADING, is_chapter, is_mark
from pipeline.read.lines import Line
from pipeline.read.mending import whole_words
from pipeline.read.printed import Page, PageLine, columns_in_order
from pipeline.read.table import Texts
from pipeline.text import Kind

_EDGE = 0.12  # of a page's height, above and below, where heads and numbers stand
_OFTEN = 3  # pages on which a running head comes back; on two where there are no more
_FIGURES = re.compile(r"\d+|\b[ivxlcdm]+\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"[-–—\[(|\s]*(?:page|p\.)?\s*(?:\d{1,4}|[ivxlcdm]{1,7})\s*(?:(?:/|sur|of)\s*\d{1,4})?[-–—\])|\s]*",
    re.IGNORECASE,
)
_SEPARATOR = "\x1f\n\n\x1f"  # between paragraphs while words are made whole
_UP, _FIGURES_UP = "0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DOWN = str.maketrans(_FIGURES_UP, _UP)
_CALLING = re.compile(f"(?<=[^\\W\\d_]|[.,;:!?…»”)])[{_FIGURES_UP}]{{1,3}}")  # raised figures after a word or mark
_NOTE = re.compile(rf"[\[(]?([*†‡]|\d{{1,3}}|[{_FIGURES_UP}]{{1,3}})[\])]?[.\s]?\s*(?=\S)")  # what a note opens with
_SMALLER = 0.92  # times the body's size, a note's
_LARGER = 1.15  # times the body's size, a heading's
_WIDE_GAP = 1.6  # times the usual distance of lines, before a paragraph


@dataclass(slots=True)
class _Paragraph:
    """Lines that belong together; `page` is that of the first, from 1, `right` the edge of their column.

    `notes` stand at the foot of a page that the paragraph is on, `marks` at its edges.
    """

    lines: list[PageLine]
    page: int
    right: float
    marks: list[tuple[str, int]] = field(default_factory=list)
    notes: list[_Paragraph] = field(default_factory=list)


def blocks_of_pages(pages: Sequence[Page], language: str) -> Texts:
    """The blocks of pages, in reading order: headings by their size, paragraphs, and page marks behind them."""
    body = _body_size(pages)
    heads = _running(pages, body)

    def is_head(line: PageLine) -> bool:
        return _masked(line, body) in heads or _NUMBER.fullmatch(line.text) is not None

    paragraphs: list[_Paragraph] = []
    for number, page in enumerate(pages, start=1):
        marks = [line for line in page.lines if _is_mark(line, page, is_head)]
        text = [line for line in page.lines if line not in marks]
        for column in columns_in_order(text, page.width):
            column, notes = _notes_apart(column, body)
            if column:
                _fill(paragraphs, column, number, body)
            if notes:
                _fill(paragraphs[-1].notes if paragraphs else paragraphs, notes, number, body)
        if marks and not paragraphs:
            paragraphs.append(_Paragraph([], number, 0.0))
        for mark in sorted(marks, key=lambda line: -line.top):
            paragraphs[-1].marks.append((mark.text, number))
    ordered = [each for one in paragraphs for each in (one, *one.notes)]
    return list(_texts(ordered, body, language, _marks_of_notes(paragraphs))) if ordered else []


def _notes_apart(column: list[PageLine], body: float) -> tuple[list[PageLine], list[PageLine]]:
    """A column without the notes at its foot: smaller lines, the first of which opens with a mark."""
    end = len(column)
    while end and column[end - 1].size <= _SMALLER * body:
        end -= 1
    while end < len(column) and not _NOTE.match(column[end].text):
        end += 1
    return column[:end], column[end:]


def _marks_of_notes(paragraphs: Sequence[_Paragraph]) -> set[str]:
    """The marks with which notes open."""
    found = (_NOTE.match(note.lines[0].text) for one in paragraphs for note in one.notes if note.lines)
    return {match[1].translate(_DOWN) for match in found if match}


def _running(pages: Sequence[Page], body: float) -> set[str]:
    """Running heads: what stands at the edge of several pages, whatever figures it has."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_masked(line, body) for line in page.lines if _at_edge(line, page)})
    often = min(_OFTEN, max(2, len(pages)))
    return {text for text, count in counts.items() if count >= often}


def _masked(line: PageLine, body: float) -> str:
    """A line as a running head comes again: without its figures, unless it may be a chapter's heading."""
    heading = is_mark(line.text) or _is_large(line, body)
    return (line.text if heading else _FIGURES.sub("#", line.text)).strip().casefold()


def _at_edge(line: PageLine, page: Page) -> bool:
    return line.bottom > (1 - _EDGE) * page.height or line.top < _EDGE * page.height


def _is_mark(line: PageLine, page: Page, is_head: Callable[[PageLine], bool]) -> bool:
    """Whether a line is a page's number or running head: at its edge, with nothing of the text beyond or beside it."""
    if not _at_edge(line, page) or not is_head(line):
        return False
    above, middle = line.bottom > page.height / 2, (line.bottom + line.top) / 2
    return all(map(is_head, (one for one in page.lines if (one.top > middle if above else one.bottom < middle))))


def _body_size(pages: Sequence[Page]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _fill(paragraphs: list[_Paragraph], column: list[PageLine], page: int, body: float) -> None:
    """Take the lines of a column into paragraphs; the first may go on with the last of the column before."""
    left = min(line.left for line in column)
    right = max(line.right for line in column)
    steps = [a.top - b.top for a, b in pairwise(column) if a.top - b.top > 0.5]
    step = median(steps) if steps else 1.2 * body
    for place, line in enumerate(column):
        before = column[place - 1] if place else None
        last = paragraphs[-1] if paragraphs else None
        if (
            before is not None
            and last is not None
            and abs(before.bottom - line.bottom) < 0.3 * body
            and line.left >= before.right - 1
        ):
            last.lines[-1] = _beside(last.lines[-1], line)  # pieces of one line
        elif last is not None and last.lines and _goes_on(last, line, before, left, step, body):
            last.lines.append(line)
            last.right = right
        else:
            paragraphs.append(_Paragraph([line], page, right))


def _beside(line: PageLine, other: PageLine) -> PageLine:
    return PageLine(line.left, min(line.bottom, other.bottom), other.right, max(line.top, other.top),
                    f"{line.text} {other.text}", line.size, line.heavy)  # fmt: skip


def _goes_on(
    paragraph: _Paragraph, line: PageLine, before: PageLine | None, left: float, step: float, body: float
) -> bool:
    """Whether a line goes on with a paragraph."""
    last = paragraph.lines[-1]
    words = Line(0, last.text), Line(0, line.text)
    if abs(last.size - line.size) > 0.1 * body or last.heavy != line.heavy or words[1].is_item or words[1].is_dialogue:
        return False
    if _is_large(paragraph.lines[0], body):
        return before is not None and last.top - line.top < 2.0 * line.size
    hanging = Line(0, paragraph.lines[0].text).is_item and line.left > paragraph.lines[0].left
    indented = not hanging and line.left > left + 0.7 * body and line.left > last.left + 0.7 * body
    full = last.right >= paragraph.right - 0.12 * max(1.0, paragraph.right - last.left)
    if before is None:  # the first of a column or page
        return not words[0].ends_sentence and not is_chapter(line.text) and (full or words[1].opens_lower)
    if last.top - line.top > _WIDE_GAP * step:
        return False
    if words[1].opens_lower and not words[0].ends_sentence:
        return True
    return full and not indented


def _is_large(line: PageLine, body: float) -> bool:
    return line.size > _LARGER * body


def _texts(
    paragraphs: Sequence[_Paragraph], body: float, language: str, notes: set[str]
) -> Iterator[tuple[Kind, str, Data]]:
    raw = _SEPARATOR.join("\n".join(line.text for line in one.lines) for one in paragraphs)
    whole, _ = whole_words(raw.replace("\N{HYPHEN}\n", "-\n"), language)
    sizes = sorted({round(one.lines[0].size) for one in paragraphs if one.lines and _is_large(one.lines[0], body)})
    for one, text in zip(paragraphs, whole.split(_SEPARATOR), strict=True):
        plain = " ".join(text.split())
        if one.lines and plain:
            kind, data = _kind(one, plain, body, sizes)
            mark = _NOTE.match(plain) if one.lines[0].size <= _SMALLER * body else None
            if mark and mark[1].translate(_DOWN) in notes:
                kind, data = "paragraph", (("note", mark[1].translate(_DOWN)),)
            else:
                plain, calls = _without_calls(plain, notes)
                data = (*data, *(("noteref", call) for call in calls))
            yield kind, plain, (*data, (PLACE, f"page {one.page}"))
        for edge, page in one.marks:
            yield "page", edge, (("matter", "page"), (PLACE, f"page {page}"))


def _without_calls(text: str, notes: set[str]) -> tuple[str, list[str]]:
    """A text without the raised figures that call notes which there are, and these."""
    calls: list[str] = []

    def take(found: re.Match[str]) -> str:
        call = found[0].translate(_DOWN)
        if call not in notes:
            return found[0]
        calls.append(call)
        return ""

    return _CALLING.sub(take, text), calls


def _kind(paragraph: _Paragraph, text: str, body: float, sizes: Sequence[int]) -> tuple[Kind, Data]:
    first = paragraph.lines[0]
    short = len(text) <= 2 * LONGEST_HEADING and any(map(str.isalpha, text))
    if short and (_is_large(first, body) or is_chapter(text) or (first.heavy and not Line(0, text).ends_sentence)):
        top = is_chapter(text) or (_is_large(first, body) and round(first.size) == sizes[-1])
        return "heading", (("level", "1"), ("chapter", "1")) if top else (("level", "2"),)
    return ("item" if Line(0, text).is_item and not Line(0, text).is_dialogue else "paragraph"), ()
