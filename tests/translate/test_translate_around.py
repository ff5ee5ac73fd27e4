# ruff: noqa: E501 - pairs stand side by side
"""What the model has seldom met is kept from it or said otherwise: formulas, groups of figures, far letters, capitals, abbreviations."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.translate.capitals import quieted, with_capitals
from pipeline.translate.copied import without_copies
from pipeline.translate.expanding import expanded
from pipeline.translate.framing import spoken_on
from pipeline.translate.names import mended, rejoined
from pipeline.translate.protected import formulas_in, kinds_for, lift, put_back, raised, set_aside
from pipeline.translate.protected.formulas import FORMULAS

KINDS = kinds_for("fr", "en")


def _kept(text: str) -> list[str]:
    """What stands in the target for each piece of a text."""
    bare, aside = set_aside(text, formulas_in(text, "fr", "en"))
    return [piece.target for piece in set_aside(lift(bare)[0], KINDS, aside)[1]]


@pytest.mark.parametrize(
    ("source", "targets"),
    [
        ("(IC 95 %, p < 0,001)", ["p < 0.001"]), ("le ratio (OR = 0,68).", ["OR = 0.68"]), ("âge > 65 ans", ["> 65"]), ("p<0,05", ["p<0.05"]),
        ("75 à 100 mg/j", ["100 mg/day"]), ("taux (ng/mL)", ["ng/mL"]), ("3 m·s⁻¹", ["3 m·s⁻¹"]), ("R ≈ 8,314 J·mol⁻¹·K⁻¹ et", ["R ≈ 8.314 J·mol⁻¹·K⁻¹"]),
        ("de x² + y² = r².", ["x² + y² = r²"]), ("k = A·exp(−Ea/RT), où", ["k = A·exp(−Ea/RT)"]), ("à 10⁻³ près", ["10⁻³"]), ("du CO₂ et", ["CO₂"]),
        ("½ citron", ["½"]), ("au § 2 et", ["§ 2"]), ("la chance = 3 %", []), ("h/f ou et/ou", []), ("prix = 20 €", ["€20"]), ("https://a.fr/b?c=1", ["https://a.fr/b?c=1"]),
        ("ma photo -> https://a.fr/b.", ["-> https://a.fr/b"]), ("voir → www.a.fr", ["→ www.a.fr"]),
        ("il mesure 1m82.", ["1.82 m"]), ("coûte 8€50.", ["€8.50"]), ("59 €97", ["€59.97"]), ("dure 1h30min", ["1 h 30 min"]), ("2,5 M d'habitants", ["2.5 million"]),
        ("189,90 € TTC", ["€189.90 incl. VAT"]), ("9,5/20 en", ["9.5/20"]), ("en 52 av. J.-C. et", ["52 BC"]), ("en 52 av. J.-C.", ["52 BC."]), ("2 c. à s. de", ["2 tbsp"]),
        ("SIRET : 123 456 789 00012", ["123 456 789 00012"]), ("RCS de Lyon 512 345 678", ["512 345 678"]), ("soit 512 345 678 cas", ["512,345,678"]),
        ("1 85 05 78 006 084 36", ["1 85 05 78 006 084 36"]), ("n° 1A 154 987 2365 8", ["1A 154 987 2365 8"]), ("n° 6123", ["6123"]), ("art. L. 121-1", ["L. 121-1"]),
        ("14 bis, rue", ["14 bis"]), ("Mme Nguyễn Thị Hương à Łódź", ["Nguyễn Thị Hương", "Łódź"]), ("Mme Aïcha Brême-Çelik", ["Aïcha Brême-Çelik"]),
        ("20-30 km/h", ["20-30 km/h"]), ("2-3 kg de", ["2-3 kg"]), ("ouvert 24h/24 et 7j/7.", ["24/7"]), ("24 h sur 24", ["24 hours a day"]), ("112 contre", ["112"]), ("en 1998", []),
        ("but (89')", ["89'"]), ("4 t.a.b. à 3", []), ("M. Noël et Mme Petit", ["Noël", "Petit"]), ("M. Président, M. Kerbrat", []),
    ],
)  # fmt: skip
def test_formulas_figures_and_far_letters_are_kept_from_the_model(source: str, targets: list[str]) -> None:
    assert _kept(source) == targets


@given(st.text(alphabet="ab1,. =<>+-·/()²₂⁻§½x", max_size=50))
def test_any_formula_comes_back_when_the_model_copies(text: str) -> None:
    bare, aside = set_aside(text, FORMULAS)
    assert put_back(bare, aside)[1] == ()
    for piece in aside:
        assert piece.target in put_back(bare, aside)[0]


@pytest.mark.parametrize("part", ["a·", "a+", "1 ", "a = ", "((", "m/", "Aa", "H2", "a(b)", "=->", "A ", "A'", "n° 1 "])
def test_long_runs_of_signs_take_no_longer_than_their_length(part: str) -> None:
    begun = time.process_time()
    text = part * 2000 + "=₂"
    set_aside(lift(text)[0], (*FORMULAS, *KINDS))
    quieted(text, "fr")
    expanded(text, "fr")
    assert time.process_time() - begun < 5  # a square of it would take minutes


@pytest.mark.parametrize(
    ("source", "read", "words"),
    [
        ("Il ne faut JAMAIS le faire.", "Il ne faut jamais le faire.", ("jamais",)), ("ATTENTION : danger", "Attention : danger", ("attention",)),
        ("l'INSEE et l'ONU à la SNCF", "l'INSEE et l'ONU à la SNCF", ()), ("NE PAS TOUCHER, merci", "Ne pas toucher, merci", ("ne", "pas", "toucher")),
        ("le SIDA et le SMIC", "le SIDA et le SMIC", ()), ("c'est L'ÉTAT qui paie", "c'est l'état qui paie", ("l", "état")), ("M. DUPONTEL vient", "M. DUPONTEL vient", ()),
    ],
)  # fmt: skip
def test_words_in_capitals_amid_a_sentence_are_read_in_small_letters(source, read, words) -> None:
    assert quieted(source, "fr") == (read, words)


def test_counterparts_of_words_in_capitals_stand_in_capitals() -> None:
    made = with_capitals("Il ne faut JAMAIS mentir, jamais.", "You must never lie, never.", ("jamais",), ("fr", "en"))
    assert made.upper() == "YOU MUST NEVER LIE, NEVER."
    assert made.count("NEVER") == 1
    assert with_capitals("JAMAIS", "nie", ("jamais",), ("fr", "de")) == "nie"


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("Elle a 30 ans env. et vit là.", "Elle a 30 ans environ et vit là."), ("Rdv svp", "Rendez-vous s'il vous plaît"), ("le 2e ét.", "le 2e étage."),
        ("Cher(e)s étudiant(e)s", "Chers étudiants"), ("le(s) document(s)", "les documents"), ("f(x) et (e)", "f(x) et (e)"), ("sept personnes", "sept personnes"),
        ("le n°1 mondial", "le numéro 1 mondial"), ("15 % de + qu'en", "15 % de plus qu'en"), ("les - de 6 ans", "les moins de 6 ans"),
    ],
)  # fmt: skip
def test_what_writers_shorten_is_written_out(source: str, read: str) -> None:
    assert expanded(source, "fr") == read
    assert expanded(source, "de") == source


def test_words_that_the_source_joins_are_joined_and_raised_figures_raised() -> None:
    assert rejoined("M. N'Diaye, 5 mg/j", "Mr N' Diaye, 5 mg/ j or his/ hers") == "Mr N'Diaye, 5 mg/j or his/ hers"
    assert raised("20 m² de H₂O", "20 m2 of H2O, not m20") == "20 m² of H₂O, not m20"


@pytest.mark.parametrize(
    ("source", "target", "made"),
    [
        ("l'hôpital Lariboisière", "the Laribois hospital", "the Lariboisière hospital"), ("à Knokke-le-Zoute", "at Knokke-le-Zout", "at Knokke-le-Zoute"),
        ("M. BOUVREUIL", "MR. BOUVREIL", "MR. BOUVREUIL"), ("de Genève à Moscou", "from Geneva to Moscow", "from Geneva to Moscow"),
        ("la Syrie", "Syria", "Syria"), ("M. Kerbrat", "Mr Kerbrot", "Mr Kerbrat"), ("M. Kerbrat", "Mr Gerbrat", "Mr Gerbrat"), ("Anna Karel", "Anna Karel", "Anna Karel"),
    ],
)  # fmt: skip
def test_names_that_a_model_spells_wrong_are_as_the_source_spells_them(source: str, target: str, made: str) -> None:
    assert mended(source, target, "en") == made


def test_words_that_a_model_copied_are_those_of_the_lexicon() -> None:
    assert (
        without_copies("du yaourt et un tournevis", "yaourt and a tournevis", ("fr", "en"))
        == "yoghurt and a screwdriver"
    )
    assert without_copies("la table", "the table", ("fr", "en")) == "the table"
    assert without_copies("M. Yaourt", "Mr Yaourt", ("fr", "en")) == "Mr Yaourt"
    assert without_copies("du yaourt", "yaourt", ("fr", "de")) == "yaourt"


def test_stand_ins_are_not_set_aside_again() -> None:
    bare, aside = set_aside("p < 0,05 et 112 cas", FORMULAS)
    bare, aside = set_aside(bare, KINDS, aside)
    assert put_back(bare, aside) == ("p < 0.05 et 112 cas", ())


def test_speech_goes_on_behind_who_says_it() -> None:
    opened = '"My God!" he thought, provided that she is here!'
    assert (
        spoken_on("« Mon Dieu ! pensait-il, pourvu qu'elle soit là !", opened)
        == '"My God!" he thought, "provided that she is here!'
    )
    assert spoken_on("« Oui, dit-elle, demain. »", '"Yes," she said, tomorrow."') == '"Yes," she said, "tomorrow."'
    assert spoken_on("« Oui », dit-elle, demain.", '"Yes," she said, tomorrow.') == '"Yes," she said, tomorrow.'
    assert spoken_on("Oui, dit-elle.", '"Yes," she said.') == '"Yes," she said.'


def test_facts_arrive_through_the_model() -> None:
    sources = [
        "La mortalité était plus basse (p < 0,001).", "PS : c'est RÉSOLU, merci.", "> Citation de Jean :", "Mme Nguyễn habite à Łódź.",
        "Il habite au 12 bis, rue de la Paix.", "Ça fait trois jours :-(",
    ]  # fmt: skip
    made = [one.text for one in pipeline.translate_sentences(sources)]
    for text, fact in zip(made, ["p < 0.001", "RESOLVED", "> ", "Łódź", "12 bis", ":-("], strict=True):
        assert fact in text
    assert not any("\N{REPLACEMENT CHARACTER}" in text for text in made)
