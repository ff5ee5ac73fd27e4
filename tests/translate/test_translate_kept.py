"""What is no language comes through a translation whole: addresses, the numbers of items."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.translate.addresses import STAND_INS, put_back, set_aside
from pipeline.translate.framing import frame


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Voir https://exemple.fr/page.html.", "Voir XX."),
        ("Écrivez à jean.dupont@exemple.fr, ou à www.exemple.fr (accueil).", "Écrivez à XX, ou à YY (accueil)."),
        ("Le TGV XX passe par exemple.fr", "Le TGV XX passe par YY"),
        ("Rien ici.", "Rien ici."),
    ],
)
def test_a_stand_in_takes_the_place_of_each_address(text: str, bare: str) -> None:
    made, aside = set_aside(text)
    assert made == bare
    assert put_back(made, aside) == text


def test_a_lost_address_is_added_at_the_end() -> None:
    _, aside = set_aside("Voir https://exemple.fr.")
    assert put_back("See it.", aside) == "See it (https://exemple.fr)."


@given(st.text(alphabet="ab .,@:/wXYQ", max_size=60))
def test_what_is_set_aside_can_be_put_back(text: str) -> None:
    made, aside = set_aside(text)
    assert put_back(made, aside) == text


def test_more_addresses_than_stand_ins_stay_where_they_are() -> None:
    text = " ".join(f"a{i}@b.fr" for i in range(len(STAND_INS) + 2))
    made, aside = set_aside(text)
    assert len(aside) == len(STAND_INS)
    assert put_back(made, aside) == text


def test_addresses_come_through_the_model() -> None:
    source = "Voir https://exemple.fr/page.html et écrire à jean.dupont@exemple.fr avant mardi."
    (made,) = pipeline.translate_sentences([source])
    assert made.text.count("https://exemple.fr/page.html") == 1
    assert made.text.count("jean.dupont@exemple.fr") == 1


@pytest.mark.parametrize(
    ("source", "marker"),
    [
        ("Art. 2. Chaque lecteur peut emprunter cinq livres.", "Art. 2. "),
        ("a) Les livres sont chers.", "a) "),
        ("I. L'arrivée", "I. "),
        ("XIV. La fin de la guerre", "XIV. "),
    ],
)
def test_the_number_of_an_item_stays_as_it_is(source: str, marker: str) -> None:
    made, bare = pipeline.translate_sentences([source, source.removeprefix(marker)])
    assert made.text == marker + bare.text


@pytest.mark.parametrize("source", ["M. Dupont est arrivé hier.", "V. Hugo est né à Besançon."])
def test_an_initial_is_no_number_of_an_item(source: str) -> None:
    assert frame(source) == ([source], ["", ""])
