"""DrawingML: the paragraphs of shapes, as slides and sheets hold them (ECMA-376, part 1, 21.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.read.assembling import PLACE
from pipeline.read.flow import PLACEHOLDER
from pipeline.read.left import LeftOut
from pipeline.read.raised import raised
from pipeline.read.relations import Package
from pipeline.read.table import Texts
from pipeline.read.xml import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_FIELDS = ("slidenum", "datetime")  # what a program fills in anew


def paragraph_text(paragraph: _Element, left: LeftOut, place: str) -> str:
    """The text of a paragraph (`a:p`): runs, line breaks, fields; a formula leaves a mark."""
    parts: list[str] = []
    for child in paragraph:
        name = local(child)
        if name in ("r", "fld"):
            text = "".join(one.text or "" for one in child.iterchildren("{*}t"))
            if name == "fld" and (child.get("type") or "").startswith(_FIELDS):
                left.add("a field that programs fill in (page number, date)", text, place)
                continue
            properties = next(child.iterchildren("{*}rPr"), None)
            up = properties is not None and (properties.get("baseline") or "0").rstrip("%").isdigit()
            high = up and properties is not None and int((properties.get("baseline") or "0").rstrip("%")) > 0
            parts.append(raised("".join(parts[-1:]), text) if high else text)
        elif name == "br":
            parts.append("\n")
        elif name not in ("pPr", "endParaRPr"):
            parts.append(PLACEHOLDER)
            left.add("a formula", "".join(map(str, child.itertext())), place)
    return "".join(parts)


def numbered(root: _Element, *tags: str) -> dict[_Element, int]:
    """The elements of these names with their numbers in the part, from 0: by these a block's place is told."""
    return {element: number for number, element in enumerate(root.iter(*tags))}


def chart_texts(root: _Element, part: str, left: LeftOut) -> Texts:
    """The words of a chart, or of a drawing: its paragraphs, and the names of series and categories that it keeps."""
    texts: Texts = [
        ("paragraph", paragraph_text(paragraph, left, part), ((PLACE, f"{part}#{number}"),))
        for paragraph, number in numbered(root, "{*}p").items()
    ]
    kept = {value for cache in root.iter("{*}strCache") for value in cache.iter("{*}v")}
    for value, number in numbered(root, "{*}v").items():
        text = value.text or ""
        if value in kept and any(map(str.isalpha, text)):
            texts.append(("paragraph", text, (("beside", "chart"), (PLACE, f"{part}@v#{number}"))))
    return texts


def leave_chart(package: Package, name: str, left: LeftOut) -> None:
    """Tell of the words of a chart, which are left out: its titles and the names of its series and categories."""
    root = package.root(name)
    for paragraph in root.iter("{*}p"):
        left.add("a chart's title", "".join(one.text or "" for one in paragraph.iter("{*}t")), name)
    said = (value.text or "" for cache in root.iter("{*}strCache") for value in cache.iter("{*}v"))
    for text in dict.fromkeys(said):
        left.add("a chart's label", text, name)


def shown_children(element: _Element) -> Iterator[_Element]:
    """The children of an element; of alternatives, the first choice, or what stands in for it where there is none."""
    for child in element:
        if local(child) != "AlternateContent":
            yield child
            continue
        choices = [one for one in child if local(one) == "Choice"] or [one for one in child if local(one) == "Fallback"]
        for choice in choices[:1]:
            yield from shown_children(choice)
