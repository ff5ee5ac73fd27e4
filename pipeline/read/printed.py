"""Printed pages: their lines, and the columns and cells in which these are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_GUTTER = 6.0  # points at least between two columns
_NARROWEST_CELL = 30.0  # points, a cell of a table
_NARROWEST = 0.15  # of the page's width, a column


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
