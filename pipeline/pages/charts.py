"""Charts as SVG within a page: their colours are the page's, their values stand in titles and labels too."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

_WIDE, _HIGH = 640, 240  # of a chart of curves, in units of its own
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 12, 32
_DOTS = 60  # points of a curve that are drawn as such; more would be a blot


@dataclass(frozen=True, slots=True)
class Bins:
    """A histogram: counts from left to right, and the words under the places (0-1) of its axis."""

    name: str
    counts: tuple[int, ...]
    ticks: tuple[tuple[float, str], ...]
    dashed: float | None = None  # a place worth seeing, such as a threshold

    @property
    def total(self) -> int:
        """How many values it shows."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Series:
    """A curve: its name and its points, from left to right."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of a text: how much of it is doubtful (0-1), what it says when pointed at, and where it leads."""

    share: float
    title: str
    href: str = ""


def histogram(bins: Bins) -> Markup:
    """A histogram, its highest bar as high as the chart."""
    highest, step = max(bins.counts, default=0) or 1, 320 / max(1, len(bins.counts))
    parts = []
    for place, number in enumerate(bins.counts):
        height = round(92 * number / highest, 1)
        if number:
            height = max(height, 1.5)  # one of many thousands is still seen
        parts.append(
            f'<rect class="bar" x="{place * step + 1:.1f}" y="{100 - height:.1f}" width="{step - 2:.1f}" '
            f'height="{height}"><title>{number:,}</title></rect>'
        )
    parts.append('<path class="axis" d="M0 100H320"/>')
    if bins.dashed is not None:
        parts.append(f'<path class="dashed" d="M{320 * bins.dashed:.1f} 4V100"/>')
    for at, words in bins.ticks:
        anchor = "start" if at <= 0 else "end" if at >= 1 else "middle"
        parts.append(f'<text x="{320 * at:.1f}" y="114" text-anchor="{anchor}">{escape(words)}</text>')
    label = f"{bins.name}: {bins.total:,} values, at most {highest:,} in a bar"
    return _svg("histogram", 320, 118, label, parts)


def strip(cells: Sequence[Cell], label: str) -> Markup:
    """A text as a strip from its beginning to its end, dark where the doubts lie.

    Its links are for a pointer: the keyboard would need a hundred steps to pass it, and finds them elsewhere.
    """
    parts = []
    for place, cell in enumerate(cells):
        level = 0 if cell.share <= 0 else 1 + min(2, int(cell.share * 3))
        title = f"<title>{escape(cell.title)}</title>"
        rect = f'<rect class="w{level}" x="{place}" y="0" width="1.02" height="10">{title}</rect>'
        link = f'<a href="{escape(cell.href)}" tabindex="-1" aria-label="{escape(cell.title)}">{rect}</a>'
        parts.append(link if cell.href else rect)
    role = "group" if any(cell.href for cell in cells) else "img"
    return _svg("strip", max(1, len(cells)), 10, label, parts, role=role, more=' preserveAspectRatio="none"')


def level(share: float) -> Markup:
    """A bar as long as a share (0-1)."""
    wide = round(100 * min(1.0, max(0.0, share)), 1)
    return _svg("level", 100, 8, "", [f'<rect class="bar" x="0" y="0" width="{wide}" height="8"/>'])


def curves(
    series: Sequence[Series], label: str, *, x: Callable[[float], str], y: Callable[[float], str] = "{:g}".format
) -> Markup:
    """Curves over one axis; `x` and `y` write its numbers."""
    points = [point for one in series for point in one.points]
    if not points:
        return Markup()
    across = _Axis(*_range([one for one, _ in points]), _LEFT, _WIDE - _RIGHT)
    up = _Axis(*_range([one for _, one in points]), _HIGH - _BOTTOM, _TOP)
    parts = []
    for tick in up.ticks():
        parts.append(f'<path class="grid" d="M{_LEFT} {up.at(tick)}H{_WIDE - _RIGHT}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{up.at(tick) + 4:.1f}" text-anchor="end">{escape(y(tick))}</text>')
    for tick in across.ticks():
        parts.append(f'<text x="{across.at(tick)}" y="{_HIGH - 12}" text-anchor="middle">{escape(x(tick))}</text>')
    for number, one in enumerate(series, start=1):
        path = " ".join(f"{across.at(place)},{up.at(value)}" for place, value in one.points)
        parts.append(f'<polyline class="c{number}" points="{path}"/>')
        for place, value in one.points if len(one.points) <= _DOTS else one.points[-1:]:
            title = escape(f"{one.name}: {y(value)} at {x(place)}")
            dot = f'cx="{across.at(place)}" cy="{up.at(value)}" r="3"'
            parts.append(f'<circle class="c{number}" {dot}><title>{title}</title></circle>')
    return _svg("curves", _WIDE, _HIGH, label, parts)


@dataclass(frozen=True, slots=True)
class _Axis:
    """Values between two, and the places where these stand."""

    low: float
    high: float
    first: float
    last: float

    def at(self, value: float) -> float:
        """Where a value stands."""
        return round(self.first + (self.last - self.first) * (value - self.low) / (self.high - self.low), 1)

    def ticks(self, wanted: int = 5) -> list[float]:
        """Round numbers between the two: 1, 2 or 5 times a power of ten apart."""
        rough = (self.high - self.low) / wanted
        power = 10 ** math.floor(math.log10(rough))
        step = next(one * power for one in (1, 2, 5, 10) if one * power >= rough)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [round(number * step, 12) for number in range(first, last + 1)]


def _svg(
    kind: str, width: float, height: float, label: str, parts: Sequence[str], *, role: str = "img", more: str = ""
) -> Markup:
    said = f'role="{role}" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return Markup(f'<svg class="{kind}" viewBox="0 0 {width:g} {height:g}" {said}{more}>{"".join(parts)}</svg>')


def _range(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - (abs(low) * 0.1 or 1.0), high + (abs(high) * 0.1 or 1.0))
