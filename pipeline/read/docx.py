"""DOCX to a document: headings, lists, tables and notes, in the order of the body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError
from pipeline.read.archive import open_archive
from pipeline.read.assembling import IMAGES, PLACE, Data, Told, document_of_texts
from pipeline.read.flow import PLACEHOLDER
from pipeline.read.left import LeftOut, counted
from pipeline.read.raised import raised
from pipeline.read.xml import local, parse_xml
from pipeline.text import Document, Kind, Resource

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
# ECMA-376, 17.13.5: deleted and moved-away text of tracked changes; 17.3.3: field codes
_GONE = frozenset(("del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "rPr", "pPr"))
_APART = ("header", "footer", "comments")  # parts of a file beside its text
_HEADING = re.compile(r"(?:heading|titre|title)\s*(\d)?$", re.I)


def read_docx(path: Path, told: Told) -> Document:
    """The document of a Word file; raises InputError where it is broken, hostile or protected by a password."""
    from docx import Document as open_document

    open_archive(path)  # refuses bombs and encryption before anything is unpacked
    try:
        document = open_document(str(path))
        body = document.element.body
    except Exception as error:  # python-docx lets through whatever its parts raise on broken files
        raise InputError(f"{path} is not a whole DOCX ({type(error).__name__}: {error})", "Save it anew.") from error
    images = _images(document)
    walk = _Walk(_styles(document), {id: image.name for id, image in images.items()}, whole=told.whole)
    walk.enter(document.part.partname, body)
    for element in body:
        walk.take(element)
    for name in ("footnotes", "endnotes"):
        for part, root in _parts(document, name, path):
            walk.enter(part, root)
            walk.notes(root)
    walk.finish()
    _beside(document, path, walk)
    _leave_charts(document, path, walk.left)
    meta = _meta(document)
    flags = (*counted(walk.left_out), *walk.left.flags())
    kept = tuple((name, value) for name, value in meta if value)
    shown = {value for _, _, data in walk.texts for name, value in data if name == "image"}
    resources = {image.name: image for image in images.values() if image.name in shown}
    told = replace(told, meta=(*told.meta, *kept), flags=(*told.flags, *flags), resources=tuple(resources.values()))
    return document_of_texts(walk.texts, told)


def _images(document: Any) -> dict[str, Resource]:
    """The images of a document, by the ids that its body knows them by."""
    return {
        id: Resource(str(part.partname).lstrip("/"), part.content_type, part.blob)
        for id, part in document.part.related_parts.items()
        if part.content_type in IMAGES
    }


def _styles(document: Any) -> dict[str, str]:
    """Names of paragraph styles by their ids."""
    try:
        root = document.styles.element
    except (AttributeError, KeyError):  # the part is of another kind than the file says
        return {}
    named = ((style.get(f"{_W}styleId"), style.find(f"{_W}name")) for style in root.iter(f"{_W}style"))
    return {id: name.get(f"{_W}val") or "" for id, name in named if id and name is not None}


def _meta(document: Any) -> Data:
    """Title and author, where the file tells them in good order."""
    try:
        core = document.core_properties
        return (("title", core.title or ""), ("creator", core.author or ""))
    except (AttributeError, KeyError, ValueError):
        return ()


def _parts(document: Any, name: str, path: Path) -> Iterator[tuple[str, _Element]]:
    """The parts of a kind (footnotes, headers) with their names."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{name}"):
            part = relation.target_part
            yield str(part.partname), parse_xml(part.blob, f"{path}: {name}")


def _beside(document: Any, path: Path, walk: _Walk) -> None:
    """Take headers, footers and comments, each part once; a running head is no part of the text unless all is read."""
    for kind in _APART:
        for part, root in sorted(dict(_parts(document, kind, path)).items()):
            walk.enter(part, root)
            before = len(walk.texts)
            for element in root:
                walk.take(element)
            known: Data = (("beside", "comment"),) if kind == "comments" else (("matter", kind),)
            if kind == "comments" or not walk.whole:
                walk.texts[before:] = [(name, text, (*data, *known)) for name, text, data in walk.texts[before:]]


def _leave_charts(document: Any, path: Path, left: LeftOut) -> None:
    """Tell of the words of charts and diagrams, which are left out."""
    for kind, what in (("chart", "a chart"), ("diagramData", "a diagram")):
        for part, root in _parts(document, kind, path):
            said = [
                one.text or "" for one in root.iter("{*}t", "{*}v") if not (one.text or "").replace(".", "").isdigit()
            ]
            left.add(what, " ".join(dict.fromkeys(said)), part.lstrip("/"))


def _is_drop_cap(paragraph: _Element) -> bool:
    return any(one.get(f"{_W}dropCap") in ("drop", "margin") for one in paragraph.iterfind(f"{_W}pPr/{_W}framePr"))


def _is_raised(run: _Element) -> bool:
    return any(one.get(f"{_W}val") == "superscript" for one in run.iterfind(f"{_W}rPr/{_W}vertAlign"))


