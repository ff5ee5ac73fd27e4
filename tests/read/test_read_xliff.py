"""XLIFF of all tools as a document to translate: units, codes, notes, states, and what is not to be translated."""

# ruff: noqa: E501 (XML in one line stays readable where a break would be text)

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.corpus import read_bitexts
from pipeline.documents.loading import load_document
from pipeline.documents.translating import in_language
from pipeline.errors import InputError
from pipeline.split import split_document
from pipeline.text import Block, Document

Law = Callable[[Document], Document]
MARK = "\N{OBJECT REPLACEMENT CHARACTER}"

SECOND = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="fr-CA" trgLang="en"><file id="f"><notes>
<note>Le site.</note></notes><unit id="u1"><notes><note>Sur la porte</note><note>courte</note></notes>
<segment id="a"><source> Il <pc id="1">pleut</pc> à <ph id="2"/><cp hex="0007"/>.</source></segment>
<ignorable><source> </source></ignorable>
<segment id="b" state="final"><source>Fermé<ph id="3"/></source><target>Shut<ph id="3"/></target></segment>
<segment id="c" state="translated"><source>Ouvert</source><target>Opened</target></segment></unit>
<group translate="no"><unit id="u2"><segment><source>Acme SA</source></segment></unit>
<unit id="u3" translate="yes"><segment state="final"><source>Sans cible</source></segment></unit></group></file></xliff>"""

FIRST = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a.docx" source-language="fr"
target-language="en-GB" datatype="x"><header><note>Tout.</note></header><body><group><trans-unit id="1">
<source>Il <g id="1">pleut<x id="2"/></g> fort<bpt id="3">&lt;b></bpt>. Le vent souffle<ept id="3">&lt;/b></ept>.</source>
<note>à voir</note><alt-trans><target>It rains</target></alt-trans></trans-unit></group>
<trans-unit id="2" approved="yes"><source>Oui</source><target state="translated">Yes</target></trans-unit>
<trans-unit id="3" translate="no"><source>Acme</source></trans-unit>
<trans-unit id="4"><source>Un. Deux.</source><seg-source><mrk mtype="seg" mid="0">Un.</mrk> <mrk mtype="seg" mid="1">Deux.</mrk>
</seg-source><target><mrk mtype="seg" mid="1">Two.</mrk></target></trans-unit></body></file></xliff>"""

TRADOS = """<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
<file original="a" source-language="fr-FR" target-language="en-US"><header><reference><internal-file>QUFB</internal-file>
</reference></header><body><trans-unit id="x"><source>Un. Deux.</source><seg-source><mrk mtype="seg" mid="1">Un.</mrk>
<mrk mtype="seg" mid="2">Deux.</mrk> <mrk mtype="seg" mid="3">Trois.</mrk></seg-source><target><mrk mtype="seg" mid="1">One.</mrk>
<mrk mtype="seg" mid="2">Too.</mrk></target><sdl:seg-defs><sdl:seg id="1" conf="ApprovedTranslation"/>
<sdl:seg id="2" conf="Draft"/><sdl:seg id="3" locked="true"/></sdl:seg-defs></trans-unit></body></file></xliff>"""

MEMOQ = """<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:mq="MQXliff" version="1.2"><file source-language="fr"
target-language="en"><body><trans-unit id="1" mq:status="ManuallyConfirmed"><source>Un<ph id="1">&lt;br/></ph></source>
<target>One<ph id="1">&lt;br/></ph></target></trans-unit><trans-unit id="2" mq:status="MachineTranslated"><source>Deux</source>
<target>Too</target></trans-unit></body></file></xliff>"""


def load(path: Path, text: str) -> Document:
    path.write_text(text, encoding="utf-8")
    return load_document(path)


def facts(block: Block) -> dict[str, str]:
    return {**dict(block.data), "place": block.place}


def to_translate(document: Document) -> list[str]:
    return [sentence.text for sentence in in_language(document, split_document(document))]


def told(document: Document) -> list[str]:
    return [flag.detail for flag in document.flags if flag.name == "left-out"]


