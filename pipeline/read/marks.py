"""What is set within a line: italics, links, code, calls of notes, each with its place in a block's text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.read.assembling import Data

KINDS = {
    "em": "em", "i": "em", "cite": "em", "dfn": "em", "strong": "strong", "b": "strong", "sub": "sub",
    "code": "literal", "kbd": "literal", "samp": "literal", "tt": "literal", "a": "link",
}  # fmt: skip
_ADDRESS = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)
# what programs call their styles of code, and of a line's code: Word, LibreOffice, pandoc
_CODE = re.compile(r"(source|code|verbatim|html code|texte source)([ _](code|text|char|block))?", re.IGNORECASE)
_CALL = "noteref"
Around = frozenset[tuple[str, str]]  # what is set around a piece of text: kinds of marks with their values
PLAIN: Around = frozenset()


@dataclass(frozen=True, slots=True)
class PartsMark:
    """A mark of a text that is made of parts, from one part to before another; a call of a note holds none."""

    kind: str
    start: int
    end: int
    value: str = ""


class Marks:
    """Marks of the text that is open, by the number of its parts before them; white space may come and go."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int, str]] = []  # element, part at which it begins, value
        self._done: list[PartsMark] = []
        self._called: set[str] = set()

    def called(self, id: str | None) -> bool:
        """Whether a note of this id was called before."""
        return id in self._called

    def opens(self, name: str, attributes: Mapping[str, str | None], at: int) -> None:
        """An element begins."""
        address = safe_address(attributes.get("href") or "")
        if name in KINDS and (name != "a" or address):
            self._open.append((name, at, address if name == "a" else ""))

    def closes(self, name: str, at: int) -> None:
        """An element ends; what it had open within it ends too."""
        if any(one[0] == name for one in self._open):
            while self._open:
                opened, start, value = self._open.pop()
                self._done.append(PartsMark(KINDS[opened], start, at, value))
                if opened == name:
                    return

    def raises(self, at: int) -> None:
        """The part that begins here stands over the line."""
        self._done.append(PartsMark("sup", at, at + 1))

    def calls(self, note: str, sign: str, at: int) -> None:
        """A note is called, whose id may be unknown."""
        self._called |= {note} - {""}
        self._done.append(PartsMark(_CALL, at, at, called(note, sign)))

    def taken(self, parts: Sequence[str], text: str) -> Data:
        """The marks of a text that is made of parts, in a block's own form; elements that are open go on after it."""
        marks = [*self._done, *(PartsMark(KINDS[name], start, len(parts), value) for name, start, value in self._open)]
        self._done, self._open = [], [(name, 0, value) for name, _, value in self._open]
        return placed(marks, parts, text)

    def left(self) -> Data:
        """The calls of notes of a text that holds nothing else, for the block that follows."""
        left = tuple((one.kind, one.value) for one in self._done if one.kind == _CALL)
        self._done, self._open = [], [(name, 0, value) for name, _, value in self._open]
        return left


@dataclass(slots=True)
class Runs:
    """The pieces of a paragraph as office files hold them, each with what is set around it."""

    parts: list[str] = field(default_factory=list)
    _around: list[Around] = field(default_factory=list)
    _calls: list[PartsMark] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.parts or self._calls)

    @property
    def text(self) -> str:
        """All pieces, as one text."""
        return "".join(self.parts)

    @property
    def last(self) -> str:
        """The last character so far."""
        return self.parts[-1][-1:] if self.parts else ""

    def add(self, text: str, around: Around = PLAIN) -> None:
        """A piece goes on the text."""
        if text:
            self.parts.append(text)
            self._around.append(around)

    def calls(self, note: str, sign: str = "") -> None:
        """A note is called here."""
        self._calls.append(PartsMark(_CALL, len(self.parts), len(self.parts), called(note, sign)))

    def taken(self, text: str) -> Data:
        """The marks in a block's own form; `text` is the pieces' own, but for white space."""
        return placed([*self._calls, *self._stretches()], self.parts, text)

    def left(self) -> Data:
        """The calls of notes of a text that holds nothing else, for the block that follows."""
        return tuple((one.kind, one.value) for one in self._calls)

    def _stretches(self) -> Iterator[PartsMark]:
        """One mark for pieces in a row that have it; white space between them may lack it."""
        for kind, value in sorted(frozenset().union(*self._around)):
            start = end = -1
            for number, (part, around) in enumerate(zip(self.parts, self._around, strict=True)):
                if (kind, value) in around:
                    start, end = (start if start >= 0 else number), number + 1
                elif part.strip() and start >= 0:
                    yield PartsMark(kind, start, end, value)
                    start = -1
            if start >= 0:
                yield PartsMark(kind, start, end, value)


def called(note: str, sign: str) -> str:
    """The value of a call: the note's id, and the sign that calls it where the id is not that."""
    return f"{note}\t{sign}" if note and sign and note != sign else note or sign


def safe_address(address: str) -> str:
    """An address that a link may lead to, nothing for one within a file or of another scheme."""
    address = " ".join(address.split())
    return address if _ADDRESS.fullmatch(address) else ""


def is_code(style: str) -> bool:
    """Whether a style's name says that what has it is code."""
    return bool(_CODE.fullmatch(style))


def placed(marks: Sequence[PartsMark], parts: Sequence[str], text: str) -> Data:
    """The marks of parts in characters of a text that is the parts but for white space; else the calls alone."""
    if not marks:
        return ()
    before = [0]
    for part in parts:
        before.append(before[-1] + sum(not one.isspace() for one in part))
    places = [place for place, one in enumerate(text) if not one.isspace()]
    if len(places) != before[-1]:  # the text is not what the parts say
        return tuple((one.kind, one.value) for one in marks if one.kind == _CALL)
    found = []
    for mark in marks:
        first, last = (before[min(one, len(parts))] for one in (mark.start, mark.end))
        if mark.kind == _CALL:
            at = places[first - 1] + 1 if first else 0
            found.append((at, at, mark.kind, mark.value))
        elif last > first:
            found.append((places[first], places[last - 1] + 1, mark.kind, mark.value))
    return tuple((kind, f"{start} {end} {value}".rstrip()) for start, end, kind, value in sorted(found))
