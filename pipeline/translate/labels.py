"""Lines whose translation is known without a model: headings with their numbers, and labels from a table.

They stand alone, so a model has nothing to go by: it made "Ship I" of `Chapitre I`. Only a whole line counts.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pipeline.languages.numbers import in_english, spoken_value

_TABLES = Path(__file__).parents[1] / "languages"
_PARTS = {
    "chapitre": "Chapter", "livre": "Book", "partie": "Part", "acte": "Act", "scène": "Scene", "tome": "Volume",
    "volume": "Volume", "section": "Section", "leçon": "Lesson", "annexe": "Appendix", "épisode": "Episode",
    "tableau": "Tableau", "chant": "Canto", "cahier": "Notebook", "titre": "Title", "figure": "Figure", "page": "Page",
    "diapositive": "Slide", "feuille": "Sheet",
    "étape": "Step", "module": "Module", "unité": "Unit", "fascicule": "Instalment", "appendice": "Appendix",
}  # fmt: skip
_ORDINALS = [
    "premier",
    "deuxième",
    "troisième",
    "quatrième",
    "cinquième",
    "sixième",
    "septième",
    "huitième",
    "neuvième",
    "dixième",
    "onzième",
    "douzième",
    "treizième",
    "quatorzième",
    "quinzième",
    "seizième",
    "dix-septième",
    "dix-huitième",
    "dix-neuvième",
    "vingtième",
]
_VALUES = {word: value for value, word in enumerate(_ORDINALS, start=1)} | {
    "première": 1, "second": 2, "seconde": 2, "dernier": 0, "dernière": 0, "ier": 1, "1er": 1, "1ère": 1, "ie": 1,
}  # fmt: skip
_NUMERAL = r"(?P<number>[IVXLCDM]+|\d+(?:\.\d+)*|[A-Z]|[a-zà-ÿ-]+(?:[ -][a-zà-ÿ-]+)*)"
_HEADING = re.compile(
    rf"(?P<part>{'|'.join(_PARTS)})\s+(?:n°\s*)?{_NUMERAL}(?P<end>\s?[.:]?)",
    re.IGNORECASE,
)
_OUT_OF = re.compile(rf"(?P<part>{'|'.join(_PARTS)})\s+(?P<one>\d+)\s+(?:sur|de)\s+(?P<all>\d+)", re.IGNORECASE)
_TURNED = re.compile(rf"(?P<number>{'|'.join(_VALUES)})\s+(?P<part>{'|'.join(_PARTS)})(?P<end>\s?[.:]?)", re.IGNORECASE)

_BETWEEN = re.compile(r"(,? [–—-] |, | / )")


def known_line(text: str, source_language: str, target_language: str) -> str | None:
    """The translation of a heading or a label that is all of a line; None for every other line, and other languages."""
    if (source_language[:2].lower(), target_language[:2].lower()) != ("fr", "en") or len(text) > 60:
        return None
    plain = " ".join(text.replace("’", "'").split())
    return _headings(plain) or _label(plain)


def _headings(text: str) -> str | None:
    """Headings one after the other: `Acte III, scène 2`."""
    pieces = _BETWEEN.split(text)
    made = [_heading(piece) for piece in pieces[::2]]
    if None in made:
        return None
    return "".join(f"{one}{between}" for one, between in zip(made, [*pieces[1::2], ""], strict=True))


def _heading(text: str) -> str | None:
    if counted := _OUT_OF.fullmatch(text):  # what stands at the foot of most documents
        part = _PARTS[counted["part"].lower()]
        return _cased(f"{part if text[0].isupper() else part.lower()} {counted['one']} of {counted['all']}", text)
    found = _HEADING.fullmatch(text) or _TURNED.fullmatch(text)
    if found is None:
        return None
    number = _number(found["number"])
    if number is None:
        return None
    part = _PARTS[found["part"].lower()]
    end = found["end"].strip()
    if number == "last":
        return _cased(f"Last {part.lower()}{end}", text)
    return _cased(f"{part} {number}{end}", text)


def _number(text: str) -> str | None:
    """A heading's number in English: figures, Roman numerals and letters as they are, words in words."""
    if re.fullmatch(r"[IVXLCDM]+|\d+(?:\.\d+)*|[A-Z]", text):
        return text
    value = _VALUES.get(text.lower())
    if value == 0:
        return "last"
    if value is None:
        value = spoken_value(text, "fr")
    return in_english(value).title() if value is not None and 0 < value < 1000 else None


def _label(text: str) -> str | None:
    mark = re.search(r"\s?[:…,]$", text)
    name = text[: mark.start()] if mark else text
    made = _labels().get(name.lower())
    if made is None or name[:1].islower():
        return None
    return _cased(made, name) + (mark.group().strip() if mark else "")


def _cased(made: str, source: str) -> str:
    """A label in capitals where the source is."""
    return made.upper() if source.isupper() and len(source) > 1 else made


@cache
def _labels() -> dict[str, str]:
    lines = (_TABLES / "fr" / "labels.en.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {source: target for source, target in rows}
