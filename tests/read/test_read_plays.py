"""Plays: labels of speakers belong to the speech, however a publisher sets them, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.pairing import pair_documents
from pipeline.read import document_from_text, read_document
from pipeline.split import split_document

SPEECHES = [
    ("LE ROI", "Ah ! que dites-vous là, madame ?"), ("LA REINE", "Il faut partir ce soir même."),
    ("LE ROI", "Gardes ! Qu'on la suive."), ("LA REINE", "Vous n'oserez pas, monseigneur."),
    ("LE ROI", "Nous verrons bien."),
]  # fmt: skip
ENGLISH = [
    ("KING", "Ah! what are you saying, madam?"), ("QUEEN", "We must leave this very evening."),
    ("KING", "Guards! Let her be followed."), ("QUEEN", "You will not dare, my lord."), ("KING", "We shall see."),
]  # fmt: skip
FORMS = [
    "{}.--{}", "{}. {}", "{} : {}", "{}. — {}", "{}.\n{}", "{}\n{}", "{}\n\n{}", "{} (à part).\n{}", "{}, à part.--{}",
    "{}. [Aside.] {}",
]  # fmt: skip


def sentences(text: str) -> list[str]:
    document = document_from_text(text)
    end = 0
    for block in document.blocks:
        assert document.text[block.span.start : block.span.end] == block.text
        assert not document.text[end : block.span.start].strip()
        end = block.span.end
    return [" ".join(one.text.split()) for one in split_document(document)]


IN_LINE = [form for form in FORMS if "\n" not in form]  # only these show without a blank line between speeches


@pytest.mark.parametrize(
    ("form", "between"), [*((form, "\n\n") for form in FORMS), *((form, "\n") for form in IN_LINE)]
)
def test_a_label_begins_its_speech(form: str, between: str) -> None:
    found = sentences("ACTE I\n\n" + between.join(form.format(*one) for one in SPEECHES))
    labels = [" ".join(form.format(name, "").split()) for name, _ in SPEECHES]
    assert found[0] == "ACTE I"
    speeches = [one for one in found[1:] if one.startswith(("LE ROI", "LA REINE"))]
    assert [one.startswith(label) for one, label in zip(speeches, labels, strict=True)] == [True] * 5
    assert all(len(one) > len(label) for one, label in zip(speeches, labels, strict=True))


@pytest.mark.parametrize(("ours", "theirs"), [("{}.--{}", "{}.\n{}"), ("{}\n\n{}", "{}. {}")])
def test_labels_of_both_sides_are_in_the_pairs_of_their_speeches(ours: str, theirs: str) -> None:
    french, english = (
        document_from_text("\n\n".join(form.format(*one) for one in side), language=language)
        for form, side, language in ((ours, SPEECHES, "fr"), (theirs, ENGLISH, "en"))
    )
    rows = [row for row in pair_documents(french, english).rows() if row.source.text and row.target.text]
    assert [row.target.text.split()[0].strip(".") for row in rows if row.source.text.startswith("L")] == [
        name for name, _ in ENGLISH
    ]


def test_a_novel_with_capitals_is_no_play() -> None:
    text = "LE PHARE\n\nIl pleut.\n\nLA MER\n\nElle monte.\n\nFIN"
    assert [block.kind for block in document_from_text(text).blocks].count("heading") == 2


def test_marks_within_a_speech_keep_their_places(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join(f"{name}\n\nIl dit _oui_." for name in ("LE ROI", "LA REINE") * 3))
    for block in read_document(path).blocks:
        start, end = map(int, dict(block.data)["em"].split())
        assert block.text[start:end] == "oui"


@given(
    st.lists(
        st.sampled_from(["LE ROI.", "LE ROI", "LA REINE.--Non.", "Oui. Non.", "", "A", "L'ART.", "X: y"]), max_size=16
    )
)
def test_every_word_is_in_one_block_and_one_sentence(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert "".join(sentences(text)).replace(" ", "") == "".join(text.split())
