"""All checks in one table: what each means, where its threshold comes from, and how it is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.check.coverage import added, omitted
from pipeline.check.facts import amount, brackets, code, currency, half_of_day, letters, name, said_twice
from pipeline.check.invented import invented
from pipeline.check.language import cut, untranslated, wrong_language
from pipeline.check.made import either, noted, terms_missing
from pipeline.check.marks import email_lost, emoji_lost, quotes_unbalanced, url_lost
from pipeline.check.measures import sign, unit
from pipeline.check.numbers import numbers_lost
from pipeline.check.pair import Pair
from pipeline.check.repetition import doubled, empty, loop, repetitive, too_long, too_short
from pipeline.text import Severity


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its flag's name and severity, its threshold, what it means, and the source of method and threshold.

    `remedy` is what a person can do. A `late` check asks for no other try. `find` takes the pair and the
    threshold and gives the flag's detail, or None where nothing is wrong.
    """

    name: str
    severity: Severity
    threshold: float
    meaning: str
    source: str
    find: Callable[[Pair, float], str | None]
    remedy: str = "Look at the sentence; correct it, and import the correction."
    late: bool = False


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
        "invented-word", "warning", 4,
        "a machine's translation has a word of so many letters that English has not: `peinture`, painture",
        "our own rule: a list of forms and what endings make of them; names and words of the source are none", invented,
    ),
    Check(
        "cut", "warning", 4,
        "decoding reached its limit; or of so many words the last cannot end a sentence, and the source's does",
        "our own rule: articles, prepositions and conjunctions", either(noted("cut"), cut),
    ),
    Check(
        "omitted", "warning", 2.5,
        "words of the source, about so many in a row, have no counterpart in the target: a clause may be missing",
        "word links (French and English), Kadane's highest sum of a run, less what the target lacks too; 7 in 1,000 "
        "human pairs have it",
        omitted, late=True,
    ),
    Check(
        "added", "warning", 3.0,
        "words of the target, about so many in a row, have no counterpart in the source",
        "as omitted; free translations of novels do add: 2 in 100 of theirs have it, news hardly any", added, late=True,
    ),
    Check(
        "numbers", "warning", _NONE,
        "a number of the source has no form in the target: digits, words, Roman, ordinal, 12 or 24 hours, scale",
        "our own rules, kept lenient: one accepted form is enough", numbers_lost,
    ),
    Check(
        "amount", "warning", _NONE,
        "an amount with decimals or a scale (12,50; 3,2 milliards) has not the same value in the target",
        "our own rule; figures only, either language's separators", amount,
    ),
    Check(
        "currency", "warning", _NONE,
        "a currency of the source is not in the target, or another stands in its place",
        "our own rule", currency,
    ),
    Check(
        "sign", "warning", _NONE,
        "a number below zero (−5) has in the target no sign, nor a word such as minus or below",
        "our own rule", sign,
    ),
    Check(
        "unit", "warning", _NONE,
        "a unit beside a number (12 km) is in the target neither in symbols nor in words, or is of another size",
        "our own rule; units of one dimension count as one, for people convert them", unit,
    ),
    Check(
        "half-of-day", "warning", _NONE,
        "a time comes out in the other half of the day (5h45 as 5:45 p.m.)",
        "our own rule", half_of_day,
    ),
    Check(
        "code", "warning", _NONE,
        "placeholders, tags and code are not the same on both sides",
        "they are not translated", code,
    ),
    Check(
        "letters", "warning", _NONE,
        "a broken character, or letters of a script that the source has not",
        "the usual sign of a vocabulary that lacks a character", letters,
    ),
    Check(
        "name", "warning", _NONE,
        "of a name of several words the target has none, accents and endings aside",
        "our own rule", name,
    ),
    Check(
        "brackets", "info", _NONE,
        "what stood in brackets may be lost: the target has none, nor dashes nor commas in their place",
        "our own rule", brackets,
    ),
    Check(
        "said-twice", "warning", 3,
        "a run of this many words or more stands twice in a row, and not so in the source",
        "the beginning of a loop: the status of the status of", said_twice,
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
        "term-inserted", "info", _NONE,
        "the model did not use the glossary's word: it was set aside before the model and put in its place",
        "the translator's note", noted("term-inserted"), "Read the sentence: the words around it may want a change.",
    ),
    Check(
        "piece-lost", "warning", _NONE,
        "something set aside before the model (a number, a placeholder, code) did not come through exactly once",
        "everything set aside must come back", noted("piece-lost"),
    ),
    Check(
        "by-rule", "info", _NONE,
        "a heading, a label or an amount: translated by a table, not by the model",
        "the translator's note", noted("by-rule"), "Nothing; look at it if in doubt.",
    ),
    Check(
        "passed-through", "info", _NONE,
        "kept as it is: no language (numbers, signs, addresses, code), only names, or the target language already",
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
        "leverage", "info", _NONE,
        "taken from a client's translation memory, which holds this sentence",
        "the translator's note", noted("leverage"), "Nothing; look at it if in doubt.",
    ),
    Check(
        "fuzzy-match", "info", _NONE,
        "translated by the model; a client's translation memory holds a sentence like it",
        "rapidfuzz's likeness of letters, at least 75 percent, as CAT tools have it", noted("fuzzy-match"),
        "Compare with the client's wording, shown in the flag and in XLIFF.",
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
