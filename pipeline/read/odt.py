"""ODT (OpenDocument text, ISO/IEC 26300) to a document: headings, lists, tables, notes, comments, headers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.read.archive import Archive, open_archive
from pipeline.read.assembling import IMAGES, PLACE, Data, Told, document_of_texts
from pipeline.read.drawing import numbered
from pipeline.read.flow import CALL, PLACEHOLDER
from pipeline.read.left import LeftOut
from pipeline.read.raised import raised
from pipeline.read.table import Texts
from pipeline.read.xml import local, parse_xml
from pipeline.text import Document, Kind, Resource

if TYPE_CHECKING:
    from lxml.etree import _Element

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _STYLE, _FO = f"{{{_NS}text:1.0}}", f"{{{_NS}style:1.0}}", f"{{{_NS}xsl-fo-compatible:1.0}}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_SPACE = re.compile("[ \t\r\n]+")  # ODF 1.2, 6.1.2: collapsed; other spaces stand in elements of their own
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
    walk = _Walk(archive, _raised_styles(content) | (_raised_styles(styles) if styles is not None else set()))
    body = content.find("{*}body/{*}text")
    if body is None:
        raise InputError(f"{path} holds no text that can be read", "Save it as ODT.")
    walk.enter("content.xml", content)
    for deleted in body.iterfind("{*}tracked-changes/{*}changed-region/{*}deletion"):
        walk.left.add("deleted by tracked changes", _words(deleted))
    walk.blocks(body)
    walk.texts += walk.notes
    if styles is not None:
        walk.enter("styles.xml", styles)
        for part in styles.iterfind("{*}master-styles/{*}master-page/*"):
            what = "header" if local(part).startswith("header") else "footer"
            walk.blocks(part, (("matter", what),))
    meta = (*told.meta, *_meta(archive))
    flags, resources = (*told.flags, *walk.left.flags()), tuple(walk.images.values())
    return document_of_texts(walk.texts, replace(told, meta=meta, flags=flags, resources=resources))


def _words(element: _Element) -> str:
    return " ".join("".join(map(str, one.itertext())) for one in element.iter(f"{_TEXT}p", f"{_TEXT}h"))


def _part(archive: Archive, name: str) -> _Element | None:
    return parse_xml(archive.read(name), f"{archive.path}: {name}") if name in archive.names else None


def _refuse_encrypted(archive: Archive) -> None:
    manifest = _part(archive, "META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        raise InputError(f"{archive.path} is protected by a password", "Save it without a password.")


def _meta(archive: Archive) -> Data:
    root = _part(archive, "meta.xml")
    found = (
        [] if root is None else [(local(one), (one.text or "").strip()) for one in root.iter("{*}title", "{*}creator")]
    )
    return tuple((name, value) for name, value in found if value)


def _raised_styles(root: _Element) -> set[str]:
    """Names of the styles that raise text over the line."""
    return {
        style.get(f"{_STYLE}name") or ""
        for style in root.iter(f"{_STYLE}style")
        for one in style.iterchildren(f"{_STYLE}text-properties")
        if (one.get(f"{_STYLE}text-position") or "").startswith(("super", *"123456789"))
    }


@dataclass(slots=True)
class _Walk:
    """Goes through the body; knows in which part, list and cell it is."""

    archive: Archive
    raised_styles: set[str]
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
        self._part, self._numbers = part, numbered(root, f"{_TEXT}p", f"{_TEXT}h")

    def blocks(self, parent: _Element, known: Data = (), kind: Kind = "paragraph") -> None:
        """Take what stands in the body, a section, an item, a cell or a text box."""
        for element in parent:
            name = local(element)
            if name in ("p", "h"):
                self._paragraph(element, known, kind)
            elif name == "list":
                self.blocks(element, known, "item")
            elif name == "table":
                self._table(element, known)
            elif name in _INDEXES:
                self.blocks(element, (*known, ("matter", "contents")))
            elif name in _DRAWN:
                self._drawing(element, known)
                self._open_boxes()
            elif name not in _UNSEEN and not name.endswith("-source"):
                self.blocks(element, known, kind)

    def _paragraph(self, element: _Element, known: Data, kind: Kind) -> None:
        text = "\n".join(_SPACE.sub(" ", line).strip(" ") for line in self._inline(element).split("\v"))
        data = known
        if local(element) == "h":
            level = element.get(f"{_TEXT}outline-level") or "1"
            kind, data = "heading", (("level", level), *((("chapter", "1"),) if level == "1" else ()), *known)
        if text.replace(PLACEHOLDER, "").strip():
            number = self._numbers.get(element)  # none for what only looks like a paragraph of the format
            place = ((PLACE, f"{self._part}#{number}"),) if number is not None else ()
            self.texts.append((kind, text, (*data, *self._waiting, *place)))
            self._waiting = []
        self._open_boxes()

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

    def _inline(self, element: _Element) -> str:
        """The text of a paragraph or a piece of one; line breaks as vertical tabs."""
        parts = [element.text or ""]
        for child in element:
            name = local(child)
            if name in ("span", "a") and (high := self._raised(child)) is not None:
                parts.append(raised("".join(parts)[-1:], high))
            else:
                parts.append(self._piece(child, name))
            parts.append(child.tail or "")
        return "".join(parts)

    def _raised(self, element: _Element) -> str | None:
        """A raised text, None where it is none; one that links into the text calls a note, and leaves its word."""
        spans = [element, *element.iterchildren(f"{_TEXT}span", f"{_TEXT}a")]
        styled = (one for one in spans if (one.get(f"{_TEXT}style-name") or "") in self.raised_styles)
        if next(styled, None) is None or "".join(map(str, element.itertext())) != "".join(
            map(str, spans[-1].itertext())
        ):
            return None
        text = self._inline(element) if element is spans[-1] else self._inline(spans[-1])
        if CALL.match(text) and any((one.get(_LINK) or "").startswith("#") for one in spans):
            self._waiting.append(("noteref", text.strip()))
            return ""
        return text

    def _piece(self, child: _Element, name: str) -> str:
        if name in ("s", "tab", "line-break"):
            return "\v" if name == "line-break" else " "
        if name == "note":
            self._note(child)
        elif name == "annotation":
            self._boxes.append((child, (("beside", "comment"),)))
        elif name in _DRAWN:
            return self._drawing(child, ())
        elif name in _HIDDEN:
            self.left.add(_HIDDEN[name], "".join(map(str, child.itertext())), self._part)
        else:
            return self._inline(child)
        return ""

    def _note(self, note: _Element) -> None:
        """A note's mark goes to the block that calls it, its body to the end."""
        mark = (note.findtext("{*}note-citation") or "").strip()
        id = note.get(f"{_TEXT}id") or mark
        self._waiting.append(("noteref", id))
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
