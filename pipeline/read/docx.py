"""DOCX to a document: headings, lists, tables and notes, in the order of the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError
from pipeline.read.archive import open_archive
from pipeline.read.assembling import IMAGES, PLACE, Data, Told, document_of_texts
from pipeline.read.attributes import WORDS
from pipeline.read.docx_lists import Lists
from pipeline.read.docx_runs import GONE, Lines, Styles, W
from pipeline.read.drawing import chart_texts
from pipeline.read.left import LeftOut, counted
from pipeline.read.marks import is_code
from pipeline.read.scenes import with_scenes
from pipeline.read.table import Texts
from pipeline.read.xml import local, parse_xml
from pipeline.text import Document, Kind, Resource

if TYPE_CHECKING:
    from lxml.etree import _Element

_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_MAKER = "python-docx"  # what that library calls the author of whatever it makes
_APART = ("header", "footer", "comments")  # parts of a file beside its text
_TOLD = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml$")  # what may hold pictures
DROP_CAP = "drop-cap"  # in a block's data: how many letters of it stand apart, and where
_CODE: Data = (("code", "1"),)
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
    styles = _styles(document)
    lists = Lists(styles)
    for _, root in _parts(document, "numbering", path):
        lists.know(root)
    walk = _Walk(Lines(styles), lists, {id: image.name for id, image in images.items()}, whole=told.whole)
    walk.enter(document.part, body)
    for element in body:
        walk.take(element)
    walk.texts = with_scenes(walk.texts, walk.gaps)
    for name in ("footnotes", "endnotes"):
        for part, root in _parts(document, name, path):
            walk.enter(part, root)
            walk.notes(root)
    walk.finish()
    _beside(document, path, walk)
    if told.whole:
        walk.texts += _drawn(document, path, walk.lines.left)
    else:
        _leave_charts(document, path, walk.lines.left)
    meta = _meta(document)
    flags = (*counted(walk.lines.left_out), *walk.lines.left.flags())
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


def _styles(document: Any) -> Styles:
    try:
        return Styles(document.styles.element)
    except (AttributeError, KeyError):  # the part is of another kind than the file says
        return Styles(None)


def _meta(document: Any) -> Data:
    """Title and author, where the file tells them in good order."""
    try:
        core = document.core_properties
        author = core.author or ""
        return (("title", core.title or ""), ("creator", "" if author == _MAKER else author))
    except (AttributeError, KeyError, ValueError):
        return ()


def _parts(document: Any, name: str, path: Path) -> Iterator[tuple[Any, _Element]]:
    """The parts of a kind (footnotes, headers), and what they hold."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{name}"):
            part = relation.target_part
            yield part, parse_xml(part.blob, f"{path}: {name}")


def _links(part: Any) -> dict[str, str]:
    """Addresses that a part's links lead to, by their ids."""
    return {
        id: one.target_ref for id, one in part.rels.items() if one.is_external and one.reltype.endswith("/hyperlink")
    }


def _beside(document: Any, path: Path, walk: _Walk) -> None:
    """Take headers, footers and comments, each part once; a running head is no part of the text unless all is read."""
    for kind in _APART:
        found = {str(part.partname): (part, root) for part, root in _parts(document, kind, path)}
        for _, (part, root) in sorted(found.items()):
            walk.enter(part, root)
            before = len(walk.texts)
            for element in root:
                walk.take(element)
            known: Data = (("beside", "comment"),) if kind == "comments" else (("matter", kind),)
            if kind == "comments" or not walk.whole:
                walk.texts[before:] = [(name, text, (*data, *known)) for name, text, data in walk.texts[before:]]


def _drawn(document: Any, path: Path, left: LeftOut) -> Texts:
    """The words of charts and diagrams, what pictures show, hints of links."""
    archive, texts = open_archive(path), Texts()
    for name in filter(_TOLD.match, archive.names):
        texts += WORDS.texts(archive.read(name).decode("utf-8", "replace"), name)
    for kind in ("chart", "diagramData", "diagramDrawing"):
        for part, root in _parts(document, kind, path):
            texts += chart_texts(root, str(part.partname).lstrip("/"), left)
    return texts


