"""A clause left out or added is flagged with its words; whole translations and tries of a translator are not."""

from __future__ import annotations

import pytest

from pipeline.check.table import CHECKS
from pipeline.documents.judging import WordLinks, judge_between

JUDGE = judge_between("fr", "en")
FRENCH = "Il ouvrit la porte, traversa le jardin sans un bruit, et partit vers la ville."
WHOLE = "He opened the door, crossed the garden without a sound, and left for the town."


def found(source: str, target: str) -> dict[str, str]:
    return {flag.name: flag.detail for flag in JUDGE(source, target) if flag.name in ("omitted", "added")}


def test_a_clause_left_out_is_told_with_its_words() -> None:
    assert found(FRENCH, WHOLE) == {}
    assert "traversa le jardin sans un bruit" in found(FRENCH, "He opened the door and left for the town.")["omitted"]
    more = found("Il ouvrit la porte et partit vers la ville.", WHOLE)
    assert "garden without a sound" in more["added"]
    assert "omitted" not in more


def test_other_languages_and_tries_are_not_asked() -> None:
    short = "He opened the door."
    assert [flag for flag in judge_between("de", "en")(FRENCH, short) if flag.name == "omitted"] == []
    assert [flag for flag in JUDGE.of_tries()(FRENCH, short) if flag.name == "omitted"] == []
    assert {check.name for check in CHECKS if check.late} == {"omitted", "added"}


def test_pairs_prepared_together_are_judged_as_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [(FRENCH, WHOLE), (FRENCH, "He left."), ("", "He left."), (FRENCH, "")]
    alone = [JUDGE(*pair) for pair in pairs]
    together = judge_between("fr", "en")
    together.prepare(pairs)
    monkeypatch.setattr(WordLinks, "_made", None)
    assert [together(*pair) for pair in pairs] == alone
