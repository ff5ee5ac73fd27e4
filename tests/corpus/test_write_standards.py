"""TMX and XLIFF against the rules of their standards, and as an independent reader reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from lxml import etree
from translate.storage import tmx, xliff2

from pipeline.corpus import FORMATS, write_bitexts
from pipeline.text import Bitext

Nasty = Callable[[str], SearchStrategy[Bitext]]
X = "{urn:oasis:names:tc:xliff:document:2.0}"
ITS = "{http://www.w3.org/2005/11/its}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NMTOKEN = re.compile(r"[\w.:-]+\Z", re.ASCII)
examples = settings(max_examples=20, suppress_health_check=list(HealthCheck))


@examples
@given(data=st.data())
def test_tmx_keeps_the_rules_of_1_4b(tmp_path: Path, nasty: Nasty, data: st.DataObject) -> None:
    """LISA OSCAR, TMX 1.4b Specification, 26 April 2005; section numbers are its."""
    bitexts = [data.draw(nasty("d-a")), data.draw(nasty("d-b"))]
    (path,) = write_bitexts(bitexts, tmp_path, "tmx")
    root = etree.parse(path).getroot()
    assert (root.tag, root.get("version")) == ("tmx", "1.4")  # 2.1: <tmx>, required attribute version
    assert [child.tag for child in root] == ["header", "body"]  # 2.1: one <header>, then one <body>
    header = root[0]
    required = ("creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype")
    assert all(header.get(name) for name in required)  # 2.2 <header>: required attributes
    assert header.get("segtype") in ("block", "paragraph", "sentence", "phrase")  # 2.3 segtype
    for unit in root[1]:
        assert unit.tag == "tu"  # 2.2 <body>: zero, one or more <tu>
        order = [child.tag for child in unit]
        assert order == sorted(order, key=["prop", "tuv"].index)  # 2.2 <tu>: notes and props, then <tuv>s
        assert order.count("tuv") >= 1
        assert not re.search(r"\s", unit.get("tuid"))  # 2.3 tuid: a text without white space
        for variant in unit.iter("tuv"):
            assert variant.get(LANG) in ("fr", "en")  # 2.3 xml:lang is required; BCP 47
            assert [child.tag for child in variant] == ["seg"]  # 2.2 <tuv>: one <seg>
        assert all(prop.get("type", "").startswith("x-") for prop in unit.iter("prop"))  # 2.2 <prop>: names of ours


@examples
@given(data=st.data())
def test_xliff_keeps_the_rules_of_2_1(tmp_path: Path, nasty: Nasty, data: st.DataObject) -> None:
    """OASIS, XLIFF Version 2.1, 13 February 2018; its core schema (xliff_core_2.0.xsd) and the rules of its.sch."""
    bitexts = [data.draw(nasty("d-a")), data.draw(nasty("d-b"))]
    (path,) = write_bitexts(bitexts, tmp_path, "xliff")
    root = etree.parse(path).getroot()
    assert (root.tag, root.get("version")) == (f"{X}xliff", "2.1")
    assert (root.get("srcLang"), root.get("trgLang")) == ("fr", "en")  # 4.3.1.17: trgLang required with targets
    assert root.get(f"{ITS}version") == "2.0"
    assert [file.tag for file in root] == [f"{X}file"] * len(bitexts)  # 4.2.2.1: one or more <file>
    assert len({file.get("id") for file in root}) == len(bitexts)  # 4.3.1.21: unique among files
    for file in root:
        ids = [unit.get("id") for unit in file.iter(f"{X}unit")]
        assert ids  # 4.2.2.2: one or more <unit> or <group>
        assert len(set(ids)) == len(ids)  # 4.3.1.21: unique among units of a file
        assert all(NMTOKEN.match(id) for id in [*ids, file.get("id")])
        for unit in file:
            check_unit(unit)


def check_unit(unit: etree._Element) -> None:
    # 4.2.2.5: elements of modules, then notes and original data, then segments
    assert [etree.QName(child).localname for child in unit] == ["metadata", "segment"]
    segment = unit[1]
    names = [etree.QName(child).localname for child in segment]
    assert names in (["source"], ["source", "target"])  # 4.2.2.6: one <source>, then at most one <target>
    assert segment.get("state") in ("initial", "translated", "reviewed", "final")  # 4.3.1.30
    assert (segment.get("state") == "initial") == (names == ["source"])
    for mark in segment.iter(f"{X}mrk"):
        assert mark.get("type") == "its:generic"  # its.sch: required where its:mtConfidence is used
        assert 0 <= float(mark.get(f"{ITS}mtConfidence")) <= 1  # ITS 2.0, 8.18: a rational number from 0 to 1
        annotators = unit.get(f"{ITS}annotatorsRef")
        assert annotators.startswith("mt-confidence|")  # ITS 2.0, 8.18: the tool must be named
    for point in segment.iter(f"{X}cp"):
        value = int(point.get("hex"), 16)  # 4.2.3.1 <cp>: only for what XML cannot hold, in whole octets
        assert len(point.get("hex")) % 2 == 0
        assert value not in (9, 10, 13)
        assert value < 0x20 or 0xD800 <= value < 0xE000 or value in (0xFFFE, 0xFFFF)


def _read(format: str, path: Path) -> list[tuple[str, str, str]]:
    store = {"tmx": tmx.tmxfile, "xliff": xliff2.Xliff2File}[format].parsefile(str(path))
    return [(unit.getid(), str(unit.source or ""), str(unit.target or "")) for unit in store.units]


@pytest.mark.parametrize("format", ["tmx", "xliff"])
def test_an_independent_reader_reads_the_same(tmp_path: Path, small: Bitext, format: str) -> None:
    (path,) = write_bitexts([small], tmp_path, format)
    rows = small.rows(FORMATS[format].writer.carries)
    suffix = "::s" if format == "xliff" else ""  # translate-toolkit names a segment with its unit
    assert _read(format, path) == [(row.id + suffix, row.source.text, row.target.text) for row in rows]


def test_what_xml_cannot_hold_is_shown_and_flagged_in_tmx(tmp_path: Path, small: Bitext) -> None:
    text = "Il\0\x0b p\ud800leut."
    sentence = small.source_sentences[0]
    changed = type(sentence)(sentence.id, sentence.block, type(sentence.span)(0, len(text)), text)
    hostile = type(small)(small.source, small.target, (changed, *small.source_sentences[1:]), *_rest(small))
    (path,) = write_bitexts([hostile], tmp_path, "tmx")
    written = path.read_text(encoding="utf-8")
    assert "Il␀␋ p\N{REPLACEMENT CHARACTER}leut." in written
    assert written.count("character-replaced") == 1


def _rest(bitext: Bitext) -> tuple:
    return bitext.target_sentences, bitext.beads, bitext.translations
