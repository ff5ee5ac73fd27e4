"""Checks for facts that a translation may not change: amounts, currencies, times, placeholders, letters, brackets."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from pipeline.check.pair import Pair

_SPACE = "[ \u00a0\u202f\u2009]"
_DIGIT = re.compile(r"\d")
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?P<whole>\d{{1,3}}(?:(?:{_SPACE}|[.,'’])\d{{3}})+|\d+)(?P<rest>[.,]\d+)?(?![\d])"
    "(?:[ \u00a0\u202f-]?(?P<scale>[A-Za-z]+))?"
)
_SCALES = {
    "fr": {"k": 3, "mille": 3, "milliers": 3, "m": 6, "million": 6, "millions": 6, "md": 9, "mds": 9, "milliard": 9,
           "milliards": 9, "billion": 12, "billions": 12},
    "en": {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "millions": 6, "bn": 9, "b": 9, "billion": 9,
           "billions": 9, "trillion": 12, "tn": 12},
}  # fmt: skip
_CURRENCIES = {
    "€": ("€", "eur", "euro", "euros"), "$": ("$", "usd", "dollar", "dollars", "us$", "buck", "bucks"),
    "£": ("£", "gbp", "pound", "pounds", "livre sterling", "livres sterling", "quid"), "¥": ("¥", "yen", "yens"),
}  # fmt: skip
_CODE = re.compile(
    r"""\{\{.+?\}\} | \{%.+?%\} | <%.+?%> | \$\{[^{}\s]+\} | (?<!\{)\{[\w.!:]*\}(?!\}) | %\(\w+\)[sdifu]
    | %\d+\$[sdifu@] | (?<![\w%])%[sdif](?!\w) | `[^`\n]+` | (?<!<)</?[A-Za-z][^<>\n]*>(?!>)
    | (?<!\w)[A-Za-z]:\\[^\s"<>|]*[\w\\] | @@\w+@@ | (?<!\w)v\d+(?:\.\d+)+ | \[\[[^\[\]]+\]\]""",
    re.VERBOSE,
)
_CODE_SIGN = re.compile(r"[{<$%`@\\\[]|v\d")  # every kind of code has one of these
_TIME = re.compile(r"(?<![\w.,])(\d{1,2})(?:\s?h\s?([0-5]\d)?|:([0-5]\d))(?![\w:])")
_HALF = re.compile(r"(?<![\w.,])(\d{1,2})(?:[:.]([0-5]\d))?\s?(a|p)\.?\s?m\b", re.IGNORECASE)
_HALVES = re.compile(r"\b(?:matin|soir|après-midi|midi|nuit|[ap]\.?m\b)", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;:’'] )(?<!\.\s)[A-ZÀ-Þ][a-zß-ÿ’'-]+(?: [A-ZÀ-Þ][a-zß-ÿ’'-]+){1,3}")
_ENDINGS = re.compile(r"(?<=[^\W\d_])\([a-zè]{1,5}\)")  # étudiant(e)s, mot(s)
_RUN = re.compile(r"[^\W_]+")
_LONGEST_RUN = 12  # words, said twice in a row
_STEM = 4  # letters by which words are compared
_LEAST_LETTERS = 2  # of a script, to be seen as foreign


def amount(pair: Pair, _: float) -> str | None:
    """An amount with a scale (3,2 milliards) or decimals (12,50) that the target does not hold."""
    if not _DIGIT.search(pair.source):
        return None
    wanted = [(text, value) for text, value, telling in _amounts(pair.source, pair.source_language) if telling]
    if not wanted:
        return None
    found = {value for _, value, _ in _amounts(pair.target, pair.target_language)}
    found |= {value for _, value, _ in _amounts(pair.target, pair.source_language)}
    for text, value in wanted:
        if not any(abs(value - one) <= 0.006 * abs(value) for one in found):
            return text
    return None


def _amounts(text: str, language: str) -> Iterator[tuple[str, float, bool]]:
    """Numbers in figures: as they stand, their values, and whether they have a scale or decimals."""
    scales = _SCALES.get(language, _SCALES["en"])
    point = "," if language != "en" else "."
    for match in _AMOUNT.finditer(text):
        whole, rest = match["whole"], match["rest"] or ""
        scale = scales.get((match["scale"] or "").lower(), 0)
        counted = rf"{_SPACE}?[€$£]|{_SPACE}(?:d['’]|de )" if match["scale"] == "M" else rf"{_SPACE}?[€$£]"
        if scale and len(match["scale"]) == 1 and not re.match(counted, text[match.end() :]):
            scale = 0  # 5 m are metres
        separated = re.search(r"\D", whole)
        if rest and rest[0] != point and len(rest) == 4 and not scale:
            whole, rest = whole + rest, ""  # 12.500 in French, 12,500 in English
        value = float(re.sub(r"\D", "", whole) + "." + (rest[1:] or "0")) * 10**scale
        if separated and separated.group() == point and len(whole.split(point)) == 2 and not rest:
            yield match.group(), float(whole.replace(point, ".")) * 10**scale, True
        yield match.group().strip(), value, bool(scale or rest)


def currency(pair: Pair, _: float) -> str | None:
    """A currency beside a number in the source that the target does not name, or another one in its place."""
    ours = _currencies(pair.source, beside=True) if _DIGIT.search(pair.source) else set()
    if not ours:
        return None
    if lost := ours - _currencies(pair.target, beside=False):
        return f"{' '.join(sorted(lost))} is not in the target"
    if new := _currencies(pair.target, beside=True) - _currencies(pair.source, beside=False):
        return f"{' '.join(sorted(new))} is not in the source"
    return None


def _currencies(text: str, *, beside: bool) -> set[str]:
    folded = text.lower()
    return {sign for sign, pattern in _CURRENCY[beside].items() if pattern.search(folded)}


def _currency(names: tuple[str, ...], *, beside: bool) -> re.Pattern[str]:
    """What finds a currency by its names, anywhere in a text or only beside a number."""
    word = "|".join(rf"\b{name}\b" if name.isalpha() or " " in name else re.escape(name) for name in names)
    return re.compile(rf"\d[\w\s.,]{{0,14}}(?:d['’])?(?:{word})|(?:{word})\s?\d" if beside else word)


_CURRENCY = {
    beside: {sign: _currency(names, beside=beside) for sign, names in _CURRENCIES.items()} for beside in (False, True)
}


def half_of_day(pair: Pair, _: float) -> str | None:
    """A time of the source that comes out in the other half of the day: 5h45 as 5:45 p.m."""
    if _HALVES.search(pair.source):
        return None
    hours = {int(match[1]) for match in _TIME.finditer(pair.source)}
    for match in _HALF.finditer(pair.target):
        hour, after_noon = int(match[1]), match[3].lower() == "p"
        if hour in hours and hour < 12 and after_noon and hour + 12 not in hours:
            return match.group()
    return None


def code(pair: Pair, _: float) -> str | None:
    """A placeholder, a tag or code of the source that is not in the target as often, or one that is only there."""
    if not (_CODE_SIGN.search(pair.source) or _CODE_SIGN.search(pair.target)):
        return None
    ours, theirs = Counter(_CODE.findall(pair.source)), Counter(_CODE.findall(pair.target))
    wrong = sorted((ours - theirs) + (theirs - ours))
    return " ".join(wrong) or None


def letters(pair: Pair, _: float) -> str | None:
    """Broken characters, or letters of a script that the source has not."""
    if "\N{REPLACEMENT CHARACTER}" in pair.target and "\N{REPLACEMENT CHARACTER}" not in pair.source:
        return "U+FFFD"
    if pair.target.isascii():
        return None
    new = {script: count for script, count in _scripts(pair.target).items() if script not in _scripts(pair.source)}
    return next((script for script, count in new.items() if count >= _LEAST_LETTERS and script != "LATIN"), None)


def _scripts(text: str) -> Counter[str]:
    return Counter(unicodedata.name(one, "?").split()[0] for one in text if one.isalpha() and not one.isascii())


def brackets(pair: Pair, _: float) -> str | None:
    """Something in brackets of which nothing in brackets is left: a clause that may be lost."""
    source = _ENDINGS.sub("", pair.source)
    for marks in ("()", "[]"):
        if not all(mark in source for mark in marks):
            continue
        instead = any(mark in pair.target for mark in (*marks, "–", "—"))
        if not instead and pair.target.count(",") <= source.count(","):
            return f"{marks[0]}…{marks[1]}"
    return None


def name(pair: Pair, _: float) -> str | None:
    """A name of several words of which the target has none, accents and endings aside."""
    names = list(_NAME.finditer(pair.source))
    theirs = {_plain(word)[:_STEM] for word in pair.target_words} if names else set()
    for match in names:
        words = [word for word in re.findall(r"[^\W\d_]+", match.group()) if len(word) >= _STEM]
        if words and not any(_plain(word)[:_STEM] in theirs for word in words):
            return match.group()
    return None


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def said_twice(pair: Pair, threshold: float) -> str | None:
    """A run of words that stands twice in a row in the target and not so in the source: the status of the status of."""
    size = int(threshold)
    run = _repeated(_RUN.findall(pair.target.lower()), size)
    return run if run and not _repeated(_RUN.findall(pair.source.lower()), size - 1) else None


def _repeated(words: list[str], least: int) -> str | None:
    """The first run of so many words, up to `_LONGEST_RUN`, that is followed by itself."""
    for size in range(least, min(_LONGEST_RUN, len(words) // 2) + 1):
        for i in range(len(words) - 2 * size + 1):
            if words[i] == words[i + size] and words[i : i + size] == words[i + size : i + 2 * size]:
                return " ".join(words[i : i + size])
    return None
