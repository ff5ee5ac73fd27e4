"""Running a job: what comes out, what is done again and why, what is left as it was."""

from __future__ import annotations

import json

import pytest

from pipeline.corpus import read_bitexts
from pipeline.errors import ConfigError
from pipeline.memory import Memory

REPLACED = ("Le gardien monte l'escalier.", "Le gardien descend l'escalier.")


@pytest.fixture
def done(job):
    assert job.run().exit_code == 0
    return job


def test_counts_agree_at_every_wall(done) -> None:
    report = json.loads((done.results / "report.json").read_text(encoding="utf-8"))
    counts = report["counts"]
    assert counts["documents"] == 3
    assert counts["sentences"] == counts["translations"] == counts["decoded"] == 7
    rows = [row for bitext in read_bitexts(done.results / "corpus.jsonl") for row in bitext.rows()]
    assert sum(len(row.source.sentences) for row in rows) == 7
    assert sum(len(row.target.sentences) for row in rows) == counts["target_sentences"]
    assert len(rows) == counts["beads"]
    assert "beam:1" in report["signature"]
    assert len(report["least_certain"]) == 7


def test_a_rerun_calls_no_model_and_changes_no_byte(done) -> None:
    before = done.corpus()
    stamps = {path: path.stat().st_mtime_ns for path in done.results.glob("corpus.*")}
    assert done.plan().outputs == ()
    report = done.run()
    assert report.counts["decoded"] == 0
    assert done.corpus() == before
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps  # not even written again


def test_corpus_is_the_same_from_scratch_from_memory_and_without_one(done) -> None:
    before = done.corpus()
    for output, memory in (("out2", str(done.folder / "memory.sqlite")), ("out3", "false")):
        done.settings["output"] = str(done.folder / output)
        report = done.run(f"memory={memory}")
        assert report.counts["decoded"] == (7 if memory == "false" else 0)
        rest = {path.name: path.read_bytes() for path in (done.folder / output).glob("corpus.*")}
        assert rest == {name: content for name, content in before.items() if name.startswith("corpus.")}


def test_a_changed_sentence_is_the_only_one_done_again(done) -> None:
    phare = done.texts / "phare.txt"
    done.write("phare.txt", phare.read_text(encoding="utf-8").replace(*REPLACED))
    (changed,) = [one for one in done.plan().documents if one.reasons]
    assert (changed.name, changed.to_model, changed.remembered) == ("texts/phare.txt", 1, 3)
    assert changed.reasons == ("input changed: sentence 2",)
    assert done.run().counts["decoded"] == 1


def test_settings_that_change_are_named(done) -> None:
    planned = done.plan("beam_size=2")
    assert planned.to_model == 7
    assert all(one.reasons == ("beam changed: 1 → 2",) for one in planned.documents)
    assert [one.reasons for one in done.plan().documents] == [(), (), ()]


def test_a_glossary_row_redoes_the_sentences_that_hold_it(done) -> None:
    done.write("../terms.tsv", "source\ttarget\ngardien\tkeeper\nlampe\tlamp\n")
    done.settings["glossary"] = "terms.tsv"
    assert done.run().counts["decoded"] == 2
    done.write("../terms.tsv", "source\ttarget\ngardien\twarden\nlampe\tlamp\n")
    reasons = {one.name: one.reasons for one in done.plan().documents}
    assert reasons["texts/phare.txt"] == ("glossary row 'gardien' changed: 1 sentence",)
    assert reasons["texts/marché.fr.txt"] == ("glossary changed: 1 row that no sentence holds",)
    assert done.run().counts["decoded"] == 1


def test_a_correction_outranks_the_machine_in_the_next_run(done) -> None:
    with Memory.open(done.folder / "memory.sqlite") as memory:
        memory.correct("fr", "en", [("La mer est calme ce soir.", "The sea lies calm tonight.")])
    (changed,) = [one for one in done.plan().documents if one.reasons]
    assert changed.reasons == ("corrections changed: 1 sentence",)
    report = done.run()
    assert report.counts["decoded"] == 0
    assert report.counts["human"] == 1
    assert "The sea lies calm tonight.\t" in (done.results / "corpus.tsv").read_text(encoding="utf-8")


def test_outputs_that_the_job_no_longer_makes_go_away(done) -> None:
    (done.results / "mine.txt").write_text("kept", encoding="utf-8")
    (done.results / "corpus.tmx").write_text("edited by a person", encoding="utf-8")
    done.run("write=[tsv]", "book=[html]", "book_together=true")
    assert set(done.corpus()) == {"corpus.tsv", "reader.html", "mine.txt", "corpus.tmx"}


def test_a_plan_names_the_results_that_would_be_written(done) -> None:
    (done.results / "corpus.tsv").unlink()
    assert done.plan().outputs == ("corpus tsv",)
    assert done.plan("title=Le phare").outputs[:3] == (
        "corpus tsv",
        "book books/marché.html",
        "book books/phare.html",
    )
    done.write("phare.txt", "Il neige.")
    assert done.plan("write=[tmx]", "book=[html]").outputs == ("corpus tmx", "book books/phare.html", "shelf")


