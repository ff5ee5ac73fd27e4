"""TMX (translation memory exchange) to a document to translate: a block a unit, what people have translated kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import InputError
from pipeline.read.assembling import PLACE, Data, Told, document_of_texts
from pipeline.read.encoding import read_bytes
from pipeline.read.left import LeftOut
from pipeline.read.table import Texts
from pipeline.read.units import Words, stripped, words
from pipeline.read.xml import XML, local, parse_xml
from pipeline.text import Document

if TYPE_CHECKING:
    from lxml.etree import _Element

_Variant = TypeVar("_Variant")


def read_tmx(path: Path, told: Told) -> Document:
    """The document of a memory's source side; units that have a translation keep it.

    Raises InputError where it is no TMX, or no unit has a segment in the language asked for.
    """
    root = parse_xml(read_bytes(path), str(path), huge=True)
    if local(root) != "tmx":
        raise InputError(f"{path} is not TMX: its root is <{local(root)}>", "Give a file whose root is <tmx>.")
    texts, left, seen = Texts(), LeftOut(), set[str]()
    for number, unit in enumerate(root.iter("{*}tu")):
        variants = variants_of(unit)
        seen |= set(variants)
        source, target = (matching(variants, wanted) for wanted in (told.language, told.target))
        if source is not None:
            found = stripped(words(source.find("{*}seg")))
            codes = tuple(("inline", code) for code in found.codes)
            texts.append(("paragraph", found.text, (*_known(unit, target), *codes, (PLACE, str(number)))))
        for tag, one in variants.items():
            if one is not source and (one is not target or source is None):
                left.add(f"in another language ({tag})", _segment(one).text, f"unit {number + 1}")
    if seen and not texts:
        raise InputError(
            f"{path} has no segment in {told.language}, only in {', '.join(sorted(seen))}",
            "Set source_language to a language that it has.",
        )
    return document_of_texts(texts, replace(told, flags=(*told.flags, *left.flags())))


def variants_of(unit: _Element) -> dict[str, _Element]:
    """A unit's segments by their languages, in their order."""
    return {one.get(f"{XML}lang") or one.get("lang") or "": one for one in unit.iterchildren("{*}tuv")}


def matching(variants: Mapping[str, _Variant], wanted: str) -> _Variant | None:
    """The variant of a language: `fr` takes `fr` first, else `FR` or `fr-CA` (BCP 47 tags know no case)."""
    if wanted in variants:
        return variants[wanted]
    main = wanted.lower().partition("-")[0]
    return next((one for tag, one in variants.items() if tag.lower().replace("_", "-").split("-")[0] == main), None)


def _segment(variant: _Element) -> Words:
    return words(variant.find("{*}seg"))


def _known(unit: _Element, target: _Element | None) -> Data:
    """What the file says of a unit: its id, notes, and its translation."""
    data = [("key", unit.get("tuid") or "")] if unit.get("tuid") else []
    notes = [" ".join((note.text or "").split()) for note in unit.iterchildren("{*}note")]
    data += [("comment", " / ".join(filter(None, notes)))] if any(notes) else []
    made = "" if target is None else _segment(target).text.strip()
    return (*data, *((("target", made),) if made else ()), ("line", "1"))
