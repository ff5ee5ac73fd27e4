"""A results folder that someone prepared, files of ours that are damaged: nothing outside is touched, nothing lies."""

from __future__ import annotations

import hashlib
import json
import os
import random
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.job.manifest import Manifest
from pipeline.job.staging import Damaged, Staging

FOREIGN = b"not yours"


@pytest.fixture
def foreign(job) -> Path:
    """A file outside the results, of somebody else."""
    folder = job.folder / "foreign"
    folder.mkdir()
    (folder / "precious.zip").write_bytes(FOREIGN)
    job.settings |= {"write": "[tsv]", "book": "[]"}
    return folder


@pytest.mark.parametrize("place", [".work", ".work/documents", ".work/new", "details"])
def test_a_folder_of_ours_that_is_a_link_is_refused(job, foreign: Path, place: str) -> None:
    (job.results / place).parent.mkdir(parents=True)
    (job.results / place).symlink_to(foreign)
    with pytest.raises(OutputError, match="symbolic link"):
        job.run()
    assert {path.name: path.read_bytes() for path in foreign.iterdir()} == {"precious.zip": FOREIGN}


@pytest.mark.parametrize("hard", [False, True])
@pytest.mark.parametrize("place", [".work/lock", "details/log.jsonl"])
def test_a_file_of_ours_that_is_a_link_is_refused(job, foreign: Path, place: str, hard: bool) -> None:
    (job.results / place).parent.mkdir(parents=True, exist_ok=True)
    link = os.link if hard else os.symlink
    link(foreign / "precious.zip", job.results / place)
    with pytest.raises(OutputError):
        job.run()
    assert (foreign / "precious.zip").read_bytes() == FOREIGN


def test_a_pipe_in_the_place_of_the_log_is_refused(job, foreign: Path) -> None:
    (job.results / "details").mkdir(parents=True)
    os.mkfifo(job.results / "details/log.jsonl")
    with pytest.raises(OutputError):
        job.run()


def test_links_where_files_are_about_to_appear_are_replaced(job, foreign: Path) -> None:
    (job.results / ".work" / "documents").mkdir(parents=True)
    (job.results / "details").mkdir()
    for place in (
        ".report.json.new",
        ".report.html.new",
        "details/.manifest.json.new",
        ".work/documents/.d-phare.zip.new",
        "corpus.tsv",
    ):
        (job.results / place).symlink_to(foreign / "precious.zip")
    assert job.run().exit_code == 0
    assert (foreign / "precious.zip").read_bytes() == FOREIGN
    assert not (job.results / "corpus.tsv").is_symlink()


@pytest.mark.parametrize("path", ["../foreign/precious.zip", "{absolute}", "link/precious.zip"])
def test_a_manifest_that_names_a_file_outside_takes_nothing_away(job, foreign: Path, path: str) -> None:
    job.run()
    (job.results / "link").symlink_to(foreign)
    record = json.loads((job.results / "details/manifest.json").read_bytes())
    record["outputs"].append(
        {
            "path": path.format(absolute=foreign / "precious.zip"),
            "output": "corpus old",
            "made_from": "",
            "sha256": hashlib.sha256(FOREIGN).hexdigest(),
            "bytes": len(FOREIGN),
        }
    )
    (job.results / "details/manifest.json").write_text(json.dumps(record))
    assert job.run().exit_code == 0
    assert (foreign / "precious.zip").read_bytes() == FOREIGN


@pytest.mark.parametrize(
    "text",
    ["[]", "null", "{", "[" * 100_000, '{"outputs": {"a": 1}}', '{"outputs": [1, {"path": 3}]}', '{"outputs": 7}',
     '{"glossary": [1, [], null]}', '{"rate": "x"}', '{"rate": 1e999}', '{"rate": NaN}', '{"rate": true}'],
)  # fmt: skip
def test_a_manifest_of_another_shape_is_an_empty_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    record = Manifest(tmp_path)
    assert (record.outputs, record.terms) == ([], None)
    assert 0 <= record.rate < 2


def test_no_bit_that_flips_in_a_staged_file_gives_another_document(job, foreign: Path) -> None:
    job.run()
    stage = Staging(job.results)
    path = stage.folder / "d-phare.zip"
    whole, header, bitext = path.read_bytes(), stage.header("d-phare"), stage.load("d-phare")
    chosen = random.Random(23)
    for _ in range(300):
        bit = chosen.randrange(8 * len(whole))
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        assert stage.header("d-phare") in (None, header)
        try:
            assert stage.load("d-phare") == bitext
        except Damaged:
            continue


def test_a_pipe_or_folder_in_the_place_of_a_staged_file_is_no_document(job, foreign: Path) -> None:
    job.run()
    stage = Staging(job.results)
    (stage.folder / "d-phare.zip").unlink()
    os.mkfifo(stage.folder / "d-phare.zip")
    assert stage.header("d-phare") is None
    with pytest.raises(Damaged):
        stage.load("d-phare")
    assert job.run().exit_code == 0
