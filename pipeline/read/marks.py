"""What is set within a line of HTML: italics, links, code, calls of notes, each with its place in a block's text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.read.assembling import Data

KINDS = {
    "em": "em", "i": "em", "cite": "em", "dfn": "em", "strong": "strong", "b": "strong", "sub": "sub",
    "code": "literal", "kbd": "literal", "samp": "literal", "tt": "literal", "a": "link",
}  # fmt: skip
_ADDRESS = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)


class Marks:
    """Marks of the text that is open, by the number of its parts before them; white space may come and go."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int, str]] = []  # element, part at which it begins, value
        self._done: list[tuple[str, int, int, str]] = []
        self._called: set[str] = set()

    def called(self, id: str | None) -> bool:
        """Whether a note of this id was called before."""
        return id in self._called

    def opens(self, name: str, attributes: Mapping[str, str | None], at: int) -> None:
        """An element begins."""
        address = " ".join((attributes.get("href") or "").split())
        if name in KINDS and (name != "a" or _ADDRESS.fullmatch(address)):
            self._open.append((name, at, address if name == "a" else ""))

    def closes(self, name: str, at: int) -> None:
        """An element ends; what it had open within it ends too."""
        if any(one[0] == name for one in self._open):
            while self._open:
                opened, start, value = self._open.pop()
                self._done.append((KINDS[opened], start, at, value))
                if opened == name:
                    return

    def calls(self, note: str, sign: str, at: int) -> None:
        """A note is called, whose id may be unknown."""
        self._called |= {note} - {""}
        self._done.append(("noteref", at, at, f"{note}\t{sign}" if note and note != sign else sign))

    def taken(self, parts: Sequence[str], text: str) -> Data:
        """The marks of a text that is made of parts, in a block's own form; elements that are open go on after it."""
        marks = [*self._done, *((KINDS[name], start, len(parts), value) for name, start, value in self._open)]
        self._done, self._open = [], [(name, 0, value) for name, _, value in self._open]
        if not marks:
            return ()
        before = [0]
        for part in parts:
            before.append(before[-1] + sum(not one.isspace() for one in part))
        places = [place for place, one in enumerate(text) if not one.isspace()]
        if len(places) != before[-1]:  # the text is not what the parts say
            return tuple((kind, value) for kind, _, _, value in marks if kind == "noteref")
        found = []
        for kind, start, end, value in marks:
            first, last = (before[min(one, len(parts))] for one in (start, end))
            if kind == "noteref":
                at = places[first - 1] + 1 if first else 0
                found.append((at, at, kind, value))
            elif last > first:
                found.append((places[first], places[last - 1] + 1, kind, value))
        return tuple((kind, f"{start} {end} {value}".rstrip()) for start, end, kind, value in sorted(found))

    def left(self) -> Data:
        """The calls of notes of a text that holds nothing else, for the block that follows."""
        left = tuple((kind, value) for kind, _, _, value in self._done if kind == "noteref")
        self._done, self._open = [], [(name, 0, value) for name, _, value in self._open]
        return left
