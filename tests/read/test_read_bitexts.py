"""Corpora of others, and hostile ones; a corpus as a document gives its source side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corpus import read_bitexts
from pipeline.documents.loading import load_document as read_document
from pipeline.errors import InputError
from pipeline.text import Bitext

SUFFIXES = [".tsv", ".jsonl", ".tmx", ".xliff", ".parquet", ".tsv.gz", ".jsonl.zst"]


def pairs(bitexts: list[Bitext]) -> list[tuple[str, str]]:
    return [(row.source.text, row.target.text) for bitext in bitexts for row in bitext.rows()]


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def test_a_table_of_two_columns(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tsv", "Il pleut.\tIt rains.\r\nFin\tEnd\n")
    assert pairs(read_bitexts(path)) == [("Il pleut.", "It rains."), ("Fin", "End")]
    document = read_document(path)
    assert [(block.text, block.data) for block in document.blocks] == [
        ("Il pleut.", (("line", "1"),)),
        ("Fin", (("line", "1"),)),
    ]
    with pytest.raises(InputError, match="line 2: 1 column"):
        read_bitexts(write(path, "a\tb\nc\n"))


def test_moses_files_by_either_name_or_stem(tmp_path: Path) -> None:
    source, target = write(tmp_path / "c.x.fr", "Un\nDeux\n"), write(tmp_path / "c.x.en", "One\nTwo\n")
    for path in (source, target, tmp_path / "c.x"):
        assert pairs(read_bitexts(path)) == [("Un", "One"), ("Deux", "Two")]
    write(target, "One\n")
    with pytest.raises(InputError, match="2 lines and "):
        read_bitexts(source)
    with pytest.raises(InputError, match="is no corpus"):
        read_bitexts(tmp_path / "none")


TMX = """<?xml version="1.0"?><tmx version="1.4"><header/><body>
<tu tuid="a"><note>x</note><tuv xml:lang="EN-GB"><seg>It <bpt i="1">&lt;b></bpt>rains<ept i="1"/>.</seg></tuv>
<tuv xml:lang="fr-CA"><seg>Il <hi>pleut</hi>.</seg></tuv><tuv xml:lang="de"><seg>Es regnet.</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Nur deutsch</seg></tuv></tu></body></tmx>"""


def test_tmx_of_other_tools(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tmx", TMX)
    (bitext,) = read_bitexts(path)
    assert pairs([bitext]) == [("Il pleut.", "It rains.")]
    assert [flag.name for flag in bitext.rows()[0].flags] == ["markup-removed"]
    with pytest.raises(InputError, match="only in EN-GB, de, fr-CA"):
        read_bitexts(path, source_language="it", target_language="es")


XLIFF = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="fr" trgLang="en-GB"><file id="f">
<group id="g"><unit id="u"><segment><source>Il <pc id="1">pleut</pc>.</source><target>It rains<ph id="2"/>.</target>
</segment>
<ignorable><source> </source></ignorable><segment><source>Fin</source></segment></unit></group></file></xliff>"""


def test_a_code_between_words_leaves_a_space(tmp_path: Path) -> None:
    text = TMX.replace("Il <hi>pleut</hi>.", "Il<ph x='1'>&lt;br/></ph>pleut<ph/>. <ph/>Là<ph/><ph/>bas")
    ((source, _),) = pairs(read_bitexts(write(tmp_path / "a.tmx", text)))
    assert source == "Il pleut. Là bas"


def test_xliff_of_other_tools(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlf", XLIFF)
    assert pairs(read_bitexts(path)) == [("Il pleut.", "It rains."), ("Fin", "")]
    with pytest.raises(InputError, match="srcLang"):
        read_bitexts(path, source_language="de")
    with pytest.raises(InputError, match="not XLIFF"):
        read_bitexts(write(path, "<tmx/>"))


BOMB = '<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize("suffix", [".tmx", ".xliff"])
def test_hostile_xml_is_refused(tmp_path: Path, suffix: str) -> None:
    for text in (
        "",
        "<t",
        f"{BOMB}<t>&b;</t>",
        "<html/>",
        "<a>" * 5000,
        '<!DOCTYPE t SYSTEM "file:///etc/passwd"><t>&x;</t>',
    ):
        with pytest.raises(InputError):
            read_bitexts(write(tmp_path / f"a{suffix}", text))


SENTENCE = {"id": "d-a.b1.s1", "text": "Un", "start": 0, "end": 2}
ROW = {
    "id": "d-a.b1.s1",
    "document": "d-a",
    "block": "d-a.b1",
    "kind": "paragraph",
    "source": {
        "text": "Un",
        "start": 0,
        "end": 2,
        "sentences": [{"id": "d-a.b1.s1", "text": "Un", "start": 0, "end": 2}],
    },
    "target": {"text": "", "sentences": []},
    "score": 1.0,
    "confidence": None,
    "origin": "human",
    "flags": [],
}


def test_spans_that_cannot_be_are_laid_out_anew(tmp_path: Path) -> None:
    far = {"id": "d-a.b1.s1", "text": "Un", "start": 10**12, "end": 10**12 + 2}
    row = {**ROW, "source": {**ROW["source"], "sentences": [far]}}
    (bitext,) = read_bitexts(write(tmp_path / "a.jsonl", json.dumps(row)))
    assert bitext.source.text == "Un"


@pytest.mark.parametrize("name", [*ROW, "source.sentences", "source.text"])
@pytest.mark.parametrize("value", ["x\ud800", 5, None, [], {}, [1], float("nan"), 10**400])
def test_rows_that_are_not_ours_are_told_by_line(tmp_path: Path, name: str, value: object) -> None:
    key, _, inner = name.partition(".")
    row = {**ROW, key: {**ROW[key], inner: value} if inner else value}
    path = write(tmp_path / "a.jsonl", f"{json.dumps(ROW)}\n{json.dumps(row)}\n")
    try:
        read_bitexts(path)
    except InputError as error:
        told = error.problem
    else:
        told = "line 2"
    assert "line 2" in told


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))))
def test_hostile_bytes_give_bitexts_or_an_input_error(tmp_path: Path, raw: bytes) -> None:
    for suffix in SUFFIXES:
        path = tmp_path / f"hostile{suffix}"
        path.write_bytes(raw)
        for read in (read_bitexts, read_document):
            try:
                read(path)
            except InputError:
                continue
