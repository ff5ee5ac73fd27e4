"""One worker process: `python -m pipeline.train.worker WORK RANK STORE LEG`; it speaks in JSON lines on stdout."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import torch
from torch import distributed

from pipeline.models import find_model
from pipeline.train.checkpoint import Position
from pipeline.train.data import EncodedCorpus
from pipeline.train.held import memory_limit
from pipeline.train.loop import Place, Stepper, run_leg
from pipeline.train.marian import read_shape, read_weights
from pipeline.train.network import Network
from pipeline.train.report import TrainEvent
from pipeline.train.settled import Settled, read_settled

_PATIENCE = timedelta(days=1)  # workers may be paused; one that fails is noticed by the parent


class _Wish:
    """Whether the run is to stop: the parent asked, or is gone."""

    def __init__(self) -> None:
        self._parent = os.getppid()
        self._asked = False
        signal.signal(signal.SIGTERM, self._ask)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the parent, which asks all workers

    def __call__(self) -> bool:
        return self._asked or os.getppid() != self._parent

    def _ask(self, *_: object) -> None:
        self._asked = True


def work(folder: Path, rank: int, store: str, leg: int) -> Position:
    """Train one leg as worker `rank`."""
    settled = read_settled(folder)
    wish = _Wish()
    torch.manual_seed(settled.config.seed)
    if settled.device == "cpu":
        torch.set_num_threads(1)
    if settled.workers > 1:
        distributed.init_process_group(
            "gloo", init_method=f"file://{store}", rank=rank, world_size=settled.workers, timeout=_PATIENCE
        )
    corpus = EncodedCorpus.open(folder / "data")
    stepper = Stepper(
        _network(settled),
        corpus,
        smoothing=settled.config.label_smoothing,
        moving_average=settled.config.moving_average,
        device=settled.device,
    )
    position = run_leg(
        settled.config,
        stepper,
        corpus,
        place=Place(rank, settled.workers),
        checkpoint=folder / "checkpoint.pt",
        leg=leg,
        on_event=_tell,
        is_asked_to_stop=wish,
        memory_limit=memory_limit(settled.config.worker_memory, settled.workers),
    )
    if settled.workers > 1:
        distributed.destroy_process_group()
    return position


def _network(settled: Settled) -> Network:
    model = find_model(settled.model)
    shape = read_shape(model)
    network = Network(shape, dropout=settled.config.dropout)
    network.load(read_weights(model, shape))
    network.to(settled.device, getattr(torch, settled.precision))
    return network


def _tell(event: TrainEvent) -> None:
    """Say it, if there is still somebody who listens: without a parent the worker has a checkpoint to write yet."""
    with suppress(BrokenPipeError):
        sys.stdout.write(json.dumps(dataclasses.asdict(event)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
