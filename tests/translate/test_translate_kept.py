# ruff: noqa: E501 - pairs stand side by side
"""What is no language comes through a translation whole: addresses, the numbers of items."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import pipeline
from pipeline.translate.framing import begin_alike, frame
from pipeline.translate.known import known_translation
from pipeline.translate.names import with_accents
from pipeline.translate.protected import kinds_for, lift, put_back, set_aside, set_back
from pipeline.translate.protected.pieces import Piece
from pipeline.translate.text import accented

KINDS = kinds_for("fr", "en")
PIECES = [
    "12 500 €", "3,2 Md€", "1\u202f234,56", "19,99 €", "5h45", "21e", "soixante-douze", "%1$s", "{0}", "{{prenom}}", "`ls -l`",
    "https://exemple.fr/a?b=c", "a@b.fr", "978-2-07-036822-8", "RX-750B", "40 m²", "C:\\a\\b.txt", "Москва", "2018-01-17", "$HOME", "deux cents", "−5 °C",
]  # fmt: skip
WORDS = st.lists(
    st.sampled_from(["Le", "prix", "de", "la", "maison", "est", "537", "648", "XX", "souvent", "haut"]), max_size=8
)


@given(st.lists(st.tuples(WORDS, st.sampled_from(PIECES)), min_size=1, max_size=14), WORDS)
def test_what_is_set_aside_comes_back_exactly_once(parts, rest) -> None:
    text = " ".join([*(word for words, piece in parts for word in (*words, piece)), *rest])
    bare, aside = set_aside(text, KINDS)
    assert len({piece.stand_in for piece in aside}) == len(aside)
    assert all(piece.stand_in not in text for piece in aside)
    made, wrong = put_back(bare, aside)
    assert wrong == ()
    for piece in aside:
        assert piece.target in made


@given(st.text(alphabet="ab 1,.€%{}$<>@:/wXYQ\u00a0é", max_size=60))
def test_any_text_comes_back_when_the_model_copies(text: str) -> None:
    bare, aside = set_aside(text, kinds_for("fr", "de"))  # no quantities: each piece is its own target
    assert put_back(bare, aside) == (text, ())


@given(st.text(st.characters(exclude_categories=["Cs", "Nd"]), max_size=40))
@example("R.C.S. D. L. n° XII, ½ c. à s. av. J.-C. à h X/Y v. €$£ -+± a.b/c")
def test_no_kind_said_to_be_numeric_finds_anything_without_figures(text: str) -> None:
    assert [kind.name for kind in KINDS if kind.numeric and kind.pattern.search(text)] == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("3 200", "3,200"), ("12\u00a0500\u00a0€", "€12,500"), ("1 234,56 euros", "1,234.56 euros"), ("19,99 €", "€19.99"),
        ("3,2 Md€", "€3.2 billion"), ("30 000 €", "€30,000"), ("850 €/mois", "€850/month"), ("60 k€", "€60,000"),
        ("2,5 milliards d'euros", "2.5 billion euros"), ("500 $", "$500"), ("-12,5 €", "-€12.5"), ("12.500", "12,500"),
        ("5h45", "5:45"), ("17 h 30", "17:30"), ("21e", "21st"), ("1er", "1st"), ("112e", "112th"), ("3,5 %", "3.5%"),
        ("90 km/h", "90 km/h"), ("8 Go", "8 GB"), ("3 × 4,5", "3 × 4.5"), ("dix-sept", "seventeen"),
        ("quatre-vingt-onze", "ninety-one"), ("mille cinq cents", "one thousand five hundred"), ("deux cents", "two hundred"),
        ("mille et une", "one thousand and one"),
    ],
)  # fmt: skip
def test_french_quantities_have_their_english_form(source: str, target: str) -> None:
    bare, aside = set_aside(f"Voici {source} .", KINDS)
    assert [piece.target for piece in aside] == [target]
    assert put_back(bare, aside)[0] == f"Voici {target} ."


@pytest.mark.parametrize(
    "plain", ["le 1er mai", "20 personnes", "en 2018", "15 %", "deux fois", "cent ans", "à l'heure", "un an", "mille"]
)
def test_what_models_know_is_left_to_them(plain: str) -> None:
    assert set_aside(f"Voici {plain} ici", KINDS)[1] == ()


def test_a_title_before_a_name_is_no_part_of_it() -> None:
    _, aside = set_aside("a dit le ministre de l'Intérieur Gérard Lefèvre, hier", KINDS)
    assert [piece.source for piece in aside] == ["Gérard Lefèvre"]


def test_a_lost_piece_is_added_at_the_end_and_told_and_so_is_one_said_twice() -> None:
    bare, aside = set_aside("Voir https://exemple.fr.", KINDS)
    assert put_back("See it.", aside) == ("See it (https://exemple.fr).", ("https://exemple.fr",))
    assert put_back(f"{bare} {bare}", aside)[1] == ("https://exemple.fr",)


@given(
    st.lists(
        st.sampled_from(["🚆", "→", "東京", "<b>", "</b>", "<br/>", "le", "train", "part.", "Москва"]),
        min_size=1,
        max_size=12,
    )
)
def test_signs_come_back_each_once_and_in_their_order(parts) -> None:
    text = " ".join(parts)
    bare, lifted = lift(text)
    made = set_back(bare.upper(), lifted)
    signs = [sign.text for sign in lifted.signs]
    places, at = [], 0
    for sign in signs:
        at = made.index(sign, at)
        places.append(at)
        at += len(sign)
    assert places == sorted(places)
    assert lift(made)[0].split() == (bare.upper().split() if signs else lift(made)[0].split())


def test_tags_touch_the_words_they_touched() -> None:
    bare, lifted = lift("Cliquez <b>ici</b> pour continuer.")
    assert bare == "Cliquez ici pour continuer."
    assert set_back("Click here to continue.", lifted) == "Click <b>here</b> to continue."


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Chapitre premier", "Chapter One"), ("CHAPITRE II", "CHAPTER II"), ("Deuxième partie", "Part Two"), ("Fin", "The End"),
        ("Chapitre vingt-trois", "Chapter Twenty-Three"), ("Remerciements", "Acknowledgements"), ("« Adresse »", "“Address”"),
        ("[Adresse]", "[Address]"), ("Accueil | Contact", "Home | Contact"), ("TABLE DES MATIÈRES", "TABLE OF CONTENTS"),
        ("Acte III, scène 2", "Act III, Scene 2"), ("Livre premier – Chapitre II", "Book One – Chapter II"),
        ("I couldn't help you with that.", "I couldn't help you with that."),
        ("Zoë Müller, Jean Dupont, Éloïse Brême", "Zoë Müller, Jean Dupont, Éloïse Brême"),
    ],
)  # fmt: skip
def test_known_lines_need_no_model(source: str, target: str) -> None:
    made = known_translation(source, "fr", "en")
    assert made is not None
    assert made.text == target
    assert made.notes


@pytest.mark.parametrize(
    "source",
    [
        "fin",
        "La fin.",
        "chapitre",
        "Il a dit non",
        "Chapitre de vie",
        "Marie Curie, née à Varsovie",
    ],
)
def test_other_lines_are_not_known(source: str) -> None:
    assert known_translation(source, "fr", "en") is None


def test_a_number_in_words_begins_a_sentence_with_a_capital() -> None:
    bare, aside = set_aside("Quatre-vingt-dix personnes dorment, dix-huit lisent.", KINDS)
    assert put_back(bare, aside) == ("Ninety personnes dorment, eighteen lisent.", ())


def test_words_of_other_scripts_that_a_sentence_speaks_of_are_not_lifted_out() -> None:
    assert lift("La ville de 東京 est grande.")[1].signs == ()
    assert set_aside("La ville de 東京 est grande.", KINDS)[0] == "La ville de XX est grande."
    assert lift("La particule α est lourde.")[0] == "La particule est lourde."
    assert lift("<<oui>>")[1].signs == ()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("dans les Hauts de France", "Hauts-de-France"), ("l’Ile de France", "Île-de-France"),
        ("en Provence-Alpes-Cote d’Azur", "Provence-Alpes-Côte d'Azur"), ("le Nord-Pas de Calais", "Nord-Pas-de-Calais"),
        ("la Haute Normandie", "Upper Normandy"), ("en Bourgogne Franche-Comté", "Bourgogne-Franche-Comté"),
        ("le Val d'Oise", "Val-d'Oise"), ("les Hauts-De-Seine", "Hauts-de-Seine"),
    ],
)  # fmt: skip
def test_regions_and_departments_are_names_however_they_are_joined(source: str, target: str) -> None:
    _, (piece,) = set_aside(f"Il habite {source} depuis 2004.", KINDS)
    assert piece.target == target


@pytest.mark.parametrize(
    "text", ["Le grand est là.", "Il franchit le pas de Calais.", "Un val d'oise", "Les Hauts de Hurlevent"]
)
def test_words_that_are_only_alike_are_no_regions(text: str) -> None:
    assert set_aside(text, KINDS) == (text, ())


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("A quoi bon ?", "À quoi bon ?"), ("A l’aube, il part.", "À l’aube, il part."), ("A voté.", "A voté."),
        ("A été élu", "A été élu"), ("A d'accord", "A d'accord"), ("A Paris", "A Paris"), ("Il a deux fils", "Il a deux fils"),
    ],
)  # fmt: skip
def test_a_preposition_at_the_head_gets_its_accent_back(source: str, read: str) -> None:
    assert accented(source, "fr") == read
    assert accented(source, "es") == source


@pytest.mark.parametrize("path", ["C:\\Users\\moi\\a.txt", "/etc/ssh/sshd_config", "~/notes/a.md", "../src/b.c"])
def test_paths_are_set_aside(path: str) -> None:
    assert [piece.source for piece in set_aside(f"Ouvrez {path} ici.", KINDS)[1]] == [path]


def test_an_article_behind_a_dash_is_translated() -> None:
    assert frame("Art. 5. – Le contrat est nul.") == (["Le contrat est nul."], ["Art. 5. – ", ""])


def test_names_keep_their_accents_and_english_words_none() -> None:
    assert with_accents("Selon Sébastien et le Président", "According to Sebastien and the President") == (
        "According to Sébastien and the President"
    )
    assert with_accents("En Grèce, à Noël", "In Greece, at Noel") == "In Greece, at Noel"


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


@pytest.mark.parametrize(
    ("source", "made"),
    [("Page 1 sur 3", "Page 1 of 3"), ("page 12 sur 40", "page 12 of 40"), ("Diapositive 2 sur 9", "Slide 2 of 9")],
)
def test_the_count_of_pages_is_known(source: str, made: str) -> None:
    assert pipeline.translate_sentences([source])[0].text == made


def test_a_line_begins_with_a_capital_where_its_source_does() -> None:
    assert begin_alike("Boulangerie", "bakery") == "Bakery"
    assert begin_alike("boulangerie", "bakery") == "bakery"
    assert begin_alike("L'iPhone est là.", "iPhone is there.") == "iPhone is there."
    assert begin_alike("Écrire à a@b.fr", "a@b.fr") == "a@b.fr"
    assert begin_alike("12 chats", "twelve cats") == "twelve cats"


def test_a_code_beside_a_sentence_is_no_word_of_it() -> None:
    sign = "\N{OBJECT REPLACEMENT CHARACTER}"
    assert frame(f"{sign}Le chat dort.{sign}") == (["Le chat dort."], [sign, sign])
    assert frame(f"{sign} est mort à {sign}.") == ([f"{sign} est mort à {sign}."], ["", ""])


def test_a_number_that_the_model_glued_to_a_word_is_still_the_stand_in() -> None:
    aside = (Piece("537", "Intérieur Gérard", "Intérieur Gérard"),)
    assert put_back("the minister of the537.", aside) == ("the minister of the Intérieur Gérard.", ())
    assert put_back("He has 1.537, 5370 or 1537.", aside)[1] == ("Intérieur Gérard",)


def test_letters_are_no_signs_whose_other_case_they_are() -> None:
    from pipeline.translate.protected.signs import lift

    bare, lifted = lift("Le kilo de kiwis de Ångström coûte cher 😀")
    assert bare == "Le kilo de kiwis de Ångström coûte cher"
    assert [sign.text for sign in lifted.signs] == ["😀"]