def test_a_document_that_is_gone_leaves_the_results(done) -> None:
    (done.texts / "phare.txt").unlink()
    assert done.run().counts["documents"] == 2
    assert b"phare" not in done.corpus()["corpus.jsonl"]
    assert "books/phare.html" not in done.corpus()
    assert not (done.results / ".work" / "documents" / "d-phare.zip").exists()


def test_only_some_inputs_are_done_and_those_up_to_date_stay(done) -> None:
    done.write("phare.txt", "Il neige.")
    done.write("marché.fr.txt", "Il vente.")
    report = done.run(only="phare*")
    assert report.counts["decoded"] == 1
    assert report.counts["documents_left_out"] == 1
    assert b"Il neige." in done.corpus()["corpus.tsv"]
    assert b"Il vente." not in done.corpus()["corpus.tsv"]


def test_a_damaged_work_file_is_done_again(done) -> None:
    before = done.corpus()
    staged = done.results / ".work" / "documents" / "d-phare.zip"
    staged.write_bytes(staged.read_bytes()[:-100])
    assert done.run().counts["decoded"] == 0
    assert done.corpus() == before


def test_existing_translations_are_paired_by_stem_or_order(job) -> None:
    job.write(
        "t/phare.en.txt", "The lighthouse\n\nThe keeper climbs the stairs. He lights the lamp.\n\nThe sea is calm.\n"
    )
    job.settings |= {"inputs": "[texts/phare.txt]", "target": "[texts/t/phare.en.txt]"}
    report = job.run()
    assert report.exit_code == 0
    assert "decoded" in report.counts
    rows = [row for bitext in read_bitexts(job.results / "corpus.jsonl") for row in bitext.rows()]
    assert ("Il allume la lampe.", "He lights the lamp.") in [(row.source.text, row.target.text) for row in rows]
    assert all(row.origin == "human" for row in rows)
    assert job.run().counts["documents"] == 1
    assert job.plan().documents[0].reasons == ()
    with pytest.raises(ConfigError, match="3 files and `target` 1"):
        job.run("inputs=[texts/vide.txt,texts/marché.fr.txt,job.yaml]")


def test_pairs_that_are_not_kept_are_in_rejected_tsv_with_the_reason(job) -> None:
    job.write("deux.txt", "Il allume la lampe.\n\n12345\n")

    def rejected(*overrides: str) -> list[str]:
        report = job.run(*overrides)
        lines = (job.results / "details/rejected.tsv").read_text(encoding="utf-8").splitlines()[1:]
        kept = (job.results / "corpus.tsv").read_text(encoding="utf-8").splitlines()[1:]
        assert len(lines) == report.counts["rejected"]
        assert len(kept) + len(lines) == report.counts["beads"]
        return lines

    assert [line.split("\t")[-1] for line in rejected("keep.drop_duplicates=true")] == ["duplicate of d-deux.b1.s1"]
    below = rejected("keep.min_confidence=1")  # all that a model made: what passes through is certain
    assert below
    assert all(line.endswith(" < 1") for line in below)
    assert not any("12345" in line for line in below)
    assert b"Il allume la lampe." in job.corpus()["books/phare.html"]  # a book leaves nothing out


def test_too_many_warnings_end_with_3(job) -> None:
    job.write("a.fr.txt", "Il y a 12 chats sur le toit de la maison.")
    (job.folder / "a.en.txt").write_text("There are 13 cats on the roof of the house.", encoding="utf-8")
    job.settings |= {"inputs": "[texts/a.fr.txt]", "target": "[a.en.txt]"}
    assert job.run("max_flagged=1").exit_code == 0
    report = job.run("max_flagged=0.5")
    assert report.flags["numbers"] == 1
    assert report.exit_code == 3


def test_events_tell_how_far_it_is(job) -> None:
    events = job.events()
    last = [event for event in events if event.stage == "translate"][-1]
    assert (last.done, last.total) == (7, 7)
    assert "7 of 7" in str(last)
    assert [event.document for event in events if event.stage == "write"][:2] == ["corpus tsv", "corpus jsonl"]


def test_metadata_passes_through_and_is_no_matter_of_the_model(job) -> None:
    job.write("article.txt", " date 2018-01 Il pleut sur la ville.\n")
    job.settings["inputs"] = "[texts/article.txt]"
    planned = job.plan()
    report = job.run()
    assert planned.to_model == report.counts["decoded"] == 1
    (bitext,) = read_bitexts(job.results / "corpus.jsonl")
    first = bitext.rows()[0]
    assert (first.kind, first.source.text, first.target.text) == ("meta", "date 2018-01", "date 2018-01")
    assert [flag.name for flag in first.flags] == ["passed-through"]
    with Memory.open(job.folder / "memory.sqlite") as memory:
        memory.correct("fr", "en", [("date 2018-01", "January 2018")])
    assert job.plan().documents[0].reasons == ()
