"""Tables, JSON strings and gettext catalogues: columns, keys, states; nothing lost that no flag quotes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.loading import load_document
from pipeline.errors import InputError, ReaderFault
from pipeline.text import Block, Document

Law = Callable[[Document], Document]


def load(path: Path, text: str, **columns: str) -> Document:
    path.write_bytes(text.encode())
    return load_document(path, columns=columns)


def facts(block: Block) -> dict[str, str]:
    return {**dict(block.data), "place": block.place}


def told(document: Document) -> list[str]:
    return [flag.detail for flag in document.flags if flag.name == "left-out"]


def test_a_table_with_named_columns(tmp_path: Path, lawful: Law) -> None:
    text = 'clef;texte;anglais\na.b;"Un ""mot"", et\nla suite.";\nc.d;Il pleut.;It is raining.\n;;\n'
    document = lawful(load(tmp_path / "a.csv", text, source="texte", target="anglais", id="clef"))
    assert [(block.text, facts(block)) for block in document.blocks] == [
        ('Un "mot", et\nla suite.', {"place": "2:2", "key": "a.b"}),
        ("Il pleut.", {"place": "3:2", "key": "c.d", "target": "It is raining.", "line": "1"}),
    ]
    assert told(document) == ["1: the names of the columns: “clef, texte, anglais”"]
    with pytest.raises(InputError, match=r"no column 'Texte' .* 'clef', 'texte', 'anglais'"):
        load(tmp_path / "a.csv", text, source="Texte")
    assert load(tmp_path / "a.csv", "x,Bonjour.", source="2").blocks[0].text == "Bonjour."


@pytest.mark.parametrize("header", ["key,fr,en", "id,French,x", "key,français,autre", "no,source,y"])
def test_columns_are_told_by_their_names(tmp_path: Path, header: str) -> None:
    document = load(tmp_path / "a.csv", f"{header}\nk1,Bonjour à tous.,Hello everyone.\n")
    assert [block.text for block in document.blocks] == ["Bonjour à tous."]
    assert any("Hello everyone." in detail for detail in told(document))


def test_columns_are_told_by_their_words(tmp_path: Path) -> None:
    rows = "menu.open\tOuvrir le fichier\tOpen the file\nmenu.close\tFermer la fenêtre\tClose the window\n"
    document = load(tmp_path / "a.tsv", rows)
    assert [block.text for block in document.blocks] == ["Ouvrir le fichier", "Fermer la fenêtre"]
    assert [dict(block.data)["key"] for block in document.blocks] == ["menu.open", "menu.close"]
    assert [detail.rpartition(": ")[2] for detail in told(document)] == ["“Open the file”", "“Close the window”"]
    keyed = load(tmp_path / "a.tsv", "menu.open\tOuvrir\nmenu.close\tFermer\n")
    assert [block.text for block in keyed.blocks] == ["Ouvrir", "Fermer"]


def test_a_table_that_tells_nothing_is_read_whole(tmp_path: Path, lawful: Law) -> None:
    document = lawful(load(tmp_path / "a.csv", "Nom,Prix\nPain,1 €\nVin,8 €\n"))
    assert [block.text for block in document.blocks] == ["Nom", "Prix", "Pain", "1 €", "Vin", "8 €"]
    assert facts(document.blocks[3]) == {"table": "1", "row": "2", "column": "2", "place": "2:2"}


def test_prose_in_one_column_is_not_cut_at_its_commas(tmp_path: Path) -> None:
    text = "texte\nIl pleut, il vente, il neige.\nBonjour.\nUn, deux.\n"
    assert [block.text for block in load(tmp_path / "a.csv", text).blocks] == text.split("\n")[1:4]


def test_quotes_in_a_table_with_tabs(tmp_path: Path) -> None:
    document = load(tmp_path / "a.tsv", 'source\tnote\n"Il dit ""oui""\nhier."\tx\n"Non\ty\n', source="source")
    assert [block.text for block in document.blocks] == [
        '"Il dit ""oui""',
        'hier."',
        '"Non',
    ]  # not in good order: as it stands
    document = load(tmp_path / "a.tsv", 'note\tsource\nx\t"Il dit ""oui""\nhier."\n', source="source")
    assert [block.text for block in document.blocks] == ['Il dit "oui"\nhier.']


def test_json_strings_keep_their_keys(tmp_path: Path, lawful: Law) -> None:
    strings = {"menu": {"open": "Ouvrir", "a/b~c": ["Un.", "Deux.", 3, None]}, "@menu": {"description": "The menu"}}
    document = lawful(load(tmp_path / "a.json", json.dumps(strings)))
    assert [(block.text, facts(block)) for block in document.blocks] == [
        ("Ouvrir", {"place": "/menu/open", "key": "menu.open"}),
        ("Un.", {"place": "/menu/a~1b~0c/0"}),
        ("Deux.", {"place": "/menu/a~1b~0c/1"}),
    ]
    assert told(document) == ["/@menu/description: about the strings, not one of them: “The menu”"]
    messages = {"hi": {"message": "Bonjour", "description": "A greeting"}}
    document = load(tmp_path / "messages.json", json.dumps(messages))
    assert [block.text for block in document.blocks] == ["Bonjour"]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_records_with_named_fields(tmp_path: Path, name: str) -> None:
    records = [
        {"n": 7, "texte": "Bonjour.", "english": "Hello.", "lieu": "Calais"},
        {"n": "b", "texte": "Il pleut.", "english": ""},
    ]
    text = json.dumps(records) if name == "a.json" else "\n".join(map(json.dumps, records))
    document = load(tmp_path / name, text, source="texte", target="english", id="n")
    assert [(block.text, facts(block)) for block in document.blocks] == [
        ("Bonjour.", {"place": "/0/texte", "key": "7", "target": "Hello.", "line": "1"}),
        ("Il pleut.", {"place": "/1/texte", "key": "b"}),
    ]
    assert [detail.rpartition(": ")[2] for detail in told(document)] == ["“Calais”"]
    with pytest.raises(InputError, match="no text under 'text'; its keys are 'n', 'texte'"):
        load(tmp_path / name, text, source="text")


PO = r"""# Titre
msgid ""
msgstr ""
"Project-Id-Version: phare 1\n"
"Language: en\n"

