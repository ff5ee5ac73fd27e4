"""Changes to a text, and where what stood in it stands after them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`text` in place of the characters from `start` to before `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A changed text; edits lie apart from each other, in order."""

    text: str
    edits: tuple[Edit, ...]
    shifts: tuple[int, ...]  # how far a place after so many edits has moved

    def place(self, old: int) -> int:
        """Where a place of the former text is now; one within a change is where the change begins."""
        at = bisect_right(self.edits, old, key=lambda edit: edit.start)
        if at and old < self.edits[at - 1].end:
            return self.edits[at - 1].start + self.shifts[at - 1]
        return old + self.shifts[at]


def edited(text: str, edits: Iterable[Edit]) -> Edited:
    """A text with all edits done; of two that overlap the first is."""
    parts, shifts, done, at = [], [0], [], 0
    for edit in sorted(edits):
        if edit.start < at:
            continue
        parts += [text[at : edit.start], edit.text]
        shifts.append(shifts[-1] + len(edit.text) - (edit.end - edit.start))
        done.append(edit)
        at = edit.end
    return Edited("".join([*parts, text[at:]]), tuple(done), tuple(shifts))
