"""Words that keep their hyphen where a line ends after it, in each language's folder."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HOME = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Hyphens:
    """Words in lower case that stand before a hyphen (`sous`), and after one (`elle`)."""

    heads: frozenset[str]
    tails: frozenset[str]


@cache
def hyphens_of(language: str) -> Hyphens:
    """Those of a language such as `fr` or `fr-CA`; none for one that has no table."""
    path = _HOME / language.lower().replace("_", "-").partition("-")[0] / "hyphens.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return Hyphens(*(frozenset(str(table.get(name, "")).split()) for name in ("heads", "tails")))
