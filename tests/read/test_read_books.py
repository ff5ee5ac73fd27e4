"""Books as publishers lay them out in plain text: chapter marks, titles, licences, contents, page marks, rules."""

from __future__ import annotations

import pytest

from pipeline.read import document_from_text
from pipeline.read.headings import heading_level
from pipeline.text import Document

PROSE = "Il pleuvait depuis trois jours sur la vallée, et personne ne sortait plus de chez soi."


def blocks(document: Document, kind: str) -> list[str]:
    return [block.text for block in document.blocks if block.kind == kind]


@pytest.mark.parametrize(
    "line",
    [
        "CHAPITRE III", "Chapitre premier", "CHAPTER THE FIRST", "CHAPTER XIV.", "Chapter Twenty-One", "LIVRE II",
        "Première partie", "ACTE PREMIER", "SCÈNE IV", "Chapitre 3 — L'audience", "CHAPTER I. The Road",
        "Chapter 2: Home",
        "I-Le latin des moines…", "II. La route", "XI—The Return", "– 1 –", "-- I --", "[12]", "IV", "7.", "Préface",
        "ÉPILOGUE.", "THE FIRST BOOK", "BOOK THE SECOND", "Chapitre XX La fuite",
    ],
)  # fmt: skip
def test_lines_that_open_chapters(line: str) -> None:
    assert heading_level(line) == "1"


@pytest.mark.parametrize(
    "line",
    [
        "Part of me wanted to stay.", "Book a room for us, would you?", "Livre en main, il sortait.", "I—I don't know!",
        "M. Dupont entra.", "C. Dupont", "Acte manqué, dit-il.", "Chapter 3 was the longest of all.", "Mille mercis.",
        "Un livre ancien", "I am here.", "D'accord.", "Partie en deux, la pomme roula.",
    ],
)  # fmt: skip
def test_lines_that_open_no_chapter(line: str) -> None:
    assert heading_level(line) != "1"


def test_a_title_on_the_line_below_is_a_heading() -> None:
    document = document_from_text(f"CHAPITRE III\nL'AUDIENCE\n\n{PROSE}\n\nIV\nLe retour\n\n{PROSE}")
    assert blocks(document, "heading") == ["CHAPITRE III", "L'AUDIENCE", "IV", "Le retour"]
    assert blocks(document, "paragraph") == [PROSE, PROSE]


def test_what_frames_a_book_is_kept_and_set_aside() -> None:
    text = (
        "The Project of Old Books\n\nTitle: Le Val\n\nAuthor: A. Nonyme\n\n*** START OF THE EBOOK LE VAL ***\n\n"
        f"Produced by many hands\n\nCHAPITRE I\n\n{PROSE}\n\n[Pg 57]\n\n[Illustration: Le val]\n\n{PROSE}\n\n"
        "*** END OF THE EBOOK LE VAL ***\n\nThis text is free."
    )
    document = document_from_text(text)
    assert [(block.kind, block.text) for block in document.blocks if block.kind != "matter"] == [
        ("heading", "CHAPITRE I"), ("paragraph", PROSE), ("page", "[Pg 57]"), ("page", "[Illustration: Le val]"),
        ("paragraph", PROSE),
    ]  # fmt: skip
    assert [dict(block.data)["matter"] for block in document.blocks if block.kind == "matter"] == [
        "front", "front", "front", "front", "front", "back", "back",
    ]  # fmt: skip
    assert [flag.detail for flag in document.flags] == [
        "page marks 2", "blocks that are no part of the book: back 2, front 5",
    ]  # fmt: skip
    assert document.meta == (("title", "Le Val"), ("author", "A. Nonyme"))


@pytest.mark.parametrize("entries", ["Chapitre I\nChapitre II", "Chapitre I ..... 5\nChapitre II .... 12"])
def test_contents_end_where_the_first_entry_comes_again(entries: str) -> None:
    text = f"Table des matières\n\n{entries}\n\nChapitre I\n\n{PROSE}\n\nChapitre II\n\n{PROSE}"
    assert blocks(document_from_text(text), "heading") == ["Chapitre I", "Chapitre II"]
    assert blocks(document_from_text(text), "matter") == ["Table des matières", entries]


def test_a_table_without_entries_is_text() -> None:
    text = f"Table\n\n{PROSE}\n\n{PROSE}"
    assert blocks(document_from_text(text), "matter") == []
    assert blocks(document_from_text("Contents\n\nOne\n\nTwo"), "meta") == []


def test_rules_stand_alone_amid_lines() -> None:
    document = document_from_text(f"{PROSE}\n* * *\n{PROSE}\n———\n{PROSE}")
    assert [dict(block.data) for block in document.blocks] == [{}, {"separator": "1"}, {}, {"separator": "1"}, {}]
