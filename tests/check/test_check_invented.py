"""Words that English does not have, in what a machine made of a sentence."""

from __future__ import annotations

import pytest

from pipeline import translate_sentences
from pipeline.check import judge_for
from pipeline.languages.forms import forms_of
from pipeline.text import MACHINE, Candidate, Flag, Try
from pipeline.translate.retrying import N_BEST, PLAIN, Trials

JUDGE = judge_for("fr", "en")


def found(source: str, target: str, machine: bool = True) -> list[str]:
    flags: tuple[Flag, ...] = JUDGE(source, target, (MACHINE,) if machine else ())
    return [flag.detail for flag in flags if flag.name == "invented-word"]


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("La peinture est sèche.", "The painture is dry.", "painture"),
        ("Ça vous obsède, non ?", "It obsever you, isn't it?", "obsever"),
        ("Peinture", "Painture", "Painture"),
        (
            "Il aime les masses incultes et la peinture.",
            "He likes the inculiar masses and painture.",
            "inculiar, painture",
        ),
        ("« Peinture », dit-il.", "“Painture,” he says.", "Painture"),
    ],
)
def test_words_that_nobody_knows_are_told(source: str, target: str, words: str) -> None:
    assert found(source, target) == [words]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Il parle à Juith.", "He speaks to Juith."),  # as the source has it
        ("Les umpfrontistes se taisent.", "The umpfrontistes are silent."),
        ("Il voit Jutih.", "He sees Juttih."),  # a name, wrong or not, is the business of another check
        ("C'est impensable.", "It is unthinkable, the overcautious readers' misclassifications apart."),
        ("La CGT proteste.", "The CGTX protests."),
        ("Ça va.", "It's OK, y'all; they'd've naïvely agreed."),
        ("Le café-théâtre", "The café-theatre"),
        ("", ""),
    ],
)
def test_words_of_english_names_and_words_of_the_source_are_none(source: str, target: str) -> None:
    assert found(source, target) == []


def test_people_may_coin_words() -> None:
    assert found("La peinture est sèche.", "The painture is dry.", machine=False) == []


def test_a_language_without_a_list_has_no_invented_words() -> None:
    assert forms_of("sv") is None
    assert not [
        flag for flag in judge_for("fr", "sv")("La peinture", "Målninxgen", (MACHINE,)) if flag.name == "invented-word"
    ]


def test_the_translator_says_so_or_finds_another_word() -> None:
    made = translate_sentences(["Sur ces questions les politiciens veulent faire plaisir aux masses incultes."])[0]
    flagged = {flag.name for flag in made.flags if flag.severity == "warning"}
    assert found("", made.text) == [] or "invented-word" in flagged


def test_a_sentence_is_not_halved_for_a_word() -> None:
    trials = Trials("La peinture.", judge=JUDGE)
    for step in (PLAIN, N_BEST):
        assert trials.next == step
        trials.add(Try(step, (Candidate("The painture.", -0.5),)))
    assert trials.next is None
