"""The numbers of Word's lists, which its files leave to be counted (ECMA-376, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.read.counting import letters, roman
from pipeline.read.docx_runs import Styles, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_NUMBER = re.compile(r"-?\d{1,6}")
_PLACE = re.compile(r"%([1-9])")
_LONGEST = 20  # characters of a number as shown
_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "lowerRoman": lambda number: roman(number).lower(),
    "upperRoman": roman,
}
_UNNUMBERED = ("bullet", "none")


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "bullet"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Lists:
    """Counts the items of a file's lists, in the order in which they stand."""

    styles: Styles
    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by definition and level
    _definitions: dict[str, str] = field(default_factory=dict)  # by the number of a list
    _restarts: dict[str, dict[int, int]] = field(default_factory=dict)  # of a list that begins anew: level and start
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    def know(self, root: _Element) -> None:
        """Learn what a numbering part says."""
        for one in root.iterchildren(f"{W}abstractNum"):
            levels = {_number(level.get(f"{W}ilvl"), 0): _level(level) for level in one.iterchildren(f"{W}lvl")}
            self._levels[one.get(f"{W}abstractNumId") or ""] = levels
        for one in root.iterchildren(f"{W}num"):
            id = one.get(f"{W}numId") or ""
            self._definitions[id] = _value(one, "abstractNumId")
            for change in one.iterchildren(f"{W}lvlOverride"):
                if start := _value(change, "startOverride"):
                    level = _number(change.get(f"{W}ilvl"), 0)
                    self._restarts.setdefault(id, {})[level] = _number(start, 1)

    def place(self, paragraph: _Element, style: str) -> tuple[str, int] | None:
        """The list and the level that a paragraph is of, by itself or its style; None if it is of none."""
        id, level = "", ""
        for one in (paragraph, *self.styles.line(style)):
            for told in one.iterfind(f"{W}pPr/{W}numPr"):
                id, level = id or _value(told, "numId"), level or _value(told, "ilvl")
        return (id, min(max(_number(level, 0), 0), _LEVELS - 1)) if id and id != "0" else None

    def number(self, id: str, level: int) -> str:
        """Count an item; its number as the file wants it shown, nothing for a bullet."""
        definition = self._definitions.get(id, "")
        levels = self._levels.get(definition, {})
        counts = self._counts.setdefault(definition, [None] * _LEVELS)
        for restarted, start in self._restarts.pop(id, {}).items():
            if 0 <= restarted < _LEVELS:
                counts[restarted] = start - 1
        before = counts[level]
        counts[level] = levels.get(level, _Level()).start if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        mine = levels.get(level, _Level())
        if mine.form in _UNNUMBERED:
            return ""
        return _PLACE.sub(lambda found: _shown(levels, counts, int(found[1]) - 1), mine.text).strip()[:_LONGEST]


def _shown(levels: dict[int, _Level], counts: list[int | None], level: int) -> str:
    mine, count = levels.get(level, _Level()), counts[level]
    number = mine.start if count is None else count
    return _FORMS.get(mine.form, str)(number) if mine.form not in _UNNUMBERED else ""


def _level(level: _Element) -> _Level:
    return _Level(_value(level, "numFmt") or "decimal", _value(level, "lvlText"), _number(_value(level, "start"), 1))


def _value(element: _Element, name: str) -> str:
    return next((one.get(f"{W}val") or "" for one in element.iterchildren(f"{W}{name}")), "")


def _number(said: str | None, usual: int) -> int:
    return int(said) if said and _NUMBER.fullmatch(said) else usual