#. Shown on the door
msgctxt "porte"
msgid "Fermé"
msgstr "Closed"

#, fuzzy
msgid "Ouvert"
msgstr "Opened"

#, python-format
msgid "%d bateau"
msgid_plural "%d bateaux"
msgstr[0] "%d boat"
msgstr[1] ""

msgid ""
"Il pleut. "
"Il vente."
msgstr ""

#~ msgid "Vieux"
#~ msgstr "Old"
"""


def test_a_catalogue_keeps_contexts_plurals_and_translations(tmp_path: Path, lawful: Law) -> None:
    document = lawful(load(tmp_path / "a.po", PO))
    assert [(block.text, facts(block)) for block in document.blocks] == [
        ("Fermé", {"place": "0", "context": "porte", "comment": "Shown on the door", "target": "Closed", "line": "1"}),
        ("Ouvert", {"place": "1", "state": "fuzzy"}),
        ("%d bateau", {"place": "2[0]", "target": "%d boat", "line": "1"}),
        ("%d bateaux", {"place": "2[1]"}),
        ("Il pleut. Il vente.", {"place": "3"}),
    ]
    assert ("project-id-version", "phare 1") in document.meta
    assert [detail.rpartition(": ")[2] for detail in told(document)][:2] == ["“Opened”", "“Vieux”"]


def test_a_catalogue_in_the_language_itself_gives_its_translations(tmp_path: Path) -> None:
    text = (
        PO.replace("Language: en", "Language: fr_CA").replace("Fermé", "door.closed").replace("Closed", "C'est fermé")
    )
    document = load(tmp_path / "a.po", text)
    assert (document.blocks[0].text, dict(document.blocks[0].data)["key"]) == ("C'est fermé", "door.closed")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", '{"a": "Bonjour', "line 1 column 7"),
        ("a.json", "[" * 100_000, "nests too deep"),
        ("a.jsonl", '{"a": "Bonjour."}\n{', "line 2"),
        ("a.csv", 'a,b\nx,"ouvert\n', "line 2"),
        ("a.po", 'msgid "Bonjour"\nmsgstr "a"\nmsgid pas de guillemets\n', "line 3"),
    ],
)
def test_what_is_broken_is_refused_with_its_place(tmp_path: Path, name: str, text: str, said: str) -> None:
    columns = {"source": "a"} if name in ("a.jsonl", "a.csv") else {}
    with pytest.raises(InputError, match=said):
        load(tmp_path / name, text, **columns)


@given(st.text(max_size=300), st.sampled_from(["a.csv", "a.tsv", "a.json", "a.po"]))
def test_whatever_a_file_holds_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str, name: str
) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        document = load_document(path)
    except ReaderFault:
        raise
    except InputError:
        return
    for block in document.blocks:
        assert document.text[block.span.start : block.span.end] == block.text
