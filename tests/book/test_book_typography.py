"""Displayed text: French and English typesetting, and what no page can show."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.book.typography import direction, language_tag, typeset, visible

N, B = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Vraiment ? Oui !", f"Vraiment{N}? Oui{N}!"),
        ("Vraiment? Oui!", f"Vraiment{N}? Oui{N}!"),
        ("Quoi ?! Non\u00a0;", f"Quoi{N}?! Non{N};"),
        ("à 10:30, http://x.fr/?a=b", "à 10:30, http://x.fr/?a=b"),
        ("« oui »", f"«{N}oui{N}»"),
        ("«oui»", f"«{N}oui{N}»"),
        ('"oui"', f"«{N}oui{N}»"),
        (
            'Il prévient "qu\'en aucun cas, une "jungle" à Calais.',
            f"Il prévient «{N}qu’en aucun cas, une «{N}jungle{N}» à Calais.",
        ),
        ("fin d'une citation\".", f"fin d’une citation{N}»."),
        ('un écran de 15" plat', 'un écran de 15" plat'),
        ("d'aujourd'hui", "d’aujourd’hui"),
        ("10 000 € et 50 %", f"10{N}000{N}€ et 50{N}%"),
        ("M. Le Goff et Mme Kerven", f"M.{B}Le Goff et Mme{B}Kerven"),
        ("- Un peu.", f"–{B}Un peu."),
        ("", ""),
        ("«", "«"),
        (" ! ", " ! "),
    ],
)
def test_french(text: str, shown: str) -> None:
    assert typeset(text, "fr-FR") == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('"You\'re late," he said. "Why?"', "“You’re late,” he said. “Why?”"),
        ("the sailors' 'rest'", "the sailors’ ‘rest’"),
        ("'Tis the '90s", "’Tis the ’90s"),
        ("What ? No !", "What ? No !"),
    ],
)
def test_english(text: str, shown: str) -> None:
    assert typeset(text, "en") == shown


def test_other_languages_stay_as_they_are() -> None:
    assert typeset("\"Ja\" 'nein' ?", "de") == "\"Ja\" 'nein' ?"


def _bare(text: str) -> str:
    """What typesetting must not touch: everything but spaces, quotation marks, apostrophes and an opening dash."""
    return re.sub(r"[\s«»“”‘’\"'\u202f]", "", re.sub(r"^[-–]", "", visible(text)))


ODD = st.sampled_from(" '\"«»;:!?.-–\u202f\u00a0\naé5MQ")


@given(st.text(alphabet=st.one_of(ODD, st.characters()), max_size=60), st.sampled_from(["fr", "en", "de"]))
def test_nothing_but_spaces_and_quotation_marks_changes(text: str, language: str) -> None:
    assert _bare(typeset(text, language)) == _bare(text)


@given(st.text())
def test_what_is_visible_can_be_encoded_and_is_legal_xml(text: str) -> None:
    shown = visible(text)
    shown.encode("utf-8")
    assert len(shown) == len(text)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", shown)


def test_control_characters_become_pictures() -> None:
    assert visible("a\x00b\x1bc\x7f\x85\ud800\tz") == "a␀b␛c␡\ufffd\ufffd\tz"


def test_direction_and_tags() -> None:
    assert [direction(tag) for tag in ("fr", "ar-EG", "he", "ar-Latn", "az-Arab")] == [
        "ltr",
        "rtl",
        "rtl",
        "ltr",
        "rtl",
    ]
    assert [language_tag(tag) for tag in ("fr", "zh-Hant-TW", "", 'en" x="')] == ["fr", "zh-Hant-TW", "und", "und"]
