"""Names of every kind: ids that stay apart, files found in order, results that never leave their folder."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import OutputError
from pipeline.job.inputs import find_inputs

NMTOKEN = re.compile(r"d-[A-Za-z0-9_-]+")
ODD = ("-rf.txt", "a b.txt", "été.txt", "line\nbreak.txt", "%s.txt", "日本.txt", "x" * 251 + ".txt", "[a].txt")


def test_odd_names_are_done_like_others(job) -> None:
    for name in ODD:
        job.write(name, "Il pleut.")
    job.write("sub/été.txt", "Il pleut.")
    report = job.run()
    assert report.exit_code == 0
    assert report.counts["documents"] == 3 + len(ODD) + 1
    rows = [json.loads(line) for line in (job.results / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    ids = {row["document"] for row in rows}
    assert {"d-rf", "d-a-b", "d-ete", "d-ete-2", "d-line-break"} <= ids
    assert all(NMTOKEN.fullmatch(id) for id in ids)


def test_names_that_are_bytes_are_done(job) -> None:
    path = job.texts / b"\xe9t\xe9.txt".decode("utf-8", "surrogateescape")
    path.write_text("Il pleut.", encoding="utf-8")
    assert job.run().counts["documents"] == 4
    json.loads((job.results / "report.json").read_bytes())


def test_one_stem_in_several_folders_gives_several_documents(job) -> None:
    for folder in ("a", "b", "C"):
        job.write(f"{folder}/même.txt", f"Texte {folder}.")
        job.write(f"{folder}/Meme.TXT", "Il pleut.")
    inputs, _ = find_inputs(job.config("inputs=[texts/a, texts/b, texts/C]"))
    ids = [one.id.lower() for one in inputs]
    assert len(set(ids)) == len(ids) == 6


def test_an_id_is_never_another_ones_translation(job) -> None:
    job.write("x.txt", "Un.")
    job.write("x-en.txt", "Deux.")
    inputs, _ = find_inputs(job.config("inputs=[texts/x.txt, texts/x-en.txt]"))
    assert [one.id for one in inputs] == ["d-x", "d-x-en-2"]


def test_globs_folders_and_files_each_once_and_in_order(job) -> None:
    job.write("b.txt", "B.")
    job.write("a.txt", "A.")
    job.write(".hidden.txt", "H.")
    job.write("data.bin", b"\0")
    inputs, failures = find_inputs(job.config("inputs=[texts/b.txt, 'texts/*.txt', texts]"))
    assert [one.path.name for one in inputs] == ["b.txt", "a.txt", "marché.fr.txt", "phare.txt", "vide.txt"]
    assert failures == []


def test_results_within_the_inputs_are_no_inputs(job) -> None:
    job.settings |= {"inputs": "[.]", "write": "[tsv, jsonl]"}
    assert job.run().counts["documents"] == 3
    assert job.run().counts["documents"] == 3


def test_links_out_of_the_tree_are_read(job, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.txt").write_text("Il pleut.", encoding="utf-8")
    (job.texts / "link.txt").symlink_to(tmp_path / "elsewhere.txt")
    assert job.run().counts["documents"] == 4


def test_results_never_leave_their_folder(job, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    job.results.mkdir()
    (job.results / "books").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="leads out"):
        job.run()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_moved_job_gives_the_same_bytes(job, tmp_path: Path) -> None:
    job.run()
    before = job.corpus()
    moved = type(job)(tmp_path / "moved")
    job.texts.rename(job.folder / "kept")
    moved.folder.mkdir()
    (job.folder / "kept").rename(moved.texts)
    moved.run()
    assert moved.corpus() == before


@given(
    st.lists(st.text(st.characters(blacklist_characters="/\0", blacklist_categories=("Cs",)), min_size=1), max_size=8)
)
def test_ids_are_legal_and_apart_for_any_names(names: list[str]) -> None:
    from pipeline.job.inputs import _id

    taken: dict[str, int] = {}
    ids = [_id(name, "en", taken) for name in names]
    every = [one.lower() for id in ids for one in (id, f"{id}-en")]
    assert len(set(every)) == len(every)
    assert all(NMTOKEN.fullmatch(id) and len(id) < 200 for id in ids)


@pytest.mark.parametrize("pattern", ["a\0b", "~nouser/x.txt", "x" * 300 + ".txt", "x/" * 3000 + "*.txt", "[", "**\0"])
def test_a_pattern_that_no_file_can_have_names_none(job, pattern: str) -> None:
    config = job.config().model_copy(update={"inputs": (pattern, "texts/phare.txt")})
    found, failures = find_inputs(config)
    assert [one.name for one in found] == ["texts/phare.txt"]
    assert [one.path for one in failures] == [pattern]


def test_links_that_lead_back_are_not_followed_without_end(job) -> None:
    for name in ("a", "b", "c"):
        job.write(f"{name}/x.txt", "Il pleut.")
        for other in ("a", "b", "c"):
            (job.texts / name / f"to-{other}").symlink_to(job.texts / other)
    found, failures = find_inputs(job.config().model_copy(update={"inputs": ("texts/**/x.txt", "**/**/**/x.txt")}))
    assert [one.name for one in found] == ["texts/a/x.txt", "texts/b/x.txt", "texts/c/x.txt"]
    assert failures == []


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("**", ["a.txt", "s/b.txt", "s/t/c.txt"]), ("**/*.txt", ["a.txt", "s/b.txt", "s/t/c.txt"]),
        ("s/**", ["s/b.txt", "s/t/c.txt"]), ("**/t/*", ["s/t/c.txt"]), ("*/**/c.*", ["s/t/c.txt"]),
        ("s/*", ["s/b.txt"]), ("?.txt", ["a.txt"]), ("**/s/*.txt", ["s/b.txt"]), ("**/none", []),
    ],
)  # fmt: skip
def test_globs_name_what_they_say(job, pattern: str, names: list[str]) -> None:
    for name in ("a.txt", "s/b.txt", "s/t/c.txt", ".hidden/d.txt", "s/.e.txt"):
        job.write(f"g/{name}", "Il pleut.")
    found, _ = find_inputs(job.config().model_copy(update={"inputs": (f"texts/g/{pattern}",)}))
    assert [one.name.removeprefix("texts/g/") for one in found] == names


def test_a_folder_that_cannot_be_read_is_told_and_the_others_go_on(job, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    def closed(folder: object) -> object:  # root may read anything, so the system's refusal is played
        if str(folder).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(folder))
        return real(folder)

    real = os.scandir
    job.write("closed/x.txt", "Il pleut.")
    monkeypatch.setattr(os, "scandir", closed)
    found, failures = find_inputs(job.config())
    assert len(found) == 3
    assert [(one.path, one.reason) for one in failures] == [
        ("texts/closed", "cannot be looked into: Permission denied")
    ]


def test_ids_of_one_stem_go_on_where_the_last_stood() -> None:
    from pipeline.job.inputs import _id

    taken: dict[str, int] = {}
    made = [_id("x", "en", taken) for _ in range(20_000)]  # minutes, were each number tried again for each
    assert made[:3] == ["d-x", "d-x-2", "d-x-3"]
    assert len(set(made)) == 20_000
