"""Where a text of a page stands: under a heading, in a table's cell, a list's item, preformatted, in a drawing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.read.assembling import Data
from pipeline.read.lines import Line, is_verse
from pipeline.text import Kind

_ROLES = frozenset(("svg", "article", "main", "pre", "td", "th", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"))
_HEADING = re.compile(r"h([1-6])$")
_NUMBER = re.compile(r"\d{1,6}")


@dataclass(slots=True)
class Standing:
    """Follows the elements that are open as far as they say what a text is: its kind, and what is told of it.

    With `chapters` marked by ids, headings of the first level begin none.
    """

    chapters: bool = False
    _roles: list[str] = field(default_factory=list)  # those of the open elements that say what a text is
    _rows: list[list[int]] = field(default_factory=list)  # of each open table its number, row and column
    _tables: int = 0
    _numbers: list[int | None] = field(default_factory=list)  # of the lists that are open; None of those without
    _number: str = ""
    _code: bool = False

    def is_in(self, *names: str) -> bool:
        """Whether one of these elements is open."""
        return any(name in self._roles for name in names)

    def opens(self, name: str, attributes: Mapping[str, str | None]) -> None:
        """Take in a tag that opens: tables' rows and columns are counted, and the items of ordered lists."""
        if name in _ROLES:
            self._roles.append(name)
        if name == "table":
            self._tables += 1
            self._rows.append([self._tables, 0, 0])
        elif name == "tr" and self._rows:
            self._rows[-1][1:] = [self._rows[-1][1] + 1, 0]
        elif name in ("td", "th") and self._rows:
            self._rows[-1][2] += 1
        elif name in ("ol", "ul"):
            start = attributes.get("start") or ""
            self._numbers.append((int(start) if _NUMBER.fullmatch(start) else 1) - 1 if name == "ol" else None)
        elif name == "li" and self._numbers and self._numbers[-1] is not None:
            self._numbers[-1] += 1
            self._number = f"{self._numbers[-1]}."
        elif name in ("code", "samp") and "pre" in self._roles:
            self._code = True

    def closes(self, name: str) -> None:
        """Take in a tag that closes."""
        if name in ("ol", "ul") and self._numbers:
            self._numbers.pop()
        if self._roles and self._roles[-1] == name:
            self._roles.pop()
        if name == "table" and self._rows:
            self._rows.pop()

    def kind(self, text: str) -> tuple[Kind, Data]:
        """The kind of a text that stands here, with its level, place in a table or number in a list."""
        for name in reversed(self._roles):
            if found := _HEADING.match(name):
                chapter = () if found[1] != "1" or self.chapters else (("chapter", "1"),)
                return "heading", (("level", found[1]), *chapter)
            if name in ("td", "th") and self._rows:
                table, row, column = self._rows[-1]
                return "cell", (("table", str(table)), ("row", str(row)), ("column", str(column)))
            if name in ("li", "dt", "dd"):
                number: Data = (("number", self._number),) if name == "li" and self._number else ()
                self._number = ""
                depth: Data = (("depth", str(len(self._numbers))),) if len(self._numbers) > 1 else ()
                return "item", (*number, *depth)
        if "pre" in self._roles:
            code: Data = (("code", "1"),) if self._code else ()
            self._code = False
            return "paragraph", code
        return ("verse" if is_verse([Line(0, line) for line in text.split("\n")]) else "paragraph"), ()
