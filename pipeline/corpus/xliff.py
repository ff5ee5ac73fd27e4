"""`corpus.xliff`: XLIFF 2.1 (OASIS Standard, 13 February 2018), a file element a document, a unit a bead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from pipeline.corpus.grouping import Languages, side
from pipeline.corpus.properties import properties, row_of
from pipeline.corpus.writer import OneFile, number
from pipeline.errors import InputError, OutputError
from pipeline.read.encoding import read_bytes
from pipeline.read.units import has_codes, plain, segments, words
from pipeline.read.units import languages as languages_of
from pipeline.read.xml import local, parse_xml
from pipeline.text import Bitext, Carries, Flag, Row, verdict_of
from pipeline.text.matches import MATCHES, Match, read_matches

if TYPE_CHECKING:
    from lxml.etree import _Element

# XML 1.0 cannot hold these; XLIFF 2 has an element for them: <cp hex="0000"/>
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_NMTOKEN = re.compile(r"[^A-Za-z0-9._:-]")
_CARRIAGE_RETURN = {"\r": "&#13;"}


def _head(source_language: str, target_language: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" '
        'xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" '
        'xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0" version="2.1" '
        f"srcLang={quoteattr(source_language)} trgLang={quoteattr(target_language)}>\n"
    )


def _file(bitext: Bitext, rows: Iterator[Row]) -> Iterator[str]:
    first = next(rows, None)
    if first is None:
        return  # a file element holds one unit at least
    languages = bitext.source.language, bitext.target.language
    if languages[0] == languages[1]:
        raise OutputError(f"XLIFF needs two languages, and both are {languages[0]!r}", "Write tsv or jsonl instead.")
    yield f'<file id="{nmtoken(bitext.source.id)}" xml:space="preserve">\n'
    for row in chain((first,), rows):
        yield _unit(row)
    yield "</file>\n"


def _unit(row: Row) -> str:
    metadata = "".join(f'<mda:meta type="{name}">{_attribute(value)}</mda:meta>' for name, value in properties(row))
    state = "initial" if not row.target.sentences else "final" if row.origin == "human" else "translated"
    state = "reviewed" if state == "final" and verdict_of(row.layers).state == "approved" else state
    source, target = _inline(row.source.text), _inline(row.target.text)
    made = row.target.sentences and row.confidence is not None and row.origin != "human"
    if made and row.confidence is not None:  # ITS 2.0, 8.18: who is confident must be told
        target = f'<mrk id="mt" type="its:generic" its:mtConfidence="{number(row.confidence)}">{target}</mrk>'
    who = ' its:annotatorsRef="mt-confidence|visavis"' if made else ""
    shown = f"<target>{target}</target>" if row.target.sentences else ""
    return (
        f'<unit id="{nmtoken(row.id)}"{who}>{_matches(row)}'
        f'<mda:metadata><mda:metaGroup category="visavis">{metadata}</mda:metaGroup></mda:metadata>'
        f'<segment id="s" state="{state}"><source>{source}</source>{shown}</segment></unit>\n'
    )


def _matches(row: Row) -> str:
    """What a client's memory holds that is like the source (XLIFF 2.1, 5.1: translation candidates)."""
    held = next((one.text for one in row.layers if one.layer == MATCHES), "")
    made = "".join(_match(one) for one in (read_matches(held) if row.source.sentences else ()))
    return f"<mtc:matches>{made}</mtc:matches>" if made else ""


def _match(one: Match) -> str:
    file = quoteattr(Carries(characters="xml").text(one.file))
    return (
        f'<mtc:match ref="#s" type="tm" similarity="{one.similarity}" origin={file}>'
        f"<source>{_inline(one.source)}</source><target>{_inline(one.target)}</target></mtc:match>"
    )


def _inline(text: str) -> str:
    escaped = escape(text, _CARRIAGE_RETURN)
    return _NOT_XML.sub(lambda found: f'<cp hex="{ord(found[0]):04X}"/>', escaped)


def _attribute(value: str) -> str:
    return escape(Carries(characters="xml").text(value), _CARRIAGE_RETURN)


def nmtoken(id: str) -> str:
    """An id as XLIFF allows it (XML 1.0, section 2.3: Nmtoken); ours are so already."""
    return _NOT_NMTOKEN.sub("-", id) or "x"


XLIFF = OneFile(Carries(sentences=False), "xliff", _head, _file, "</xliff>\n")

_CORE = "{urn:oasis:names:tc:xliff:document:2.0}"
_VOUCHED = ("reviewed", "final")  # states that a person gives (XLIFF 2.1, 4.7.2.5)


def read_xliff(path: Path, languages: Languages, _: object = None) -> Iterator[Row]:
    """A row a segment; raises InputError for what is no XLIFF, and for other languages than those asked for."""
    root = parse_xml(read_bytes(path), str(path))
    if local(root) != "xliff":
        raise InputError(f"{path} is not XLIFF: its root is <{local(root)}>", "Give a file whose root is <xliff>.")
    named = languages_of(root)
    for wanted, said, attribute in zip(
        (languages.source, languages.target), named, ("srcLang", "trgLang"), strict=True
    ):
        has = said or wanted
        if has.lower().partition("-")[0] != wanted.lower().partition("-")[0]:
            raise InputError(
                f"{path} has {attribute} {has!r}, and {wanted!r} is asked for",
                "Set source_language and target_language to languages that it has.",
            )
    if root.tag != f"{_CORE}xliff":
        yield from _rows_of_the_first(root)
    for file in root.iterchildren(f"{_CORE}file"):
        for unit in file.iter(f"{_CORE}unit"):
            yield from _rows(file.get("id") or "", unit)


def _rows_of_the_first(root: _Element) -> Iterator[Row]:
    """A row a segment of XLIFF 1.2; what stands for a code leaves a space between words."""
    for segment in segments(root):
        row = row_of(nmtoken(segment.key), side(plain(segment.source)), side(plain(segment.target)), [])
        coded = has_codes(segment.source) or has_codes(segment.target)
        yield replace(row, flags=(Flag("markup-removed", "info", "inline codes"),)) if coded else row


def _rows(document: str, unit: _Element) -> Iterator[Row]:
    known = [
        (meta.get("type") or "", meta.text or "")
        for group in unit.iter("{urn:oasis:names:tc:xliff:metadata:2.0}metaGroup")
        if group.get("category") == "visavis"
        for meta in group
    ]
    segments = list(unit.iterchildren(f"{_CORE}segment"))
    for count, segment in enumerate(segments, start=1):
        texts = [words(segment.find(f"{_CORE}{name}")) for name in ("source", "target")]
        source, target = (side(plain(one)) for one in texts)
        id = unit.get("id") or ""
        row = row_of(id if known or len(segments) == 1 else f"{id}-{count}", source, target, known)
        extra = (Flag("markup-removed", "info", "inline codes"),) if any(map(has_codes, texts)) else ()
        vouched = segment.get("state") in _VOUCHED and bool(row.target.sentences)
        yield replace(
            row,
            document=row.document or document,
            origin="human" if vouched else row.origin,
            flags=(*row.flags, *extra),
        )