def test_xliff_2(tmp_path: Path, lawful: Law) -> None:
    document = lawful(load(tmp_path / "a.xlf", SECOND))
    comment = "Sur la porte / courte"
    assert [(block.text, facts(block)) for block in document.blocks] == [
        (f"Il pleut à {MARK}\a.", {"key": "u1/a", "comment": comment, "line": "1", "inline": "11:12:ph:2", "place": "0/0"}),
        (
            f"Fermé{MARK}",
            {"key": "u1/b", "state": "final", "comment": comment, "target": f"Shut{MARK}", "line": "1",
             "inline": "5:6:ph:3", "place": "0/1"},
        ),
        ("Ouvert", {"key": "u1/c", "state": "translated", "comment": comment, "line": "1", "place": "0/2"}),
        ("Acme SA", {"key": "u2", "translate": "no", "line": "1", "place": "1/0"}),
        ("Sans cible", {"key": "u3", "state": "final", "line": "1", "place": "2/0"}),
    ]  # fmt: skip
    assert ("inline", "3:8:pc:1") in document.blocks[0].data
    assert to_translate(document) == [f"Il pleut à {MARK}\a.", "Ouvert", "Sans cible"]
    assert told(document) == [
        "unit u1/c: a translation that nobody has agreed to, made anew: “Opened”",
        "a note on the file: “Le site.”",
    ]


def test_xliff_1(tmp_path: Path, lawful: Law) -> None:
    document = lawful(load(tmp_path / "a.xliff", FIRST))
    assert [block.text for block in document.blocks] == [
        f"Il pleut{MARK} fort. Le vent souffle.", "Oui", "Acme", "Un.", "Deux.",
    ]  # fmt: skip
    codes = [value for name, value in document.blocks[0].data if name == "inline"]
    assert sorted(codes) == ["14:14:bpt:3", "31:31:ept:3", "3:9:g:1", "8:9:x:2"]
    assert facts(document.blocks[1])["target"] == "Yes"
    assert [facts(block)["key"] for block in document.blocks] == ["1", "2", "3", "4/0", "4/1"]
    assert to_translate(document) == [f"Il pleut{MARK} fort.", "Le vent souffle.", "Un.", "Deux."]
    pairs = [(row.source.text, row.target.text) for one in read_bitexts(tmp_path / "a.xliff") for row in one.rows()]
    assert pairs[:2] == [("Il pleut fort. Le vent souffle.", ""), ("Oui", "Yes")]


@pytest.mark.parametrize(
    ("name", "text", "anew", "kept"),
    [
        ("a.sdlxliff", TRADOS, ["Deux."], ["One."]),
        ("a.mqxliff", MEMOQ, ["Deux"], [f"One{MARK}"]),
        ("a.xml", '<?xml version="1.0"?>\n' + MEMOQ, ["Deux"], [f"One{MARK}"]),
    ],
)
def test_what_people_confirmed_in_their_tools_is_kept(
    tmp_path: Path, name: str, text: str, anew: list[str], kept: list[str]
) -> None:
    document = load(tmp_path / name, text)
    assert to_translate(document) == anew
    assert [facts(block)["target"] for block in document.blocks if "target" in facts(block)] == kept


def test_a_large_original_within_and_deep_codes_are_read(tmp_path: Path) -> None:
    packed = TRADOS.replace("QUFB", "QUFB" * 3_000_000)
    assert len(load(tmp_path / "a.sdlxliff", packed).blocks) == 3
    deep = FIRST.replace("<source>Oui", "<source>" + "<g id='1'>" * 1500 + "Oui" + "</g>" * 1500)
    assert load(tmp_path / "a.xlf", deep).blocks[1].text == "Oui"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SECOND.replace("fr-CA", "de"), "is in 'de', and 'fr'"),
        ("<xliff", "not well-formed"),
        ("<tmx/>", "not XLIFF"),
        ('<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xliff>&b;</xliff>', "declares entities"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        load(tmp_path / "a.xlf", text)
