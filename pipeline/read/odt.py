"""ODT (OpenDocument text, ISO/IEC 26300) to a document: headings, lists, tables, notes, comments, headers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.read.archive import Archive, open_archive
from pipeline.read.assembling import IMAGES, PLACE, Data, Told, document_of_texts
from pipeline.read.drawing import numbered
from pipeline.read.flow import CALL, PLACEHOLDER
from pipeline.read.left import LeftOut
from pipeline.read.marks import PLAIN, Around, Runs, is_code, safe_address
from pipeline.read.odt_styles import TEXT, Lists, Styles
from pipeline.read.raised import raised
from pipeline.read.scenes import with_scenes
from pipeline.read.table import Texts
from pipeline.read.xml import local, parse_xml
from pipeline.text import Document, Kind, Resource

if TYPE_CHECKING:
    from lxml.etree import _Element

_RULE = "Horizontal Line"  # what LibreOffice calls the style of a line that is a rule
_LINK = "{http://www.w3.org/1999/xlink}href"
_SPACE = re.compile("[ \t\r\n]+")  # ODF 1.2, 6.1.2: collapsed; other spaces stand in elements of their own
_META = ("title", "creator", "initial-creator")
_MEDIA = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "webp": "webp", "svg": "svg+xml"}
_INDEXES = frozenset(
    (
        "table-of-content",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
        "alphabetical-index",
        "bibliography",
    )
)
_DRAWN = frozenset(("frame", "custom-shape", "rect", "ellipse", "circle", "line", "path", "polygon", "g", "connector"))
_UNSEEN = frozenset(
    ("tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "forms", "dde-connection-decls",
     "alphabetical-index-auto-mark-file", "creator", "date", "creator-initials", "title", "desc")
)  # fmt: skip
_HIDDEN = {"hidden-text": "hidden text", "hidden-paragraph": "hidden text", "ruby-text": "how to pronounce a word"}


def read_odt(path: Path, told: Told) -> Document:
    """The document of an OpenDocument text; raises InputError where it is broken, hostile or needs a password."""
    archive = open_archive(path)
    _refuse_encrypted(archive)
    content = parse_xml(archive.read("content.xml"), f"{path}: content.xml")
    styles = _part(archive, "styles.xml")
    known = Styles(content, styles)
    walk = _Walk(archive, known, Lists(known))
    body = content.find("{*}body/{*}text")
    if body is None:
        raise InputError(f"{path} holds no text that can be read", "Save it as ODT.")
    walk.enter("content.xml", content)
    for deleted in body.iterfind("{*}tracked-changes/{*}changed-region/{*}deletion"):
        walk.left.add("deleted by tracked changes", _words(deleted))
    walk.blocks(body)
    walk.texts = [*with_scenes(walk.texts, walk.gaps), *walk.notes]
    if styles is not None:
        walk.enter("styles.xml", styles)
        for part in styles.iterfind("{*}master-styles/{*}master-page/*"):
            what = "header" if local(part).startswith("header") else "footer"
            walk.blocks(part, (("matter", what),))
    if told.whole:
        walk.texts += [one for name in ("title", "desc") for one in _said(content, name)]
    meta = (*told.meta, *_meta(archive))
    flags, resources = (*told.flags, *walk.left.flags()), tuple(walk.images.values())
    return document_of_texts(walk.texts, replace(told, meta=meta, flags=flags, resources=resources))


def _said(content: _Element, name: str) -> Iterator[tuple[Kind, str, Data]]:
    """What drawings are called, and what they show, in elements of one name (`svg:title`, `svg:desc`)."""
    for number, one in enumerate(content.iter(f"{{*}}{name}")):
        if len(one) == 0:
            yield "paragraph", one.text or "", (("beside", name), (PLACE, f"content.xml@{name}#{number}"))


def _words(element: _Element) -> str:
    return " ".join("".join(map(str, one.itertext())) for one in element.iter(f"{TEXT}p", f"{TEXT}h"))


def _part(archive: Archive, name: str) -> _Element | None:
    return parse_xml(archive.read(name), f"{archive.path}: {name}") if name in archive.names else None


def _refuse_encrypted(archive: Archive) -> None:
    manifest = _part(archive, "META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        raise InputError(f"{archive.path} is protected by a password", "Save it without a password.")


def _meta(archive: Archive) -> Data:
    root = _part(archive, "meta.xml")
    if root is None:
        return ()
    said = {name: (one.text or "").strip() for name in _META for one in root.iter(f"{{*}}{name}")}
    author = said.get("initial-creator") or said.get("creator")  # the latter is who changed the file last
    found = (("title", said.get("title") or ""), ("creator", author or ""))
    return tuple((name, value) for name, value in found if value)


@dataclass(slots=True)
class _Walk:
    """Goes through the body; knows in which part, list and cell it is."""

    archive: Archive
    styles: Styles
    lists: Lists
    gaps: list[int] = field(default_factory=list)  # numbers of texts that an empty paragraph precedes
    texts: Texts = field(default_factory=list)
    notes: Texts = field(default_factory=list)
    left: LeftOut = field(default_factory=LeftOut)
    images: dict[str, Resource] = field(default_factory=dict)
    _part: str = ""
    _numbers: dict[_Element, int] = field(default_factory=dict)
    _tables: int = 0
    _waiting: list[tuple[str, str]] = field(default_factory=list)
    _boxes: list[tuple[_Element, Data]] = field(default_factory=list)

    def enter(self, part: str, root: _Element) -> None:
        """Go on in a part of the file; a block's place is the number of its paragraph or heading there."""
        self._part, self._numbers = part, numbered(root, f"{TEXT}p", f"{TEXT}h")

    def blocks(self, parent: _Element, known: Data = (), kind: Kind = "paragraph") -> None:
        """Take what stands in the body, a section, an item, a cell or a text box."""
        for element in parent:
            name = local(element)
            if name in ("p", "h"):
                self._paragraph(element, known, kind)
            elif name == "list":
                self._list(element, known)
            elif name == "table":
                self._table(element, known)
            elif name in _INDEXES:
                self.blocks(element, (*known, ("matter", "contents")))
            elif name in _DRAWN:
                self._drawing(element, known)
                self._open_boxes()
            elif name not in _UNSEEN and not name.endswith("-source"):
                self.blocks(element, known, kind)

    def _list(self, element: _Element, known: Data) -> None:
        self.lists.opens(element)
        for item in element:
            number = self.lists.item(item) if local(item) == "list-item" else ""
            self._waiting += [("number", number)] if number else []
            self.blocks(item, known, "item")
            self._waiting = [one for one in self._waiting if one[0] != "number"]
        self.lists.closes()

    def _paragraph(self, element: _Element, known: Data, kind: Kind) -> None:
        style, runs, data = element.get(f"{TEXT}style-name") or "", Runs(), known
        names = self.styles.named(style)
        if local(element) == "h":
            level = element.get(f"{TEXT}outline-level") or "1"
            kind, data = "heading", (("level", level), *((("chapter", "1"),) if level == "1" else ()), *known)
        self._inline(element, runs, PLAIN if kind == "heading" else self.styles.around_all(style))
        text = "\n".join(_SPACE.sub(" ", line).strip(" ") for line in runs.text.split("\v"))
        if text.replace(PLACEHOLDER, "").strip():
            number = self._numbers.get(element)  # none for what only looks like a paragraph of the format
            place = ((PLACE, f"{self._part}#{number}"),) if number is not None else ()
            marks = (one for one in runs.taken(text.strip()) if kind != "heading" or one[0] != "strong")
            if kind == "item" and self.lists.depth > 1:
                data = (*data, ("depth", str(self.lists.depth)))
            code: Data = (("code", "1"),) if any(map(is_code, names)) else ()
            self.texts.append((kind, text, (*data, *code, *marks, *self._waiting, *place)))
            self._waiting = []
        else:
            self._waiting += runs.left()
            self._empty(known, names)
        self._open_boxes()

    def _empty(self, known: Data, names: Sequence[str]) -> None:
        """A line of nothing, which may part two scenes; one that is a rule does."""
        if _RULE in names and self.texts:
            self._waiting.append(("break", "1"))
        elif not known and self.texts:
            self.gaps.append(len(self.texts))

    def _open_boxes(self) -> None:
        """Take the text boxes and comments of what was just read, each a block or more of its own."""
        boxes, self._boxes = self._boxes, []
        for box, known in boxes:
            self.blocks(box, known)

    def _table(self, table: _Element, known: Data) -> None:
        self._tables += 1
        number, row = self._tables, 0
        for line in table.iter("{*}table-row"):
            if next(line.iterancestors("{*}table")) is not table:
                continue  # of a table within a cell, which comes with its cell
            row += 1
            for column, cell in enumerate(line.iterchildren("{*}table-cell", "{*}covered-table-cell"), start=1):
                place = (("table", str(number)), ("row", str(row)), ("column", str(column)))
                self.blocks(cell, (*known, *place), "cell")

    def _inline(self, element: _Element, runs: Runs, around: Around) -> None:
        """Take the text of a paragraph or a piece of one; line breaks as vertical tabs."""
        self._add(runs, element.text or "", around)
        for child in element:
            self._piece(child, local(child), runs, around)
            self._add(runs, child.tail or "", around)

    def _add(self, runs: Runs, text: str, around: Around) -> None:
        if ("sup", "") in around and (high := raised(runs.last, text)) != text:
            text, around = high, around - {("sup", "")}
        runs.add(text, around)

    def _sign(self, element: _Element) -> str:
        """The sign by which a raised link within the text calls a note; nothing where it is none."""
        spans = [element, *element.iterchildren(f"{TEXT}span", f"{TEXT}a")]
        high = any(("sup", "") in self.styles.around(one.get(f"{TEXT}style-name") or "") for one in spans)
        leads = any((one.get(_LINK) or "").startswith("#") for one in spans)
        text = "".join(map(str, element.itertext()))
        return text.strip() if high and leads and CALL.match(text) else ""

    def _piece(self, child: _Element, name: str, runs: Runs, around: Around) -> None:
        if name in ("s", "tab", "line-break"):
            runs.add("\v" if name == "line-break" else " ", around)
        elif name == "note":
            self._note(child, runs)
        elif name == "annotation":
            self._boxes.append((child, (("beside", "comment"),)))
        elif name in _DRAWN:
            runs.add(self._drawing(child, ()), around)
        elif name in _HIDDEN:
            self.left.add(_HIDDEN[name], "".join(map(str, child.itertext())), self._part)
        elif name in ("span", "a"):
            if sign := self._sign(child):
                runs.calls(sign)
                return
            address = safe_address(child.get(_LINK) or "")
            more = frozenset((("link", address),)) if address else PLAIN
            style = child.get(f"{TEXT}style-name") or "" if name == "span" else ""
            self._inline(child, runs, around | more | self.styles.around(style))
        else:
            self._inline(child, runs, around)

    def _note(self, note: _Element, runs: Runs) -> None:
        """A note's mark goes to the place that calls it, its body to the end."""
        mark = (note.findtext("{*}note-citation") or "").strip()
        id = note.get(f"{TEXT}id") or mark
        runs.calls(id, mark)
        body = note.find("{*}note-body")
        if body is not None:
            outer, waiting, boxes = self.texts, self._waiting, self._boxes
            self.texts, self._waiting, self._boxes = [], [], []
            self.blocks(body, (("note", id),))
            self.notes += self.texts
            self.texts, self._waiting, self._boxes = outer, waiting, boxes

    def _drawing(self, drawing: _Element, known: Data) -> str:
        """Take a frame or a shape: images go to the data, its texts to blocks of their own; an object leaves a mark."""
        if local(drawing) != "frame":
            self._boxes.append((drawing, known))
            return ""
        mark = ""
        for child in drawing:
            name = local(child)
            if name == "image":
                self._image(child.get(_LINK) or "")
            elif name == "object":
                self._object(child.get(_LINK) or "")
                mark = PLACEHOLDER
            elif name in ("text-box", "table"):
                self._boxes.append((child if name == "text-box" else drawing, known))
        return mark

    def _image(self, link: str) -> None:
        name = self.archive.find(link)
        media = f"image/{_MEDIA.get(name.rpartition('.')[2].lower(), '')}"
        if name and media in IMAGES and name not in self.images:
            self.images[name] = Resource(name, media, self.archive.read(name))
        if name in self.images:
            self._waiting.append(("image", name))

    def _object(self, link: str) -> None:
        """Tell of the words of a formula, chart or sheet that is embedded."""
        name = self.archive.find(f"{link}/content.xml")
        if name:
            root = parse_xml(self.archive.read(name), f"{self.archive.path}: {name}")
            self.left.add("an embedded object (a formula, a chart, a sheet)", " ".join(map(str, root.itertext())), name)
