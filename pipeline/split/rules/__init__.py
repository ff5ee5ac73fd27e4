"""The rules in the order in which they are asked; the first that answers decides."""

from __future__ import annotations

from pipeline.split.rule import Rule
from pipeline.split.rules import abbreviations, dialogue, marks, numbers, quotes, sentence, spacing

RULES: tuple[Rule, ...] = (
    sentence.nothing_yet,
    sentence.wide_mark,
    quotes.straight_quote,
    spacing.missing_space,
    sentence.punctuation_goes_on,
    sentence.bracketed_mark,
    numbers.marker_ahead,
    marks.brand,
    quotes.named_speaker,
    quotes.closed_then_lower,
    quotes.source_in_brackets,
    dialogue.item_dash,
    dialogue.dash_then_lower,
    marks.smiley,
    marks.forgotten_capital,
    marks.mark_then_lower,
    marks.called_after_interjection,
    marks.ellipsis_then_number,
    marks.dangling_ellipsis,
    marks.strong_mark,
    sentence.closed_sentence,
    abbreviations.collocation,
    numbers.numbered_marker,
    numbers.label,
    numbers.ordinal,
    abbreviations.expression,
    abbreviations.unit,
    abbreviations.listed,
    abbreviations.acronym,
    abbreviations.initial,
    abbreviations.stop_then_lower,
    abbreviations.no_vowel,
    numbers.number_pair,
    sentence.full_stop,
)
