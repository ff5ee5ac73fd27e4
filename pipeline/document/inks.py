"""From the characters of a file to those of a block: the same letters, but for what a reader leaves out or changes."""

from __future__ import annotations

from difflib import SequenceMatcher

from pipeline.text import Span

_LONGEST = 20_000  # characters that are compared one by one


class Fitted:
    """Places in a block's text, by how many characters that are no white space come before them in the file.

    `fits` is False where too little of the two is the same for anything to be put in its place.
    """

    def __init__(self, raw: str, text: str) -> None:
        self._at = [place for place, one in enumerate(text) if not one.isspace()]
        self.text = text
        shown = "".join(text[place] for place in self._at)
        self.raw = raw
        if raw == shown:
            self._low: list[int] = list(range(len(raw)))
            self._high = [place + 1 for place in self._low]
            self.fits = True
        else:
            self._match(raw, shown)
        self._shown = shown

    def span(self, start: int, end: int) -> Span | None:
        """Where characters `start` to `end` of the file stand in the text; None for those left out of it."""
        if start >= end or self._low[start] >= self._high[end - 1]:
            return None
        return Span(self._at[self._low[start]], self._at[self._high[end - 1] - 1] + 1)

    def point(self, number: int, *, touches: bool) -> int:
        """A place between two characters: right after the one before if it touches that, else before the next."""
        low = self._low[number] if number < len(self._low) else len(self._at)
        if touches and low:
            return self._at[low - 1] + 1
        return self._at[low] if low < len(self._at) else len(self.text)

    def same(self, start: int, end: int) -> bool:
        """Whether a stretch of the file reads the same in the text."""
        return start >= end or self.raw[start:end] == self._shown[self._low[start] : self._high[end - 1]]

    def _match(self, raw: str, shown: str) -> None:
        self._low, self._high = [], []
        matcher = SequenceMatcher(None, raw[:_LONGEST], shown[:_LONGEST], autojunk=False)
        for what, start, end, first, last in matcher.get_opcodes():
            if what == "equal":
                self._low += range(first, last)
                self._high += range(first + 1, last + 1)
            elif what != "insert":
                self._low += [first] * (end - start)
                self._high += [last] * (end - start)
        rest = len(raw) - len(self._low)
        self._low += [len(shown)] * rest
        self._high += [len(shown)] * rest
        self.fits = not rest and matcher.ratio() > 0.5
