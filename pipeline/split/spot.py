"""A place that might end a sentence, with the bounded windows to its left and right that rules look at."""

from __future__ import annotations

import re

from pipeline.languages.words import Language

SPACE = "[ \u00a0\u202f\u2009]"  # a space inside a line; French puts one before ! ? » and after «
DASHES = "—–―-"
WINDOW = 48  # characters a rule may look back; no French word is longer, and it keeps the scan linear

_RIGHT = re.compile(
    rf"((?:[«“„‟\"'‘’(\[{{<¿¡*_#]+{SPACE}?|[{DASHES}]+{SPACE}?){{0,6}})(?:(\d{{1,40}})|([^\W\d_]{{1,40}}))?"
)
_APOSTROPHES = ("'", "’")
_OPENERS = "«“„\"'‘’([{*_¿¡"


class Spot:
    """One candidate: a run of marks at `at`, closed at `end`, followed by text at `next`.

    `left` is the word before the run (openers and elision stripped), `opening` and `word` what comes after, and
    `case` is how that begins: upper, lower, digit, or other. `limit` is where the line unit ends.
    """

    __slots__ = (
        "at", "before", "case", "closers", "end", "gap", "language", "left", "limit",
        "mark", "next", "opening", "start", "text", "unit", "word", "word_end",
    )  # fmt: skip

    def __init__(
        self, text: str, start: int, cuts: tuple[int, int, int, int], bounds: tuple[int, int], language: Language
    ) -> None:
        self.text, self.start, self.language = text, start, language
        self.at, run_end, self.end, self.next = cuts
        self.unit, self.limit = bounds
        self.mark = "".join(text[self.at : run_end].split())
        self.closers = text[run_end : self.end].strip()
        self.gap = self.next > self.end
        self.left, self.before = self._look_left()
        self._look_right()

    def _look_left(self) -> tuple[str, str]:
        tokens = self.text[max(self.start, self.at - WINDOW) : self.at].rsplit(None, 2)
        if not tokens:
            return "", ""
        left = tokens[-1].lstrip(_OPENERS)
        for apostrophe in _APOSTROPHES:
            head, _, tail = left.partition(apostrophe)
            if tail and head.lower() in self.language.elisions:
                left = tail
        return left, tokens[-2].lstrip(_OPENERS) if len(tokens) > 1 else ""

    def _look_right(self) -> None:
        match = _RIGHT.match(self.text, self.next, self.limit)
        self.opening = match[1] if match else ""
        self.word = (match[2] or match[3] or "") if match else ""
        self.word_end = match.end() if match else self.next
        self.case = _case(self.word, self.text[self.word_end : self.word_end + 1])

    def move(self, end: int, next_at: int) -> None:
        """Close the sentence at `end` instead, because a quotation mark before `next_at` turned out to close."""
        self.closers += self.text[self.end : end].strip()
        self.end, self.next, self.gap = end, next_at, next_at > end
        self._look_right()

    @property
    def char(self) -> str:
        """The character that follows."""
        return self.text[self.next : self.next + 1]

    @property
    def after_word(self) -> str:
        """The character after the word that follows."""
        return self.text[self.word_end : self.word_end + 1]

    @property
    def dashed(self) -> bool:
        """Whether a dash opens what follows."""
        return any(dash in self.opening for dash in DASHES)

    @property
    def starts(self) -> bool:
        """Whether what follows can hardly be a name: it often begins sentences, or is an elided article."""
        low = self.word.lower()
        if self.after_word in _APOSTROPHES and self.after_word:
            return low in self.language.elisions or low in self.language.starters or low + "'" in self.language.starters
        return low in self.language.starters and self.after_word != "-"

    @property
    def so_far(self) -> str:
        """The sentence so far, if it is short enough to be a marker; else an empty string."""
        return self.text[self.start : self.at] if self.at - self.start <= WINDOW else ""

    def following_words(self, count: int) -> list[str]:
        """The next few words, bounded."""
        return self.text[self.next : min(self.limit, self.next + 3 * WINDOW)].split(None, count)[:count]


def _case(word: str, following: str) -> str:
    if not word:
        return "other"
    first = word[0]
    if first.isdigit():
        return "digit"
    if not first.islower():
        return "upper"  # letters without case (Arabic, Chinese) begin sentences too
    return "upper" if len(word) > 1 and word[1].isupper() else "lower"  # iPhone, eBay
