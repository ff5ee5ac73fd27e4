"""The training loop of one worker: batches in their order, steps, checkpoints, until the leg or the run is over."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from pipeline.train.batches import Batch, epoch_batches
from pipeline.train.checkpoint import Position, load_checkpoint, save_checkpoint
from pipeline.train.config import TrainConfig
from pipeline.train.data import EncodedCorpus
from pipeline.train.feed import Feed
from pipeline.train.held import memory_held
from pipeline.train.network import Network
from pipeline.train.optimiser import Optimiser
from pipeline.train.report import TrainEvent

_REPORT_SECONDS = 2.0
_LEAST_RATE = 0.02  # of the full learning rate, at the end of the decay


@dataclass(frozen=True, slots=True)
class Place:
    """Which worker this is, of how many."""

    rank: int = 0
    world: int = 1


class Stepper:
    """A network, its optimiser and its data: one step a batch."""

    def __init__(
        self,
        network: Network,
        corpus: EncodedCorpus,
        *,
        smoothing: float,
        moving_average: float = 0.0,
        device: str = "cpu",
    ) -> None:
        self.network = network
        self.optimiser = Optimiser(network, moving_average=moving_average)
        self._corpus = corpus
        self._smoothing = smoothing
        self._feed = None if device == "cpu" else Feed(corpus, network.shape, device)

    def draw_anew(self, seed: int, step: int, place: Place) -> None:
        """Let what dropout leaves out hang on the step alone, so that a run that goes on draws the same."""
        if self.network.drop.p:
            torch.manual_seed((seed * 1_000_003 + step) * place.world + place.rank)

    def step(self, batch: Batch, learning_rate: float, tallies: tuple[float, ...] = ()) -> list[float]:
        """Learn from a batch; gives -log p and number of target tokens, then `tallies`, summed over the workers.

        On a GPU -log p stays there as a tensor, so that nobody waits for it at each step.
        """
        shape = self.network.shape
        source, shifted, labels = self._feed.tensors(batch) if self._feed else self._corpus.tensors(batch, shape)
        loss, surprise = self.network(source, shifted, labels, self._smoothing)
        loss.backward()
        tokens = float(self._corpus.target_tokens(batch))
        return self.optimiser.step(learning_rate, (surprise if self._feed else float(surprise), tokens, *tallies))


def run_leg(
    config: TrainConfig,
    stepper: Stepper,
    corpus: EncodedCorpus,
    *,
    place: Place,
    checkpoint: Path,
    leg: int,
    on_event: Callable[[TrainEvent], None],
    is_asked_to_stop: Callable[[], bool],
    memory_limit: float = math.inf,
    memory_held: Callable[[], int] = memory_held,
) -> Position:
    """Train from the checkpoint, if there is one, up to `leg` tokens or the end of the run; then write it again.

    It also stops, for the parent to begin anew from there, when a worker holds more bytes than `memory_limit`.

    All workers decide from numbers that they exchanged, so they stop at the same step.
    """
    position = Position()
    if checkpoint.is_file():
        position, state = load_checkpoint(checkpoint)
        stepper.optimiser.restore(state)
    position = replace(position, leg=leg)
    watch = _Watch(config, position, on_event)
    is_stopped = is_full = False
    for epoch, rounds, number, batch in _batches(config, corpus, position, place):
        if position.tokens >= leg or share_done(config, position) >= 1 or is_stopped or is_full:
            break
        rate = learning_rate(config, position)
        held = memory_held() > memory_limit
        tallies = (float(is_asked_to_stop()), float(held), watch.seconds if place.rank == 0 else 0.0)
        stepper.draw_anew(config.seed, position.step, place)
        surprise, tokens, stops, full, seconds = stepper.step(batch, rate, tallies)
        is_stopped, is_full = stops > 0, full > 0
        position = Position(
            step=position.step + 1,
            tokens=position.tokens + round(tokens),
            seconds=seconds,
            epoch=epoch,
            batch=number + 1,
            passes=epoch + (number + 1) / rounds,
            leg=leg,
        )
        if place.rank == 0:
            watch.tell(position, surprise, tokens, rate)
            if watch.is_checkpoint_due():
                save_checkpoint(checkpoint, position, stepper.optimiser.state())
    if place.rank == 0:
        save_checkpoint(checkpoint, position, stepper.optimiser.state())
        if is_full:
            limit = f"{memory_limit / 1e9:.3g} GB"
            on_event(TrainEvent("train", tokens=position.tokens, detail=f"over {limit} a worker: all begin anew"))
    return position


def learning_rate(config: TrainConfig, position: Position) -> float:
    """Linear warm-up, then constant, then a linear decay over the last part of the run."""
    warm = min(1.0, (position.step + 1) / config.warmup_steps) if config.warmup_steps else 1.0
    left = 1 - share_done(config, position)
    decay = max(_LEAST_RATE, left / config.decay_share) if left < config.decay_share else 1.0
    return config.learning_rate * warm * decay


def share_done(config: TrainConfig, position: Position) -> float:
    """The part of the run that is done, by whichever limit is nearest; a limit that is raised makes it less."""
    parts = [
        position.passes / config.epochs if config.epochs else 0.0,
        position.tokens / config.max_tokens if config.max_tokens else 0.0,
        position.seconds / (60 * config.max_minutes) if config.max_minutes else 0.0,
    ]
    return min(1.0, max(parts))


def _batches(
    config: TrainConfig, corpus: EncodedCorpus, position: Position, place: Place
) -> Iterator[tuple[int, int, int, Batch]]:
    """Epoch, rounds in it, number of the round and this worker's batch, from the position on, without end.

    In each round every worker has a batch; the last round is filled up from the first.
    """
    epoch, first = position.epoch, position.batch
    repeats, lengths = np.asarray(corpus.repeats), corpus.lengths
    while True:
        batches = epoch_batches(lengths, repeats, tokens=config.batch_tokens, seed=config.seed, epoch=epoch)
        rounds = -(-len(batches) // place.world)
        for number in range(first, rounds):
            yield epoch, rounds, number, batches[(number * place.world + place.rank) % len(batches)]
        epoch, first = epoch + 1, 0


class _Watch:
    """The clock of a run, and what it is time for: an event, a checkpoint."""

    def __init__(self, config: TrainConfig, position: Position, on_event: Callable[[TrainEvent], None]) -> None:
        self._config = config
        self._on_event = on_event
        self._before = position.seconds
        self._start = self._reported = self._saved = time.monotonic()
        self._tokens = self._surprise = 0.0

    @property
    def seconds(self) -> float:
        """Seconds of training, those of earlier legs and runs included."""
        return self._before + time.monotonic() - self._start

    def tell(self, position: Position, surprise: float, tokens: float, rate: float) -> None:
        """Send an event every few seconds."""
        self._tokens += tokens
        self._surprise += surprise
        now, done = time.monotonic(), share_done(self._config, position)
        if now - self._reported < _REPORT_SECONDS and done < 1:
            return
        passed = max(now - self._reported, 1e-9)
        left = position.seconds * (1 - done) / done if done else None
        self._on_event(
            TrainEvent(
                stage="train",
                done=done,
                tokens=position.tokens,
                rate=self._tokens / passed,
                loss=float(self._surprise) / self._tokens,
                learning_rate=rate,
                left=left,
            )
        )
        self._reported, self._tokens, self._surprise = now, 0.0, 0.0

    def is_checkpoint_due(self) -> bool:
        """Whether it is time for a checkpoint; says so once."""
        if time.monotonic() - self._saved < 60 * self._config.checkpoint_minutes:
            return False
        self._saved = time.monotonic()
        return True
