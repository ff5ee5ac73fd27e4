"""How numbers are told to people, on pages and terminals alike."""

from __future__ import annotations


def clock(seconds: float) -> str:
    """A duration as people say it."""
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"


def count(number: int, name: str) -> str:
    """A number with its noun."""
    return f"{number:,} {name}{'' if number == 1 else 's'}"
