"""What a person does to a pair: its texts, what they think of it, what belongs together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pipeline.review.pairing import PAIRING
from pipeline.review.pairs import Sheet
from pipeline.review.steps import Hand, Refused, Step, decision_on, instead
from pipeline.revision import Decision
from pipeline.revision.applying import text_of


def act(sheet: Sheet, k: int, what: str, given: dict[str, Any], hand: Hand) -> Step:
    """What a person's action on the pair at `k` comes to; raises Refused."""
    if what in PAIRING:
        return PAIRING[what](sheet, k, given, hand)
    decision = _CHANGES[what](sheet, k, decision_on(sheet, k, hand), given) if what in _CHANGES else None
    if decision is None:
        raise Refused(f"Nobody knows how to {what!r}.")
    return instead(sheet, k, decision)


def _edit(sheet: Sheet, k: int, decision: Decision, given: dict[str, Any]) -> Decision:
    side, text = given["side"], str(given["text"])
    bead = replace(sheet.laid.beads[k], decision=None)
    same = text == text_of(bead, sheet.laid, int(side == "target"))
    if side == "source" and not text.strip() and not same:
        raise Refused("An original cannot be empty. Reject the pair, or unpair it.")
    kept = None if same else text
    decision = replace(decision, source_text=kept) if side == "source" else replace(decision, target_text=kept)
    return replace(decision, status="" if decision.status == "rejected" and not same else decision.status)


def _revert(sheet: Sheet, k: int, decision: Decision, given: dict[str, Any]) -> Decision:
    return replace(decision, source_text=None, target_text=None, status="")


def _status(status: Any) -> Callable[[Sheet, int, Decision, dict[str, Any]], Decision]:
    def change(sheet: Sheet, k: int, decision: Decision, given: dict[str, Any]) -> Decision:
        on = given.get("on", decision.status != status)
        return replace(decision, status=status if on else "")

    return change


def _comment(sheet: Sheet, k: int, decision: Decision, given: dict[str, Any]) -> Decision:
    return replace(decision, comment=str(given["text"]).strip())


def _scope(sheet: Sheet, k: int, decision: Decision, given: dict[str, Any]) -> Decision:
    return replace(decision, everywhere=bool(given["everywhere"]))


_CHANGES: dict[str, Callable[[Sheet, int, Decision, dict[str, Any]], Decision]] = {
    "edit": _edit,
    "revert": _revert,
    "approve": _status("approved"),
    "reject": _status("rejected"),
    "comment": _comment,
    "scope": _scope,
}
ACTIONS = (*_CHANGES, *PAIRING)
