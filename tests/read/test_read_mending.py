"""Plain text as it comes off paper: words cut at line ends, page numbers amid sentences, italics, encodings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.read import document_from_text, read_document
from pipeline.split import split_document
from pipeline.text import Document

LINE = "Il pleuvait depuis trois jours sur la vallée, et le vieux gardien montait"
SOME = [
    "", "57", "58", "LE PHARE 60", "[Pg 61]", LINE, "une rampe", "Le jour vint.", "sus-", "pendre", "a {12} b", "\f",
    "_mot_", "_un", "deux_", "sous-\xad", "\uf8fe", "— Oui.", "CHAPITRE II", "* * *",
]  # fmt: skip


def shown(text: str, language: str = "fr") -> list[tuple[str, str]]:
    return [(block.kind, " ".join(block.text.split())) for block in document_from_text(text, language=language).blocks]


def letters(text: str) -> Counter[str]:
    return Counter(c for c in text if c.isalnum())


@given(st.lists(st.sampled_from(SOME), max_size=14).map("\n".join))
def test_no_letter_is_lost_or_doubled(text: str) -> None:
    document = document_from_text(text)
    assert letters(document.text) == letters(text) == letters("".join(block.text for block in document.blocks))
    for block in document.blocks:
        assert document.text[block.span.start : block.span.end] == block.text
        for name, value in block.data:
            if name == "em":
                start, end = map(int, value.split())
                assert 0 <= start <= end <= len(block.text)
    for sentence in split_document(document):
        assert sentence.text == document.text[sentence.start : sentence.end]


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("il faut sus-\npendre la lampe", "il faut suspendre la lampe"),
        ("chez le sous-\npréfet du lieu", "chez le sous-préfet du lieu"),
        ("Vient-\nil ce soir", "Vient-il ce soir"),
        ("c'est l'incor-\nrigible enfant", "c'est l'incorrigible enfant"),
        ("un timbre-\nposte ; un timbre-poste", "un timbre-poste ; un timbre-poste"),
        ("la mer\u00ad\nveille du lieu", "la merveille du lieu"),
        ("Saint-\nMalo est loin", "Saint-\nMalo est loin"),
        ("un mot -\nun autre", "un mot -\nun autre"),
    ],
)
def test_words_that_a_line_cuts(cut: str, whole: str) -> None:
    assert document_from_text(cut).text == whole


def test_english_words_that_a_line_cuts() -> None:
    document = document_from_text("a self-\nmade man was sus-\npended", language="en")
    assert document.text == "a self-made man was suspended"


@pytest.mark.parametrize("mark", ["57", "- 57 -", "[Pg 57]", "{57}", "LE PHARE\n\n57"])
def test_a_page_mark_amid_a_sentence_leaves_it_whole(mark: str) -> None:
    pages = "".join(f"\n\n{mark.replace('57', str(n))}\n\nune rampe neuve.\n\n{LINE}" for n in (57, 58, 59))
    found = shown(f"{LINE}{pages} encore.")
    paragraphs = [text for kind, text in found if kind == "paragraph"]
    assert paragraphs == [f"{LINE} une rampe neuve."] * 3 + [f"{LINE} encore."]
    assert {kind for kind, _ in found} == {"paragraph", "page"}


def test_page_marks_in_a_line() -> None:
    found = shown("Il pleuvait [Pg 57] depuis {12} trois jours.\n\nIl pleut [voir p. 5] encore.")
    assert found == [
        ("paragraph", "Il pleuvait depuis trois jours."), ("page", "[Pg 57]"), ("page", "{12}"),
        ("paragraph", "Il pleut [voir p. 5] encore."),
    ]  # fmt: skip


def test_numbers_of_chapters_are_no_pages() -> None:
    chapters = "".join(f"\n\n{n}\n\n{LINE} une rampe." for n in (1, 2, 3))
    assert [kind for kind, _ in shown(chapters)] == ["heading", "paragraph"] * 3
    mixed = f"1\n\n{LINE}\n\n57\n\nune rampe.\n\n2\n\n{LINE} encore.\n\n58\n\nLe jour vint."
    assert [(kind, text) for kind, text in shown(mixed) if kind in ("heading", "page")] == [
        ("heading", "1"), ("page", "57"), ("heading", "2"), ("page", "58"),
    ]  # fmt: skip


def test_italics_are_marks() -> None:
    document = document_from_text("Il lut en une_deux nuits de mars _Le chat du\nphare_ tout entier.")
    assert document.text == "Il lut en une_deux nuits de mars Le chat du\nphare tout entier."
    assert document.blocks[0].data == (("em", "33 49"),)
    assert [flag.detail for flag in document.flags] == ["italics 1"]


@pytest.fixture
def written(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(raw: bytes) -> Path:
        path = tmp_path / "a.txt"
        path.write_bytes(raw)
        return path

    return write


def flags(document: Document) -> dict[str, str]:
    return {flag.name: flag.detail for flag in document.flags if flag.severity == "warning"}


def test_double_encoding_is_told_and_mended_where_asked(written: Callable[[bytes], Path]) -> None:
    text = "Ã‰tait-ce l'Ã©poque ? DÃ©jÃ\xa0 lâ€™Ã©tÃ©."
    path = written(text.encode())
    document = read_document(path)
    assert document.text == text
    assert "such as \"Ã‰tait-ce l'Ã" in flags(document)["double-encoded"]
    pytest.importorskip("ftfy")
    mended = read_document(path, mend=True)
    assert mended.text == "Était-ce l'époque ? Déjà l’été."
    assert flags(mended) == {}


def test_a_text_about_double_encoding_is_none(written: Callable[[bytes], Path]) -> None:
    assert flags(read_document(written("Le « Ã© » d'un fichier mal décodé est là, né d'un é.".encode()))) == {}


def test_mending_without_its_package_says_what_to_install(written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ftfy", None)
    with pytest.raises(InputError, match="ftfy"):
        read_document(written(b"x"), mend=True)


def test_dos_code_pages_are_guessed_with_a_warning(written: Callable[[bytes], Path]) -> None:
    text = "Le général était déjà là, prêt à céder."
    document = read_document(written(text.encode("cp850")))
    assert document.text == text
    assert "cp850, guessed" in flags(document)["encoding"]
    assert flags(read_document(written(text.encode("cp1252")))) == {}
