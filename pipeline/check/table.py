"""All checks in one table: what each means, where its threshold comes from, and how it is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.check.language import cut, untranslated, wrong_language
from pipeline.check.made import either, noted, terms_missing
from pipeline.check.marks import email_lost, emoji_lost, quotes_unbalanced, url_lost
from pipeline.check.numbers import numbers_lost
from pipeline.check.pair import Pair
from pipeline.check.repetition import doubled, empty, loop, repetitive, too_long, too_short
from pipeline.text import Severity


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its flag's name and severity, its threshold, what it means, and the source of method and threshold.

    `remedy` is what a person can do. `find` takes the pair and the threshold and gives the flag's detail, or None where
    nothing is wrong.
    """

    name: str
    severity: Severity
    threshold: float
    meaning: str
    source: str
    find: Callable[[Pair, float], str | None]
    remedy: str = "Look at the sentence; correct it, and import the correction."


_NONE = 0.0  # a check that either finds its thing or does not

CHECKS: tuple[Check, ...] = (
    Check(
        "empty", "warning", _NONE,
        "one side is empty and the other is not",
        "sentences in = sentences out", empty,
    ),
    Check(
        "loop", "warning", 3,
        "a run of 1-12 words stands this many times in a row (one word: once more), and not so in the source",
        "the usual sign of degenerate decoding (Holtzman et al. 2020, Neural Text Degeneration)", loop,
    ),
    Check(
        "doubled", "warning", _NONE,
        "the target is one run of words said twice, and has more words than the source",
        "what a small model makes of a lone word: `fermé`, closed closed; none of 1,500 news reference pairs has it",
        doubled,
    ),
    Check(
        "repetitive", "warning", 2.4,
        "the target compresses by zlib more than this, and half as much again as its source",
        "threshold and method of Whisper's fallback (Radford et al. 2022, section 4.5)", repetitive,
    ),
    Check(
        "too-long", "warning", 1.6,
        "more target characters than this times the source's, plus 20",
        "length ratios as in Gale and Church 1993; the furthest of 1,500 news reference pairs has 1.13", too_long,
    ),
    Check(
        "too-short", "warning", 0.5,
        "fewer target characters than this times the source's, less 12",
        "length ratios as in Gale and Church 1993; the furthest of 1,500 news reference pairs has 0.64", too_short,
    ),
    Check(
        "untranslated", "warning", 0.7,
        "at least this share of the source's words stands in the target, and its small words are the source language's",
        "copies are the commonest noise of parallel data (Khayrallah and Koehn 2018)", untranslated,
    ),
    Check(
        "wrong-language", "warning", 2.0,
        "a third language has this many times the target language's small words, or letters of another script",
        "small-word language identification (Grefenstette 1995)", wrong_language,
    ),
    Check(
        "cut", "warning", 4,
        "decoding reached its limit; or of so many words the last cannot end a sentence, and the source's does",
        "our own rule: articles, prepositions and conjunctions", either(noted("cut"), cut),
    ),
    Check(
        "numbers", "warning", _NONE,
        "a number of the source has no form in the target: digits, words, Roman, ordinal, 12 or 24 hours, scale",
        "our own rules, kept lenient: one accepted form is enough", numbers_lost,
    ),
    Check(
        "url", "warning", _NONE,
        "a web address of the source is not in the target letter by letter",
        "addresses are not translated", url_lost,
    ),
    Check(
        "email", "warning", _NONE,
        "an e-mail address of the source is not in the target letter by letter",
        "addresses are not translated", email_lost,
    ),
    Check(
        "quotes", "info", _NONE,
        "quotation marks are balanced in the source and not in the target",
        "our own rule", quotes_unbalanced,
    ),
    Check(
        "emoji", "info", _NONE,
        "an emoji of the source is not in the target",
        "our own rule", emoji_lost,
    ),
    Check(
        "term-missing", "warning", _NONE,
        "the target does not call a term of the source as the glossary says",
        "the user's glossary", terms_missing, "Correct the sentence, or allow another target (`a | b`).",
    ),
    Check(
        "passed-through", "info", _NONE,
        "no language (numbers, signs, an address, code, metadata): kept as it is",
        "the translator's note", noted("passed-through"), "Nothing; look at it if in doubt.",
    ),
    Check(
        "recased", "info", _NONE,
        "all capitals: translated in sentence case, and put in capitals again",
        "the translator's note", noted("recased"), "Nothing; look at it if in doubt.",
    ),
    Check(
        "split-long", "info", _NONE,
        "too long for the model: cut at clauses, translated in parts and joined",
        "the translator's note", noted("split-long"), "Nothing; look at it if in doubt.",
    ),
    Check(
        "retried", "info", _NONE,
        "the first try had a warning, and others were made; the best is kept",
        "the translator's note", noted("retried"), "Nothing; look at it if in doubt.",
    ),
    Check(
        "unpaired", "info", _NONE,
        "the other side has nothing for this",
        "the aligner's pairing", noted("unpaired"),
    ),
)  # fmt: skip
NOTED: dict[str, Check] = {check.name: check for check in CHECKS}
PASSED = "passed-through"
UNPAIRED = NOTED["unpaired"]
