"""Styles of an OpenDocument text: what they set around a text, and how its lists are numbered (ODF 1.2, 16 and 19)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.read.counting import letters, roman
from pipeline.read.marks import PLAIN, Around, is_code

if TYPE_CHECKING:
    from lxml.etree import _Element

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, STYLE, _FO = f"{{{_NS}text:1.0}}", f"{{{_NS}style:1.0}}", f"{{{_NS}xsl-fo-compatible:1.0}}"
_NUMBER = re.compile(r"\d{1,6}")
_BOLD = frozenset(("bold", "600", "700", "800", "900"))
_FORMS: dict[str, Callable[[int], str]] = {
    "a": letters,
    "A": lambda number: letters(number).upper(),
    "i": lambda number: roman(number).lower(),
    "I": roman,
}


class Styles:
    """The styles of a file's parts, by their names."""

    def __init__(self, *parts: _Element | None) -> None:
        self._found: dict[str, _Element] = {}
        self._automatic: set[str] = set()
        self._lists: dict[str, dict[int, _Element]] = {}
        for part in parts:
            self._learn(part)

    def _learn(self, part: _Element | None) -> None:
        for style in part.iter(f"{STYLE}style") if part is not None else ():
            name = style.get(f"{STYLE}name") or ""
            self._found.setdefault(name, style)
            parent = style.getparent()
            if parent is not None and str(parent.tag).endswith("}automatic-styles"):
                self._automatic.add(name)
        for style in part.iter(f"{TEXT}list-style") if part is not None else ():
            levels = {number(level.get(f"{TEXT}level"), 1): level for level in style}
            self._lists.setdefault(style.get(f"{STYLE}name") or "", levels)

    def _line(self, name: str) -> Iterator[_Element]:
        """A style and those it comes of, the first one first."""
        seen: set[str] = set()
        while name in self._found and name not in seen:
            seen.add(name)
            yield self._found[name]
            name = self._found[name].get(f"{STYLE}parent-style-name") or ""

    def named(self, name: str) -> list[str]:
        """The names, as people see them, of a style and those it comes of."""
        shown = (one.get(f"{STYLE}display-name") or one.get(f"{STYLE}name") or "" for one in self._line(name))
        return [one.replace("_20_", " ") for one in shown]

    def around(self, name: str) -> Around:
        """What a style of words sets around them."""
        made: dict[str, bool] = {}
        for one in reversed(list(self._line(name))):
            made |= _switches(one)
        made["literal"] = any(map(is_code, self.named(name)))
        return frozenset((kind, "") for kind, on in made.items() if on)

    def around_all(self, name: str) -> Around:
        """What was set around a whole paragraph by hand; what its named style says is the paragraph's own look."""
        if name not in self._automatic:
            return PLAIN
        return frozenset((kind, "") for kind, on in _switches(self._found[name]).items() if on)

    def level(self, style: str, level: int) -> _Element | None:
        """What a list's style says of a level, counted from 1."""
        return self._lists.get(style, {}).get(level)


def _switches(style: _Element) -> dict[str, bool]:
    """What a style's own properties say of italics and bold, and of what stands over or under the line."""
    made: dict[str, bool] = {}
    for one in style.iterchildren(f"{STYLE}text-properties"):
        if slant := one.get(f"{_FO}font-style"):
            made["em"] = slant in ("italic", "oblique")
        if weight := one.get(f"{_FO}font-weight"):
            made["strong"] = weight in _BOLD
        if position := one.get(f"{STYLE}text-position"):
            made["sup"] = position.startswith(("super", *"123456789"))
            made["sub"] = position.startswith(("sub", "-"))
    return made


@dataclass(slots=True)
class Lists:
    """Counts the items of lists that are open, and of those that go on."""

    styles: Styles
    _open: list[str] = field(default_factory=list)  # their styles
    _counts: list[int] = field(default_factory=list)
    _last: dict[tuple[str, int], int] = field(default_factory=dict)  # by style and level, for a list that goes on

    @property
    def depth(self) -> int:
        """How many lists are open."""
        return len(self._open)

    def opens(self, element: _Element) -> None:
        """A list begins, or goes on; one within another has its style unless it says otherwise."""
        style = element.get(f"{TEXT}style-name") or (self._open[-1] if self._open else "")
        self._open.append(style)
        level = self.styles.level(style, len(self._open))
        start = number(level.get(f"{TEXT}start-value"), 1) - 1 if level is not None else 0
        goes_on = element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list")
        self._counts.append(self._last.get((style, len(self._open)), start) if goes_on else start)

    def closes(self) -> None:
        """The list ends."""
        self._last[self._open[-1], len(self._open)] = self._counts[-1]
        self._open.pop()
        self._counts.pop()

    def item(self, element: _Element) -> str:
        """Count an item; its number as shown, nothing for a bullet."""
        self._counts[-1] = number(element.get(f"{TEXT}start-value"), self._counts[-1] + 1)
        level = self.styles.level(self._open[-1], len(self._open))
        form = "" if level is None else level.get(f"{STYLE}num-format") or ""
        if level is None or not form:
            return ""
        shown = max(1, min(number(level.get(f"{TEXT}display-levels"), 1), len(self._counts)))
        figures = ".".join(_FORMS.get(form, str)(one) for one in self._counts[-shown:])
        return f"{level.get(f'{STYLE}num-prefix') or ''}{figures}{level.get(f'{STYLE}num-suffix') or ''}".strip()[:20]


def number(said: str | None, usual: int) -> int:
    """A number that an attribute says, or the usual one."""
    return int(said) if said and _NUMBER.fullmatch(said) else usual
