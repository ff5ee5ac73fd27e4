"""The checks decide flags and second tries, whatever is remembered: for jobs, the command line and the API alike."""

from __future__ import annotations

import dataclasses
from dataclasses import replace

import pytest

import pipeline
from pipeline import files
from pipeline.check import judge, table
from pipeline.corpus import read_bitexts

SENTENCES = ["Le gardien monte l'escalier de la tour.", "Nous devons voter maintenant sur la proposition."]


def flags_of(job) -> dict[str, int]:
    return job.run().flags


def texts_of(job) -> list[str]:
    return [row.target.text for bitext in read_bitexts(job.results / "corpus.jsonl") for row in bitext.rows()]


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch):
    """Change the table: every translation is too long. The digest of the code changes with it, as on the disk."""

    def change() -> None:
        changed = tuple(
            dataclasses.replace(check, threshold=0.1) if check.name == "too-long" else check for check in table.CHECKS
        )
        monkeypatch.setattr(judge, "CHECKS", changed)
        real = files.code_digest

        def other(*modules: str) -> str:
            return real(*modules)[::-1] if "pipeline.check" in modules else real(*modules)

        monkeypatch.setattr("pipeline.job.recipe.code_digest", other)

    return change


def test_a_changed_check_judges_what_is_remembered_anew(job, strict) -> None:
    job.write("a.txt", "\n\n".join(SENTENCES))
    job.settings["inputs"] = "[texts/a.txt]"
    job.run()
    strict()
    plan = job.plan()
    assert any("the code of check changed" in reason for one in plan.documents for reason in one.reasons)
    rerun = job.run()
    flags, texts = rerun.flags, texts_of(job)
    assert flags["too-long"] == flags["retried"] == 2
    assert plan.to_model == rerun.counts["decoded"] == 2  # the second tries that were never made
    job.settings["output"] = str(job.folder / "elsewhere")
    without = job.run("memory=false")
    rows = [row for one in read_bitexts(job.folder / "elsewhere" / "corpus.jsonl") for row in one.rows()]
    assert [row.target.text for row in rows] == texts
    assert without.flags == flags


def test_a_check_that_changes_back_needs_no_model(job, strict, monkeypatch: pytest.MonkeyPatch) -> None:
    job.write("a.txt", SENTENCES[0])
    job.settings["inputs"] = "[texts/a.txt]"
    first = job.run()
    texts = texts_of(job)
    with monkeypatch.context() as patched:
        strict_patch = dataclasses.replace(next(one for one in table.CHECKS if one.name == "too-long"), threshold=0.1)
        patched.setattr(judge, "CHECKS", tuple(strict_patch if one.name == "too-long" else one for one in table.CHECKS))
        patched.setattr("pipeline.job.recipe.code_digest", lambda *modules: files.code_digest(*modules)[::-1])
        job.run()
    again = job.run()
    assert again.counts["decoded"] == 0
    assert (again.flags, texts_of(job)) == (first.flags, texts)


def test_a_file_in_another_language_is_told_by_its_name(job) -> None:
    job.write("a.txt", "Le chat dort sur le lit, et il ne veut pas que les enfants le voient. " * 4)
    job.write("b.txt", "The cat sleeps on the bed, and it does not want the children to see it there. " * 4)
    (told,) = [one for one in job.run().said if "wrong-language" in one]
    assert "b.txt" in told
    assert "'en', not 'fr'" in told


def test_a_glossary_is_asked_of_human_translations_too(job) -> None:
    job.write("a.fr.txt", "Le gardien monte au phare.\n")
    (job.folder / "a.en.txt").write_text("The keeper climbs the tower.\n", encoding="utf-8")
    (job.folder / "terms.tsv").write_text("source\ttarget\nphare\tlighthouse\n", encoding="utf-8")
    job.settings |= {"inputs": "[texts/a.fr.txt]", "target": "[a.en.txt]", "glossary": "terms.tsv"}
    assert job.run().flags["term-missing"] == 1
    (job.folder / "terms.tsv").unlink()
    with pytest.raises(pipeline.errors.InputError, match=r"terms\.tsv cannot be read"):
        job.run()


def test_function_filter_and_job_translate_alike_and_share_a_memory(job, tmp_path) -> None:
    """`Fermé fermé` and the like are judged, tried again and kept by one rule everywhere."""
    lines = [*SENTENCES, "Fermé", "Accueil Accueil Accueil", "Il a 1 234 567 habitants et 89 communes."]
    memory = tmp_path / "shared.sqlite"
    job.write("a.txt", "\n\n".join(lines))
    job.settings |= {"inputs": "[texts/a.txt]", "memory": str(memory), "beam_size": "4"}
    report = job.run()
    made = pipeline.translate_sentences(lines, memory=memory)
    assert {one.origin for one in made} == {"memory", "machine"}  # labels need neither model nor memory
    assert [one.text for one in made] == texts_of(job)
    fresh = pipeline.translate_sentences(lines)
    assert fresh == [replace(one, origin="machine") for one in made]
    rows = [row for one in read_bitexts(job.results / "corpus.jsonl") for row in one.rows()]
    assert [row.flags for row in rows] == [one.flags for one in made]
    assert report.counts["decoded"] == sum(one.origin == "memory" for one in made)
