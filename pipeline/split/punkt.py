"""nltk's Punkt, loaded when a text is split: its classes of tokens, and its parameters as they were learned."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipeline.languages.words import language_for

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktParameters, PunktToken  # type: ignore[import-untyped]


@cache
def parameters_of(code: str) -> PunktParameters:
    """What Punkt learned of a language, and our own abbreviations (Kiss & Strunk 2006)."""
    from nltk.tokenize.punkt import PunktParameters

    learned, made = language_for(code).punkt, PunktParameters()
    made.abbrev_types = set(learned.abbreviations)
    made.sent_starters = set(learned.starters)
    made.collocations = set(learned.collocations)
    return made


def token_of(text: str) -> PunktToken:
    """A word before a full stop, in the classes of Punkt: an initial, a number, an ellipsis, a plain word."""
    from nltk.tokenize.punkt import PunktToken

    return PunktToken(f"{text}.")
