"""Disks that are full, folders that cannot be written, files that change: a clear error, former results untouched."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import ModelError, OutputError, VisavisError
from pipeline.job import run
from pipeline.job.lock import locked

DRIVER = Path(__file__).parent / "killed_run.py"


def limited(job, limit: int, value: int) -> subprocess.CompletedProcess[str]:
    """A run in a process of its own under a resource limit."""
    job.config()
    return subprocess.run(
        [sys.executable, str(DRIVER), str(job.folder / "job.yaml"), "0"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(limit, (value, value)),
    )


@pytest.mark.parametrize("size", [200, 1000, 4000])
def test_a_full_disk_leaves_former_results(job, size: int) -> None:
    job.run()
    before = job.corpus()
    job.write("phare.txt", "La tempête est passée. Les bateaux sortent du port.\n\n" * 40)
    done = limited(job, resource.RLIMIT_FSIZE, size)
    assert done.returncode != 0
    assert "OutputError" in done.stderr
    assert job.corpus() == before
    assert job.run().exit_code == 0
    assert job.corpus() != before


def test_out_of_file_handles_stops_clearly(job) -> None:
    for number in range(20):
        job.write(f"n{number}.txt", "Il pleut.")
    job.settings["book"] = "[]"
    done = limited(job, resource.RLIMIT_NOFILE, 6)
    assert done.returncode != 0
    assert "Error" in done.stderr
    assert job.corpus() == {}
    assert job.run().exit_code == 0


def test_two_runs_of_one_job_never_mix(job) -> None:
    (job.results / ".work").mkdir(parents=True)
    with locked(job.results / ".work"), pytest.raises(OutputError, match=f"another run \\(process {os.getpid()}\\)"):
        job.run()
    assert job.run().exit_code == 0


def test_results_where_a_file_is_in_the_way(job) -> None:
    job.results.write_text("not a folder", encoding="utf-8")
    with pytest.raises(OutputError, match="out"):
        job.run()


def test_a_folder_in_the_way_of_a_result(job) -> None:
    (job.results / "corpus.tsv").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"corpus\.tsv"):
        job.run()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_results_that_cannot_be_written(job) -> None:
    job.results.mkdir(mode=0o500)
    with pytest.raises(OutputError, match="Permission denied"):
        job.run()


def test_a_file_that_goes_away_while_it_is_read_fails_alone(job, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.job import loading

    def read_and_remove(path: Path, **options: object):
        made = real(path, **options)
        if path.name == "phare.txt":
            path.write_text("Autre chose.", encoding="utf-8")
        if path.name == "vide.txt":
            path.unlink()
        return made

    real = loading.load_document
    monkeypatch.setattr(loading, "load_document", read_and_remove)
    report = job.run()
    assert report.exit_code == 3
    assert {one.path: one.reason for one in report.failures} == {
        "texts/phare.txt": "changed or went away while it was read",
        "texts/vide.txt": "changed or went away while it was read",
    }
    assert report.counts["documents"] == 1
    assert report.counts["sentences"] == 3


def test_a_reader_that_stumbles_fails_its_file_alone(job, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.job import loading

    def stumble(path: Path, **options: object):
        if path.name == "phare.txt":
            raise ValueError("not thought of")
        return real(path, **options)

    real = loading.load_document
    monkeypatch.setattr(loading, "load_document", stumble)
    report = job.run()
    assert [one.path for one in report.failures] == ["texts/phare.txt"]
    assert "ValueError: not thought of" in report.failures[0].reason
    assert "Traceback" in (job.results / "details/log.jsonl").read_text(encoding="utf-8")


def test_bad_files_are_listed_and_the_others_go_on(job) -> None:
    job.write("bild.txt", bytes(range(256)) * 8)
    os.mkfifo(job.texts / "pipe.txt")
    (job.texts / "weg.txt").symlink_to("nowhere")
    report = job.run("inputs=[texts, absent.txt]")
    assert report.exit_code == 3
    failed = {one.path: one for one in report.failures}
    assert set(failed) == {"absent.txt", "texts/bild.txt", "texts/pipe.txt", "texts/weg.txt"}
    assert failed["texts/pipe.txt"].reason == "is not a regular file"
    assert failed["texts/weg.txt"].reason == "No such file or directory"
    assert all(one.remedy for one in failed.values())
    assert report.counts["sentences"] == 7


def test_fail_fast_stops_at_the_first_and_leaves_results(job) -> None:
    job.run()
    before = job.corpus()
    job.write("bild.txt", bytes(range(256)) * 8)
    job.write("phare.txt", "Nouveau.")
    report = job.run(fail_fast=True)
    assert report.exit_code == 1
    assert job.corpus() == before


def test_nothing_to_do_leaves_results_and_fails(job) -> None:
    job.run()
    before = job.corpus()
    report = job.run("inputs=[nothing]")
    assert report.exit_code == 1
    assert "names no file" in report.failures[0].reason
    assert job.corpus() == before


@pytest.mark.parametrize("content", [b"not a database" * 100, b""])
def test_a_memory_that_is_none_is_said_and_the_job_goes_on(job, content: bytes) -> None:
    (job.folder / "memory.sqlite").write_bytes(content)
    report = job.run()
    assert report.counts["sentences"] == 7
    assert report.exit_code == (3 if content else 0)
    if content:
        assert "memory" in report.failures[0].reason
        assert (job.folder / "memory.sqlite").read_bytes() == content


def test_a_model_that_is_absent_stops_before_anything_is_written(job) -> None:
    with pytest.raises(ModelError, match="Nobody/none@abc"):
        job.run("model=Nobody/none@abc")
    assert job.corpus() == {}


def test_a_glossary_that_is_absent_is_a_clear_error(job) -> None:
    with pytest.raises(VisavisError, match=r"none\.tsv"):
        job.run("glossary=none.tsv")


def test_an_observer_that_fails_does_not_spoil_the_next_run(job) -> None:
    def fail(event) -> None:
        raise RuntimeError("the terminal is gone")

    with pytest.raises(RuntimeError):
        run(job.config(), on_event=fail)
    assert job.run().exit_code == 0
