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
from pipeline.read.table import Texts
from pipeline.text import Kind

_EDGE = 0.12  # of a page's height, above and below, where heads and numbers stand
_OFTEN = 3  # pages on which a running head comes back; on two where there are no more
_FIGURES = re.compile(r"\d+|\b[ivxlcdm]+\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"[-–—\[(|\s]*(?:page|p\.)?\s*(?:\d{1,4}|[ivxlcdm]{1,7})\s*(?:(?:/|sur|of)\s*\d{1,4})?[-–—\])|\s]*",
    re.IGNORECASE,
)
_GUTTER = 6.0  # points at least between two columns
_NARROWEST_CELL = 30.0  # points, a cell of a table
_NARROWEST = 0.15  # of the page's width, a column
_SEPARATOR = "\x1f\n\n\x1f"  # between paragraphs while words are made whole
_LARGER = 1.15  # times the body's size, a heading's
_WIDE_GAP = 1.6  # times the usual distance of lines, before a paragraph


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page: its place in points from the lower left corner, its text, the size and weight of its letters.

    `box` is the number of the group of lines, one under the other, to which it belongs.
    """

    left: float
    bottom: float
    right: float
    top: float
    text: str
    size: float = 10.0
    heavy: bool = False
    box: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page's width and height in points, and its lines in any order."""

    width: float
    height: float
    lines: tuple[PageLine, ...]


@dataclass(slots=True)
class _Paragraph:
    """Lines that belong together; `page` is that of the first, from 1, `right` the edge of their column."""

    lines: list[PageLine]
    page: int
    right: float
    marks: list[tuple[str, int]] = field(default_factory=list)


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
            _fill(paragraphs, column, number, body)
        if marks and not paragraphs:
            paragraphs.append(_Paragraph([], number, 0.0))
        for mark in sorted(marks, key=lambda line: -line.top):
            paragraphs[-1].marks.append((mark.text, number))
    return list(_texts(paragraphs, body, language)) if paragraphs else []


def columns_in_order(lines: Sequence[PageLine], width: float) -> list[list[PageLine]]:
    """The columns of a page, in the order in which they are read, each its lines from top to bottom."""
    waiting, found = [sorted(lines, key=lambda line: (-line.top, line.left))], list[list[PageLine]]()
    while waiting:
        part = waiting.pop()
        halves = _side_by_side(part, width) or _over(part, width)
        if halves:
            waiting += halves[::-1]
        elif part:
            found += _cells_apart(part)
    return found


def _cells_apart(lines: list[PageLine]) -> list[list[PageLine]]:
    """A column in which cells of a table stand side by side, a part a cell; text between such rows is a part too."""
    boxes: dict[int, list[PageLine]] = {}
    for line in lines:
        boxes.setdefault(line.box, []).append(line)
    parts: list[list[PageLine]] = [[]]
    for band in _bands(list(boxes.values())):
        edges = sorted((min(line.left for line in box), max(line.right for line in box)) for box in band)
        wide = all(right - left >= _NARROWEST_CELL for left, right in edges)
        disjoint = all(b[0] >= a[1] for a, b in pairwise(edges))  # a wide space in a line parts boxes too
        if len(band) > 1 and wide and disjoint and max(map(len, band)) > 1:
            parts += [*sorted(band, key=lambda box: min(line.left for line in box)), []]
        else:
            parts[-1] += sorted((line for box in band for line in box), key=lambda line: (-line.top, line.left))
    return [part for part in parts if part]


def _bands(boxes: list[list[PageLine]]) -> Iterator[list[list[PageLine]]]:
    """Boxes from top to bottom, those that stand at one height together."""
    band: list[list[PageLine]] = []
    reached = 0.0
    for box in sorted(boxes, key=lambda box: -max(line.top for line in box)):
        top, bottom = max(line.top for line in box), min(line.bottom for line in box)
        if band and top - reached <= 0.5 * (box[0].top - box[0].bottom):
            yield band
            band = []
        reached = min(reached, bottom) if band else bottom
        band.append(box)
    if band:
        yield band


def _side_by_side(lines: Sequence[PageLine], width: float) -> list[list[PageLine]]:
    """Two parts with white space between them from top to bottom, each as wide and as tall as a column is."""
    if len(lines) < 6:
        return []
    edges = sorted((line.left, line.right) for line in lines)
    reached = edges[0][1]
    for left, right in edges[1:]:
        if left - reached >= _GUTTER:
            parts = [[one for one in lines if one.right <= reached], [one for one in lines if one.right > reached]]
            wide = all(max(o.right for o in part) - min(o.left for o in part) >= _NARROWEST * width for part in parts)
            if wide and min(map(len, parts)) >= 3:
                return parts
        reached = max(reached, right)
    return []


def _over(lines: Sequence[PageLine], width: float) -> list[list[PageLine]]:
    """Two parts, one over the other, if one of them falls into columns: the first line that spans them parts them."""
    spanning = [k for k, line in enumerate(lines) if line.right - line.left >= 0.5 * width]
    if len(lines) < 7 or not 0 < len(spanning) < len(lines):
        narrow = [k for k in range(1, min(4, len(lines) - 5)) if _side_by_side(lines[k:], width)]
        return [list(lines[: narrow[0]]), list(lines[narrow[0] :])] if narrow else []
    for cut in _turns(spanning, len(lines)):
        parts = [list(lines[:cut]), list(lines[cut:])]
        if any(_side_by_side(part, width) for part in parts):
            return parts
    return []


def _turns(spanning: Sequence[int], count: int) -> list[int]:
    """Where lines that span the page begin or end, as places to cut; a page has few."""
    wide = set(spanning)
    return [k for k in range(1, count) if (k in wide) != (k - 1 in wide)][:12]


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


def _texts(paragraphs: Sequence[_Paragraph], body: float, language: str) -> Iterator[tuple[Kind, str, Data]]:
    raw = _SEPARATOR.join("\n".join(line.text for line in one.lines) for one in paragraphs)
    whole, _ = whole_words(raw.replace("\N{HYPHEN}\n", "-\n"), language)
    sizes = sorted({round(one.lines[0].size) for one in paragraphs if one.lines and _is_large(one.lines[0], body)})
    for one, text in zip(paragraphs, whole.split(_SEPARATOR), strict=True):
        plain = " ".join(text.split())
        if one.lines and plain:
            kind, data = _kind(one, plain, body, sizes)
            yield kind, plain, (*data, (PLACE, f"page {one.page}"))
        for mark, page in one.marks:
            yield "page", mark, (("matter", "page"), (PLACE, f"page {page}"))


def _kind(paragraph: _Paragraph, text: str, body: float, sizes: Sequence[int]) -> tuple[Kind, Data]:
    first = paragraph.lines[0]
    short = len(text) <= 2 * LONGEST_HEADING and any(map(str.isalpha, text))
    if short and (_is_large(first, body) or is_chapter(text) or (first.heavy and not Line(0, text).ends_sentence)):
        top = is_chapter(text) or (_is_large(first, body) and round(first.size) == sizes[-1])
        return "heading", (("level", "1"), ("chapter", "1")) if top else (("level", "2"),)
    return ("item" if Line(0, text).is_item and not Line(0, text).is_dialogue else "paragraph"), ()
