"""French quantities and their English forms: money, measures, times, ordinals, numbers in figures and in words.

Sources of the forms: Lexique des règles typographiques en usage à l'Imprimerie nationale (French); Interinstitutional
Style Guide of the European Union, 10.4 and 7.3.3 (English: comma for thousands, point for decimals, €30).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.languages.numbers import in_english, spoken_value
from pipeline.translate.names import odd_name, surname
from pipeline.translate.protected.pieces import Kind

_SPACE = "[ \u00a0\u202f\u2009]"
_FIGURES = rf"(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+|\d{{1,3}}(?:\.\d{{3}})+|\d+)(?:,\d+)?"
_NUMBER = rf"(?<![\w.,])(?:(?<![\w)\]])[-−+±])?{_FIGURES}"
_SCALES = {
    "k": " thousand", "M": " million", "Md": " billion", "Mds": " billion", "mille": " thousand", "million": " million",
    "millions": " million", "milliard": " billion", "milliards": " billion",
}  # fmt: skip
_CURRENCIES = {
    "€": "€", "EUR": "€", "euro": "€", "euros": "€", "$": "$", "dollar": "$", "dollars": "$", "£": "£", "livres": "£",
    "¥": "¥", "yen": "¥", "yens": "¥",
}  # fmt: skip
_PER = {
    "mois": "month", "an": "year", "jour": "day", "semaine": "week", "heure": "hour", "h": "hour", "kg": "kg",
    "m²": "m²", "m2": "m²", "nuit": "night", "personne": "person", "pers": "person", "l": "l", "litre": "litre",
    "t": "t",
}  # fmt: skip
_TAXED = {"TTC": " incl. VAT", "HT": " excl. VAT"}
# symbols of units; those that French writes otherwise have their English form
_SAME_UNITS = """km/h m/s km² km2 km m² m2 m³ m3 m cm² cm³ cm mm µm nm kg g mg µg t l L ml mL cl dl hl °C °F kWh MWh GWh
kW MW GW W V mA A Hz kHz MHz GHz ha dB hPa bar bars kJ J kcal cal rpm ppm px dpi mph"""
_UNITS = {
    **{unit: unit for unit in _SAME_UNITS.split()},
    "Ko": "kB", "ko": "kB", "Mo": "MB", "Go": "GB", "To": "TB", "Mbit/s": "Mbit/s", "Gbit/s": "Gbit/s", "tr/min": "rpm",
    "%": "%", "‰": "‰",
}  # fmt: skip
_BEFORE_A_TIME = r"(?<=\bà )|(?<=\bvers )|(?<=\bdès )|(?<=\bavant )|(?<=\baprès )|(?<=\bjusqu'à )|(?<=\bdepuis )"
_MONTH = "(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def english_number(text: str) -> str:
    """A French number in figures as English writes it: `1 234,56` is `1,234.56`; `-` stays as it stands."""
    sign = text[0] if text[0] in "-−+±" else ""
    whole, _, decimals = text[len(sign) :].partition(",")
    grouped = re.search(r"[ \u00a0\u202f\u2009.]", whole) is not None
    digits = re.sub(r"\D", "", whole)
    shown = f"{int(digits):,}" if grouped or (len(digits) > 4 and decimals) else digits
    return f"{sign}{shown}.{decimals}" if decimals else f"{sign}{shown}"


def _money(match: re.Match[str]) -> str | None:
    number, scale, currency = english_number(match["number"]), match["scale"] or "", match["currency"]
    if scale == "k" and "," not in match["number"]:
        number, scale = english_number(match["number"] + " 000"), ""
    per = f"/{_PER[match['per']]}" if match["per"] else ""
    per += _TAXED[match["tax"]] if match["tax"] else ""
    if len(currency) > 1 and currency != "EUR":
        word = "pounds" if currency == "livres" else currency
        return f"{number}{_SCALES.get(scale, '')} {word}{per}"
    sign = number[0] if number[0] in "-−+±" else ""
    return f"{sign}{_CURRENCIES[currency]}{number[len(sign) :]}{_SCALES.get(scale, '')}{per}"


def _cents(match: re.Match[str]) -> str:
    return f"{_CURRENCIES[match['currency']]}{english_number(match['number'])}.{match['cents']}"


def _era(match: re.Match[str]) -> str:
    """A year before or after Christ, with the stop that ends the sentence too."""
    ends = "." if not match.string[match.end() :].strip() else ""
    return f"{match['year']} BC{ends}" if match["era"] == "av" else f"AD {match['year']}{ends}"


def _spoons(match: re.Match[str]) -> str:
    number = re.sub(r"(?<=\d),(?=\d)", ".", match["number"])
    return f"{number} {'tbsp' if match['spoon'] in 'sS' else 'tsp'}"


def _always(match: re.Match[str]) -> str:
    hours, days = match["hours"] is not None, match["days"] is not None
    return "24/7" if hours and days else "24 hours a day" if hours else "7 days a week"


def _scaled(match: re.Match[str]) -> str:
    return f"{english_number(match['number'])}{_SCALES[match['scale']]}"


def _out_of(match: re.Match[str]) -> str:
    return match.group().replace(",", ".")


def _height(match: re.Match[str]) -> str:
    return f"{match['metres']}.{match['rest']} m"


def _duration(match: re.Match[str]) -> str:
    return " ".join(f"{int(number)} {unit}" for number, unit in re.findall(r"(\d+)\s*(h|min|s)", match.group()))


def _measure(match: re.Match[str]) -> str | None:
    unit = _UNITS[match["unit"]]
    if unit == "%" and match["number"].isdigit() and not match["from"]:
        return None  # models know these, and how to speak of them
    start = (match["from"] or "").replace(",", ".")
    return start + english_number(match["number"]) + ("" if unit in "%‰" else " ") + unit


def _time(match: re.Match[str]) -> str:
    return f"{int(match['hour'])}:{match['minute'] or '00'}"


def _ordinal(match: re.Match[str]) -> str | None:
    number = int(match["number"])
    ending = "th" if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


def _spelled(match: re.Match[str]) -> str | None:
    value = spoken_value(match.group(), "fr")
    return in_english(value) if value is not None and 17 <= value < 10**6 else None


def _product(match: re.Match[str]) -> str:
    return " × ".join(english_number(one.strip(_SPACE)) for one in re.split("[×x]", match.group()))


def _grouped(match: re.Match[str]) -> str | None:
    text = match.group()
    return english_number(text) if re.search(r"\d[ \u00a0\u202f\u2009.,]\d|^[-−±]", text) else None


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NUMERAL = (
    r"(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante"
    r"|cinquante|soixante|septante|huitante|octante|nonante|cents?|mille)"
)
KINDS: tuple[Kind, ...] = (
    Kind("name with accents", re.compile(
        r"(?<![\w-])(?<![lL]['’])(?!(?:Mme|Mlle|MM|Dr|Pr|Me|Mgr|Mmes)\b)[A-ZÀ-ÖØ-Þ][\w-]+"
        r"(?: [A-ZÀ-ÖØ-Þ][\w-]+){1,3}(?![\w-])"
    ), odd_name),
    Kind("surname", re.compile(
        r"(?:(?<=\bM\.[ \u00a0\u202f])|(?<=\bMme[ \u00a0\u202f])|(?<=\bMlle[ \u00a0\u202f])|(?<=\bMM\.[ \u00a0\u202f]))"
        r"[A-ZÀ-ÖØ-Þ][a-zß-ÿœ]+(?:-[A-ZÀ-ÖØ-Þ][a-zß-ÿœ]+)*(?![\w'’-])"
    ), surname, named=True),
    Kind("money and cents", re.compile(
        rf"(?P<number>(?<![\w.,]){_FIGURES}){_SPACE}?(?P<currency>[€$£])(?P<cents>\d\d)(?!\w|[.,]\d)"
    ), _cents, numeric=True),
    Kind("height", re.compile(
        rf"(?<![\w.,])(?P<metres>\d){_SPACE}?m{_SPACE}?(?P<rest>\d\d)(?!\w|[.,]\d|{_SPACE}\d)"
    ), _height, numeric=True),
    Kind("duration", re.compile(
        rf"(?<![\w.,])(?:\d{{1,3}}{_SPACE}?h{_SPACE}?\d{{1,2}}{_SPACE}?min(?:{_SPACE}?\d{{1,2}}{_SPACE}?s)?"
        rf"|\d{{1,3}}{_SPACE}?min{_SPACE}?\d{{1,2}}{_SPACE}?s)(?!\w)"
    ), _duration, numeric=True),
    Kind("always", re.compile(
        rf"(?<![\w.,])(?=24|7)(?P<hours>24{_SPACE}?h(?:eures)?{_SPACE}?(?:/|sur){_SPACE}?24(?:{_SPACE}?h(?:eures)?)?)?"
        rf"(?:(?(hours){_SPACE}?(?:et|,|-|/|&)?{_SPACE}?)(?P<days>7{_SPACE}?j(?:ours)?{_SPACE}?(?:/|sur){_SPACE}?7(?:{_SPACE}?j(?:ours)?)?))?(?!\w)"
    ), _always, numeric=True),
    Kind("millions", re.compile(
        rf"(?P<number>{_NUMBER}){_SPACE}?(?P<scale>M|Mds?)"
        rf"(?={_SPACE}(?:d['’]|de{_SPACE})(?!{_alternatives(_CURRENCIES)}))"
    ), _scaled, numeric=True),
    Kind("era", re.compile(
        rf"(?<![\w.,])(?P<year>\d{{1,5}}){_SPACE}(?P<era>av|ap|apr)\.{_SPACE}J\.{_SPACE}?-{_SPACE}?C\."
    ), _era, numeric=True),
    Kind("spoons", re.compile(
        rf"(?P<number>(?:{_NUMBER}){_SPACE}?[½¼¾]?|[½¼¾]){_SPACE}c\.?{_SPACE}?à{_SPACE}?(?P<spoon>[scSC])(?:\.|(?!\w))"
    ), _spoons),
    Kind("mark out of", re.compile(r"(?<![\w.,])\d{1,3},\d{1,2}/\d{1,3}(?!\w|[/.,]\d)"), _out_of, numeric=True),
    Kind("money", re.compile(
        rf"(?P<number>{_NUMBER}){_SPACE}?(?P<scale>{_alternatives(_SCALES)})?(?:{_SPACE}?(?:d['’]|de{_SPACE}))?{_SPACE}?"
        rf"(?P<currency>{_alternatives(_CURRENCIES)})(?!\w)(?:{_SPACE}?/{_SPACE}?(?P<per>{_alternatives(_PER)})(?!\w))?"
        rf"(?:{_SPACE}(?P<tax>TTC|HT)(?!\w))?"
    ), _money, numeric=True),
    Kind("time", re.compile(
        rf"(?<![\w.,])(?P<hour>[01]?\d|2[0-4]){_SPACE}?[hH]{_SPACE}?(?P<minute>[0-5]\d)(?!\w)"
    ), _time, numeric=True),
    Kind("hour", re.compile(
        rf"(?:{_BEFORE_A_TIME})(?P<hour>[01]?\d|2[0-4]){_SPACE}?h(?P<minute>)(?![\w'’])"
    ), _time, numeric=True),
    Kind("ordinal", re.compile(r"(?<![\w.,])(?P<number>\d{1,3})(?:er|re|ère|e|ème|nde?)(?!\w)"
        rf"(?!{_SPACE}{_MONTH}\b)", re.IGNORECASE), _ordinal, numeric=True),
    Kind("measure", re.compile(
        rf"(?P<from>(?<![\w.,])\d+(?:,\d+)?{_SPACE}?[-–]{_SPACE}?(?=\d))?(?P<number>{_NUMBER}){_SPACE}?(?P<unit>{_alternatives(_UNITS)})(?![\w'’²³/]|\.\w)"
    ), _measure, numeric=True),
    Kind("product", re.compile(rf"{_NUMBER}(?:{_SPACE}?[×x]{_SPACE}?{_FIGURES})+(?!\w)"), _product, numeric=True),
    Kind("number", re.compile(rf"{_NUMBER}(?![\w,.]*\d)(?!\w)"), _grouped, numeric=True),
    Kind("number in words", re.compile(
        rf"(?<![\w'’-]){_NUMERAL}(?:(?:-|{_SPACE})(?:et(?:-|{_SPACE})(?:une?|onze)|{_NUMERAL}|une?(?![\w'’-])))+(?![\w'’-])",
        re.IGNORECASE,
    ), _spelled),
)  # fmt: skip
