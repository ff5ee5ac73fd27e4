"""What a worker does a step: batches on a device, dropout that a run going on draws again, a limit of its memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from pipeline.errors import ConfigError, ModelError
from pipeline.models import Model
from pipeline.train import load_train_config, train
from pipeline.train.batches import epoch_batches
from pipeline.train.checkpoint import load_checkpoint
from pipeline.train.config import TrainConfig
from pipeline.train.data import EncodedCorpus
from pipeline.train.export import export_model
from pipeline.train.feed import Feed
from pipeline.train.held import memory_held, memory_limit
from pipeline.train.loop import Place, Stepper, run_leg
from pipeline.train.marian import read_shape, read_weights
from pipeline.train.mixing import base_weights, mixture
from pipeline.train.network import Network


@pytest.fixture(autouse=True)
def _one_thread():
    """As workers have it: two threads beside other processes wait for each other at every barrier."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def corpus_of(shape, number: int = 60) -> EncodedCorpus:
    draw = np.random.default_rng(5)
    sides = []
    for _ in range(2):
        lengths = draw.integers(1, 12, number)
        ids = draw.integers(2, shape.pad, lengths.sum()).astype(np.int32)
        sides += [ids, np.cumsum([0, *lengths], dtype=np.int64)]
    return EncodedCorpus(*sides, np.ones(number))


def config(model: Model, **more: object) -> TrainConfig:
    return TrainConfig.model_validate(
        {"name": "x", "model": str(model.folder), "corpora": [{"path": "x.tsv"}], "max_tokens": 10**6,
         "batch_tokens": 100, "learning_rate": 1e-3, "warmup_steps": 5, "decay_share": 0, **more}
    )  # fmt: skip


def stepper(model: Model, corpus: EncodedCorpus, dropout: float = 0.0) -> Stepper:
    shape = read_shape(model)
    network = Network(shape, dropout=dropout)
    network.load(read_weights(model, shape))
    return Stepper(network, corpus, smoothing=0.1)


def leg(model: Model, path: Path, tokens: int, dropout: float, **more: object):
    corpus = corpus_of(read_shape(model))
    made, events = stepper(model, corpus, dropout), []
    position = run_leg(
        config(model, dropout=dropout), made, corpus, place=Place(), checkpoint=path, leg=tokens,
        on_event=events.append, is_asked_to_stop=lambda: False, **more,
    )  # fmt: skip
    return position, [weight.detach().clone() for weight in made.optimiser.masters], events


def test_a_devices_batches_are_those_of_the_processor(tiny: Model) -> None:
    shape = read_shape(tiny)
    corpus = corpus_of(shape)
    feed = Feed(corpus, shape, "cpu")
    for batch in epoch_batches(corpus.lengths, corpus.repeats, tokens=100, seed=1, epoch=0):
        expected = corpus.tensors(batch, shape)
        assert all(map(torch.equal, feed.tensors(batch), expected))
        assert corpus.target_tokens(batch) == int((expected[2] != shape.pad).sum())


def test_dropout_changes_what_is_learned_and_nothing_at_rest(tiny: Model) -> None:
    corpus = corpus_of(read_shape(tiny))
    made = stepper(tiny, corpus, 0.3)
    batch = epoch_batches(corpus.lengths, corpus.repeats, tokens=100, seed=1, epoch=0)[0]
    source, shifted, _ = corpus.tensors(batch, made.network.shape)
    first, second = (made.network.hidden(source, shifted) for _ in range(2))
    assert not torch.equal(first, second)
    plain = stepper(tiny, corpus).network.eval()
    assert torch.equal(made.network.eval().hidden(source, shifted), plain.hidden(source, shifted))


@pytest.mark.parametrize("dropout", [0.0, 0.2])
def test_workers_that_are_full_stop_and_begun_anew_reach_the_same_weights(
    tiny: Model, tmp_path: Path, dropout: float
) -> None:
    _, unbroken, _ = leg(tiny, tmp_path / "whole.pt", 600, dropout)
    path = tmp_path / "broken.pt"
    held = iter([1, 1, 1, 10])
    position, _, events = leg(tiny, path, 600, dropout, memory_limit=5, memory_held=lambda: next(held))
    assert (position.step, position.tokens < 600) == (4, True)
    assert "all begin anew" in events[-1].detail
    assert load_checkpoint(path)[0] == position
    torch.manual_seed(99)  # another process would have drawn other numbers
    _, resumed, _ = leg(tiny, path, 600, dropout)
    assert all(map(torch.equal, resumed, unbroken))


def test_a_worker_knows_what_it_holds_and_may_hold() -> None:
    assert memory_held() > 10_000_000
    assert memory_limit(2.5, 4) == 2.5e9
    assert memory_limit(None, 1) == pytest.approx(2 * memory_limit(None, 2))


@pytest.mark.slow
def test_a_limit_that_no_step_keeps_to_is_told(tiny: Model, tmp_path: Path, make_corpus) -> None:
    make_corpus(tmp_path / "c.tsv", 60)
    path = tmp_path / "full.yaml"
    path.write_text(
        f"name: full\nmodel: {tiny.folder}\noutput: {tmp_path / 'full'}\ncorpora: [{{path: c.tsv}}]\nmax_pieces: 50\n"
        "max_tokens: 100000\nbatch_tokens: 100\nworkers: 1\nprecision: float32\nworker_memory: 0.01\n"
    )
    with pytest.raises(ModelError, match=r"needs more than the 0\.01 GB .* after 1 steps"):
        train(load_train_config(path))


def test_a_share_of_the_start_is_what_it_says(tiny: Model, tmp_path: Path) -> None:
    base = base_weights(tiny)
    others = [weight + 1 for weight in base]
    torch.testing.assert_close(mixture(others, base, 0.25), [weight + 0.75 for weight in base])
    whole = export_model(tiny, mixture(others, base, 1.0), tmp_path / "m", languages=("fr", "en"))
    torch.testing.assert_close(base_weights(whole), base, atol=1e-3, rtol=1e-3)


def test_a_share_back_needs_a_set_that_tells(tiny: Model, tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(f"name: x\nmodel: {tiny.folder}\ncorpora: [{{path: c.tsv}}]\nepochs: 1\nshare_back: [0.2]\n")
    with pytest.raises(ConfigError) as caught:
        load_train_config(path)
    assert "share_back" in str(caught.value.faults)
