"""The small words of each language, a list a folder: counted, they tell European languages apart.

Ingle's and Grefenstette's small-word test: Grefenstette 1995, "Comparing two language identification schemes".
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HOME = Path(__file__).parent


@cache
def small_words() -> dict[str, frozenset[str]]:
    """The commonest words of each language that few others share, by its code."""
    lists = sorted(_HOME.glob("*/small.txt"))
    return {path.parent.name: _words(path.read_text(encoding="utf-8")) for path in lists}


def _words(text: str) -> frozenset[str]:
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())
