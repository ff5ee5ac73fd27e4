"""`corpus.tmx`: Translation Memory eXchange 1.4b (LISA OSCAR recommendation, 2005), for CAT tools."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from pipeline.corpus.grouping import Languages, side
from pipeline.corpus.properties import properties, row_of
from pipeline.corpus.writer import OneFile
from pipeline.errors import InputError
from pipeline.read.encoding import read_bytes
from pipeline.read.tmx import matching, variants_of
from pipeline.read.units import has_codes, plain, words
from pipeline.read.xml import local, parse_xml
from pipeline.text import Bitext, Carries, Flag, Row
from pipeline.version import __version__

if TYPE_CHECKING:
    from lxml.etree import _Element

_CARRIAGE_RETURN = {"\r": "&#13;"}  # else a parser makes a line feed of it (XML 1.0, section 2.11)


def _head(source_language: str, _target_language: str) -> str:
    # 1.4b: these seven attributes of the header are required
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="visavis" creationtoolversion={quoteattr(__version__)} segtype="sentence" '
        f'o-tmf="visavis" adminlang="en" srclang={quoteattr(source_language)} datatype="plaintext"/>\n<body>\n'
    )


def _units(bitext: Bitext, rows: Iterator[Row]) -> Iterator[str]:
    languages = bitext.source.language, bitext.target.language
    for row in rows:
        parts = [f"<tu tuid={quoteattr(row.id)}>"]
        parts += [f'<prop type="x-{name}">{_escaped(value)}</prop>' for name, value in properties(row)]
        for language, one in zip(languages, (row.source, row.target), strict=True):
            if one.sentences:
                parts.append(f"<tuv xml:lang={quoteattr(language)}><seg>{_escaped(one.text)}</seg></tuv>")
        yield "".join(parts) + "</tu>\n"


def _escaped(text: str) -> str:
    return escape(text, _CARRIAGE_RETURN)


TMX = OneFile(Carries(sentences=False, characters="xml"), "tmx", _head, _units, "</body>\n</tmx>\n")


def read_tmx(path: Path, languages: Languages, _: object = None) -> Iterator[Row]:
    """A row a translation unit; raises InputError if no unit has a segment in the languages asked for."""
    root = parse_xml(read_bytes(path), str(path))
    if local(root) != "tmx":
        raise InputError(f"{path} is not TMX: its root is <{local(root)}>", "Give a file whose root is <tmx>.")
    seen: set[str] = set()
    found = False
    for unit in root.iter("{*}tu"):
        variants = variants_of(unit)
        seen |= set(variants)
        source, target = (matching(variants, wanted) for wanted in (languages.source, languages.target))
        if source is None and target is None:
            continue
        found = True
        yield _row(unit, source, target)
    if seen and not found:
        raise InputError(
            f"{path} has no segment in {languages.source} or {languages.target}, only in {', '.join(sorted(seen))}",
            "Set source_language and target_language to languages that it has.",
        )


def _row(unit: _Element, source: _Element | None, target: _Element | None) -> Row:
    texts = [words(None if tuv is None else tuv.find("{*}seg")) for tuv in (source, target)]
    known = [((prop.get("type") or "").removeprefix("x-"), prop.text or "") for prop in unit.iterchildren("{*}prop")]
    row = row_of(unit.get("tuid") or "", side(plain(texts[0])), side(plain(texts[1])), known)
    return (
        replace(row, flags=(*row.flags, Flag("markup-removed", "info", "inline codes")))
        if any(map(has_codes, texts))
        else row
    )
