"""The parts of the room, each alone: text, cutting, framing, faults, batches, keys."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacremoses import MosesPunctNormalizer

from pipeline.check import judge_for
from pipeline.text.recipe import Part, Recipe
from pipeline.translate.cutting import as_sentences, cut, halves, join
from pipeline.translate.engine import batches_of, decoding_limit, rounded
from pipeline.translate.framing import end_alike, frame
from pipeline.translate.keys import key_of
from pipeline.translate.retrying import confidence_of
from pipeline.translate.text import calm, is_shouted, normalise

WORDS = st.lists(st.text("abcé,;.", min_size=1, max_size=12), min_size=1, max_size=80)


@pytest.mark.parametrize(
    "line",
    ["« Où est l’été ? », dit-il…", "Prix : 12 %", "e\u0301te\u0301", "a   b", "l'« État »"],
)
def test_the_model_reads_what_moses_and_nfc_make(line):
    moses = MosesPunctNormalizer("fr", perl_parity=False).normalize(unicodedata.normalize("NFC", line))
    assert normalise(line, "fr") == " ".join(moses.split())


def test_look_alikes_are_what_they_look_like_and_no_break_spaces_make_no_commas():
    assert normalise("12\u00a0345 habitants", "fr") == "12 345 habitants"
    assert normalise("porte‑monnaie, −5, l′homme, ﬁlles", "fr") == "porte-monnaie, -5, l'homme, filles"


@given(st.text())
def test_normalised_text_is_one_clean_line(text):
    line = normalise(text, "fr")
    assert line == " ".join(line.split())
    line.encode("utf-8")
    assert not any(unicodedata.category(character) == "Cc" for character in line)


@pytest.mark.parametrize(
    ("text", "shouted"),
    [
        ("LES ÉLUS DE CALAIS", True),
        ("UKIP", False),
        ("L'ONU", False),
        ("A B", False),
        ("Les élus", False),
        ("12 !", False),
    ],
)
def test_capitals_are_shouting_when_they_are_more_than_an_abbreviation(text, shouted):
    assert is_shouted(text) is shouted


def test_a_calmed_text_begins_with_a_capital():
    assert calm("« L'ÉTAT PARLE »") == "« L'état parle »"


@given(WORDS, st.integers(12, 60))
def test_cut_parts_fit_and_give_the_text_back(words, limit):
    text = " ".join(words)
    parts = cut(text, limit, len)
    assert " ".join(parts) == text
    assert all(sum(map(len, part.split())) <= limit for part in parts)


@given(WORDS, st.integers(12, 60))
def test_cutting_makes_no_more_parts_than_twice_what_is_needed(words, limit):
    total = sum(map(len, words))
    assert len(cut(" ".join(words), limit, len)) <= 2 * -(-total // limit) + 1


def test_a_cut_lies_at_a_clause_boundary_near_the_middle():
    text = "le conseil examine la demande du maire ; il la rejette sans vraiment en discuter"
    assert halves(text, lambda _: 1) == [
        "le conseil examine la demande du maire ;",
        "il la rejette sans vraiment en discuter",
    ]
    assert halves("mot", len) == ["mot"]


def test_a_part_that_breaks_off_is_read_as_a_sentence():
    parts = ["Il vint,", "il vit ;", "puis il dit : « assez ! »", "et le soir", "il repartit, fatigué"]
    read = as_sentences(parts)
    assert read == ["Il vint.", "il vit.", "puis il dit : « assez ! »", "et le soir.", "il repartit, fatigué"]
    assert as_sentences(["seul,"]) == ["seul,"]


def test_joined_parts_have_one_full_stop_and_no_capital_in_the_middle():
    sources = ["le conseil examine la demande,", "et le maire attend", "dans la rue."]
    assert join(sources, ["The council examines the request.", "And the mayor waits.", "In the street."]) == (
        "The council examines the request, and the mayor waits in the street."
    )


@pytest.mark.parametrize(
    ("source", "target", "kept"),
    [
        ("Le marché de Noël", "The Christmas market.", "The Christmas market"),
        ("« Le marché »", '"The market."', '"The market"'),
        ("Horaires 2018", "Hours 2018.", "Hours 2018"),
        ("Le marché ouvre.", "The market opens.", "The market opens."),
        ("Le marché :", "The market.", "The market."),
        ("Qui vient", "Who comes...", "Who comes..."),
        ("Dupont et compagnie", "Dupont and Co.", "Dupont and Co."),
        ("pommes, poires et le reste", "apples, pears, etc.", "apples, pears, etc."),
        ("Le gouvernement américain", "The government of the U.S.", "The government of the U.S."),
        ("Le plan B", "Plan B.", "Plan B."),  # an initial may be an abbreviation
        ("Un", "", ""),
        ("Un", ".", "."),
    ],
)
def test_a_heading_gets_no_full_stop(source, target, kept):
    assert end_alike(source, target) == kept


@given(st.text("ab |•>😀\u200d.…\u00e9 /", max_size=40))
def test_a_frame_loses_no_character(text):
    items, glue = frame(text)
    assert len(glue) == len(items) + 1
    joined = glue[0] + "".join(item + after for item, after in zip(items, glue[1:], strict=True))
    assert Counter(joined.replace(" ", "")) == Counter(text.replace(" ", ""))


def test_quotation_marks_and_a_single_comparison_are_no_menu():
    for text in ("Il dit « a » et « b » et « c ».", "si a > b", "et/ou"):
        assert frame(text) == ([text], ["", ""])


@pytest.mark.parametrize(
    ("source", "target", "names"),
    [
        ("Oui.", "Yes.", set()),
        ("Oui.", "", {"empty"}),
        ("Il y a un homme.", "There is a man, a man, a man, a man, a man.", {"loop"}),
        ("Non, non, non, non, non !", "No, no, no, no, no!", set()),
        ("Il a dit.", "the house of the house of the house of the house of", {"loop"}),
    ],
)
def test_loops_and_empty_results_are_faults(source, target, names):
    assert {flag.name for flag in judge_for("fr", "en")(source, target)} & {"loop", "empty"} == names


@given(st.lists(st.integers(1, 9), max_size=60), st.integers(1, 40), st.integers(1, 5))
def test_a_batch_holds_one_rounded_length_and_every_sequence_is_in_one_batch(lengths, budget, width):
    sequences = [("x",) * length for length in lengths]
    batches = batches_of(sequences, budget, width)
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len({rounded(lengths[index], width, 99) for index in batch}) == 1
        assert len(batch) == 1 or sum(lengths[index] for index in batch) <= budget


@given(st.floats(-50, 0), st.floats(-50, 0))
def test_confidence_is_monotone_and_lies_between_nought_and_one(one, other):
    low, high = sorted((one, other))
    assert 0 <= confidence_of(low) <= confidence_of(high) <= 1


@given(st.integers(1, 600), st.integers(1, 32), st.integers(8, 600))
def test_a_rounded_length_is_no_shorter_and_within_the_positions(length, width, positions):
    made = rounded(length, width, positions)
    assert length <= made <= max(length, min(positions, length + width - 1))
    assert made in (length, positions) or made % width == 0


def test_the_decoding_limit_is_generous_and_within_the_positions():
    assert decoding_limit(10, 512) == 50
    assert decoding_limit(400, 512) == 512


@given(st.text(), st.text(), st.text(), st.text())
def test_keys_differ_when_any_part_does(one, other, third, fourth):
    if (one, other) != (third, fourth):
        assert key_of("s", one, other) != key_of("s", third, fourth)
    assert key_of("s", "", one) != key_of("t", "", one)


def test_a_recipe_tells_models_by_their_content_and_not_by_their_names():
    one, other = (Recipe((Part("model", name, "ab"), Part("beam", "4"))) for name in ("a#1", "b#1"))
    assert one.digest() == other.digest() != Recipe((Part("model", "a#1", "ac"), Part("beam", "4"))).digest()
    assert one.digest() == Recipe(one.parts[::-1]).digest() != (one + Recipe.of(beam=5)).digest()
    assert str(one + Recipe.of(beam=5)) == "model:a#1|beam:5"
