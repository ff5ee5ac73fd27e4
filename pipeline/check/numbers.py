"""The check that numbers arrive: decimals, thousands, dates, times, ordinals, Roman numerals, number words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.check.pair import Pair
from pipeline.languages.numbers import EXCUSES, NUMBER_WORDS, SCALES, spoken

_SPACE = "[ \u00a0\u2009\u202f]"
_DIGITS = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:,\d+)?(?!\d)|\d+(?:[.,'’]\d+)*")
_RUN = re.compile(r"\d[\d\s.,'’-]*")  # figures that may be one number, grouped in another way
_AFTER = re.compile(r"\s*([^\W\d_]+)")
_PLAIN = re.compile(r"\D")
# Only numerals that are hardly ever an abbreviation: of I, V, X and L, two letters or more, or an ordinal.
_ROMAN = re.compile(r"\b(?=[IVXL])((?:XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(e|è?me|ères?|ers?|nd|th|st|rd)?\b")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}
_HOURS = frozenset({"h", "heure", "heures", "hour", "hours", "o"})
_LONGEST = 200  # digits; a float holds 308
_MINUTES = re.compile(r"\d+\s*[h:]\s*(\d\d)")
_PERCENT = re.compile(r"(?:\bp\.|\bpour)\s*$")  # p. 100, as Canadians write per cent
_CLOCK = re.compile(r"(\d{1,2})\.(\d\d)")  # 2.30 p.m.
_HALVES_OF_DAY = frozenset({"a", "p", "am", "pm"})
_HALVED = re.compile(r"(?<![\w.,])(\d{1,4})\s?[€$£m]\s?(\d\d)(?!\w|[.,]\d)")  # 8€50, 1m82
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text, and every value that it may be meant to have."""

    shown: str
    values: frozenset[float]


def numbers_lost(pair: Pair, _: float) -> str | None:
    """A number of the source, in digits or Roman numerals, of which the target has no form.

    Number words count where both sides have one that the other lacks.
    """
    sources = list(_written(pair.source, pair.source_language))
    words = [one for one in spoken(pair.source_words, pair.source_language) if one[1] > 2]
    if not sources and not words:
        return None
    targets = list(_written(pair.target, pair.target_language))
    target_words = list(spoken(pair.target_words, pair.target_language))
    known = _known(pair, targets, target_words)
    runs = [_PLAIN.sub("", run) for run in _RUN.findall(pair.target)]
    small_is_unknown = pair.target_language not in NUMBER_WORDS
    lost = [
        number.shown
        for number in sources
        if not number.values & known
        and not (len(plain := _PLAIN.sub("", number.shown)) > 3 and any(plain in run for run in runs))
        and not (small_is_unknown and max(number.values) <= 12)
    ]
    if not lost and not small_is_unknown:
        known |= {value + 12 for value in known if "heures" in pair.source_words}
        lost = _changed_words(words, known, sources, targets, target_words)
    return ", ".join(dict.fromkeys(lost)) or None


def _known(pair: Pair, targets: list[Number], words: list[tuple[str, int]]) -> set[float]:
    known = {value for number in targets for value in number.values}
    known |= {float(value) for _, value in words}
    excuses = EXCUSES.get(pair.target_language, {})
    for word in pair.target_words:
        known.update(excuses.get(word, ()))
    return known


def _changed_words(
    words: list[tuple[str, int]],
    known: set[float],
    sources: list[Number],
    targets: list[Number],
    target_words: list[tuple[str, int]],
) -> list[str]:
    """Number words of the source without a counterpart, if the target has another number without one."""
    lost = [(shown, value) for shown, value in words if value not in known and not _parts_known(value, known)]
    if not lost:
        return []
    explained = {value for number in sources for value in number.values} | {float(value) for _, value in words}
    strange = [str(shown) for shown, value in target_words if value > 2 and value not in explained]
    strange += [number.shown for number in targets if not number.values & explained and max(number.values) > 2]
    return [f"{shown} ({', '.join(strange)}?)" for shown, _ in lost] if strange else []


def _parts_known(value: int, known: set[float]) -> bool:
    """Whether a number word has been said with another scale: deux mille, 2 thousand."""
    return any(value % scale == 0 and value // scale in known for scale in (100, 1000, 10**6, 10**9))


def _written(text: str, language: str) -> Iterator[Number]:
    """The numbers of a text in digits or Roman numerals."""
    dates = [match.span() for match in _DATE.finditer(text)]
    halved = list(_HALVED.finditer(text)) if language == "fr" else []
    yield from (Number(one.group(), frozenset({float(f"{one[1]}.{one[2]}")})) for one in halved)
    for match in _DIGITS.finditer(text):
        shown = match.group()
        if any(one.start() <= match.start() < one.end() for one in halved):
            continue
        if shown == "100" and _PERCENT.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        values = _values(shown)
        following = _AFTER.match(text, match.end())
        after = following.group(1).lower() if following else ""
        if scale := SCALES.get(language, {}).get(after):
            values |= {value * scale for value in values}
        values |= _meant(text, match.span(), values, after)
        if any(start <= match.start() < end for start, end in dates):
            values |= {float(value % 100) for value in map(int, values)}
        yield Number(shown, frozenset(values))
    for match in _ROMAN.finditer(text):
        numeral, ordinal = match.groups()
        if len(numeral) >= 2 or (numeral in ("I", "V", "X") and ordinal):
            yield Number(match.group(), frozenset({float(_roman(numeral))}))


def _values(shown: str) -> set[float]:
    """What digits with points, commas, spaces or apostrophes may mean: thousands or a decimal part."""
    plain = re.sub(r"[\s'’]", "", shown)
    if plain.isdecimal() or len(plain) > _LONGEST:
        return {float(_PLAIN.sub("", plain)[:_LONGEST])}
    pieces = re.split(r"[.,]", plain)
    values = set[float]()
    if all(len(piece) == 3 for piece in pieces[1:]):
        values.add(float("".join(pieces)))
    if len(pieces) == 2 or plain.count(plain[-len(pieces[-1]) - 1]) == 1:
        values.add(float("".join(pieces[:-1]) + "." + pieces[-1]))
    return values or {float(piece) for piece in pieces}


def _meant(text: str, span: tuple[int, int], values: set[float], after: str) -> set[float]:
    """Values that a number may also have: hours of the afternoon, years with two digits, a decade."""
    start, end = span
    more = set[float]()
    for value in values:
        if value == int(value):
            if 0 <= value <= 24 and (after in _HOURS or text[start : start + 6].find(":") > 0):
                minutes = _MINUTES.match(text, start)
                more |= {value % 12, value % 12 or 12.0, value * 100 + (int(minutes.group(1)) if minutes else 0)}
            if 1000 <= value <= 2359 or (value and text.startswith("0", start)):
                more.add(value % 100)  # a year's end, or the minutes of 0530
    if after in _HALVES_OF_DAY and (parts := _CLOCK.fullmatch(text, start, end)):
        more |= {float(part) for part in parts.groups()}
    before = text[max(0, start - 12) : start].lower()
    if "anné" in before:
        more |= {value + 1900 for value in values if value < 100}
    return more


def _roman(numeral: str) -> int:
    values = [_ROMAN_DIGITS[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
