"""Numbers arrive in any honest form, and their loss or change is seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.check import judge_for

JUDGE = judge_for("fr", "en")


def numbers(source: str, target: str, judge=JUDGE) -> str | None:
    return next((flag.detail for flag in judge(source, target) if flag.name == "numbers"), None)


KEPT = [
    ("Il y a 12 personnes.", "There are 12 people."),
    ("Il y a 12 personnes.", "There are twelve people."),
    ("Il y a 12 personnes.", "There are a dozen people."),
    ("Douze personnes sont venues.", "12 people came."),
    ("La hausse est de 3,5 %.", "The rise is 3.5%."),
    ("La hausse est de 3,50 %.", "The rise is 3.5 percent."),
    ("Cela coûte 1 234 567,89 euros.", "It costs 1,234,567.89 euros."),
    ("Cela coûte 10\u202f000 euros.", "It costs 10,000 euros."),
    ("Cela coûte 10.000 euros.", "It costs ten thousand euros."),
    ("Cela coûte 2,5 millions d'euros.", "It costs €2.5m."),
    ("Cela coûte 2,5 millions d'euros.", "It costs 2,500,000 euros."),
    ("Un budget de 3 milliards.", "A budget of 3 billion."),
    ("Un budget de 300 000 euros.", "A budget of 300 thousand euros."),
    ("Le train part à 18 h 30.", "The train leaves at 6:30 pm."),
    ("Le train part à 18h30.", "The train leaves at 18:30."),
    ("Le train part à 18h30.", "The train leaves at half past six."),
    ("Il est rentré à 0h15.", "He came home at a quarter past twelve."),
    ("Rendez-vous à 12 heures.", "Meet at noon."),
    ("Épisodes à 05 h 30.", "Episodes at 0530."),
    ("Le 1er janvier 2018.", "January 1, 2018."),
    ("Le 1er chapitre.", "The first chapter."),
    ("La 2e guerre.", "The Second War."),
    ("Le 05/03/2018, il est parti.", "On March 5, 2018, he left."),
    ("Au XIXe siècle.", "In the 19th century."),
    ("Au XIXe siècle.", "In the nineteenth century."),
    ("Louis XIV régna longtemps.", "Louis XIV reigned long."),
    ("La Ve République.", "The Fifth Republic."),
    ("Dans les années 60.", "In the sixties."),
    ("Dans les années 60.", "In the 1960s."),
    ("De 2017-2018.", "In 2017-18."),
    ("Un score de 2 à 0.", "A score of two to nil."),
    ("50 % des gens.", "Half of the people."),
    ("Les deux frères.", "Both brothers."),
    ("Il a vingt et un ans.", "He is 21."),
    ("Il a soixante-dix-sept ans.", "He is seventy-seven."),
    ("Quatre-vingt-douze pages.", "Ninety-two pages."),
    ("Quatre-vingts pages.", "80 pages."),
    ("Deux cent trois pages.", "Two hundred and three pages."),
    ("Deux mille dix-huit.", "Two thousand eighteen."),
    ("Dans quinze jours.", "In two weeks."),
    ("Un nouveau, tout neuf.", "A new one, brand new."),
    ("Appelez le 01 44 55 66 77.", "Call 01 44 55 66 77."),
    ("Appelez le 01 44 55 66 77.", "Call 01-44-55-66-77."),
    ("24h/24 et 7j/7", "24/7"),
    ("Le chat dort.", "The cat sleeps."),
    ("Le Monde l'a dit, le 3.", "Le Monde said it on the 3rd."),
    ("La séance est levée à 17 h 28.", "The House adjourned at 5.28 p.m."),
    ("Une limite de 18 p. 100.", "An 18% limit."),
    ("À quatorze heures trente.", "At 2:30."),
    ("Trois douzaines d'œufs.", "Three dozen eggs."),
    ("Deux millions trois cent mille.", "2,300,000."),
    ("Crédits 1c, 5c et 10c.", "Votes 1c, 5c and 10c."),
    ("3.14.15 est une version.", "3.14.15 is a version."),
]


@pytest.mark.parametrize(("source", "target"), KEPT)
def test_a_number_in_another_form_is_no_loss(source, target):
    assert numbers(source, target) is None


LOST = [
    ("Il y a 12 personnes.", "There are people.", "12"),
    ("Il y a 12 personnes.", "There are 13 people.", "12"),
    ("La hausse est de 3,5 %.", "The rise is 35%.", "3,5"),
    ("Cela coûte 10 000 euros.", "It costs 1,000 euros.", "10 000"),
    ("Le train part à 18h30.", "The train leaves at 5:30.", "18"),
    ("En 2018.", "In 2017.", "2018"),
    ("Au XIXe siècle.", "In the 18th century.", "XIXe"),
    ("Il y a trois chats.", "There are four cats.", "trois (four?)"),
    ("Il a soixante-dix ans.", "He is sixty years old.", "soixante dix (sixty?)"),
    ("Trois dizaines de pages.", "Three dozen pages.", "trois dizaines (three dozen?)"),
    ("Le 15 octobre, 40 % des gens.", "In October, 40% of people.", "15"),
]


@pytest.mark.parametrize(("source", "target", "detail"), LOST)
def test_a_number_lost_or_changed_is_a_warning(source, target, detail):
    assert numbers(source, target) == detail


def test_other_languages_are_checked_by_digits_alone():
    judge = judge_for("de", "sv")
    assert numbers("Es kamen 1.234 Leute.", "Det kom 1 234 personer.", judge) is None
    assert numbers("Es kamen 1.234 Leute.", "Det kom personer.", judge) == "1.234"
    assert numbers("Es kamen 3 Leute.", "Det kom tre personer.", judge) is None


def test_english_to_french_too():
    judge = judge_for("en", "fr")
    assert numbers("It costs 1,234.50 euros.", "Cela coûte 1 234,50 euros.", judge) is None
    assert numbers("She is seventy-seven.", "Elle a soixante-dix-sept ans.", judge) is None
    assert numbers("She is seventy-seven.", "Elle a soixante-six ans.", judge) is not None


@given(st.integers(0, 10**9))
def test_a_number_equals_itself_however_it_is_grouped(number):
    grouped = f"{number:,}"
    for source in (str(number), grouped.replace(",", "\u202f"), grouped.replace(",", " ")):
        assert numbers(f"Il y en a {source} ici.", f"There are {grouped} here.") is None


@given(st.integers(21, 10**6), st.integers(21, 10**6))
def test_two_numbers_are_not_one(one, other):
    alike = {one, one % 100, one * 1000, one + 1900}
    if other not in alike and not (str(one) in str(other) and one > 999) and other % 100 != one:
        assert numbers(f"Ils sont {one} dehors.", f"They are {other} outside.") == str(one)


@given(st.text(alphabet="0123456789.,' /:-hXVIe\u202f", max_size=60))
def test_odd_digits_raise_nothing(text):
    JUDGE(text, "nothing 12")
    assert numbers(text, text) is None
