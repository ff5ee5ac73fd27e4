"""Checks for what stands beside a number: its sign, and its unit of measure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.pair import Pair

_SPACE = "[ \u00a0\u202f\u2009-]"
_BELOW = re.compile(r"(?:^|(?<=[\s(]))[-−–](?=\d)")
_SAID_BELOW = re.compile(
    r"(?<!\d)[-−–]\s?[€$£]?\d|\b(?:minus|negative|below|under|less|fewer|lower|down|off|fell|fall\w*|drop\w*|decreas\w*"
    r"|declin\w*|los[st]\w*|reduc\w*|cut|sub-?zero|moins|négatif|négative|au-dessous)\b",
    re.IGNORECASE,
)
# A unit: how either language may write it, in symbols or in the beginnings of words. Units that people convert for
# their readers (kilometres to miles) count as one, so that only a unit of another dimension is strange.
_UNITS = {
    "length": ("km", "m", "cm", "mm", "kilom", "mètre", "metre", "meter", "centim", "millim", "mile", "mi", "ft",
               "feet", "foot", "pied", "yard", "inch"),
    "mass": ("kg", "g", "mg", "t", "kilo", "gram", "tonne", "ton", "tons", "pound", "lb", "lbs", "ounce",
             "oz", "stone"),
    "volume": ("l", "ml", "cl", "dl", "litre", "liter", "gallon", "pint"),
    "speed": ("km/h", "kph", "m/s", "mph", "kmh"),
    "area": ("m²", "m2", "km²", "km2", "ha", "hectare", "acre", "square", "sq"),
    "share": ("%", "per", "percent", "pc", "pour", "point"),
    "heat": ("°c", "°f", "°", "degr", "degree"),
    "power": ("kw", "mw", "gw", "w", "watt", "kilowatt", "megawatt", "gigawatt"),
    "energy": ("kwh", "mwh", "gwh", "twh", "kilowatt-h", "megawatt-h"),
    "data": ("ko", "mo", "go", "to", "kb", "mb", "gb", "tb", "octet", "byte", "megab", "gigab", "kilob"),
}  # fmt: skip
_SYMBOLS = {
    "km/h": "speed", "km²": "area", "m²": "area", "km": "length", "cm": "length", "mm": "length", "kg": "mass",
    "mg": "mass", "ml": "volume", "cl": "volume", "ha": "area", "%": "share", "°C": "heat", "kWh": "energy",
    "MWh": "energy", "kW": "power", "MW": "power", "Go": "data", "Mo": "data", "Ko": "data", "m": "length", "g": "mass",
    "l": "volume",
}  # fmt: skip
_MEASURE = re.compile(
    rf"\d{_SPACE}?(?P<unit>{'|'.join(map(re.escape, sorted(_SYMBOLS, key=len, reverse=True)))})(?![\w'’²³/])"
)
_METRIC = re.compile(rf"\d{_SPACE}?(?P<unit>[kcm]?[mgl]|[KMG][oB])(?![\w'’²³/])")


def sign(pair: Pair, _: float) -> str | None:
    """A number below zero of which nothing below is left in the target."""
    if not _BELOW.search(pair.source) or _SAID_BELOW.search(pair.target):
        return None
    found = re.search(r"[-−–]\d[\d.,]*", pair.source)
    return found.group() if found else None


def unit(pair: Pair, _: float) -> str | None:
    """A unit beside a number, in symbols, of which the target has neither symbol nor word, or only of another size."""
    units = list(dict.fromkeys(match["unit"] for match in _MEASURE.finditer(pair.source)))
    if not units:
        return None
    target = pair.target.lower()
    for one in units:
        if not any(_holds(target, form) for form in _UNITS[_SYMBOLS[one]]):
            return one
    ours, theirs = set(_sizes(pair.source)), set(_sizes(pair.target))
    return next(iter(sorted(theirs - ours)), None) if len(theirs) == len(ours) and theirs != ours else None


def _sizes(text: str) -> Iterator[str]:
    """The metric symbols beside numbers, with bytes for octets."""
    for match in _METRIC.finditer(text):
        yield match["unit"].replace("o", "B").lower()


def _holds(text: str, form: str) -> bool:
    """Whether a symbol stands after a number, or a word begins so."""
    if len(form) > 3 and form.isalpha():
        return re.search(rf"(?<![^\W\d_]){form}", text) is not None
    return re.search(rf"(?<![^\W\d_]){re.escape(form)}(?![\w²³])", text) is not None
