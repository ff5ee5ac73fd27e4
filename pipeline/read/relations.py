"""Parts of Office Open XML packages (XLSX, PPTX) and what they refer to (ECMA-376, part 2)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.read.archive import Archive
from pipeline.read.xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: the last word of the relation's type, and the part's name."""

    kind: str
    name: str


@dataclass(slots=True)
class Package:
    """An open package; gives its parts as XML."""

    archive: Archive

    def root(self, name: str) -> _Element:
        """The root element of a part."""
        return parse_xml(self.archive.read(name), f"{self.archive.path}: {name}")

    def relations(self, part: str = "") -> dict[str, Relation]:
        """What a part, or the package itself, refers to within the file, by id."""
        folder, name = posixpath.split(part)
        listed = self.archive.find(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relation] = {}
        for one in self.root(listed).iter("{*}Relationship") if listed else ():
            target = one.get("Target") or ""
            place = self.archive.find(
                target.lstrip("/") if target.startswith("/") else target, base="" if target.startswith("/") else part
            )
            if place and one.get("TargetMode") != "External":
                found[one.get("Id") or ""] = Relation((one.get("Type") or "").rpartition("/")[2], place)
        return found

    def of_kind(self, part: str, *kinds: str) -> Iterator[Relation]:
        """What a part refers to by relations of these kinds, each part once."""
        seen = {one.name: one for one in self.relations(part).values() if one.kind in kinds}
        yield from seen.values()

    def main(self) -> str:
        """The name of the part that holds the document; raises InputError where there is none."""
        for one in self.relations().values():
            if one.kind == "officeDocument":
                return one.name
        raise InputError(f"{self.archive.path} names no document that is in it", "Save it anew.")

    def meta(self) -> tuple[tuple[str, str], ...]:
        """Title and creator, as the file tells them."""
        parts = [one.name for one in self.relations().values() if one.kind == "core-properties"]
        roots = [self.root(name) for name in parts[:1]]
        said = ((name, (root.findtext(f"{DC}{name}") or "").strip()) for root in roots for name in ("title", "creator"))
        return tuple((name, value) for name, value in said if value)


def reference(element: _Element, name: str = "id") -> str:
    """The id by which an element refers to another part, in the transitional or the strict namespace."""
    return element.get(f"{R}{name}") or element.get(f"{_STRICT}{name}") or ""
