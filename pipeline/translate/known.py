"""Sentences that need no model: nothing at all, what is no language, the target language itself, names, known lines."""

from __future__ import annotations

import re
from functools import cache

from pipeline.languages import language_for
from pipeline.languages.small import small_words
from pipeline.text import Note, Translation
from pipeline.translate.framing import frame
from pipeline.translate.labels import known_line
from pipeline.translate.passing import is_language
from pipeline.translate.protected import amount_in

_PASSED = Note("passed-through", "not language: numbers, signs, an address or code")
_WORD = re.compile(r"[^\W\d_]+")
_NAME = (
    r"[A-ZÀ-ÖØ-Þ][\w'’.-]*(?:\s+(?:(?:de|du|des|d['’]|la|le|von|van|der|di|da|el|al|ben|bin)\s*)*[A-ZÀ-ÖØ-Þ][\w'’.-]*)+"
)
_NAMES = re.compile(rf"{_NAME}(?:\s*[,;/]\s*{_NAME}){{2,}}(?:\s*(?:,\s*)?(?:et|&)\s+{_NAME})?\.?")
_LONGEST_AMOUNT = 60  # characters of a line that may be nothing else
_LEAST_WORDS = 4  # to tell a language by
_LEAST_SMALL = 0.2  # of the words must be small words of the language


def known_translation(sentence: str, source_language: str, target_language: str) -> Translation | None:
    """The translation of a sentence that no model needs to see, with a note that says why; None for all others."""
    if not sentence.strip():
        return Translation("")
    amount = amount_in(sentence, source_language, target_language) if len(sentence) < _LONGEST_AMOUNT else None
    if amount is not None:
        return Translation(amount, notes=(Note("by-rule", "an amount"),))
    if not is_language(sentence):
        return Translation(sentence, notes=(_PASSED,))
    if _is_in(sentence, target_language, source_language):
        return Translation(sentence, notes=(Note("passed-through", f"in {target_language} already"),))
    if _NAMES.fullmatch(sentence.strip()):
        return Translation(sentence, notes=(Note("passed-through", "only names"),))
    return _by_rule(sentence, source_language, target_language)


def _by_rule(sentence: str, source_language: str, target_language: str) -> Translation | None:
    items, glue = frame(sentence)
    made = glue[0]
    for item, between in zip(items, glue[1:], strict=True):
        known = known_line(item, source_language, target_language)
        if known is None:
            return None
        made += known + between
    return Translation(made, notes=(Note("by-rule", "a heading or a label"),))


def _is_in(text: str, language: str, other: str) -> bool:
    """Whether a line is clearly in one language, and not in another: by its small words."""
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < _LEAST_WORDS:
        return False
    own = _own_words(language[:2].lower(), other[:2].lower())
    if sum(word in own for word in words) < max(2, _LEAST_SMALL * len(words)):
        return False
    foreign = _own_words(other[:2].lower(), language[:2].lower())
    return not any(word in foreign for word in words)


@cache
def _own_words(language: str, other: str) -> frozenset[str]:
    """Small words of a language that are no common words of the other."""
    known = language_for(other)
    theirs = small_words().get(other, frozenset()) | known.starters | known.dangling | known.short
    return small_words().get(language, frozenset()) - theirs
