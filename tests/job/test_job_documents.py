"""`write: document`: each input in its own form among the results, once, and again only when something has changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.job.once import Wish, translate_files

from .conftest import Job
from .test_job_killed import ENDS, drive

PAGE = '<!DOCTYPE html><html lang="fr"><body><h1>Le phare</h1><p>Le gardien <b>dort</b>.</p></body></html>\n'


@pytest.fixture
def documents(tmp_path: Path) -> Job:
    job = Job(tmp_path, {"write": "[document, tsv]", "book": "[]"})
    job.write("a.html", PAGE)
    job.write("sous/a.html", PAGE.replace("dort", "mange"))
    return job


def test_each_input_comes_out_under_its_own_name_and_a_second_run_writes_nothing(documents: Job) -> None:
    report = documents.run()
    assert report.exit_code == 0
    made = documents.results / "documents" / "texts" / "a.html"
    text = made.read_text(encoding="utf-8")
    assert '<html lang="en"><body><h1>The lighthouse</h1>' in text
    assert "<b>" in text
    assert (documents.results / "documents" / "texts" / "sous" / "a.html").is_file()
    before = made.stat().st_mtime_ns
    again = documents.run()
    assert (again.counts["decoded"], made.stat().st_mtime_ns) == (0, before)
    made.write_text("changed by hand", encoding="utf-8")
    assert "document texts/a.html" in documents.plan().outputs
    assert documents.run().counts["decoded"] == 0
    assert made.read_text(encoding="utf-8") == text


def test_without_a_model_documents_are_the_same_byte_for_byte(documents: Job) -> None:
    report = documents.run("model=none")
    assert (report.exit_code, report.counts["decoded"], report.counts["flagged"]) == (0, 0, 0)
    for name in ("a.html", "sous/a.html"):
        assert (documents.results / "documents" / "texts" / name).read_bytes() == (documents.texts / name).read_bytes()
    assert json.loads(next(documents.results.rglob("manifest.json")).read_text())["model"] is None


def test_an_input_without_a_form_of_its_own_fails_alone(documents: Job) -> None:
    documents.write("b.rtf", r"{\rtf1\ansi Il pleut.\par}")
    report = documents.run("model=none")
    assert report.exit_code == 3
    assert [failure.path for failure in report.failures] == ["document texts/b.rtf"]
    assert "is not written in its own form" in report.failures[0].reason
    assert "Il pleut." in (documents.results / "corpus.tsv").read_text(encoding="utf-8")


def test_a_job_with_translations_has_no_document_to_write(documents: Job) -> None:
    with pytest.raises(ConfigError) as error:
        documents.config("target=texts")
    assert "no document is translated" in error.value.faults[0]


def test_a_folder_becomes_a_folder_and_a_file_a_file(documents: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(documents.folder)
    wish = Wish(model="none", memory=None, document=True)
    translate_files([documents.texts], [Path("english")], wish)
    assert Path("english/sous/a.html").read_bytes() == (documents.texts / "sous" / "a.html").read_bytes()
    translate_files([documents.texts / "a.html"], [Path("neu/b.html")], wish)
    assert Path("neu/b.html").read_text(encoding="utf-8") == PAGE


@pytest.mark.slow
def test_a_run_killed_and_run_again_gives_the_documents_of_an_unbroken_one(documents: Job) -> None:
    documents.settings["model"] = "none"
    documents.config()
    done = drive(documents, 0)
    assert done.returncode == 0, done.stderr
    expected, moments = documents.corpus(), int(done.stdout)
    assert sum(name.startswith("documents/") for name in expected) == 2
    for moment in (moments // 3, moments * 5 // 6):
        shutil.rmtree(documents.results)
        assert drive(documents, moment).returncode in ENDS
        assert all(expected.get(name) == content for name, content in documents.corpus().items())
        assert documents.run().exit_code == 0
        assert documents.corpus() == expected
