"""XLSX to a document: the texts of its cells sheet by sheet, with text boxes and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.read.archive import open_archive
from pipeline.read.assembling import PLACE, Data, Told, document_of_texts
from pipeline.read.attributes import SHEETS
from pipeline.read.columns import Row
from pipeline.read.drawing import chart_texts, leave_chart, numbered, paragraph_text
from pipeline.read.left import LeftOut
from pipeline.read.raised import raised
from pipeline.read.relations import Package, reference
from pipeline.read.table import Table, Texts, texts_of_rows
from pipeline.text import Document

if TYPE_CHECKING:
    from lxml.etree import _Element

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_CODES = re.compile(r'&(?:"[^"]*"|[A-Z]|\d{1,3}|K[0-9A-F]{6})')  # of headers and footers: ECMA-376, 18.3.1.46
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_xlsx(path: Path, told: Told) -> Document:
    """The document of a workbook; numbers and dates, which are no text, are not read.

    Raises InputError where it is broken or hostile, and where no sheet has a column that is asked for.
    """
    package = Package(open_archive(path))
    book = package.main()
    root, relations = package.root(book), package.relations(book)
    reader = _Reader(package, told, _shared(package, book))
    for number, sheet in enumerate(root.iterfind("{*}sheets/{*}sheet"), start=1):
        relation = relations.get(reference(sheet))
        if relation is None or relation.kind not in ("worksheet", "chartsheet"):
            reader.left.add("a sheet that is not in the file", sheet.get("name") or "", book, "warning")
            continue
        reader.sheet(sheet.get("name") or "", relation.name, str(number), f"{book}#{number - 1}")
    reader.finish()
    meta = (*told.meta, *package.meta())
    return document_of_texts(reader.texts, replace(told, meta=meta, flags=(*told.flags, *reader.left.flags())))


def _shared(package: Package, book: str) -> list[str]:
    """The texts that cells share."""
    parts = list(package.of_kind(book, "sharedStrings"))
    return [_rich(one) for one in package.root(parts[0].name).iterchildren("{*}si")] if parts else []


def _rich(element: _Element) -> str:
    """A text with its runs; what says how to pronounce it (`rPh`) is no part of it."""
    parts: list[str] = []
    for child in element:
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            text = "".join(one.text or "" for one in child.iterchildren("{*}t"))
            high = any(one.get("val") == "superscript" for one in child.iterfind("{*}rPr/{*}vertAlign"))
            parts.append(raised("".join(parts[-1:]), text) if high else text)
    return _ESCAPED.sub(_character, "".join(parts))


def _character(found: re.Match[str]) -> str:
    """A character that XML cannot hold, as the format writes it; halves of characters stay as they are written."""
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code < 0xE000 else chr(code)


@dataclass(slots=True)
class _Reader:
    """Gathers the texts of sheets."""

    package: Package
    told: Told
    shared: list[str]
    texts: Texts = field(default_factory=list)
    left: LeftOut = field(default_factory=LeftOut)
    lacking: list[InputError] = field(default_factory=list)
    found: bool = False  # whether any sheet has the columns that are asked for

    def sheet(self, name: str, part: str, number: str, place: str) -> None:
        """Take a sheet: its name, its cells, what is drawn and noted on it."""
        root = self.package.root(part)
        rows = dict(_rows(root, self.shared))
        try:
            made = texts_of_rows(rows, self.told, _Sheet(name, number, part), self.left)
            self.found = True
        except InputError as error:  # another sheet may have the columns
            self.lacking.append(error)
            for row, cells in rows.items():
                self.left.add("a sheet without the columns asked for", " ".join(cells.values()), f"{name}, row {row}")
            made = []
        made += [*self._drawn(part), *self._noted(part)]
        if self.told.columns:
            self.left.add("a sheet's name", name, place)
        elif name.strip():
            self.texts.append(("heading", name, (("level", "2"), (PLACE, place))))
        self.texts += made
        for one in root.iterfind("{*}headerFooter/*"):
            self.left.add("a header or footer", _CODES.sub(" ", one.text or ""), part)

    def finish(self) -> None:
        """Raise InputError where columns are asked for and no sheet has them."""
        if self.lacking and not self.found:
            raise self.lacking[0]

    def _drawn(self, part: str) -> Texts:
        texts: Texts = []
        for drawing in self.package.of_kind(part, "drawing"):
            root = self.package.root(drawing.name)
            for paragraph, number in numbered(root, "{*}p").items():
                place = f"{drawing.name}#{number}"
                texts.append(("paragraph", paragraph_text(paragraph, self.left, place), ((PLACE, place),)))
            texts += self._hinted(drawing.name)
            texts += self._charts(drawing.name)
        return [*texts, *self._charts(part), *self._hinted(part)]

    def _charts(self, part: str) -> Texts:
        """The words of charts, where all is read; else they are left out."""
        texts: Texts = []
        for chart in self.package.of_kind(part, "chart"):
            if self.told.whole:
                texts += chart_texts(self.package.root(chart.name), chart.name, self.left)
            else:
                leave_chart(self.package, chart.name, self.left)
        return texts

    def _hinted(self, part: str) -> Texts:
        """What pictures show, links hint at and cells prompt, where all is read."""
        if not self.told.whole:
            return []
        return SHEETS.texts(self.package.archive.read(part).decode("utf-8", "replace"), part)

    def _noted(self, part: str) -> Texts:
        """Comments; those of a thread stand in a part of their own, and again, as one text, in the old one."""
        threads = list(self.package.of_kind(part, "threadedComment"))
        texts: Texts = []
        for relation in threads or self.package.of_kind(part, "comments"):
            root = self.package.root(relation.name)
            tag = "{*}threadedComment" if threads else "{*}comment"
            for number, comment in enumerate(root.iter(tag)):
                holder = comment.find("{*}text")
                text = "" if holder is None else (holder.text or "") if threads else _rich(holder)
                data: Data = (("beside", "comment"), ("cell", comment.get("ref") or ""))
                texts.append(("paragraph", text, (*data, (PLACE, f"{relation.name}#{number}"))))
        return texts


@dataclass(frozen=True, slots=True)
class _Sheet(Table):
    """A sheet, whose cells have names such as `B2`."""

    part: str = ""

    def place(self, row: int, column: int | None) -> str:
        """Where a cell stands in the file."""
        return f"{self.part}#{_letters(column) if column is not None else ''}{row}"


def _rows(root: _Element, shared: list[str]) -> Iterator[tuple[int, Row]]:
    """The texts of each row, by their columns."""
    number = 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        number = int(row.get("r") or 0) if (row.get("r") or "").isdigit() else number + 1
        column, cells = -1, {}
        for cell in row.iterchildren("{*}c"):
            found = _REFERENCE.fullmatch(cell.get("r") or "")
            column = _number(found[1]) if found else column + 1
            text = _text(cell, shared)
            if text.strip():
                cells[column] = text
        if cells:
            yield number, cells


def _text(cell: _Element, shared: list[str]) -> str:
    kind, value = cell.get("t") or "n", cell.findtext("{*}v") or ""
    if kind == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    if kind == "inlineStr":
        holder = cell.find("{*}is")
        return "" if holder is None else _rich(holder)
    return _ESCAPED.sub(_character, value) if kind == "str" else ""


def _number(letters: str) -> int:
    """The column that letters name, from 0."""
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found - 1


def _letters(column: int) -> str:
    name, rest = "", column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        name = chr(65 + last) + name
    return name
