"""What readers say of files reaches the report; what they stumble over fails one file alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import read
from pipeline.documents.pairing import pair_files
from pipeline.errors import ReaderFault

from .conftest import Job


def test_a_report_names_files_without_text_and_files_left_aside(job: Job) -> None:
    job.write("tableau.mobi", b"%PDF-1.7")
    job.write("notes.xyz", "x")
    assert {one.path for one in job.plan().aside} == {"texts/tableau.mobi", "texts/notes.xyz"}
    said = job.run().said
    assert "texts/vide.txt: empty: no text" in said
    assert "texts/tableau.mobi: left-aside: .mobi: of no format that is read" in said
    assert job.run().said == said  # a rerun says it again
    lines = [json.loads(line) for line in (job.results / "details/log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["path"] for line in lines if line["what"] == "left-aside"} == {
        "texts/tableau.mobi",
        "texts/notes.xyz",
    }


def test_a_reader_that_stumbles_fails_its_file_alone(job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true = read.read_document

    def stumbling(path: Path, **settings: object) -> object:
        if path.stem == "phare":
            raise IndexError("a fault")
        return true(path, **settings)  # type: ignore[arg-type]

    monkeypatch.setattr(read, "read_document", stumbling)
    assert [one.path for one in job.plan().failures] == ["texts/phare.txt"]
    report = job.run()
    assert [one.path for one in report.failures] == ["texts/phare.txt"]
    assert report.counts["documents"] == 2
    assert "IndexError: a fault" in (job.results / "details/log.jsonl").read_text(encoding="utf-8")
    with pytest.raises(ReaderFault, match="IndexError: a fault"):
        pair_files(job.texts / "phare.txt", job.texts / "phare.txt")
