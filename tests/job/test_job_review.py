"""What people decided in a review lasts: a rerun writes it, a new model, edits elsewhere and undoing respect it."""

from __future__ import annotations

import pytest

from pipeline.errors import InputError
from pipeline.job.export import bitexts_of_results
from pipeline.job.revising import STORE
from pipeline.job.staging import Staging
from pipeline.revision import Decision, Revision, run_at
from pipeline.text import Bitext


@pytest.fixture
def reviewed(job):
    """A job that has run, without a memory, and a way to decide something of its sentences."""
    job.settings = {"inputs": "[texts/phare.txt]", "memory": "false", "write": "[tsv, jsonl, xliff]", "book": "[html]"}
    job.run()

    def decide(place: int, count: int = 1, **what: object) -> None:
        made = Staging(job.results).load("d-phare")
        run = run_at(made.source_sentences, place, place + count)
        with Revision.open(job.results / STORE) as store:
            store.change("d-phare", (), [Decision(run, author="Ada", **what)], author="Ada", made=1.0)

    job.decide = decide
    return job


def texts(bitext: Bitext) -> list[tuple[str, str]]:
    return [(row.source.text, row.target.text) for row in bitext.each_row()]


def test_a_rerun_writes_what_was_decided_and_calls_no_model(reviewed) -> None:
    before = reviewed.corpus()
    reviewed.decide(1, target_text="The keeper climbs.\nHe is old.")
    reviewed.decide(2, status="approved")
    reviewed.decide(3, status="rejected", comment="no sea")
    assert reviewed.plan().documents[0].reasons == ()
    assert {"corpus tsv", "corpus xliff", "book reader.html"} <= set(reviewed.plan().outputs)
    report = reviewed.run()
    assert (report.counts["decoded"], report.counts["rejected"], report.counts["reviewed"]) == (0, 1, 2)
    after = reviewed.corpus()
    tsv = after["corpus.tsv"].decode()
    assert "The keeper climbs. He is old.\t1.0\thuman\t" in tsv
    assert "mer est calme" not in tsv
    assert "rejected by Ada: no sea" in after["details/rejected.tsv"].decode()
    assert b"The keeper climbs." in after["reader.html"]
    xliff = after["corpus.xliff"].decode()
    assert xliff.count('state="final"') == xliff.count('state="reviewed"') == 1
    assert reviewed.run().counts["decoded"] == 0
    assert reviewed.corpus() == after  # a second rerun changes no byte
    with Revision.open(reviewed.results / STORE) as store:
        while store.undo("Ada"):
            pass
    reviewed.run()
    after = reviewed.corpus()
    assert {name for name in after if not name.startswith(STORE)} == set(before)
    assert {name: after[name] for name in before if name != "report.html"} == {
        name: before[name] for name in before if name != "report.html"
    }


def test_it_survives_another_beam_and_edits_elsewhere(reviewed) -> None:
    reviewed.decide(1, target_text="The keeper climbs.")
    reviewed.decide(1 + 1, 2, fixed=True)  # two sentences are one pair
    reviewed.run("beam_size=2")
    text = (reviewed.texts / "phare.txt").read_text(encoding="utf-8")
    reviewed.write("phare.txt", "Un mot avant tout.\n\n" + text + "\nEt un mot après.\n")
    reviewed.run()
    rows = texts(bitexts_of_results(reviewed.results)[0])
    assert ("Le gardien monte l'escalier.", "The keeper climbs.") in rows
    assert any(source.startswith("Il allume la lampe. La mer est calme") for source, _ in rows)


def test_a_decision_whose_sentence_is_gone_is_told_and_kept(reviewed) -> None:
    reviewed.decide(1, target_text="The keeper climbs.")
    reviewed.write("phare.txt", "Le phare\n\nLe gardien descend.\n")
    report = reviewed.run()
    assert any("review-lost" in one and "Le gardien monte" in one for one in report.said)
    reviewed.write("phare.txt", "Le phare\n\nLe gardien monte l'escalier.\n")
    reviewed.run()
    assert ("Le gardien monte l'escalier.", "The keeper climbs.") in texts(bitexts_of_results(reviewed.results)[0])


def test_a_book_made_of_the_results_shows_what_was_written(reviewed) -> None:
    reviewed.decide(1, target_text="The keeper climbs.")
    assert "The keeper climbs." not in str(texts(bitexts_of_results(reviewed.results)[0]))  # no run has seen it
    reviewed.run()
    assert "The keeper climbs." in str(texts(bitexts_of_results(reviewed.results)[0]))


def test_a_damaged_review_stops_the_run_before_anything_is_written(reviewed) -> None:
    before = reviewed.corpus()
    (reviewed.results / STORE).write_bytes(b"SQLite format 3\x00 damaged")
    with pytest.raises(InputError, match=r"review\.sqlite is no review, or is damaged"):
        reviewed.run()
    (reviewed.results / STORE).unlink()
    assert {name: raw for name, raw in reviewed.corpus().items() if not name.startswith(STORE)} == before
