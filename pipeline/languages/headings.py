"""Words of headings, in each language's folder: a heading is one whatever language the rest of the text is in."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HOME = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class HeadingWords:
    """Words in lower case: of divisions (`chapter`), openings (`preface`), numbers (`first`), and whole titles."""

    divisions: frozenset[str]
    openings: frozenset[str]
    numbers: frozenset[str]
    contents: frozenset[str]


@cache
def heading_words() -> HeadingWords:
    """The words of all languages that have a table."""
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_HOME.glob("*/headings.toml"))]
    divisions, openings, numbers = (
        frozenset(word for table in tables for word in table[name].split())
        for name in ("divisions", "openings", "numbers")
    )
    return HeadingWords(divisions, openings, numbers, frozenset(one for table in tables for one in table["contents"]))
