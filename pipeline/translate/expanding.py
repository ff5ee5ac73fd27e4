"""What a writer of French shortens, written out for the model: abbreviations, and both genders in one word."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_LISTS = Path(__file__).parents[1] / "languages"
# étudiant(e)s, cher(e), directeur(trice) have one form in English; le(s) mot(s) are spoken of as several
_GENDERS = re.compile(r"(?<=[^\W\d_])\((?:e|ne|le|te|trice|rice|euse|ère|ière|ve|fe|sse)\)")
_NUMBER = re.compile(r"(?<!\w)[nN][°º]\s?(?=\d{1,2}(?!\d))")  # `le n° 1 mondial` became the world sector
_MORE, _LESS = re.compile(r"(?<=\bde )\+(?=\s|$)"), re.compile(r"(?<=\bles )-(?= de \d)")  # 15 % de +, les - de 6 ans
_SEVERAL = re.compile(r"(?<=[^\W\d_])\((e?s)\)(?!\w)")


def expanded(text: str, language: str) -> str:
    """A text with the abbreviations of its language's `expansions.tsv` written out, and one form for both genders."""
    code = language[:2].lower()
    table = _table(code)
    if not table:
        return text
    if "(" in text:
        text = _SEVERAL.sub("s", _GENDERS.sub("", text))
    if code == "fr":
        text = _LESS.sub("moins", _MORE.sub("plus", _NUMBER.sub("numéro ", text)))
    return _pattern(code).sub(lambda found: _written(found, table), text)


def _written(found: re.Match[str], table: dict[str, str]) -> str:
    short = found.group()
    full = table.get(short) or table[short.lower()]
    full = full[0].upper() + full[1:] if short[0].isupper() and not short.isupper() else full
    return f"{full}." if short.endswith(".") and not found.string[found.end() :].strip() else full


@cache
def _table(code: str) -> dict[str, str]:
    path = _LISTS / code / "expansions.tsv"
    if not path.exists():
        return {}
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return dict(line.split("\t") for line in lines)


@cache
def _pattern(code: str) -> re.Pattern[str]:
    """The abbreviations in small letters or with a capital, those in capitals as they stand; the longest first."""
    short = sorted(_table(code), key=len, reverse=True)
    either = (f"(?:{re.escape(one[0])}|{re.escape(one[0].upper())}){re.escape(one[1:])}" for one in short)
    return re.compile(rf"(?<![\w.'’/-])(?:{'|'.join(either)})(?![\w/-])")
