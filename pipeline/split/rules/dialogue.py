"""Rules for dialogue written with dashes."""

from __future__ import annotations

from pipeline.split.rule import rule
from pipeline.split.spot import Spot


@rule("dialogue", "— Eh bien ! – dit-il – partons. | — Oui.")
def dash_then_lower(spot: Spot) -> bool | None:
    """A dash before a small letter opens an aside; one before a capital gives another speaker the word."""
    return False if spot.case == "lower" and spot.dashed else None
