"""Markup to blocks: the events of an HTML or XHTML tree, in order, to texts with their kinds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.read.assembling import PLACE, Data
from pipeline.read.elements import BLOCKS, CONTROLS, FRAME, IN_LINES, NEVER_SHOWN, OF_DRAWINGS, SHOWN, UNSEEN, WHY
from pipeline.read.left import LeftOut
from pipeline.read.marks import Marks
from pipeline.read.matter import named_matter
from pipeline.read.raised import raised
from pipeline.read.standing import Standing
from pipeline.text import Flag, Kind

PLACEHOLDER = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands in a line for what is left out of it
_SPACE = re.compile("[ \t\n\r\f]+")  # white space of HTML; a no-break space is a character like others
CALL = re.compile(r"\s*[\[(]?(?:\d{1,4}|[*†‡]{1,3})[\])]?\s*$")  # what calls a note
_BACK = re.compile("[↩↑↵⏎⤴⬆^\ufe0e\ufe0f\\s]+$")  # what leads from a note back to its call
_CONTAINERS = frozenset(("body", "section", "div", "nav", "aside", "footer", "header", "table", "ul", "ol", "p", "pre"))
_IN_PAGES = frozenset(
    ("span", "a", "i", "b", "small", "em")
)  # elements whose class may say that they hold a page's number
_FACTS = {"author": "author", "dc.creator": "author", "dcterms.creator": "author"}  # what a head says of its page


def ink(text: str) -> int:
    """How many characters of a text are no white space."""
    return len("".join(text.split()))


@dataclass(frozen=True, slots=True)
class Event:
    """A tag that opens or closes, or a text between; `attributes` of an opening tag."""

    what: str  # open, close, text
    name: str
    attributes: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(slots=True)
class Flow:
    """Takes events, gives blocks; what it leaves out it quotes (`left`), what no page shows it counts by tag.

    `everything`: also what frames a page's main text (navigation, footers, buttons). `chapters` are ids of elements at
    which chapters begin. `waiting` are data for the next block, such as an image that stands before all text.
    With `places` each text tells its place: the first and one past the last of the tree's characters, counted without
    white space, that it came of.
    """

    everything: bool = False
    chapters: frozenset[str] = frozenset()
    texts: list[tuple[Kind, str, Data]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    left: LeftOut = field(default_factory=LeftOut)
    file: str = ""
    title: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    title_place: Data = ()
    waiting: list[tuple[str, str]] = field(default_factory=list)
    places: bool = False
    _ink: int = 0  # characters of all texts so far that are no white space
    _inks: list[int] = field(default_factory=list)  # where the block that is open begins, and where it ends
    _parts: list[str] = field(default_factory=list)
    _inked: bool = False
    _hanging: list[tuple[str, str]] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _raised: int = -1  # the part with which a raised text begins
    _linked: int = -1  # the part with which a link into a page begins
    _skipped: int = 0
    _skipping: str = ""
    _leaving: list[str] = field(default_factory=list)  # words of what is skipped
    _notes: list[tuple[int, str]] = field(default_factory=list)
    _matters: list[tuple[int, str]] = field(default_factory=list)
    _marks: Marks = field(default_factory=Marks)
    _standing: Standing = field(init=False)
    _called: str = ""  # the id that the last link into a page leads to
    _pages: list[str] = field(default_factory=list)  # page numbers met within the text that is open

    def __post_init__(self) -> None:
        self._standing = Standing(chapters=bool(self.chapters))

    def take(self, events: Iterable[Event]) -> None:
        """Take events of a whole tree."""
        for event in events:
            before = self._ink
            if event.what == "text" and self.places:
                self._ink += ink(event.name)
            if self._skipped:
                self._skip(event)
            elif event.what == "text":
                self._parts.append(event.name)
                self._inked = self._inked or not (event.name.isspace() or not event.name)
                if self._ink > before:
                    self._inks = [*(self._inks[:1] or [before]), self._ink]
            elif event.what == "open":
                self._opens(event)
            else:
                self._closes(event.name)
        self._flush()
        self._hang()

    def flags(self) -> tuple[Flag, ...]:
        """What was left out: scripts and styles by tag and number of characters, all that a page shows in its words."""
        counts = ", ".join(f"{name} {count}" for name, count in sorted(self.left_out.items()))
        return (
            *((Flag("left-out", "info", f"characters by element: {counts}"),) if counts else ()),
            *self.left.flags(),
        )

    def _skip(self, event: Event) -> None:
        """Count what is left out; a title, a note's mark and a drawing's image are not lost with it."""
        if event.what == "text":
            text = " ".join(event.name.split())
            if self._skipping == "noteref" and text:
                self._marks.calls(self._called, text, len(self._parts))
            elif self._skipping == "page" and text:
                self._pages.append(text)
            elif self._skipping == "head" and self._open[-1:] == ["title"]:
                self.title += event.name
                if self.places and text:
                    start = self._ink - ink(event.name)
                    self.title_place = self.title_place or ((PLACE, f"{start}-{self._ink}"),)
            elif text and self._skipping in NEVER_SHOWN:
                self.left_out[self._skipping] += len(text.replace(" ", ""))
            elif text:
                self._leaving.append(text)
            return
        self._skipped += 1 if event.what == "open" else -1
        if self._leaving and not self._skipped:
            self.left.add(WHY.get(self._skipping, f"<{self._skipping}>"), " ".join(self._leaving), self.file)
            self._leaving = []
        if self._skipping == "head" and event.name == "meta" and event.what == "open":
            self._fact(event.attributes)
        if self._skipping == "head" and event.what == "open":
            self._open.append(event.name)
        elif self._skipping == "head" and self._open:
            self._open.pop()

    def _opens(self, event: Event) -> None:
        name, attributes = event.name, event.attributes
        marker = f"{attributes.get('epub:type') or ''} {attributes.get('role') or ''}"
        if self._is_left_out(name, attributes):
            if name in BLOCKS:
                self._flush()
            elif name in SHOWN or name in IN_LINES:
                self._parts.append(PLACEHOLDER)
            self._skipped, self._skipping = 1, name
            if name == "head":
                self._open.append(name)  # closed in _skip
            return
        what = named_matter(marker) or named_matter(f"{attributes.get('class') or ''} {attributes.get('id') or ''}")
        pages = what == "page" and (name in _IN_PAGES or named_matter(marker) == what)
        if "noteref" in marker or pages:
            self._skipped, self._skipping = 1, "page" if pages else "noteref"
            self._called = (attributes.get("href") or "").rpartition("#")[2]
            return
        self._mark(name, attributes, marker)
        if what and what != "page" and name in _CONTAINERS:
            self._matters.append((len(self._open), what))

    def _fact(self, attributes: Mapping[str, str | None]) -> None:
        name, value = _FACTS.get((attributes.get("name") or "").lower()), attributes.get("content") or ""
        if name and value.strip():
            self.facts.append((name, " ".join(value.split())))

    def _is_left_out(self, name: str, attributes: Mapping[str, str | None]) -> bool:
        if name in UNSEEN or name in SHOWN or "hidden" in attributes:
            return True
        if name in OF_DRAWINGS and self._standing.is_in("svg"):
            return True
        return name in FRAME and not self.everything and not self._inside()

    def _mark(self, name: str, attributes: Mapping[str, str | None], marker: str) -> None:
        if self._is_block(name):
            self._flush()
        elif name == "tspan" and self._standing.is_in("svg") and not attributes.keys().isdisjoint(("x", "y", "dy")):
            self._parts.append(" ")  # a piece with a place of its own begins a line
        self._open.append(name)
        self._standing.opens(name, attributes)
        if attributes.get("id") in self.chapters and attributes.get("id"):
            self.waiting.append(("chapter", "1"))
        if name in ("img", "image"):
            source = attributes.get("src") or attributes.get("xlink:href") or attributes.get("href") or ""
            self._image(source, attributes.get("alt") or "")
        elif name == "br":
            self._parts.append("\v")
        elif name == "hr" and self.texts:
            self.waiting.append(("break", "1"))
        elif name == "sup":
            self._raised = len(self._parts)
        elif name == "a" and "#" in (attributes.get("href") or ""):
            self._linked, self._called = len(self._parts), (attributes.get("href") or "").rpartition("#")[2]
        self._marks.opens(name, attributes, len(self._parts))
        if (
            "footnote" in marker
            or "endnote" in marker
            or "rearnote" in marker
            or self._marks.called(attributes.get("id"))
        ):
            self._notes.append((len(self._open), attributes.get("id") or ""))

    def _is_block(self, name: str) -> bool:
        if name in BLOCKS or (self.everything and name in CONTROLS):
            return True
        return name == "text" and self._standing.is_in("svg")

    def _inside(self) -> bool:
        """Whether main text is open: a footer in an article belongs to it."""
        return self._standing.is_in("article", "main")

    def _closes(self, name: str) -> None:
        if self._is_block(name):
            self._flush()
        elif name == "sup" and 0 <= self._raised < len(self._parts):
            self._lower()
        elif name == "a" and 0 <= self._linked < len(self._parts):
            self._leave_way_back()
        self._marks.closes(name, len(self._parts))
        while self._notes and self._notes[-1][0] >= len(self._open):
            self._notes.pop()
        while self._matters and self._matters[-1][0] >= len(self._open):
            self._matters.pop()
        if self._open and self._open[-1] == name:
            self._open.pop()
        self._standing.closes(name)

    def _leave_way_back(self) -> None:
        """Leave out a link that is only an arrow, which leads from a note back to its call."""
        text = "".join(self._parts[self._linked :])
        if _BACK.match(text):
            self.left.add("a link back from a note", text, self.file)
            del self._parts[self._linked :]

    def _lower(self) -> None:
        """Take a raised text into the line: a link to a note is its mark, figures are an exponent."""
        text = "".join(self._parts[self._raised :])
        before = self._parts[self._raised - 1] if self._raised else ""
        if self._linked >= self._raised and CALL.match(text):
            self._parts[self._raised :] = []
            self._marks.calls(self._called, text.strip(), len(self._parts))
        else:
            self._parts[self._raised :] = [raised(before, text)]
            if self._parts[-1] == text:
                self._marks.raises(self._raised)
        self._raised = self._linked = -1

    def _image(self, source: str, alt: str) -> None:
        """Give an image to the block before it; one that nothing precedes waits for the first block."""
        found = [("image", source), *([("alt", alt)] if alt else [])]
        (self._hanging if self.texts and not self._inked else self.waiting).extend(found)

    def _hang(self) -> None:
        """Give the images after a block to it."""
        if self._hanging:
            kind, text, data = self.texts[-1]
            self.texts[-1] = (kind, text, (*data, *self._hanging))
            self._hanging = []

    def _flush(self) -> None:
        raw, inks, parts = "".join(self._parts), self._inks, self._parts
        self._parts, self._inked, self._inks = [], False, []
        self._raised = self._linked = -1
        if self._standing.is_in("pre"):
            text = raw.replace("\v", "\n").strip()
        else:
            lines = (line.strip(" \t\r\n\f") for line in _SPACE.sub(" ", raw).split("\v"))
            text = "\n".join(filter(str.strip, lines)).strip()
        if text.replace(PLACEHOLDER, "").strip():
            self._hang()
            kind, data = self._standing.kind(text)
            note: Data = (("note", self._notes[-1][1]),) if self._notes else ()
            matter: Data = (("matter", self._matters[-1][1]),) if self._matters else ()
            place: Data = ((PLACE, f"{inks[0]}-{inks[1]}"),) if inks else ()
            marks = self._marks.taken(parts, text)
            self.texts.append((kind, text, (*data, *note, *matter, *self.waiting, *marks, *place)))
            self.waiting = []
        else:
            self.waiting += self._marks.left()
        self.texts += [("page", page, ()) for page in self._pages]
        self._pages = []
