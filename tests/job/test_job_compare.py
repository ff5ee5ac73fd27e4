"""What changed between two runs is shown sentence by sentence."""

from __future__ import annotations

import dataclasses
import json

import pytest

from pipeline.errors import InputError
from pipeline.measure.comparison import compare
from pipeline.measure.page import comparison_page


@pytest.fixture
def two(job):
    """The same job twice: the second with another sentence, one less, a correction, and a wider beam."""
    from pipeline.memory import Memory

    job.run()
    with Memory.open(job.folder / "memory.sqlite") as memory:
        memory.correct("fr", "en", [("Les clients arrivent tôt.", "Customers come early.")])
    job.write("phare.txt", "Le phare\n\nLe gardien monte l'escalier. Il éteint la lampe.\n")
    job.settings["output"] = str(job.folder / "second")
    job.run()
    return job.results, job.folder / "second"


def test_every_change_is_listed_once(two) -> None:
    comparison = compare(*two)
    found = {(change.kind, change.source) for change in comparison.changes}
    assert found == {
        ("changed", "Les clients arrivent tôt."),
        ("source", "Il éteint la lampe."),
        ("removed", "La mer est calme ce soir."),
    }
    assert comparison.same == 4
    assert comparison.settings == ()
    assert 0 < comparison.chrf < 100
    corrected = next(change for change in comparison.changes if change.kind == "changed")
    assert corrected.after == "Customers come early."
    assert 0 < corrected.chrf < 100
    assert "+ Customers come early." in str(comparison)
    assert json.loads(json.dumps(dataclasses.asdict(comparison)))["changes"]
    page = comparison_page(comparison).decode("utf-8")
    assert "<ins>Customers" in page
    assert "<del>Le phare" not in page


def test_a_run_is_the_same_as_itself(two) -> None:
    comparison = compare(two[0], two[0] / "corpus.jsonl")
    assert comparison.changes == ()
    assert comparison.chrf == 100
    assert "nothing changed" in str(comparison)


def test_settings_that_differ_are_named(job) -> None:
    job.run()
    job.settings["output"] = str(job.folder / "second")
    job.run("beam_size=2")
    assert compare(job.results, job.folder / "second").settings == ("beam: 1 → 2",)


def test_what_is_no_corpus_is_refused(job) -> None:
    with pytest.raises(InputError, match="holds no corpus"):
        compare(job.texts, job.texts)
    with pytest.raises(InputError, match="is no file"):
        compare(job.folder / "none", job.texts)
