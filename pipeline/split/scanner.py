"""Finds every place that might end a sentence and asks the rules: one pass, linear in the text's length."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.languages.words import Language
from pipeline.split.rules import RULES
from pipeline.split.spot import SPACE, Spot

PLAIN = "plain-full-stop"  # the quick answer for the ordinary full stop between a plain word and a capital

_EMOJI = "[\U0001f000-\U0001faff☀-⛿❤✅✨❌❓❗\ufe0f\u200d]"
_SMILEY = r"(?<=\s)[:;]-?[)(DP](?=\s+[A-ZÀ-Þ])"  # where no mark stands before it: `I love it :D Best purchase ever`
_MARKS = rf"[.!?…‥。！？]+(?:{SPACE}(?:[!?…]+|\.+)(?![\w.]))*"  # in French with spaces between: `la mère ! …`
_CLOSERS = "|".join(
    (
        rf"{SPACE}?[»”›)\]}}]",
        r"""["'’“*_]+(?=[\s,;:.!?…»”’)\]"']|\Z)""",  # these open as well: closing with no space before and one after
        r"(?<=[^\W\dA-Z_]{4}[.!?…])\d{1,2}(?=\s+[A-ZÀ-Þ«])|\(\d{1,2}\)(?=\s)|\[\d{1,3}\]|[¹²³⁰⁴-⁹]+",  # notes
        rf"{SPACE}?{_EMOJI}+|{SPACE}?[:;]-?[)(DP](?=\s|\Z)",  # a smiley goes with the sentence it comments
    )
)
_TERMINAL = re.compile(rf"(?:{_MARKS}|{_SMILEY})()(?:{_CLOSERS})*()\s*")
_OPEN_UNSPACED = frozenset('«“"([—–')

Judged = tuple[int, int, str, bool]


def scan(text: str, start: int, limit: int, language: Language) -> Iterator[Judged]:
    """Yield (end, next start, rule, whether it ends) for each candidate in text[start:limit] that was weighed."""
    guarded, unit = language.guarded, start
    for match in _TERMINAL.finditer(text, start, limit):
        if match.start() < start:  # a rule took this mark into the sentence before
            continue
        follows = match.end()
        if follows >= limit:
            return
        end, at, char = match.end(2), match.start(), text[follows]
        if end == follows and not (char.isupper() or char in _OPEN_UNSPACED or text[at] in "。！？"):
            continue
        if end == at + 1 and char.isupper() and end != follows and text[at] == ".":
            word = text[max(start, at - 24) : at].rpartition(" ")[2]
            if len(word) > 4 and word.isalpha() and word.lower() not in guarded and not word.isupper():
                yield end, follows, PLAIN, True
                start = follows
                continue
        spot = Spot(text, start, (at, match.end(1), end, follows), (unit, limit), language)
        name, ends = judge(spot)
        if ends:
            start = spot.next
        yield spot.end, spot.next, name, ends


def judge(spot: Spot) -> tuple[str, bool]:
    """The first rule that answers, and its answer."""
    for rule in RULES:
        answer = rule.decide(spot)
        if answer is not None:
            return rule.name, answer
    return "no-rule", False
