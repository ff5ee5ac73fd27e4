"""Text of every day: addresses, recipes, forms, catalogues in French; forums, mails and reviews in English."""

from __future__ import annotations

import pytest

from pipeline import split_sentences

WHOLE = [
    "Le studio (app. 4, bât. C) est libre.", "Sonner à l'interphone, esc. B, 3e ét. gauche.",
    "Livrer au 12 bis, imm. Les Pins, rés. du Parc, 13008 Marseille.",
    "Écrire à la résid. Bellevue, entr. C, boîte 12.",
    "Ajouter 2 c. à s. d'huile et 1 c. à c. de sel.", "Prévoir 3 cuil. à soupe de sucre et 20 cl. de lait.",
    "Dim. 20 x 30 cm, coul. rouge, réf. 3312, prix unit. 12 €.",
    "Le rdv. est fixé au lun. 5 mai, de 9 h. à 12 h.",
    "In-8, rel. pl. veau, dos orn., qq. rouss., bel ex. de la prem. éd.",
    "Prendre 1 cp. matin et soir pdt. 5 j. au repas.",
]  # fmt: skip
CUT = [
    ("fr", "Il loue un app. | Il est content."), ("fr", "C'est un beau décor. | Paul l'aime."),
    ("fr", "Merci :-) | Je repasse demain."), ("fr", "(Voir la note :) Il pleut.)"), ("fr", "Oh ! le beau chat !"),
    ("fr", "Qui est-ce ? demanda-t-il."), ("en", "I love it :D | Best purchase ever"),
    ("en", "Apt. 4B, 3rd fl., is vacant."),
    ("en", "wait, what? | no way!! | i can't believe it"), ("en", "service was slow tho. | will come back"),
    ("en", "“What?” he said. | “Who?”"), ("en", "What! is it you?"), ("en", "Are you mad? he cried."),
    ("en", "The cat sat. | 12 mice ran."), ("en", "He is so apt. | Nobody knew."),
]  # fmt: skip


@pytest.mark.parametrize("text", WHOLE)
def test_abbreviations_of_every_day_end_nothing(text: str) -> None:
    assert [one.text for one in split_sentences(text)] == [text]


@pytest.mark.parametrize(("language", "text"), CUT)
def test_careless_writing(language: str, text: str) -> None:
    sentences = text.split(" | ")
    assert [one.text for one in split_sentences(" ".join(sentences), language)] == sentences
