"""What a reader of the page may choose for the eye: one table, that the page's panel and its scripts are made of."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting with its values and their words; the first value is the usual one, and is an attribute of no page."""

    name: str
    title: str
    values: tuple[tuple[str, str], ...]
    folded: bool = False  # under "More"


CHOICES: tuple[Choice, ...] = (
    Choice("theme", "Colours", (("auto", "Auto"), ("light", "Light"), ("sepia", "Sepia"), ("dark", "Dark"))),
    Choice("width", "Width", (("medium", "Medium"), ("narrow", "Narrow"), ("wide", "Wide"))),
    Choice("sides", "Show", (("both", "Both"), ("source", "Original"), ("target", "Translation"))),
    Choice("first", "Order", (("source", "Original first"), ("target", "Translation first")), folded=True),
    Choice("blur", "Blur", (("none", "Nothing"), ("target", "Translation"), ("source", "Original")), folded=True),
    Choice("font", "Font", (("serif", "Serif"), ("sans", "Sans serif")), folded=True),
    Choice("leading", "Lines", (("normal", "Normal"), ("close", "Close"), ("loose", "Loose")), folded=True),
    Choice("set", "Edges", (("ragged", "Ragged"), ("justified", "Justified")), folded=True),
    Choice("words", "Words", (("on", "Light up"), ("off", "Off")), folded=True),
    Choice("keys", "Shortcuts", (("on", "On"), ("off", "Off")), folded=True),
)


def as_json() -> str:
    """The values by name, as a script reads them."""
    return json.dumps({one.name: [value for value, _ in one.values] for one in CHOICES}, separators=(",", ":"))
