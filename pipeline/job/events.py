"""What a run tells while it goes: how far it is, how fast, and what it noticed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

OnEvent = Callable[["Event"], None]


@dataclass(frozen=True, slots=True)
class Event:
    """One moment of a run. `done`, `total` and `remembered` count sentences, or files where `stage` writes.

    `total` is an estimate while files are still unread; `rate` is per second, `left` in seconds, 0 while unknown.
    `flags` counts warnings so far. `note` says what no number can.
    """

    stage: str
    done: int = 0
    total: int = 0
    rate: float = 0.0
    left: float = 0.0
    remembered: int = 0
    flags: int = 0
    document: str = ""
    note: str = ""

    def __str__(self) -> str:
        """One line for people."""
        parts = [self.stage]
        if self.total:
            parts.append(f"{self.done:,} of {self.total:,}")
        if self.rate:
            parts.append(f"{self.rate:,.1f}/s" if self.rate < 10 else f"{self.rate:,.0f}/s")
        if self.left:
            parts.append(f"{_clock(self.left)} left")
        if self.remembered:
            parts.append(f"{self.remembered:,} remembered")
        if self.flags:
            parts.append(f"{self.flags:,} flagged")
        return "  ".join([*parts, *filter(None, (self.document, self.note))])


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
