"""What a reader leaves out, told piece by piece: where it stands, what it is, why, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.text import Flag, Severity

MOST = 50  # pieces of one kind that are quoted in one file; the others are counted
LONGEST = 500  # characters that are quoted of a piece


@dataclass(slots=True)
class LeftOut:
    """Gathers what a reader leaves out of one file, in order; `flags` quote it.

    What has no letter or figure is not told: nobody misses a line that only draws.
    """

    _told: list[tuple[str, str, str, Severity]] = field(default_factory=list)  # what, place, text, severity

    def add(self, what: str, text: str, place: str = "", severity: Severity = "info") -> None:
        """Note a piece: what it is and why it is left out, its text, and where in the file it stands."""
        plain = " ".join(text.split())
        if any(c.isalnum() for c in plain):
            self._told.append((what, place, plain, severity))

    def flags(self) -> tuple[Flag, ...]:
        """A flag a piece; of a kind of which there are too many, the rest in one flag."""
        flags: list[Flag] = []
        beyond: dict[tuple[str, Severity], list[int]] = {}
        counts: dict[str, int] = {}
        for what, place, text, severity in self._told:
            counts[what] = counts.get(what, 0) + 1
            if counts[what] > MOST:
                beyond.setdefault((what, severity), []).append(len(text))
                continue
            where = f"{place}: " if place else ""
            flags.append(Flag("left-out", severity, f"{where}{what}: {quoted(text)}"))
        for (what, severity), lengths in beyond.items():
            detail = f"{what}: {len(lengths):,} more, of {sum(lengths):,} characters"
            flags.append(Flag("left-out", severity, detail))
        return tuple(flags)


def quoted(text: str) -> str:
    """A text as a flag quotes it: on one line, a very long one cut."""
    plain = " ".join(text.split())
    return f"“{plain}”" if len(plain) <= LONGEST else f"“{plain[:LONGEST]}…” ({len(plain):,} characters)"


def counted(counts: Mapping[str, int]) -> tuple[Flag, ...]:
    """Flags for what has no words of its own (drawings, codes): how many of each there are."""
    return tuple(Flag("left-out", "info", f"{what}: {count}") for what, count in sorted(counts.items()) if count)
