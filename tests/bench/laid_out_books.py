"""Twelve ways in which publishers lay out the chapters of plain text, of books made here whose chapters are known."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from textwrap import fill

_WORDS = {
    "fr": (
        "le vieux gardien ; la mer ; un bateau ; sa lampe ; le vent du nord ; cette femme ; le docteur ; son frère",
        "montait vers ; regardait ; cherchait ; oubliait ; suivait de loin ; craignait ; retrouvait ; attendait",
        "la falaise ; le port ; une lettre ; les enfants ; la maison grise ; M. Lebrun ; un chien ; la vieille horloge",
        "ce soir-là ; sans rien dire ; depuis trois jours ; avec peine ; comme autrefois ; en 1847 ; au mois de mai",
    ),
    "en": (
        "the old keeper ; the sea ; a boat ; his lamp ; the north wind ; that woman ; the doctor ; his brother",
        "climbed towards ; watched ; looked for ; forgot ; followed from afar ; feared ; found ; waited for",
        "the cliff ; the harbour ; a letter ; the children ; the grey house ; Mr. Brown ; a dog ; the old clock",
        "that evening ; without a word ; for three days ; with pain ; as before ; in 1847 ; in the month of May",
    ),
}
_TITLES = {
    "fr": (
        "Le départ ; La tempête ; Un soir à Brest ; L'audience ; Ce que vit le gardien ; Les deux frères ; Minuit ; "
        "La lettre ; Où l'on retrouve le docteur ; Une promesse ; Le phare éteint ; Le retour"
    ),
    "en": (
        "The Departure ; The Storm ; An Evening in Town ; The Hearing ; What the Keeper Saw ; The Two Brothers ; "
        "Midnight ; The Letter ; In Which the Doctor Returns ; A Promise ; The Dark Tower ; The Return"
    ),
}
_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
_ORDINALS = {
    "fr": "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième",
    "en": "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth",
}


@dataclass(frozen=True, slots=True)
class Book:
    """A book's text, its own title, the lines that open its chapters, in order, and the titles under such lines."""

    name: str
    language: str
    text: str
    title: str
    chapters: tuple[str, ...]
    under: frozenset[str]


def _sentence(language: str, chance: random.Random) -> str:
    words = " ".join(chance.choice(part.split(" ; ")) for part in _WORDS[language])
    words += chance.choice((".", ".", ".", " !" if language == "fr" else "!", "…"))
    return words[0].upper() + words[1:]


def _prose(language: str, chance: random.Random, width: int) -> Iterator[str]:
    """Paragraphs, one of them a short speech."""
    for number in range(chance.randint(4, 7)):
        text = " ".join(_sentence(language, chance) for _ in range(chance.randint(3, 6)))
        yield fill(text, width) if width else text
        if number == 1:
            yield "— Qui ?" if language == "fr" else "“Who?”"
            yield "— Moi, Lebrun, dit-il" if language == "fr" else "“Me, Brown,” he said"


def _first(n: int, language: str) -> str:
    return _ORDINALS[language].split()[n]


Heading = Callable[[int, str, str], str]  # of the chapter's number from 0, its title, its language
LAYOUTS: dict[str, tuple[str, int, Heading]] = {
    "word and numeral": ("fr", 70, lambda n, _t, _l: f"CHAPITRE {_ROMAN[n]}"),
    "title on the next line": ("fr", 65, lambda n, t, _l: f"CHAPITRE {_ROMAN[n]}\n{t.upper()}"),
    "numeral, dash and title": ("fr", 0, lambda n, t, _l: f"{_ROMAN[n]}-{t}"),
    "number between dashes": ("fr", 72, lambda n, _t, _l: f"– {n + 1} –"),
    "ordinal in words": ("fr", 0, lambda n, t, language: f"Chapitre {_first(n, language)}\n\n{t}"),
    "bare numeral": ("fr", 68, lambda n, _t, _l: f"{_ROMAN[n]}"),
    "word, number and colon": ("en", 0, lambda n, t, _l: f"Chapter {n + 1}: {t}"),
    "numeral and stop": ("en", 72, lambda n, t, _l: f"{_ROMAN[n]}. {t}"),
    "capitals and a dash": ("en", 70, lambda n, t, _l: f"CHAPTER {_ROMAN[n]}.--{t.upper()}"),
    "the ordinal first": ("en", 66, lambda n, _t, language: f"THE {_first(n, language).upper()} CHAPTER"),
    "numeral between dashes": ("en", 0, lambda n, _t, _l: f"-- {_ROMAN[n]} --"),
    "bare titles": ("en", 72, lambda _n, t, _l: t.upper()),
}  # fmt: skip


def books() -> list[Book]:
    """The twelve books, the same each time; some with contents, page numbers, rules, an epigraph."""
    return [_book(name, number) for number, name in enumerate(LAYOUTS)]


def _book(name: str, number: int) -> Book:
    language, width, heading = LAYOUTS[name]
    chance = random.Random(number)
    headings = [heading(n, title, language) for n, title in enumerate(_TITLES[language].split(" ; "))]
    title = "LE PHARE" if language == "fr" else "THE LIGHTHOUSE"
    parts = [title]
    if number % 3 == 1:
        entries = (one.replace("\n\n", "\n").replace("\n", " ") for one in headings)
        pages = "\n".join(f"{one} .... {7 + 11 * n}" for n, one in enumerate(entries))
        parts += ["Table des matières" if language == "fr" else "CONTENTS", pages]
    page = 5
    for n, one in enumerate(headings):
        parts.append(one)
        if n == 2 and number % 2:
            parts.append("« Homme libre, toujours tu chériras la mer ! »" if language == "fr" else "“The sea is all.”")
        for paragraph in _prose(language, chance, width):
            page += 1
            parts.append(_paged(paragraph, page) if width and number % 4 == 0 else paragraph)
        parts += ["* * *"] if n % 4 == 1 else []
    opening = tuple(one.split("\n")[0] for one in headings)
    under = frozenset(one.split("\n")[-1] for one in headings if "\n" in one)
    return Book(name, language, "\n\n".join(parts), title, opening, under)


def _paged(paragraph: str, page: int) -> str:
    """A paragraph that a page's end cuts, if it does so amid a sentence."""
    lines = paragraph.split("\n")
    cut = next((k for k in range(1, len(lines)) if lines[k][0].islower() and lines[k - 1][-1].isalpha()), 0)
    return "\n".join([*lines[:cut], "", str(page), "", *lines[cut:]]) if cut else paragraph
