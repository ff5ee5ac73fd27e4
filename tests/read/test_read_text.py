"""Plain text: encodings, paragraphs, headings, metadata, and the law that no character is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.read import document_from_text, line_document, read_document
from pipeline.text import Document

SENTENCE = "L’été 1999 fut « très » chaud à Orléans. Où étiez-vous ?"


def assert_lawful(document: Document) -> None:
    """Blocks are in order, their text is the document's, and only white space lies between them."""
    end = 0
    for block in document.blocks:
        assert document.text[block.span.start : block.span.end] == block.text
        assert block.text == block.text.strip() != ""
        assert not document.text[end : block.span.start].strip()
        end = block.span.end
    assert not document.text[end:].strip()
    assert len({block.id for block in document.blocks}) == len(document.blocks)


def kinds(text: str) -> list[tuple[str, str]]:
    document = document_from_text(text)
    assert_lawful(document)
    return [(block.kind, block.text) for block in document.blocks]


LINES = st.sampled_from(
    [
        "",
        "date 2018-01 Alors",
        "Titre: x",
        "---",
        "a: b",
        "- item",
        "— Oui.",
        "Chapitre I",
        "* * *",
        "mot",
        "\t",
        "\x85",
        "\0",
    ]
)


@given(st.one_of(st.text(), st.lists(st.one_of(LINES, st.text(max_size=90))).map("\n".join)))
def test_every_character_is_in_exactly_one_block(text: str) -> None:
    document = document_from_text(text)
    if not any(flag.name == "mended" for flag in document.flags):
        assert document.text == text
    assert_lawful(document)


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "cp1252", "utf-16", "hex", "no-such", "idna"]))
def test_hostile_bytes_give_a_document_or_an_input_error(tmp_path: Path, raw: bytes, encoding: str | None) -> None:
    path = tmp_path / "hostile.txt"
    path.write_bytes(raw)
    refused = None
    try:
        assert_lawful(read_document(path, encoding=encoding))
    except InputError as error:
        refused = error
    assert refused is None or (str(path) in refused.problem and refused.remedy)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_are_recognised(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(f"{SENTENCE}\r\n\r\n{SENTENCE}".encode(encoding))
    document = read_document(path)
    assert document.text == f"{SENTENCE}\r\n\r\n{SENTENCE}"
    told = [flag for flag in document.flags if flag.name == "encoding"]
    assert bool(told) == (not encoding.startswith("utf-8"))


def test_big_endian_utf_16_and_utf_16_without_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(b"\xfe\xff" + SENTENCE.encode("utf-16-be"))
    assert read_document(path).text == SENTENCE
    path.write_bytes("Un été à Orléans, sans marque.".encode("utf-16-le"))
    document = read_document(path)
    assert document.text == "Un été à Orléans, sans marque."
    assert document.flags[0].severity == "warning"


def test_latin_9_is_told_from_cp1252_by_its_ligatures(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes("Le cœur et la sœur, déjà.".encode("iso8859-15"))
    assert read_document(path).text == "Le cœur et la sœur, déjà."
    path.write_bytes("1½ heure après, déjà".encode("cp1252"))
    assert read_document(path).text == "1½ heure après, déjà"


def test_the_encoding_asked_for_wins(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes("Été".encode())
    assert read_document(path, encoding="cp1252").text == "Ã‰tÃ©"
    with pytest.raises(InputError, match="0xc3"):
        read_document(path, encoding="ascii")
    with pytest.raises(InputError, match="no-such"):
        read_document(path, encoding="no-such")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (bytes(range(256)) * 4, "0x"),
        (b"bon\0jour" * 20 + b"\0" * 50, "U+0000"),
        ("déjà été très près".encode() + b"\xff", "offset 24"),
        (b"caf\x81", "0x81 at offset 3"),
    ],
)
def test_what_is_not_text_is_refused_with_place_and_value(tmp_path: Path, raw: bytes, words: str) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        read_document(path)
    assert words in caught.value.problem
    assert "file.txt" in caught.value.problem
    assert caught.value.remedy


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path, Path("a\0b.txt")):
        with pytest.raises(InputError):
            read_document(path)


