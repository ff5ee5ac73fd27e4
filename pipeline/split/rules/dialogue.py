"""Rules for dialogue written with dashes."""

from __future__ import annotations

from pipeline.split.rule import rule
from pipeline.split.spot import Spot


@rule("list items", "Prévenez votre médecin. | - si vous êtes allergique. | - si vous toussez.")
def item_dash(spot: Spot) -> bool | None:
    """A hyphen after a full stop opens the next item of a list that lost its lines."""
    if spot.mark != "." or spot.case != "lower" or not spot.opening.startswith(("- ", "– ", "-\u00a0", "–\u00a0")):
        return None
    return True if len(spot.left) > 3 and not spot.language.class_of(spot.left) else None


@rule("dialogue", "— Eh bien ! – dit-il – partons. | — Oui.")
def dash_then_lower(spot: Spot) -> bool | None:
    """A dash before a small letter opens an aside; one before a capital gives another speaker the word."""
    return False if spot.case == "lower" and spot.dashed else None
