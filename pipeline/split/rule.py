"""What a rule is: a short function that says whether a sentence ends, and the class of phenomena it serves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.split.spot import Spot

Decide = Callable[[Spot], bool | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """`decide` answers True (a sentence ends), False (it goes on) or None (not my case).

    In `example`, a text of `language`, `|` marks the ends, and `^` those where no space follows.
    """

    name: str
    decide: Decide
    serves: str
    example: str
    source: str
    language: str = "fr"


def rule(serves: str, example: str, source: str = "typography", language: str = "fr") -> Callable[[Decide], Rule]:
    """Name a function a rule, with its class, an example and where it comes from."""

    def name_it(decide: Decide) -> Rule:
        return Rule(decide.__name__.replace("_", "-"), decide, serves, example, source, language)

    return name_it