def test_control_characters_and_surrogates_are_kept_and_flagged(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes("Un\0 caractère nul dans une phrase de bonne longueur.".encode())
    document = read_document(path)
    assert "\0" in document.text
    assert [flag.name for flag in document.flags] == ["control-characters"]
    assert "offset 2" in document.flags[0].detail
    assert [flag.name for flag in document_from_text("a\ud800b").flags] == ["lone-surrogates"]


def test_an_empty_file_is_a_document_without_blocks(tmp_path: Path) -> None:
    for raw in (b"", b"\xef\xbb\xbf", b" \r\n \t"):
        (tmp_path / "empty.txt").write_bytes(raw)
        document = read_document(tmp_path / "empty.txt")
        assert document.blocks == ()
        assert [flag.name for flag in document.flags] == ["empty"]


def test_metadata_at_the_top_is_a_piece_of_its_own() -> None:
    text = " date 2018-01 Alors que son gouvernement parle, il vient.\n\nIl parle."
    assert kinds(text) == [
        ("meta", "date 2018-01"),
        ("paragraph", "Alors que son gouvernement parle, il vient."),
        ("paragraph", "Il parle."),
    ]
    assert document_from_text(text).meta == (("date", "2018-01"),)
    assert kinds("Titre : La peste\nAuteur : Albert Camus\n\nLe matin.")[:2] == [
        ("meta", "Titre : La peste"),
        ("meta", "Auteur : Albert Camus"),
    ]
    assert [kind for kind, _ in kinds("---\ntitle: x\n---\nLe matin.")] == ["meta", "meta", "meta", "paragraph"]


def test_a_date_in_a_sentence_is_no_metadata() -> None:
    assert [kind for kind, _ in kinds("Date 2018-01 est le nom du fichier.")] == ["paragraph"]
    assert [kind for kind, _ in kinds("Il vient.\n\ndate 2018-01 Alors.")] == ["paragraph", "paragraph"]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Longtemps, je me suis couché de bonne heure. Parfois, à peine ma\n"
        "bougie éteinte, mes yeux se fermaient si vite que je n'avais pas le\n"
        "temps de me dire : « Je m'endors. » Et, une demi-heure après, la\n"
        "pensée qu'il était temps de chercher le sommeil m'éveillait.\n"
    )
    assert kinds(text) == [("paragraph", text.strip())]
    assert kinds(text.replace("\n", "\r\n")) == [("paragraph", text.strip().replace("\n", "\r\n"))]


def test_a_sentence_or_a_paragraph_a_line_is_not_glued() -> None:
    lines = ["Il pleut ce matin.", "Elle est sortie sans parapluie ?", "Non, elle dort.", "Un titre sans point"]
    assert [text for _, text in kinds("\n".join(lines))] == lines
    long = [f"{SENTENCE} " * n + "Fin." for n in (3, 1, 5, 2)]
    assert [text for _, text in kinds("\n".join(long))] == long


def test_headings_items_verse_and_dialogue() -> None:
    assert kinds("Un titre court\n\nUne phrase.")[0] == ("heading", "Un titre court")
    assert dict(document_from_text("Chapitre IV\n\nUne phrase.").blocks[0].data) == {"level": "1", "chapter": "1"}
    assert [kind for kind, _ in kinds("- pommes\n- poires\n1. Un\n2) Deux")] == ["item"] * 4
    assert kinds("— Oui.\n— Non, dit-il.") == [("paragraph", "— Oui."), ("paragraph", "— Non, dit-il.")]
    stanza = (
        "Sous le pont Mirabeau coule la Seine\nEt nos amours,\nFaut-il qu’il m’en souvienne,\nLa joie venait toujours"
    )
    assert kinds(stanza) == [("verse", stanza)]
    assert dict(document_from_text("Un.\n\n* * *\n\nDeux.").blocks[1].data) == {"separator": "1"}


def test_one_sentence_a_line_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_bytes(b"Un.\nDeux. Trois.\n\nmot\r\n")
    document = line_document(path)
    assert_lawful(document)
    assert [block.text for block in document.blocks] == ["Un.", "Deux. Trois.", "mot"]
    assert all(block.data == (("line", "1"),) for block in document.blocks)


def test_five_megabytes_on_one_line() -> None:
    text = SENTENCE * (5_000_000 // len(SENTENCE))
    document = document_from_text(text)
    assert [block.text for block in document.blocks] == [text]
    assert_lawful(document_from_text(" \n" * 500_000 + "a" + "\t" * 1_000_000 + "b"))
