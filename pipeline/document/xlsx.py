"""A workbook in the other language: its texts, comments and boxes; numbers, formulas and names stay as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path

from pipeline.document.beside import beside_of, fill_beside
from pipeline.document.containers import rewritten
from pipeline.document.languages import Relabelled
from pipeline.document.markup import Markup, attribute
from pipeline.document.office import Dialect, elements, names
from pipeline.document.options import DocumentOptions
from pipeline.document.pptx import DRAWINGS
from pipeline.document.runs import fill_part
from pipeline.document.texts import fill_elements
from pipeline.document.wordings import Turned, turned
from pipeline.read.archive import open_archive
from pipeline.read.attributes import SHEETS
from pipeline.text import Bitext

SHARED = "xl/sharedStrings.xml"
_CELL = re.compile(r"[A-Z]{1,3}\d{1,7}$")
_VALUE = re.compile(r"<(?:\w+:)?v(?:\s[^>]*)?>\s*(\d{1,9})\s*</")
_FORMULAS = re.compile(r"<(?:\w+:)?(f|formula|formula1|formula2)(?:\s[^>]*)?>([^<]*)</")
_LITERALS = re.compile(r'"((?:[^"]|"")+)"')
_COLUMNS = re.compile(r"<(?:\w+:)?tableColumn\s[^>]*>")


def write_xlsx(bitext: Bitext, source: Path, options: DocumentOptions) -> bytes:
    """A workbook in its own form; raises InputError where a cell does not hold what was read.

    Names of sheets stay, and so do those of tables' columns, and what formulas and lists of choices compare with.
    """
    labels = Relabelled(bitext.source.language, bitext.target.language)
    archive = open_archive(source)
    texts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.names if name.endswith(".xml")}
    held = {
        attribute(tag, "name") for name, text in texts.items() if "/tables/" in name for tag in _COLUMNS.findall(text)
    }
    held |= {literal for name, text in texts.items() if "/worksheets/" in name for literal in _literals(text)}
    cells, parts = _places(bitext, held)
    beside = beside_of(parts)
    shared = _shared(texts, cells)

    def edited(name: str, text: str) -> str:
        markup = Markup(text)
        fill_beside(markup, beside.get(name, {}), SHEETS, f"{source}: {name}")
        if name == SHARED:
            fill_part(markup, shared, STRINGS, f"{source}: {name}", labels)
        elif name in cells:
            fill_part(
                markup, _inline(markup, cells[name]), replace(STRINGS, paragraph="is"), f"{source}: {name}", labels
            )
        elif "threadedComments" in name:
            fill_elements(markup, "text", parts[name], f"{source}: {name}")
        elif "comments" in name:
            fill_part(markup, parts[name], replace(STRINGS, paragraph="text"), f"{source}: {name}", labels)
        elif name in parts:
            fill_part(markup, parts[name], DRAWINGS, f"{source}: {name}", labels)
        return markup.written()

    return rewritten(source, {SHARED, *cells, *parts, *beside} if shared or cells or parts or beside else (), edited)


def _places(bitext: Bitext, held: set[str]) -> tuple[dict[str, dict[str, Turned]], dict[str, dict[int, Turned]]]:
    """The blocks that have changed: those of cells by sheet and cell, others by part and number."""
    cells: dict[str, dict[str, Turned]] = {}
    parts: dict[str, dict[int, Turned]] = {}
    for one in turned(bitext):
        name, _, place = one.block.place.rpartition("#")
        if not one.changed or one.block.text in held:
            continue
        if _CELL.match(place):
            cells.setdefault(name, {})[place] = one
        elif place.isdigit() and not name.endswith("workbook.xml"):
            parts.setdefault(name, {})[int(place)] = one
    return cells, parts


def _literals(sheet: str) -> Iterator[str]:
    """The texts that a sheet's formulas name, those of conditions and lists of choices too."""
    for found in _FORMULAS.finditer(sheet):
        for literal in _LITERALS.findall(unescape(found[2])):
            yield from (literal, *literal.split(",")) if found[1] == "formula1" else (literal,)


def _shared(texts: Mapping[str, str], cells: Mapping[str, Mapping[str, Turned]]) -> dict[int, Turned]:
    """The texts that cells share, by number; those that cells hold which nobody translated stay."""
    found: dict[int, Turned] = {}
    users, ours = Counter[int](), Counter[int]()
    for name, text in texts.items():
        if "/worksheets/" not in name or SHARED not in texts:
            continue
        for cell, number in _references(Markup(text)):
            users[number] += 1
            if cell in cells.get(name, {}):
                ours[number] += 1
                found[number] = cells[name][cell]
    return {number: one for number, one in found.items() if ours[number] == users[number]}


def _references(markup: Markup) -> list[tuple[str, int]]:
    """The cells that show a shared text, and its number."""
    found = []
    for first, last in _cells(markup):
        tag = markup.text[markup.tokens[first].start : markup.tokens[first].end]
        value = _VALUE.search(markup.text, markup.tokens[first].end, markup.tokens[last].end)
        if attribute(tag, "t") == "s" and value:
            found.append((attribute(tag, "r"), int(value[1])))
    return found


def _cells(markup: Markup) -> list[tuple[int, int]]:
    tags = {token.name for token in markup.tokens if token.name.rpartition(":")[2] == "c"}
    return sorted(one for tag in tags for one in elements(markup, tag))


def _inline(markup: Markup, cells: Mapping[str, Turned]) -> dict[int, Turned]:
    """The texts that stand in cells themselves, by their number in the sheet."""
    found: dict[int, Turned] = {}
    number = 0
    for first, last in _cells(markup):
        tag = markup.text[markup.tokens[first].start : markup.tokens[first].end]
        if any(one.what == "open" and one.name.rpartition(":")[2] == "is" for one in markup.tokens[first:last]):
            if attribute(tag, "r") in cells:
                found[number] = cells[attribute(tag, "r")]
            number += 1
    return found


STRINGS = Dialect(
    namespace="http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    paragraph="si",
    run="r",
    properties="rPr",
    text="t",
    spaced=' xml:space="preserve"',
    head=frozenset(),
    tail=names("rPh phoneticPr"),
    containers=frozenset(),
    inner=frozenset(),
    written={},
    breaks=frozenset(),
    calls=frozenset(),
    dropped=frozenset(),
    ignored=re.compile(r"<rPr/>"),
    shown=lambda name, raw: "",
    joined=lambda reader, items: list(items),
    bare=True,
)
