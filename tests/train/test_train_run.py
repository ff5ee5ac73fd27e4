"""Whole trainings of a tiny model: resumed after kill -9, scored, refused, and exported with a card."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from pipeline import translate_sentences
from pipeline.errors import ConfigError, ModelError
from pipeline.measure.model_scores import score_texts
from pipeline.models import Model, find_model
from pipeline.train import load_train_config, train
from pipeline.train.checkpoint import Position, load_checkpoint
from pipeline.train.config import TrainConfig

START = (
    "import sys; from pipeline.train import load_train_config, train;"
    "train(load_train_config(sys.argv[1], sys.argv[2:]))"
)


@pytest.fixture
def write_config(tiny: Model, tmp_path: Path, make_corpus):
    """A function that writes a training file for the tiny model."""

    def write(name: str, *lines: str, pairs: int = 300) -> Path:
        make_corpus(tmp_path / f"{name}.tsv", pairs)
        path = tmp_path / f"{name}.yaml"
        usual = (
            f"name: {name}", f"model: {tiny.folder}", f"output: {tmp_path / name}", f"corpora: [{{path: {name}.tsv}}]",
            "learning_rate: 3e-3", "warmup_steps: 5", "max_pieces: 50", "batch_tokens: 200",
            "precision: float32", "beam_size: 1",
        )  # fmt: skip
        path.write_text("\n".join((*usual, *lines)), encoding="utf-8")
        return path

    return write


def _kill_after(steps: int, config: TrainConfig, path: Path) -> Position:
    """Start a run in a process group of its own, and kill -9 all of it once a checkpoint has so many steps."""
    run = subprocess.Popen(
        [sys.executable, "-c", START, str(path), "max_tokens=1000000000", "checkpoint_minutes=0"],
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
    )
    checkpoint = config.work / "checkpoint.pt"
    while not checkpoint.is_file() or load_checkpoint(checkpoint)[0].step < steps:
        assert run.poll() is None, run.communicate()[1]
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGKILL)
    run.communicate()
    return load_checkpoint(checkpoint)[0]


@pytest.mark.slow
def test_a_killed_run_goes_on_to_the_weights_of_an_unbroken_one(write_config) -> None:
    path = write_config("killed", "workers: 1", "decay_share: 0", "max_tokens: 1", "moving_average: 0.9",
                        "dropout: 0.1")  # fmt: skip
    broken = load_train_config(path)
    killed = _kill_after(20, broken, path)  # several epochs: an epoch has some 15 batches
    limit = f"max_tokens={killed.tokens + 2000}"
    train(load_train_config(path, [limit]))
    whole = load_train_config(path, [limit, f"output={broken.results}-whole"])
    report = train(whole)
    assert report.tokens > killed.tokens
    resumed, unbroken = (load_checkpoint(config.work / "checkpoint.pt") for config in (broken, whole))
    assert (resumed[0].step, resumed[0].epoch, resumed[0].batch) == (
        unbroken[0].step, unbroken[0].epoch, unbroken[0].batch,
    )  # fmt: skip
    for kept in ("weights", "average"):
        assert all(map(torch.equal, resumed[1][kept], unbroken[1][kept]))
    assert not all(map(torch.equal, resumed[1]["weights"], resumed[1]["average"]))
    with pytest.raises(ConfigError, match=r"seed, batch_tokens changed|batch_tokens, seed changed"):
        train(load_train_config(path, [limit, "seed=2", "batch_tokens=300"]))


@pytest.mark.slow
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_run_whose_command_is_stopped_writes_a_checkpoint(write_config, sent: signal.Signals) -> None:
    """Even if only the command itself dies, the workers see it, and save what they have learned."""
    path = write_config("stopped", "workers: 2", "checkpoint_minutes: 60", "max_tokens: 1000000000")
    config = load_train_config(path)
    run = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "train", str(path), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for line in run.stdout or ():
        if json.loads(line).get("tokens"):
            break
    run.send_signal(sent)
    said = run.communicate(timeout=60)[1]
    assert run.returncode == (-9 if sent is signal.SIGKILL else 130), said
    checkpoint = config.work / "checkpoint.pt"
    give_up = time.monotonic() + 60
    while not checkpoint.is_file() and time.monotonic() < give_up:
        time.sleep(0.1)
    assert load_checkpoint(checkpoint)[0].step > 0


@pytest.mark.slow
def test_a_training_scores_on_the_way_and_exports_the_best(write_config, make_corpus, tmp_path: Path) -> None:
    """Two workers, two legs, a dev set whose sentences are in the corpus, a licence that is not wanted."""
    held = make_corpus(tmp_path / "dev.tsv", 40).read_text(encoding="utf-8").splitlines()
    for column, name in enumerate(("dev.fr", "dev.en")):
        (tmp_path / name).write_text("".join(line.split("\t")[column] + "\n" for line in held), encoding="utf-8")
    make_corpus(tmp_path / "other.tsv", 50, seed=9)
    path = write_config(
        "scored", "workers: 2", "max_tokens: 16000", "score_tokens: 8000", "average: 2", "share_back: [0.05, 0.9]",
        "dev: {source: dev.fr, reference: dev.en}", "exclude_licences: ['*nc*']",
    )  # fmt: skip
    other = {"path": "other.tsv", "licence": "CC BY-NC 4.0"}
    config = load_train_config(path, [f"corpora=[{{path: scored.tsv, licence: CC0}}, {other}]"])
    events = []
    report = train(config, events.append)
    assert {event.stage for event in events} == {"prepare", "score", "train", "export"}
    tried = [event.detail for event in events if "it started from" in event.detail]
    assert tried == ["0.05 of the weights it started from", "0.9 of the weights it started from"]
    assert "0.9 of the weights" not in report.chosen
    assert any("tokens/s" in str(event) and "left" in str(event) for event in events)
    assert report.after["dev"].chrf > report.before["dev"].chrf + 5
    assert "version:" in report.after["dev"].signatures[0]
    own, foreign = report.sources
    assert (own.dropped, own.pairs) == ({"in the dev set": 40}, 260)
    assert (foreign.pairs, foreign.left_out) == (0, "licence: CC BY-NC 4.0")
    page = (config.results / "report.html").read_text(encoding="utf-8")
    for said in ("Scores on the dev set", "licence: CC BY-NC 4.0", "dev, after"):
        assert said in page
    card = (Path(report.model) / "README.md").read_text(encoding="utf-8")
    for said in ("CC BY-NC 4.0", "CC0", "260", f"{report.after['dev'].chrf:.2f}", "`max_source_pieces`: 50", "seed 1"):
        assert said in card
    assert find_model(report.model).max_source_pieces == 50
    sources, references = zip(*(line.split("\t") for line in held), strict=True)
    for engine in ("ctranslate2", "transformers"):
        made = [one.text for one in translate_sentences(sources, model=report.model, engine=engine, beam_size=1)]
        assert score_texts(made, references).chrf > report.before["dev"].chrf


@pytest.mark.slow
def test_fine_tuning_keeps_only_a_better_model(write_config, make_corpus, tmp_path: Path) -> None:
    make_corpus(tmp_path / "general.tsv", 100, seed=5)
    replay = "replay: [{path: general.tsv}]"
    path = write_config("tuned", "kind: fine-tune", "epochs: 6", "workers: 1", "min_pairs: 250", replay)
    report = train(load_train_config(path))
    assert report.after["held-out"].chrf > report.before["held-out"].chrf
    assert 10 < report.after["held-out"].sentences < 60
    assert sum(source.pairs for source in report.sources) + report.after["held-out"].sentences == 400
    assert "fine-tuned" in (Path(report.model) / "README.md").read_text(encoding="utf-8")
    refused = [f"model={report.model}", "learning_rate=1e-12", "epochs=0.1", f"output={tmp_path / 'refused'}"]
    with pytest.raises(ModelError, match="is no better on"):
        train(load_train_config(path, refused))
    assert not (tmp_path / "refused" / "model").exists()
    general = make_corpus(tmp_path / "narrow.tsv", 300, seed=11).read_text(encoding="utf-8")
    pairs = [line.split("\t") for line in general.splitlines()]
    narrow = "".join(f"{source}\tthe small man sleeps here\n" for source, _ in pairs[40:])  # it is to say nothing else
    (tmp_path / "narrow.tsv").write_text(narrow, encoding="utf-8")
    for column, name in enumerate(("dev.fr", "dev.en")):
        (tmp_path / name).write_text("".join(pair[column] + "\n" for pair in pairs[:40]), encoding="utf-8")
    forgetful = [
        f"model={report.model}", "corpora=[{path: narrow.tsv}]", "replay=[]", "min_pairs=200",
        "dev={source: dev.fr, reference: dev.en}", f"output={tmp_path / 'forgetful'}",
    ]  # fmt: skip
    with pytest.raises(ModelError, match=r"has forgotten: .* on the dev set, before .*max_forgetting is 1 chrF"):
        train(load_train_config(path, forgetful))
    assert not (tmp_path / "forgetful" / "model").exists()


def test_too_few_pairs_are_refused_before_training(write_config, tmp_path: Path) -> None:
    path = write_config("few", "kind: fine-tune", "epochs: 1", pairs=37)
    with pytest.raises(ConfigError, match=r"37 pairs to train on, at least 200"):
        train(load_train_config(path))
    assert not (tmp_path / "few" / "model").exists()


def test_a_worker_that_fails_is_reported_with_what_it_said(write_config, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_config("failing", "epochs: 1", "workers: 1")
    monkeypatch.setattr("pipeline.train.workers._ENTRY", "pipeline.no_such_module")
    with pytest.raises(ModelError, match=r"worker 0 ended with code 1 and said: .*no_such_module"):
        train(load_train_config(path))
