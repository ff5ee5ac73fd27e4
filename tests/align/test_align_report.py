"""What is said about texts and beads that look wrong."""

from __future__ import annotations

import pytest

from pipeline.align import input_warnings, suspicious
from pipeline.text import Bead, Flag

FRENCH = [
    "Le conseil municipal s'est réuni hier soir pour examiner le budget de l'année prochaine.",
    "Plusieurs habitants du quartier avaient demandé que la rue soit réparée avant l'hiver.",
    "Le maire a répondu que les travaux commenceraient au mois de septembre.",
]
ENGLISH = [
    "The town council met last night to look at the budget for the coming year.",
    "Several people who live in the district had asked for the street to be repaired before winter.",
    "The mayor answered that the work would begin in the month of September.",
]


@pytest.mark.parametrize(
    ("source", "target", "names"),
    [
        (FRENCH, ENGLISH, []),
        ([], ENGLISH, ["empty-side"]),
        (FRENCH, ["", " "], ["empty-side"]),
        ([], [], ["empty-side"]),
        (FRENCH * 20, ENGLISH, ["length-ratio"]),
        (FRENCH, FRENCH, ["same-text", "wrong-language"]),
        (FRENCH, [line.upper() for line in FRENCH], ["same-text"]),
        (ENGLISH, FRENCH, ["wrong-language", "wrong-language"]),
        (["Oui."], ["Ja."], []),
    ],
)
def test_inputs_that_look_wrong_are_named(source: list[str], target: list[str], names: list[str]) -> None:
    found = input_warnings(source, target)
    assert [flag.name for flag in found][: len(names)] == names
    assert bool(found) == bool(names)
    assert all(flag.severity == "warning" and flag.detail for flag in found)


def test_a_language_that_is_not_known_is_not_judged() -> None:
    assert input_warnings(FRENCH, ENGLISH, source_language="xx", target_language="yy") == ()


def test_suspicious_beads() -> None:
    beads = [
        Bead((0,), (0,), 0.99),
        Bead((1,), (1,), 0.4),
        Bead((2,), (), 0.9),
        Bead((3, 4, 5, 6), (2,), 0.9),
        Bead((7,), (3,), 0.9, (Flag("numbers", "warning"),)),
        Bead((8,), (4,), 0.9, (Flag("note", "info"),)),
    ]
    assert suspicious(beads) == [1, 2, 3, 4]
    assert suspicious([]) == []
