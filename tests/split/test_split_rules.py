"""Each rule keeps what its example promises, is asked, and has what the house wants of it."""

from __future__ import annotations

import pytest

from pipeline.languages.words import known_languages, language_for
from pipeline.split import explain, split_sentences
from pipeline.split.punkt import parameters_of, token_of
from pipeline.split.rule import Rule
from pipeline.split.rules import RULES

SILENT = {"straight-quote"}  # moves a boundary and leaves the answer to the others


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rules_example_is_true_and_decided_by_it(rule: Rule) -> None:
    text = rule.example.replace("^", "").replace("| ", "")
    wanted = [part.strip() for part in rule.example.replace("^", "|").split("|")]
    assert [sentence.text for sentence in split_sentences(text, rule.language)] == wanted
    assert rule.name in {boundary.rule for boundary in explain(text, rule.language)} | SILENT
    assert rule.serves
    assert rule.source
    assert rule.decide.__doc__


def test_names_are_unique() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_the_languages_are_folders() -> None:
    assert known_languages() == {"fr", "en", "de", "any"}
    assert language_for("fr-CA").code == "fr"
    assert language_for("EN_us").code == "en"
    assert language_for("pt").code == "any"
    assert language_for("").code == "any"


def test_punkt_knows_abbreviations_and_our_own_are_among_them() -> None:
    assert {"etc", "p.ex", "mme"} <= language_for("fr").punkt.abbreviations
    assert ("##number##", "bauetappe") in language_for("de").punkt.collocations


def test_punkt_is_nltks() -> None:
    from nltk.tokenize.punkt import PunktParameters, PunktToken

    assert isinstance(parameters_of("fr"), PunktParameters)
    assert {"etc", "p.ex", "mme"} <= parameters_of("fr").abbrev_types
    assert isinstance(token_of("G"), PunktToken)
    assert token_of("G").is_initial
    assert not token_of("Bau").is_initial


def test_a_boundary_tells_its_rule() -> None:
    told = explain("M. Dupont recule. Il rit.", "fr")
    assert [(boundary.offset, boundary.rule, boundary.ends) for boundary in told] == [
        (2, "listed", False),
        (17, "plain-full-stop", True),
    ]
    assert str(told[1]) == "17\tend\tplain-full-stop\tM. Dupont recule. | Il rit."
