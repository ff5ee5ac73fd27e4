"""French and English words for numbers, and the values that they make together."""

from __future__ import annotations

from collections.abc import Iterator


def _counted(words: str, start: int, step: int = 1) -> dict[str, int]:
    """These words as start, start + step…"""
    return {word: start + step * place for place, word in enumerate(words.split())}


_LARGEST = 10**12  # beyond it, million million is a slip, not a number

# Words that add up to a number with their neighbours: language → word → value.
NUMBER_WORDS: dict[str, dict[str, int]] = {
    "fr": {
        **_counted("zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize", 0),
        **_counted("vingt trente quarante cinquante soixante septante huitante nonante", 20, 10),
        **_counted("deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième", 2),
        **_counted("douzième treizième quatorzième quinzième seizième", 12),
        **{"une": 1, "vingts": 20, "octante": 80, "vingtième": 20, "cent": 100, "cents": 100, "mille": 1000},
    },
    "en": {
        **_counted("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen", 0),
        **_counted("sixteen seventeen eighteen nineteen", 16),
        **_counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
        **_counted("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth", 1),
        **_counted("fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth", 14),
        **{"thirtieth": 30, "hundred": 100, "hundreds": 100, "thousand": 1000, "thousands": 1000},
    },
}

# Words that multiply what stands before them, in words or in digits; short forms only after digits.
SCALES: dict[str, dict[str, int]] = {
    "fr": {
        "mille": 10**3, "milliers": 10**3, "millier": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9,
        "milliards": 10**9, "billion": 10**12, "billions": 10**12, "k": 10**3, "md": 10**9, "mds": 10**9, "m": 10**6,
        "cent": 100, "cents": 100, "centaines": 100, "douzaines": 12, "dizaines": 10,
    },
    "en": {
        "thousand": 10**3, "thousands": 10**3, "million": 10**6, "millions": 10**6, "billion": 10**9,
        "billions": 10**9, "trillion": 10**12, "k": 10**3, "bn": 10**9, "m": 10**6, "mn": 10**6, "b": 10**9,
        "hundred": 100, "dozen": 12,
    },
}  # fmt: skip

# Words that may stand for a number without being one; they excuse, and never accuse.
EXCUSES: dict[str, dict[str, tuple[float, ...]]] = {
    "en": {
        "a": (1,), "an": (1,), "single": (1,), "once": (1,), "sole": (1,), "opening": (1,), "twice": (2,), "both": (2,),
        "couple": (2,), "pair": (2,), "double": (2,), "doubled": (2,), "twin": (2,), "half": (0.5, 2, 6, 30, 50),
        "secondly": (2,), "seconds": (2,), "bi": (2,), "triple": (3,), "tripled": (3,), "thirds": (3,), "trio": (3,),
        "quarter": (0.25, 3, 4, 15, 25, 45), "quarters": (0.75, 3, 4, 15, 45, 75), "quartet": (4,), "fourfold": (4,),
        "fifths": (5,), "dozen": (12,), "dozens": (12,), "fortnight": (2, 14, 15), "noon": (12,), "midday": (12,),
        "midnight": (0, 12, 24), "decade": (10,), "decades": (10,), "tenths": (10,), "century": (100,),
        "centuries": (100,), "hundredth": (100,), "thousandth": (1000,), "score": (20,), "nil": (0,), "no": (0,),
        "none": (0,), "nothing": (0,), "daily": (1, 24), "week": (7, 8), "weekly": (7,), "weeks": (14, 15),
        "year": (1, 12), "clock": (24,), "twenties": (20, 1920), "thirties": (30, 1930), "forties": (40, 1940),
        "fifties": (50, 1950), "sixties": (60, 1960), "seventies": (70, 1970), "eighties": (80, 1980),
        "nineties": (90, 1990), "january": (1,), "february": (2,), "march": (3,), "april": (4,), "may": (5,),
        "june": (6,), "july": (7,), "august": (8,), "september": (9,), "october": (10,), "november": (11,),
        "december": (12,),
    },
    "fr": {
        "premier": (1,), "première": (1,), "premiers": (1,), "second": (2,), "seconde": (2,), "double": (2,),
        "demi": (0.5, 30), "demie": (0.5, 30), "quart": (0.25, 15), "midi": (12,), "minuit": (0, 12, 24),
        "dizaine": (10,), "douzaine": (12,), "quinzaine": (15,), "vingtaine": (20,), "trentaine": (30,),
        "quarantaine": (40,), "cinquantaine": (50,), "soixantaine": (60,), "centaine": (100,), "couple": (2,),
        "paire": (2,), "triple": (3,), "janvier": (1,), "février": (2,), "mars": (3,), "avril": (4,), "mai": (5,),
        "juin": (6,), "juillet": (7,), "août": (8,), "septembre": (9,), "octobre": (10,), "novembre": (11,),
        "décembre": (12,),
    },
}  # fmt: skip


