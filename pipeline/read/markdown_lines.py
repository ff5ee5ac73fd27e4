"""A line of Markdown: its text in parts, and what is set within it, through whatever is taken out of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.read.assembling import Data
from pipeline.read.markdown_extras import EDGE
from pipeline.read.marks import KINDS, PartsMark, placed, safe_address
from pipeline.read.raised import raised

if TYPE_CHECKING:
    from markdown_it.token import Token

_PLACED = re.compile(r"(\d+) (\d+) (.*)")
_ELEMENT = re.compile(r"<(/?)(em|i|strong|b|sub|sup|code|kbd|samp)\s*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TEXTS = ("text", "code_inline", "text_special")


@dataclass(slots=True)
class Line:
    """What the tokens of a line say; a part of its text is code or not."""

    parts: list[tuple[str, bool]] = field(default_factory=list)
    marks: list[PartsMark] = field(default_factory=list)
    data: list[tuple[str, str]] = field(default_factory=list)
    _open: list[tuple[str, int, str]] = field(default_factory=list)

    def take(self, tokens: Sequence[Token], *, soft: str, elements: bool) -> Line:
        """Take the tokens of a line; `elements`: tags of HTML say what is set within it."""
        for token in tokens:
            if token.type in _TEXTS:
                self._text(token.content, code=token.type == "code_inline")
            elif token.type in ("softbreak", "hardbreak"):
                self.parts.append((soft if token.type == "softbreak" else "\v", False))
            elif token.type == "image":
                self.data += [("image", str(token.attrs.get("src", ""))), ("alt", token.content)]
            elif token.type.endswith("_open"):
                self._opens(token.tag, safe_address(str(token.attrs.get("href", ""))))
            elif token.type.endswith("_close"):
                self._closes(token.tag)
            elif token.type == "html_inline" and elements:
                self._element(token.content)
        return self

    def _text(self, text: str, *, code: bool) -> None:
        if self._open and self._open[-1][0] == "sup" and self._open[-1][1] == len(self.parts) and self.parts:
            high = raised(self.parts[-1][0], text)
            if high != text:
                self._open[-1] = ("", 0, "")
            text = high
        if code:
            self.marks.append(PartsMark("literal", len(self.parts), len(self.parts) + 1))
        self.parts.append((text, code))

    def _element(self, tag: str) -> None:
        found = _ELEMENT.fullmatch(tag)
        if found and found[1]:
            self._closes(found[2].lower())
        elif found:
            self._opens(found[2].lower(), "")
        elif _BREAK.fullmatch(tag):
            self.parts.append(("\v", False))

    def _opens(self, name: str, address: str) -> None:
        self._open.append((name, len(self.parts), address))

    def _closes(self, name: str) -> None:
        """An element ends; one that never began, or that says nothing of a book, is none."""
        while self._open:
            opened, start, value = self._open.pop()
            kind = "sup" if opened == "sup" else KINDS.get(opened, "")
            if kind and (kind != "link" or value):
                self.marks.append(PartsMark(kind, start, len(self.parts), value))
            if opened in (name, ""):
                return

    def placed(self, text: str) -> Data:
        """The marks in a text that is the parts, but for white space."""
        return placed(self.marks, [one for one, _ in self.parts], text)

    def edged(self) -> list[tuple[str, bool]]:
        """The parts, with a sign where a mark begins or ends; none where they hold such signs themselves."""
        if any(EDGE in text for text, _ in self.parts):
            self.marks = []
        edges = sorted(place for one in self.marks for place in (one.start, one.end))
        made, done = [], 0
        for number in range(len(self.parts) + 1):
            while done < len(edges) and edges[done] == number:
                made.append((EDGE, False))
                done += 1
            made += self.parts[number : number + 1]
        return made

    def unedged(self, text: str, data: Data) -> tuple[str, Data]:
        """A text made of edged parts without their signs, and its data: places of calls, and marks, are in it."""
        if not self.marks:
            return text, data
        pieces = text.split(EDGE)
        ends = [sum(map(len, pieces[: i + 1])) for i in range(len(pieces))]
        shown = "".join(pieces)
        shift = len(shown) - len(shown.lstrip())
        calls = tuple(_moved(name, value, text, shift) for name, value in data)
        edges = sorted(place for one in self.marks for place in (one.start, one.end))
        if len(pieces) != len(edges) + 1:  # some were taken out
            return shown, calls
        marks = [found for one in self.marks if (found := _trimmed(one, shown, edges, ends))]
        return shown, (
            *calls,
            *((kind, f"{a - shift} {b - shift} {value}".rstrip()) for a, b, kind, value in sorted(marks)),
        )


def _moved(name: str, value: str, text: str, shift: int) -> tuple[str, str]:
    """A call of a note where its text has no edges."""
    found = _PLACED.fullmatch(value) if name == "noteref" else None
    if found is None:
        return name, value
    at = int(found[1]) - text.count(EDGE, 0, int(found[1])) - shift
    return name, f"{at} {at} {found[3]}"


def _trimmed(mark: PartsMark, text: str, edges: Sequence[int], ends: Sequence[int]) -> tuple[int, int, str, str] | None:
    """A mark's place, without white space at its ends; None where nothing is left of it."""
    start, end = ends[edges.index(mark.start)], ends[edges.index(mark.end)]
    inner = text[start:end]
    if not inner.strip():
        return None
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip()), mark.kind, mark.value
