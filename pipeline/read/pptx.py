"""PPTX to a document: slides in order, each its title, texts, tables and speaker's notes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.read.archive import open_archive
from pipeline.read.assembling import IMAGES, PLACE, Data, Told, document_of_texts
from pipeline.read.attributes import SLIDES
from pipeline.read.drawing import chart_texts, leave_chart, numbered, paragraph_text, shown_children
from pipeline.read.left import LeftOut
from pipeline.read.relations import Package, Relation, reference
from pipeline.read.table import Texts
from pipeline.read.xml import local
from pipeline.text import Document, Kind, Resource

if TYPE_CHECKING:
    from lxml.etree import _Element

_TITLES = ("title", "ctrTitle")
_MEDIA = {"jpg": "jpeg", "svg": "svg+xml"}
_FRAME = ("ftr", "dt", "sldNum", "hdr")  # footers, dates and numbers, the same on every slide


def read_pptx(path: Path, told: Told) -> Document:
    """The document of a presentation; raises InputError where it is broken, hostile or protected by a password."""
    package = Package(open_archive(path))
    main = package.main()
    relations = package.relations(main)
    walk = _Walk(package, whole=told.whole)
    for entry in package.root(main).iterfind("{*}sldIdLst/{*}sldId"):
        relation = relations.get(reference(entry))
        if relation is not None and relation.kind == "slide":
            walk.slide(relation.name)
        else:
            walk.left.add("a slide that is not in the file", reference(entry), main, "warning")
    meta, flags = (*told.meta, *package.meta()), (*told.flags, *walk.left.flags())
    resources = tuple(walk.images.values())
    return document_of_texts(walk.texts, replace(told, meta=meta, flags=flags, resources=resources))


@dataclass(slots=True)
class _Walk:
    """Goes through slides; knows in which part it is, and the number of each paragraph in it."""

    package: Package
    whole: bool = False
    texts: Texts = field(default_factory=list)
    left: LeftOut = field(default_factory=LeftOut)
    images: dict[str, Resource] = field(default_factory=dict)
    _part: str = ""
    _numbers: dict[_Element, int] = field(default_factory=dict)
    _relations: dict[str, Relation] = field(default_factory=dict)
    _tables: int = 0

    def slide(self, name: str) -> None:
        """Take a slide, with its notes and comments after it."""
        root = self._enter(name)
        shapes = [shape for tree in root.iterfind("{*}cSld/{*}spTree") for shape in shown_children(tree)]
        shapes.sort(key=lambda shape: _placeholder(shape) not in _TITLES)
        for shape in shapes:
            self._shape(shape)
        self._hinted(name)
        for notes in self.package.of_kind(name, "notesSlide"):
            for shape in self._enter(notes.name).iter("{*}sp"):
                if _placeholder(shape) not in (*_FRAME, "sldImg"):
                    self._paragraphs(shape, (("beside", "notes"),))
        for comments in self.package.of_kind(name, "comments"):
            self._comments(comments.name)

    def _hinted(self, name: str) -> None:
        """What pictures show and links hint at, and diagrams as they are drawn, where all is read."""
        if not self.whole:
            return
        self.texts += SLIDES.texts(self.package.archive.read(name).decode("utf-8", "replace"), name)
        for drawn in self.package.of_kind(name, "diagramDrawing"):
            self.texts += chart_texts(self.package.root(drawn.name), drawn.name, self.left)

    def _enter(self, part: str) -> _Element:
        root = self.package.root(part)
        self._part, self._numbers = part, numbered(root, "{*}p")
        self._relations = self.package.relations(part)
        return root

    def _shape(self, shape: _Element) -> None:
        name = local(shape)
        if name == "grpSp":
            for child in shown_children(shape):
                self._shape(child)
        elif name == "graphicFrame":
            self._frame(shape)
        elif name == "pic":
            self._picture(shape)
        elif name in ("sp", "cxnSp"):
            what: Data = (("matter", "footer"),) if _placeholder(shape) in _FRAME else ()
            self._paragraphs(shape, what)

    def _paragraphs(self, shape: _Element, known: Data) -> None:
        body = shape.find("{*}txBody")
        paragraphs = [] if body is None else list(body.iterchildren("{*}p"))
        texts = [(paragraph, self._text(paragraph)) for paragraph in paragraphs]
        role = _placeholder(shape)
        several = sum(bool(text.strip()) for _, text in texts) > 1
        for paragraph, text in texts:
            kind: Kind = "item" if several and role in ("body", "obj", "") and not known else "paragraph"
            data: Data = known
            if role in _TITLES:
                kind, data = "heading", (("level", "2"), *known)
            self.texts.append((kind, text, (*data, self._place(paragraph))))

    def _frame(self, frame: _Element) -> None:
        for table in frame.iter("{*}tbl"):
            self._tables += 1
            for row, line in enumerate(table.iterchildren("{*}tr"), start=1):
                for column, cell in enumerate(line.iterchildren("{*}tc"), start=1):
                    for paragraph in cell.iter("{*}p"):
                        place = (("table", str(self._tables)), ("row", str(row)), ("column", str(column)))
                        self.texts.append(("cell", self._text(paragraph), (*place, self._place(paragraph))))
        for child in frame.iter("{*}relIds", "{*}chart"):
            relation = self._relations.get(reference(child, "dm") or reference(child))
            if relation is not None and relation.kind == "chart":
                self._chart(relation.name)
            elif relation is not None:
                self._diagram(relation.name)

    def _chart(self, name: str) -> None:
        if self.whole:
            self.texts += chart_texts(self.package.root(name), name, self.left)
        else:
            leave_chart(self.package, name, self.left)

    def _diagram(self, name: str) -> None:
        """The texts of a diagram's points, in their order."""
        for paragraph, number in numbered(self.package.root(name), "{*}p").items():
            place = f"{name}#{number}"
            self.texts.append(("paragraph", paragraph_text(paragraph, self.left, place), ((PLACE, place),)))

    def _picture(self, picture: _Element) -> None:
        for blip in picture.iter("{*}blip"):
            relation = self._relations.get(reference(blip, "embed"))
            media = _media(relation.name) if relation else ""
            if relation is None or media not in IMAGES or not self.texts:
                continue
            self.images[relation.name] = Resource(relation.name, media, self.package.archive.read(relation.name))
            kind, text, data = self.texts[-1]
            self.texts[-1] = (kind, text, (*data, ("image", relation.name)))

    def _comments(self, name: str) -> None:
        root = self.package.root(name)
        for number, text in enumerate(root.iter("{*}text")):
            place = (PLACE, f"{name}#{number}")
            self.texts.append(("paragraph", text.text or "", (("beside", "comment"), place)))
        for paragraph, number in numbered(root, "{*}p").items():
            text_of = paragraph_text(paragraph, self.left, name)
            self.texts.append(("paragraph", text_of, (("beside", "comment"), (PLACE, f"{name}#{number}"))))

    def _text(self, paragraph: _Element) -> str:
        return paragraph_text(paragraph, self.left, self._place(paragraph)[1])

    def _place(self, paragraph: _Element) -> tuple[str, str]:
        return (PLACE, f"{self._part}#{self._numbers[paragraph]}")


def _placeholder(shape: _Element) -> str | None:
    """What a shape stands for in its slide's layout: `title`, `body`, `ftr`; None for a shape of its own."""
    found = shape.find("{*}nvSpPr/{*}nvPr/{*}ph")
    return None if found is None else (found.get("type") or "")


def _media(name: str) -> str:
    suffix = name.rpartition(".")[2].lower()
    return f"image/{_MEDIA.get(suffix, suffix)}"