def spoken(words: list[str], language: str) -> Iterator[tuple[str, int]]:
    """The numbers that a text's words (lower case, split at hyphens) say, each with its words and value."""
    known, scales = NUMBER_WORDS.get(language, {}), SCALES.get(language, {})
    said: list[str] = []
    value = 0
    for place, word in enumerate(words):
        one = known.get(word)
        if one is None and said and len(word) > 2 and word in scales and value < _LARGEST:
            said.append(word)
            value *= scales[word]
            continue
        if one is None:
            if word in ("and", "et") and said and _continues(words, place, known, value):
                continue
            if said:
                yield " ".join(said), value
                said = []
            continue
        joined = _joined(value, one) if said else one
        if joined is None:
            yield " ".join(said), value
            said, joined = [], one
        said.append(word)
        value = joined
    if said:
        yield " ".join(said), value


def _continues(words: list[str], place: int, known: dict[str, int], value: int) -> bool:
    """Whether an `and` stands inside a number: one hundred and ten, vingt et un, soixante et onze."""
    following = known.get(words[place + 1]) if place + 1 < len(words) else None
    if following is None:
        return False
    return value % 100 == 0 if words[place] == "and" else following in (1, 11)


def _joined(value: int, one: int) -> int | None:
    """The value that a number has with one more word, or None where the word begins another number."""
    thousands, rest = divmod(value, 1000)
    last = rest % 100
    if one == 1000:
        millions, below = divmod(value, 10**6)
        return millions * 10**6 + below * 1000 if 0 < below < 1000 else None
    if one == 100:
        return thousands * 1000 + rest * 100 if 0 < rest < 20 else (value + 100 if thousands and not rest else None)
    if one == 20 and last == 4:
        return value + 76  # quatre-vingts
    if _open(last, one) and value:
        return value + one
    return None


def _open(last: int, one: int) -> bool:
    """Whether a number ending so (its last two digits) can take one more word: vingt-deux, soixante-dix, cent un."""
    if last == 0:
        return True
    if last in (60, 80):
        return one < 20
    return (last >= 20 and last % 10 == 0 and one < 10) or (last == 10 and 7 <= one <= 9)


def spoken_value(text: str, language: str) -> int | None:
    """The value of a text that is one number in words; None for any other text."""
    said = list(spoken(text.lower().replace("-", " ").split(), language))
    whole = len(said) == 1 and len(said[0][0].split()) >= len(text.replace("-", " ").split()) - _links(text)
    return said[0][1] if whole else None


def _links(text: str) -> int:
    return sum(word in ("and", "et") for word in text.lower().replace("-", " ").split())


_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_english(value: int) -> str:
    """A number below a million in English words: `seventy-two`, `one thousand five hundred`."""
    if value < 20:
        return _ONES[value]
    if value < 100:
        ones = value % 10
        return _TENS[value // 10 - 2] + (f"-{_ONES[ones]}" if ones else "")
    size, name = (1000, "thousand") if value >= 1000 else (100, "hundred")
    above, below = divmod(value, size)
    joint = " and " if 0 < below < 100 else " "
    return f"{in_english(above)} {name}" + (joint + in_english(below) if below else "")
