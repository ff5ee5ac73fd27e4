"""Training files: the two we ship load, and every fault of a bad one is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigError, InputError
from pipeline.train import load_train_config, train

CONFIGS = Path(__file__).parents[2] / "configs"


def test_the_files_we_ship_load() -> None:
    ours = load_train_config(CONFIGS / "train.yaml")
    assert (ours.kind, ours.learning_rate, ours.max_tokens) == ("train", 6e-4, 40_000_000)
    assert ours.corpora[0].weight_of("news") == 6
    assert ours.corpora[0].path == CONFIGS / "data" / "train.tsv.xz"
    tuned = load_train_config(CONFIGS / "finetune.yaml", ["epochs=2"])
    assert (tuned.kind, tuned.learning_rate, tuned.epochs) == ("fine-tune", 1e-4, 2)


def test_all_faults_at_once_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(
        "name: x\ncorpora:\n  - path: c.tsv\n    wieght: 2\nlearning_rate: -1\nseeds: 3\n", encoding="utf-8"
    )
    with pytest.raises(ConfigError) as caught:
        load_train_config(path)
    faults = "\n".join(caught.value.faults)
    assert f"{path}:4:" in faults
    assert "wieght" in faults
    assert len(caught.value.faults) == 3
    assert f"{path}:5:" in faults
    assert f"{path}:6:" in faults


def test_a_training_must_say_when_to_stop(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("name: x\ncorpora: [{path: c.tsv}]\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_train_config(path)
    assert "give epochs, max_tokens or max_minutes" in caught.value.faults[0]


def test_a_finished_run_goes_on_when_its_limit_is_raised() -> None:
    from pipeline.train.checkpoint import Position
    from pipeline.train.loop import learning_rate, share_done

    position = Position(step=100, tokens=5000, passes=2.0)
    for overrides, share in ((["epochs=2"], 1.0), (["epochs=8"], 0.25), (["epochs=8", "max_tokens=10000"], 0.5)):
        assert share_done(load_train_config(CONFIGS / "finetune.yaml", overrides), position) == share
    rates = [load_train_config(CONFIGS / "finetune.yaml", [f"epochs={epochs}"]) for epochs in (8, 3, 2)]
    assert [round(learning_rate(config, position), 9) for config in rates] == [1e-4, 6.6667e-05, 2e-06]


def test_all_missing_files_are_named_before_anything_starts(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(
        "name: x\nepochs: 1\ncorpora: [{path: a.tsv}, {path: b.tmx}]\ndev: {source: d.fr, reference: d.en}\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        train(load_train_config(path, [f"output={tmp_path / 'out'}"]))
    assert all(name in caught.value.problem for name in ("a.tsv", "b.tmx", "d.fr", "d.en"))
    assert not (tmp_path / "out").exists()