@dataclass(slots=True)
class _Walk:
    """Goes through the body; knows styles, and in which cell it is."""

    styles: dict[str, str]
    images: dict[str, str]
    whole: bool = False
    texts: list[tuple[Kind, str, Data]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    left: LeftOut = field(default_factory=LeftOut)
    _cap: str = ""  # the letters of a drop cap, for the paragraph that follows
    _tables: int = 0
    _cell: Data = ()
    _waiting: Data = ()
    _part: str = ""
    _numbers: dict[_Element, int] = field(default_factory=dict)

    def enter(self, part: str, root: _Element) -> None:
        """Go on in another part of the file."""
        self._part = str(part).lstrip("/")
        numbered = enumerate(root.iter(f"{_W}p")) if self.whole else ()
        self._numbers = {paragraph: number for number, paragraph in numbered}

    def take(self, element: _Element) -> None:
        """Take a paragraph, a table, or what wraps them (content controls, custom XML)."""
        name = local(element)
        if name == "p":
            self._paragraph(element)
        elif name == "tbl":
            self._table(element)
        elif name in _GONE:
            self._leave_deleted(element)
        elif name not in ("sectPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "tcPr"):
            for child in element:
                self.take(child)

    def finish(self) -> None:
        """Take a drop cap that no paragraph followed."""
        if self._cap:
            self.texts.append(("paragraph", self._cap, ()))
            self._cap = ""

    def notes(self, root: _Element | None) -> None:
        """Take the notes, at the end; a separator line is a note of a type."""
        for note in root if root is not None else ():
            if local(note) in ("footnote", "endnote") and note.get(f"{_W}type") in (None, "normal"):
                before = len(self.texts)
                for child in note:
                    self.take(child)
                mark: Data = (("note", note.get(f"{_W}id") or ""),)
                self.texts[before:] = [(kind, text, (*data, *mark)) for kind, text, data in self.texts[before:]]

    def _table(self, table: _Element) -> None:
        self._tables += 1
        number, outer = self._tables, self._cell
        for row, line in enumerate(table.iter(f"{_W}tr"), start=1):
            if next(line.iterancestors(f"{_W}tbl")) is not table:
                continue  # of a table within a cell, which comes with its cell
            cells = [cell for cell in line.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is line]
            for column, cell in enumerate(cells, start=1):
                self._cell = (("table", str(number)), ("row", str(row)), ("column", str(column)))
                for child in cell:
                    self.take(child)
        self._cell = outer

    def _paragraph(self, paragraph: _Element) -> None:
        text = self._cap + "".join(self._runs(paragraph))
        self._cap = ""
        if _is_drop_cap(paragraph) and not self.whole:  # its word goes on in the next paragraph
            self._cap = text.strip()
            return
        data: list[tuple[str, str]] = [
            ("noteref", one.get(f"{_W}id") or "")
            for one in paragraph.iter(f"{_W}footnoteReference", f"{_W}endnoteReference")
        ]
        kind, more = self._kind(paragraph)
        if self.whole:
            data.append((PLACE, f"{self._part}#{self._numbers[paragraph]}"))
        pictures = tuple(("image", name) for name in self._pictures(paragraph))
        if text.strip():
            self.texts.append((kind, text, (*more, *data, *self._waiting, *pictures)))
            self._waiting = ()
        elif self.texts and pictures:
            self.texts[-1] = (*self.texts[-1][:2], (*self.texts[-1][2], *pictures))
        else:
            self._waiting += pictures
        for box in paragraph.iter(f"{_W}txbxContent"):
            owner = next(box.iterancestors(f"{_W}p"), None)
            if owner is paragraph and not any(local(one) == "Fallback" for one in box.iterancestors()):
                for child in box:
                    self.take(child)

    def _pictures(self, paragraph: _Element) -> Iterator[str]:
        """Names of the images in a paragraph; drawings without one (shapes, charts) are counted as left out."""
        for drawing in paragraph.iter(f"{_W}drawing"):
            names = [self.images.get(blip.get(_EMBED) or "", "") for blip in drawing.iter("{*}blip")]
            self.left_out["drawings"] += not any(names)
            yield from filter(None, names)

    def _runs(self, element: _Element) -> Iterator[str]:
        before = ""
        for child in element:
            name = local(child)
            if name == "r" and _is_raised(child):
                yield raised(before, "".join(self._runs(child)))
            elif name == "r":
                before = "".join(self._runs(child))
                yield before
            elif name == "t":
                yield child.text or ""
            elif name == "sym":
                yield self._symbol(child.get(f"{_W}char") or "")
            elif name in ("tab", "br", "cr"):
                yield "\t" if name == "tab" else "\n"
            elif name in ("noBreakHyphen", "softHyphen"):
                yield "\u2011" if name == "noBreakHyphen" else "\u00ad"
            elif name in ("del", "moveFrom"):
                self._leave_deleted(child)
            elif name in ("pict", "object"):
                self.left_out["drawings"] += 1
            elif name not in _GONE and name not in ("drawing", "txbxContent"):
                yield from self._runs(child)

    def _leave_deleted(self, element: _Element) -> None:
        """Tell of a text that a tracked change has deleted; one that was moved stands elsewhere."""
        self.left.add("deleted by tracked changes", "".join(one.text or "" for one in element.iter(f"{_W}delText")))

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

    def _kind(self, paragraph: _Element) -> tuple[Kind, Data]:
        style = next((one.get(f"{_W}val") or "" for one in paragraph.iterfind(f"{_W}pPr/{_W}pStyle")), "")
        name = self.styles.get(style, style)
        found = _HEADING.match(name) or _HEADING.match(style)
        outline = next((one.get(f"{_W}val") or "" for one in paragraph.iterfind(f"{_W}pPr/{_W}outlineLvl")), "")
        if found or (outline.isdigit() and int(outline) < 9):
            level = (found[1] or "1") if found else str(int(outline) + 1)
            return "heading", (("level", level), *((("chapter", "1"),) if level == "1" else ()), *self._cell)
        if self._cell:
            return "cell", self._cell
        listed = next(paragraph.iterfind(f"{_W}pPr/{_W}numPr"), None) is not None or name.lower().startswith("list")
        return ("item" if listed else "paragraph"), ()
