"""What the last run knew: files that are the same are not opened again, and no change goes unseen for it."""

from __future__ import annotations

import os
from importlib import import_module

import pytest

from pipeline import files
from pipeline.job import index, plan
from pipeline.job.decisions import NEW
from pipeline.job.staging import Staging
from pipeline.memory import Memory


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the stamps of files that were written a moment ago."""
    monkeypatch.setattr(index, "SETTLED", 0)


def test_a_rerun_of_an_unchanged_job_opens_neither_inputs_nor_staged_files(job, monkeypatch) -> None:
    job.settings["keep"] = "{min_confidence: 0.1}"
    first = job.run()
    monkeypatch.setattr(Staging, "_open", None)
    monkeypatch.setattr("pipeline.job.decisions.file_digest", None)
    monkeypatch.setattr("pipeline.job.publishing.file_digest", None)
    monkeypatch.setattr(files, "_syntax", None)
    assert all(not one.reasons for one in job.plan().documents)
    again = job.run()
    assert again.counts == {**first.counts, "decoded": 0, "remembered": 0}
    assert again.least_certain == first.least_certain
    assert again.flags == first.flags


def test_an_input_of_the_same_size_and_time_is_seen_to_be_another(job) -> None:
    job.run()
    path = job.texts / "phare.txt"
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"calme", b"belle"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [one.reasons for one in job.plan().documents if one.reasons] == [("input changed: sentence 4",)]
    report = job.run()
    assert report.counts["decoded"] == 1


def test_an_input_that_was_only_touched_is_up_to_date(job) -> None:
    job.run()
    os.utime(job.texts / "phare.txt")
    assert all(not one.reasons for one in job.plan().documents)


def test_a_file_that_was_written_a_moment_ago_is_looked_at_again(job, monkeypatch) -> None:
    monkeypatch.setattr(index, "SETTLED", 3600 * 10**9)
    job.run()
    known = index.Index(job.results)
    assert known.known("d-phare", index.stamp_of(Staging(job.results).path("d-phare"))) is None
    assert all(not one.reasons for one in job.plan().documents)


def test_a_result_that_a_person_changed_is_written_anew(job) -> None:
    job.run()
    corpus = job.results / "corpus.tsv"
    whole = corpus.read_bytes()
    corpus.write_bytes(whole.replace(b"phare", b"PHARE"))
    assert job.plan().outputs == ("corpus tsv",)
    job.run()
    assert corpus.read_bytes() == whole


def test_a_staged_file_that_was_damaged_or_taken_away_is_made_anew(job) -> None:
    job.run()
    whole = job.corpus()
    staged = Staging(job.results)
    staged.path("d-phare").write_bytes(b"nothing")
    staged.path("d-marche").unlink()
    assert sorted(one.document for one in job.plan().documents if one.reasons) == ["d-marche", "d-phare"]
    job.run()
    assert job.corpus() == whole


def test_a_correction_that_came_after_the_run_is_seen(job) -> None:
    job.run()
    with Memory.open(job.folder / "memory.sqlite") as memory:
        memory.correct("fr", "en", [("La mer est calme ce soir.", "Calm is the sea tonight.")])
    assert [one.reasons for one in job.plan().documents if one.reasons] == [("corrections changed: 1 sentence",)]
    job.run()
    assert all(not one.reasons for one in job.plan().documents)
    with Memory.open(job.folder / "memory.sqlite") as memory:
        memory.forget(memory.corrections())
    assert [one.reasons for one in job.plan().documents if one.reasons] == [("corrections changed: 1 sentence",)]


@pytest.mark.parametrize("content", [b"", b"{}\n", b'{"format": 1}\n', b"\xff\n", b'{"format": 9}\nd-phare\t[]\n'])
def test_a_record_that_is_not_ours_knows_nothing(job, content: bytes) -> None:
    job.run()
    (job.results / index.FILE).write_bytes(content)
    assert all(not one.reasons for one in job.plan().documents)
    assert job.run().counts["decoded"] == 0


def test_of_many_documents_a_plan_may_read_some_and_estimates_the_rest(job, monkeypatch) -> None:
    monkeypatch.setattr(import_module("pipeline.job.plan"), "SAMPLE", 4)
    for path in job.texts.iterdir():
        path.unlink()
    for number in range(20):
        job.write(f"{number:02}.txt", f"Le train numéro {number:02} part. Il est en retard.")
    whole, some = job.plan(), plan(job.config(), sample=True)
    assert [one.name for one in some.documents] == [one.name for one in whole.documents]
    assert sum(one.counted for one in some.documents) == 4
    assert all(one.reasons == (NEW,) for one in some.documents)
    assert some.outputs == whole.outputs
    assert some.seconds == pytest.approx(whole.seconds, rel=0.3)
    assert "about 180 words to do" in str(some)
    assert "4 of 20 documents (all: --count)" in str(some)
    assert "--count" not in str(whole)


def test_a_sample_has_no_more_bytes_than_it_may_and_at_least_one_document(job, monkeypatch) -> None:
    monkeypatch.setattr(import_module("pipeline.job.plan"), "SAMPLE_BYTES", 1)
    some = plan(job.config(), sample=True)
    assert sum(one.counted for one in some.documents) == 1


def test_results_that_a_plan_names_are_not_looked_for_one_by_one_in_all(job, monkeypatch) -> None:
    from pipeline.job.publishing import Former, Output, Written

    asked = []
    monkeypatch.setattr("pipeline.job.publishing._is_there", lambda path, *_: asked.append(path) or True)
    written = [Written(f"books/{n}.html", f"book {n}", f"{n}", "", 0) for n in range(500)]
    former = Former(written, index.Index(job.results))
    for one in written:
        assert former.up_to_date(Output(one.output, one.made_from, list), job.results) == [one]
    assert len(asked) == 500
