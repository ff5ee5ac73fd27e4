"""Each rule keeps what its example promises, is asked, and has what the house wants of it."""

from __future__ import annotations

import pytest

from pipeline.languages.words import known_languages, language_for
from pipeline.split import explain, split_sentences
from pipeline.split.rule import Rule
from pipeline.split.rules import RULES, abbreviations

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


@pytest.mark.parametrize("word", ["A", "é", "_", "4", "48", "-3,5", ".5", "1.2.3", "Bau", "Z.B", "", "…", "a1"])
def test_tokens_are_classed_as_nltk_classes_them(word: str) -> None:
    from nltk.tokenize.punkt import PunktToken

    token = PunktToken(f"{word}.")
    assert bool(abbreviations._INITIAL.match(word)) == bool(token.is_initial)
    assert bool(abbreviations._NUMBER.match(word)) == token.is_number


def test_a_boundary_tells_its_rule() -> None:
    told = explain("M. Dupont recule. Il rit.", "fr")
    assert [(boundary.offset, boundary.rule, boundary.ends) for boundary in told] == [
        (2, "listed", False),
        (17, "plain-full-stop", True),
    ]
    assert str(told[1]) == "17\tend\tplain-full-stop\tM. Dupont recule. | Il rit."
