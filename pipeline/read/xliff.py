"""XLIFF 2.0 and 2.1 to rows; a unit of ours is a bead, a segment of others is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.read.bitexts import Languages, side
from pipeline.read.encoding import read_bytes
from pipeline.read.properties import row_of
from pipeline.read.xml import local, parse_xml
from pipeline.types import Flag, Row

if TYPE_CHECKING:
    from lxml.etree import _Element

_CORE = "{urn:oasis:names:tc:xliff:document:2.0}"
# XLIFF 2.1, 4.2.3: codes of the native format; sm and em are empty ends of an annotation
_CODES = ("ph", "sc", "ec")


def read_xliff(path: Path, languages: Languages) -> Iterator[Row]:
    """A row a segment; raises InputError for XLIFF 1 and for other languages than those asked for."""
    root = parse_xml(read_bytes(path), str(path))
    if root.tag != f"{_CORE}xliff":
        raise InputError(
            f"{path} is not XLIFF 2: its root is <{local(root)}>, version {root.get('version')}",
            "Convert it to XLIFF 2.1 or TMX.",
        )
    for wanted, attribute in ((languages.source, "srcLang"), (languages.target, "trgLang")):
        has = root.get(attribute) or wanted
        if has.lower().partition("-")[0] != wanted.lower().partition("-")[0]:
            raise InputError(
                f"{path} has {attribute} {has!r}, and {wanted!r} is asked for",
                "Set source_language and target_language to languages that it has.",
            )
    for file in root.iterchildren(f"{_CORE}file"):
        for unit in file.iter(f"{_CORE}unit"):
            yield from _rows(file.get("id") or "", unit)


def _rows(document: str, unit: _Element) -> Iterator[Row]:
    known = [
        (meta.get("type") or "", meta.text or "")
        for group in unit.iter("{urn:oasis:names:tc:xliff:metadata:2.0}metaGroup")
        if group.get("category") == "visavis"
        for meta in group
    ]
    segments = list(unit.iterchildren(f"{_CORE}segment"))
    for number, segment in enumerate(segments, start=1):
        sides = [segment.find(f"{_CORE}{name}") for name in ("source", "target")]
        source, target = (side("" if one is None else _text(one)) for one in sides)
        id = unit.get("id") or ""
        row = row_of(id if known or len(segments) == 1 else f"{id}-{number}", source, target, known)
        coded = any(local(child) in _CODES for one in sides if one is not None for child in one.iter())
        extra = (Flag("markup-removed", "info", "inline codes"),) if coded else ()
        yield replace(row, document=row.document or document, flags=(*row.flags, *extra))


def _text(element: _Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if local(child) == "cp":
            parts.append(_character(child.get("hex") or ""))
        elif local(child) not in _CODES:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _character(digits: str) -> str:
    """The character that `<cp hex=…/>` names."""
    try:
        return chr(int(digits, 16))
    except (ValueError, OverflowError):
        return "\N{REPLACEMENT CHARACTER}"
