"""Facts broken on purpose: the share that the checks find, class by class, and false alarms on people's translations.

    python tests/bench/bench_checks.py [--held] [--pairs SOURCE TARGET]… [--show CLASS]

Right translations are the product's own of the sentences of `facts_sentences.py`, where the fact is intact; a fault of
each class is made in all of them that have what it breaks. `new` flags are those that the right translation had not.
SOURCE and TARGET are files of aligned lines; alarms are counted for the checks that faults are made for.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

from bench_facts import is_intact
from facts_sentences import facts

from pipeline import translate_sentences
from pipeline.check import judge_for

CHECKS = frozenset({
    "amount", "currency", "sign", "unit", "half-of-day", "code", "letters", "name", "brackets", "said-twice",
})  # fmt: skip
_CURRENCIES = str.maketrans({"€": "$", "$": "£", "£": "€"})
_OTHER_SCALE = {"billion": "million", "million": "billion", "thousand": "million"}
_OTHER_UNIT = {"km": "kg", "kg": "km", "m": "mm", "cm": "m", "km/h": "kg", "m²": "kg", "°C": "kg", "GB": "MB"}


def _sub(pattern: str, made: str | Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    """A fault made by one replacement."""
    return lambda text: re.sub(pattern, made, text, count=1)


def _once_more(text: str) -> str:
    """The text with its first words, three at least, said again."""
    found = re.match(r"\W*(?:[^\W_]+(?:\W+|$)){3}(?<=\s)(?=.)", text)
    return found[0] + text if found else text


FAULTS: dict[str, tuple[Callable[[str], str], str]] = {  # what breaks a target, and what sources it is for
    "digit lost": (_sub(r"(?<=\d)\d(?=\D|$)", ""), r"\d{2}"),
    "digit changed": (_sub(r"\d(?=\D|$)", lambda one: str((int(one[0]) + 3) % 10)), r"\d{2}"),
    "decimal point": (_sub(r"(\d)\.(\d{1,2})(?!\d|\.)", r"\1\2"), r"\d,\d{1,2}(?!\d)"),
    "thousands lost": (_sub(r"(\d),\d{3}(?!\d)", r"\1"), r"\d[ \u00a0\u202f]\d{3}"),
    "currency": (lambda text: text.translate(_CURRENCIES), r"\d.{0,3}[€$£]"),
    "scale": (_sub(r"(?<=\d )(?:million|billion|thousand)", lambda one: _OTHER_SCALE[one[0]]), r"\d.*(?:Md|mill)"),
    "sign": (_sub(r"(?<!\w)[-−](?=[\d€])", ""), r"(?<!\S)[-−]\d"),
    "unit": (_sub(r"(?<=\d )(?:km/h|km|kg|cm|m²|m|°C|GB)\b", lambda one: _OTHER_UNIT[one[0]]), r"\d"),
    "unit lost": (_sub(r"(?<=\d) (?:km/h|km|kg|cm|m²|GB)(?!\w)", ""), r"\d"),
    "half of day": (_sub(r"(?<![\d:])(\d:\d\d)(?![\d:])(?! ?[ap])", r"\1 p.m."), r"(?<!\d)0?[1-9] ?h"),
    "number word": (_sub(r"(?i)\b(?:seven|nine|six|four)teen\b|\bninety\b", "thirty-one"), r"(?i)dix-|quatorze|seize"),
    "placeholder lost": (_sub(r"%\d*\$?[sd]|\{+\w*\}+", ""), r"%\d*\$?[sd]|\{+\w*\}+"),
    "placeholder changed": (_sub(r"%s|\{(?=\w)", "{{"), r"%s|\{\w"),
    "tag lost": (_sub(r"</\w+>", ""), r"</\w+>"),
    "emoji lost": (_sub("[\U0001f300-\U0001faff]", ""), "[\U0001f300-\U0001faff]"),
    "broken character": (_sub(r"[aeiou]", "\ufffd"), r"[éèêàŒ]"),
    "other script": (_sub(r"\b[a-z]{4,}\b", "слово"), r"^[\x00-\u0200]+$"),
    "address": (_sub(r"(?<=\w)\.(?:fr|com|org|net)\b", ".xx"), r"https?://|@\w+\.|www\."),
    "said twice": (_once_more, r"(?:\S+ ){4}"),
}


def main() -> None:
    """Print a row a class of faults, and the alarms on people's translations."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held", action="store_true", help="the half that was kept apart")
    parser.add_argument("--pairs", nargs=2, type=Path, action="append", default=[], metavar=("SOURCE", "TARGET"))
    parser.add_argument("--show", default="", help="print the faults of a class, or of `all`, that are not found")
    options = parser.parse_args()
    judge = judge_for("fr", "en")
    chosen = [fact for fact in facts() if fact.held == options.held]
    made = [one.text for one in translate_sentences([fact.source for fact in chosen])]
    right = [(fact.source, text) for fact, text in zip(chosen, made, strict=True) if is_intact(fact, text)]
    found: dict[str, list[bool]] = defaultdict(list)
    for source, target in right:
        before = Counter((flag.name, flag.detail) for flag in judge(source, target))
        for kind, (break_, where) in FAULTS.items():
            broken = break_(target)
            if broken == target or not re.search(where, source):
                continue
            after = Counter((flag.name, flag.detail) for flag in judge(source, broken))
            found[kind].append(bool(after - before))
            if not found[kind][-1] and options.show in (kind, "all"):
                print(f"{kind}: {source}\n    {broken}")
    print(f"{'fault':<20}{'made':>6}{'found':>7}")
    for kind in FAULTS:
        print(f"{kind:<20}{len(found[kind]):>6}{_share(found[kind]):>7}")
    print(f"{'all':<20}{sum(map(len, found.values())):>6}{_share([one for ones in found.values() for one in ones]):>7}")
    for source, target in options.pairs:
        pairs = list(zip(*(path.read_text(encoding="utf-8").splitlines() for path in (source, target)), strict=True))
        alarms = [CHECKS & {flag.name for flag in judge(*pair)} for pair in pairs]
        print(f"{source.name}: false alarms in {sum(map(bool, alarms))} of {len(pairs)}")


def _share(found: list[bool]) -> str:
    return f"{sum(found) / len(found):.0%}" if found else "-"


if __name__ == "__main__":
    main()