def _leave_charts(document: Any, path: Path, left: LeftOut) -> None:
    """Tell of the words of charts and diagrams, which are left out."""
    for kind, what in (("chart", "a chart"), ("diagramData", "a diagram")):
        for part, root in _parts(document, kind, path):
            said = [
                one.text or "" for one in root.iter("{*}t", "{*}v") if not (one.text or "").replace(".", "").isdigit()
            ]
            left.add(what, " ".join(dict.fromkeys(said)), str(part.partname).lstrip("/"))


def _is_drop_cap(paragraph: _Element) -> bool:
    return any(one.get(f"{W}dropCap") in ("drop", "margin") for one in paragraph.iterfind(f"{W}pPr/{W}framePr"))


@dataclass(slots=True)
class _Walk:
    """Goes through the body; knows styles, and in which cell it is."""

    lines: Lines
    lists: Lists
    images: dict[str, str]
    whole: bool = False
    texts: list[tuple[Kind, str, Data]] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)  # numbers of texts that an empty paragraph precedes
    _emptied: bool = False
    _cap: str = ""  # the letters of a drop cap, for the paragraph that follows
    _cap_place: str = ""
    _tables: int = 0
    _cell: Data = ()
    _waiting: Data = ()
    _part: str = ""
    _numbers: dict[_Element, int] = field(default_factory=dict)

    def enter(self, part: Any, root: _Element) -> None:
        """Go on in another part of the file."""
        self._part, self.lines.links = str(part.partname).lstrip("/"), _links(part)
        numbered = enumerate(root.iter(f"{W}p")) if self.whole else ()
        self._numbers = {paragraph: number for number, paragraph in numbered}

    def take(self, element: _Element) -> None:
        """Take a paragraph, a table, or what wraps them (content controls, custom XML)."""
        name = local(element)
        if name == "p":
            self._paragraph(element)
        elif name == "tbl":
            self._table(element)
        elif name in GONE:
            self.lines.leave_deleted(element)
        elif name not in ("sectPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "tcPr"):
            for child in element:
                self.take(child)

    def finish(self) -> None:
        """Take a drop cap that no paragraph followed."""
        if self._cap:
            self.texts.append(("paragraph", self._cap, ((PLACE, self._cap_place),) if self.whole else ()))
            self._cap = self._cap_place = ""

    def notes(self, root: _Element | None) -> None:
        """Take the notes, at the end; a separator line is a note of a type."""
        for note in root if root is not None else ():
            if local(note) in ("footnote", "endnote") and note.get(f"{W}type") in (None, "normal"):
                before = len(self.texts)
                for child in note:
                    self.take(child)
                mark: Data = (("note", self.lines.note(local(note), note.get(f"{W}id") or "")),)
                self.texts[before:] = [(kind, text, (*data, *mark)) for kind, text, data in self.texts[before:]]

    def _table(self, table: _Element) -> None:
        self._tables += 1
        number, outer = self._tables, self._cell
        for row, line in enumerate(table.iter(f"{W}tr"), start=1):
            if next(line.iterancestors(f"{W}tbl")) is not table:
                continue  # of a table within a cell, which comes with its cell
            cells = [cell for cell in line.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is line]
            for column, cell in enumerate(cells, start=1):
                self._cell = (("table", str(number)), ("row", str(row)), ("column", str(column)))
                for child in cell:
                    self.take(child)
        self._cell = outer

    def _paragraph(self, paragraph: _Element) -> None:
        runs = self.lines.of(paragraph, self._cap)
        text, cap, self._cap = runs.text, self._cap, ""
        number = self._numbers.get(paragraph, 0)
        if _is_drop_cap(paragraph) and text.strip():  # its word goes on in the next paragraph
            self._cap, self._cap_place = text.strip(), f"{self._part}#{number}"
            return
        kind, data = self._kind(paragraph)
        place: Data = ((PLACE, f"{self._part}#{number}"),) if self.whole else ()
        if self.whole and self._cap_place:
            place, self._cap_place = ((DROP_CAP, f"{len(cap)}@{self._cap_place}"), *place), ""
        pictures = tuple(("image", name) for name in self._pictures(paragraph))
        if text.strip():
            marks = runs.taken(text.strip())
            marks = tuple(one for one in marks if one[0] != "strong") if kind == "heading" else marks
            self._add(kind, text, (*data, *marks, *self._waiting, *pictures, *place))
            self._waiting = ()
        elif self.texts and pictures:
            self.texts[-1] = (*self.texts[-1][:2], (*self.texts[-1][2], *pictures))
        else:
            self._waiting += pictures
        if not text.strip() and not pictures:
            self._empty(paragraph)
        for box in paragraph.iter(f"{W}txbxContent"):
            owner = next(box.iterancestors(f"{W}p"), None)
            again = any(local(one) == "Fallback" for one in box.iterancestors())  # for older programs
            if owner is paragraph and (self.whole or not again):
                before = len(self.texts)
                for child in box:
                    self.take(child)
                known: Data = (("beside", "fallback"),) if again else ()
                self.texts[before:] = [(what, said, (*data, *known)) for what, said, data in self.texts[before:]]

    def _add(self, kind: Kind, text: str, data: Data) -> None:
        """Take a text; a line of code goes on the one before it."""
        before = self.texts[-1] if self.texts else ("paragraph", "", ())
        if data == before[2] == _CODE and not self._emptied and not self.whole:
            self.texts[-1] = (kind, f"{before[1]}\n{text}", data)
        else:
            self.texts.append((kind, text, data))
        self._emptied = False

    def _empty(self, paragraph: _Element) -> None:
        """A line of nothing, which may part two scenes; one with a border below does."""
        self._emptied = True
        if next(paragraph.iterfind(f"{W}pPr/{W}pBdr/{W}bottom"), None) is not None and self.texts:
            self._waiting += (("break", "1"),)
        elif self._cell == () and self.texts:
            self.gaps.append(len(self.texts))

    def _pictures(self, paragraph: _Element) -> Iterator[str]:
        """Names of the images in a paragraph; drawings without one (shapes, charts) are counted as left out."""
        for drawing in paragraph.iter(f"{W}drawing"):
            names = [self.images.get(blip.get(_EMBED) or "", "") for blip in drawing.iter("{*}blip")]
            self.lines.left_out["drawings"] += not any(names)
            yield from filter(None, names)

    def _kind(self, paragraph: _Element) -> tuple[Kind, Data]:
        style = next((one.get(f"{W}val") or "" for one in paragraph.iterfind(f"{W}pPr/{W}pStyle")), "")
        name = self.lines.styles.name(style)
        found = _HEADING.match(name) or _HEADING.match(style)
        outline = next((one.get(f"{W}val") or "" for one in paragraph.iterfind(f"{W}pPr/{W}outlineLvl")), "")
        if found or (outline.isdigit() and int(outline) < 9):
            level = (found[1] or "1") if found else str(int(outline) + 1)
            return "heading", (("level", level), *((("chapter", "1"),) if level == "1" else ()), *self._cell)
        if is_code(name):
            return ("cell", (*self._cell, *_CODE)) if self._cell else ("paragraph", _CODE)
        if self._cell:
            return "cell", self._cell
        listed = self.lists.place(paragraph, style)
        if listed is None:
            return ("item" if name.lower().startswith("list") else "paragraph"), ()
        number = self.lists.number(*listed)
        depth: Data = (("depth", str(listed[1] + 1)),) if listed[1] else ()
        return "item", (*((("number", number),) if number else ()), *depth)
