"""The plan and the run never disagree, whatever was edited."""

from __future__ import annotations

import shutil
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

SENTENCES = ("Il pleut.", "Le chat dort.", "12:30", "Elle lit un livre.", "Paris s'éveille.")
NAMES = ("a.txt", "b.txt", "c.txt")
texts = st.lists(st.sampled_from(SENTENCES), max_size=4).map("\n\n".join)
edits = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), texts),
    st.tuples(st.just("delete"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("glossary"), st.just("terms.tsv"), st.sampled_from(["chat\tcat", "chat\tkitty", "livre\tbook"])),
    st.tuples(st.just("beam"), st.just(""), st.sampled_from(["1", "2"])),
    st.tuples(st.just("memory"), st.just(""), st.sampled_from(["gone", "false", "kept"])),
)


@settings(max_examples=12)
@given(st.lists(st.lists(edits, min_size=1, max_size=3), min_size=1, max_size=3))
def test_plan_and_run_agree_after_random_edits(job, rounds) -> None:
    shutil.rmtree(job.texts)
    shutil.rmtree(job.results, ignore_errors=True)
    job.settings = {"write": "[tsv]", "book": "[]"}
    job.write("a.txt", "Il pleut.")
    for changes in rounds:
        for change in changes:
            _edit(job, *change)
        planned = job.plan()
        report = job.run()
        assert planned.to_model == report.counts["decoded"]
        assert sum(one.sentences for one in planned.documents) == report.counts.get("sentences", 0)
        assert {one.path for one in planned.failures} == {one.path for one in report.failures}
        again = job.plan()
        assert all(not one.reasons for one in again.documents)
        assert again.to_model == 0


def _edit(job, kind: str, name: str, value: str) -> None:
    if kind == "write":
        job.write(name, value)
    elif kind == "delete":
        (job.texts / name).unlink(missing_ok=True)
    elif kind == "glossary":
        job.write(f"../{name}", f"source\ttarget\n{value}\n")
        job.settings["glossary"] = name
    elif kind == "beam":
        job.settings["beam_size"] = value
    else:
        job.settings["memory"] = "false" if value == "false" else str(job.folder / "memory.sqlite")
        if value == "gone":
            for path in job.folder.glob("memory.sqlite*"):
                Path(path).unlink()


def test_a_plan_writes_nothing(job) -> None:
    before = sorted(job.folder.rglob("*"))
    planned = job.plan()
    assert planned.to_model == 7
    assert sorted(job.folder.rglob("*")) == sorted([*before, job.folder / "job.yaml"])
    assert "not done yet" in str(planned)


def test_a_plan_names_what_would_fail(job) -> None:
    job.write("bild.txt", bytes(range(256)) * 8)
    planned = job.plan("inputs=[texts,nothing-*.txt]")
    assert sorted(one.path for one in planned.failures) == ["nothing-*.txt", "texts/bild.txt"]
    assert {one.path for one in job.run("inputs=[texts,nothing-*.txt]").failures} == {"nothing-*.txt", "texts/bild.txt"}
