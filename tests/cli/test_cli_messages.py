"""What the command line says where people err, and what a plan tells them before hours pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.config import load_config
from pipeline.errors import ConfigError, ModelError
from pipeline.job import plan
from pipeline.models import find_model


@pytest.mark.parametrize("name", ["builtin", "built_in", "Built-In", "default", "buildin"])
def test_a_model_that_sounds_like_the_one_inside_is_answered_with_its_name(name: str) -> None:
    with pytest.raises(ModelError, match="For the model inside the package say `built-in`"):
        find_model(name)
    with pytest.raises(ModelError, match="a folder, or ORG/NAME"):
        find_model("nix")


def test_the_licence_of_the_model_inside_is_known(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["models", "show"]) == 0
    assert b"Attribution-NonCommercial-ShareAlike 4.0" in capsysbinary.readouterr().out


def test_the_keys_of_a_job_are_listed_once(tmp_path: Path) -> None:
    path = tmp_path / "u.yaml"
    path.write_text("name: t\ninputs: [a]\nmodle: x\nfoo: 3\nbar: 4\nkeep: {zzz: 1, yyy: 2}\n")
    with pytest.raises(ConfigError) as error:
        load_config(path)
    faults = "\n".join(error.value.faults)
    assert faults.count("there are align") == 1
    assert faults.count("there are drop_duplicates") == 1
    assert "`bar`: is not a key either" in faults
    assert "did you mean `model`?" in faults


def test_a_plan_tells_words_and_ends_as_the_run_would(tmp_path: Path, capsysbinary) -> None:
    (tmp_path / "a.txt").write_text("Il pleut. Le vent tombe.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Il pleut.\n", encoding="utf-8")
    job = tmp_path / "job.yaml"
    text = f"name: x\ninputs: [a.txt, b.txt, gone.txt]\noutput: {tmp_path / 'out'}\nmemory: false\n"
    job.write_text(text)
    made = plan(job)
    assert [(one.sentences, one.words, one.to_model) for one in made.documents] == [(2, 5, 2), (1, 2, 0)]
    assert made.exit_code == 3
    told = str(made)
    assert "0 of 2 documents up to date; 1 input would fail" in told
    assert "a.txt: 2 sentences, 5 words; 2 to the model" in told
    assert "7 words to do, 2 sentences to the model" in told
    job.write_text(text.replace("a.txt, b.txt, ", ""))
    assert main(["run", str(job), "--dry-run"]) == 1  # as the run, of which nothing would come
    assert main(["run", str(job), "-q"]) == 1


def test_a_plan_of_a_finished_job_knows_of_too_many_warnings(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Il pleut.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    job = tmp_path / "job.yaml"
    job.write_text(f"name: x\ninputs: [a.txt]\noutput: {tmp_path / 'out'}\nmemory: false\nmodel: built-in\n")
    assert main(["run", str(job), "-q"]) == 0
    assert plan(job).exit_code == 0
    assert str(plan(job)).splitlines()[-1] == "  results up to date"


def test_shells_can_complete(monkeypatch: pytest.MonkeyPatch, capfdbinary) -> None:
    monkeypatch.setenv("_VISAVIS_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "visavis book x.jsonl --layout s")
    monkeypatch.setenv("COMP_CWORD", "4")
    with pytest.raises(SystemExit):
        main([])
    assert set(capfdbinary.readouterr().out.split()) == {b"side-by-side", b"sentences", b"source"}


def test_languages_that_nobody_speaks_are_wrong_use_everywhere() -> None:
    assert main(["split", "-l", "frog", "x.txt"]) == 2
    assert main(["words", "a", "b", "-s", "frog"]) == 2
