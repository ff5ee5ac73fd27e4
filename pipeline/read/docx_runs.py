"""The runs of a Word paragraph: its text, and what is set within it, by the file's own and its styles' properties."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.read.flow import PLACEHOLDER
from pipeline.read.left import LeftOut
from pipeline.read.marks import PLAIN, Around, Runs, is_code, safe_address
from pipeline.read.raised import raised
from pipeline.read.xml import local

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# ECMA-376, 17.13.5: deleted and moved-away text of tracked changes; 17.3.3: field codes
GONE = frozenset(("del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "rPr", "pPr"))
_CALLS = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_ADDRESSED = re.compile(r"\s*HYPERLINK\s+\"([^\"]{1,2000})\"", re.IGNORECASE)  # a field that is a link
_HIGH = 4  # half points over the line, from which on a text is a superscript
_SET = {"b": "strong", "i": "em"}


def is_on(property: _Element) -> bool:
    """Whether a property that is on or off is on (ECMA-376, 17.17.4)."""
    return property.get(f"{W}val") in (None, "1", "true", "on")


class Styles:
    """The styles of a file, by their ids."""

    def __init__(self, root: _Element | None) -> None:
        self._found = {} if root is None else {one.get(f"{W}styleId") or "": one for one in root.iter(f"{W}style")}

    def name(self, id: str) -> str:
        """A style's name; the id where it has none."""
        name = next(self._found[id].iterchildren(f"{W}name"), None) if id in self._found else None
        return id if name is None else name.get(f"{W}val") or id

    def line(self, id: str) -> list[_Element]:
        """A style and those it is based on, the first one first."""
        found: list[_Element] = []
        while id in self._found and self._found[id] not in found:
            found.append(self._found[id])
            based = next(found[-1].iterchildren(f"{W}basedOn"), None)
            id = "" if based is None else based.get(f"{W}val") or ""
        return found

    def around(self, properties: _Element | None) -> Around:
        """What a run's properties set around it, those of its own style among them."""
        if properties is None:
            return PLAIN
        made: dict[str, bool] = {}
        style = next((one.get(f"{W}val") or "" for one in properties.iterchildren(f"{W}rStyle")), "")
        for one in reversed(self.line(style) if style else ()):
            for inner in one.iterchildren(f"{W}rPr"):
                made |= _switches(inner)
        made |= _switches(properties)
        made["literal"] = bool(style) and is_code(self.name(style))
        return frozenset((kind, "") for kind, on in made.items() if on)


def _switches(properties: _Element) -> dict[str, bool]:
    """What properties say of italics and bold, and of what stands over or under the line."""
    made = {_SET[name]: is_on(one) for one in properties if (name := local(one)) in _SET}
    for one in properties.iterchildren(f"{W}position"):  # so LibreOffice writes what stands over the line
        up = one.get(f"{W}val") or ""
        made["sup"], made["sub"] = up.isdigit() and int(up) >= _HIGH, up.startswith("-") and up[1:].isdigit()
    for one in properties.iterchildren(f"{W}vertAlign"):
        made["sup"], made["sub"] = (one.get(f"{W}val") == name for name in ("superscript", "subscript"))
    return made


@dataclass(slots=True)
class Lines:
    """Takes paragraphs; `links` are addresses by the ids of the part that is open, `signs` what calls each note."""

    styles: Styles
    links: Mapping[str, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    left: LeftOut = field(default_factory=LeftOut)
    _signs: dict[tuple[str, str], str] = field(default_factory=dict)
    _runs: Runs = field(default_factory=Runs)
    _fields: list[list[str]] = field(default_factory=list)  # of the fields that are open: their code, and address

    def of(self, paragraph: _Element, cap: str = "") -> Runs:
        """The runs of a paragraph, behind the letters of a drop cap."""
        self._runs, self._fields = Runs(), []
        self._runs.add(cap)
        self._take(paragraph, PLAIN)
        return self._runs

    def note(self, kind: str, id: str) -> str:
        """A note's own id: those of footnotes and endnotes are counted apart."""
        return id if kind == "footnote" else f"e{id}"

    def _take(self, elements: Iterable[_Element], around: Around) -> None:
        for child in elements:
            name = local(child)
            if name == "r":
                self._run(child, around)
            elif name == "hyperlink":
                self._take(child, around | _link(self.links.get(child.get(_ID) or "", "")))
            elif name == "fldSimple":
                self._take(child, around | _link(_address(child.get(f"{W}instr") or "")))
            elif name in ("del", "moveFrom"):
                self.leave_deleted(child)
            elif name in ("pict", "object"):
                self.left_out["drawings"] += 1
            elif name not in GONE and name not in ("drawing", "txbxContent"):
                self._runs.add(self._written(child, name), around)
                self._take(child, around)

    def _run(self, run: _Element, around: Around) -> None:
        mine = around | self.styles.around(next(run.iterchildren(f"{W}rPr"), None))
        mine |= _link(next((address for _, address in reversed(self._fields) if address), ""))
        own_sign = False
        for child in run:
            name = local(child)
            if name in ("fldChar", "instrText"):
                self._field(child, name)
            elif name in _CALLS:
                own_sign = child.get(f"{W}customMarkFollows") in ("1", "true", "on")
                self._call(child, _CALLS[name], _text(run) if own_sign else "")
            elif written := self._written(child, name):
                self._add("" if own_sign else written, mine)
            else:
                self._take([child], mine)

    def _add(self, text: str, around: Around) -> None:
        if ("sup", "") in around and (high := raised(self._runs.last, text)) != text:
            text, around = high, around - {("sup", "")}
        self._runs.add(text, around)

    def _call(self, reference: _Element, kind: str, sign: str) -> None:
        id = reference.get(f"{W}id") or ""
        counted = sum(one == kind for one, _ in self._signs) + 1
        self._signs.setdefault((kind, id), sign.strip() or str(counted))
        self._runs.calls(self.note(kind, id), self._signs[kind, id])

    def _field(self, child: _Element, name: str) -> None:
        """Follow a field: its code, which may be a link, then what it shows (ECMA-376, 17.16)."""
        what = child.get(f"{W}fldCharType")
        if name == "instrText" and self._fields:
            self._fields[-1][0] += child.text or ""
        elif what == "begin":
            self._fields.append(["", ""])
        elif what == "separate" and self._fields:
            self._fields[-1][1] = _address(self._fields[-1][0])
        elif what == "end" and self._fields:
            self._fields.pop()

    def _written(self, child: _Element, name: str) -> str:
        """What an element that holds or stands for characters says."""
        if name == "t":
            return child.text or ""
        if name == "sym":
            return self._symbol(child.get(f"{W}char") or "")
        return {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}.get(name, "")

    def leave_deleted(self, element: _Element) -> None:
        """Tell of a text that a tracked change has deleted; one that was moved stands elsewhere."""
        self.left.add("deleted by tracked changes", "".join(one.text or "" for one in element.iter(f"{W}delText")))

    def _symbol(self, digits: str) -> str:
        """A character of a symbol font; those of the private area mean nothing without the font."""
        try:
            found = chr(int(digits, 16))
        except (ValueError, OverflowError):
            found = ""
        if not found or not found.isprintable():
            self.left_out["symbols of a font"] += 1
            return PLACEHOLDER
        return found


def _text(run: _Element) -> str:
    return "".join(one.text or "" for one in run.iterchildren(f"{W}t"))


def _address(code: str) -> str:
    found = _ADDRESSED.match(code)
    return found[1] if found else ""


def _link(address: str) -> Around:
    safe = safe_address(address)
    return frozenset((("link", safe),)) if safe else PLAIN
