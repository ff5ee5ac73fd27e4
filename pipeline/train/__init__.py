"""Training: a Marian model trained on, or fine-tuned to a reviewed corpus, and written as a model folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.train.config import TrainConfig
    from pipeline.train.report import TrainEvent, TrainReport

__all__ = ["load_train_config", "train"]


def load_train_config(path: Path | str, overrides: Sequence[str] = ()) -> TrainConfig:
    """A training's settings; `overrides` are `key.sub=value`. Raises ConfigError with every fault and its place."""
    from pipeline.train.config import load_train_config as load

    return load(path, overrides)


def train(config: TrainConfig, on_event: Callable[[TrainEvent], None] | None = None) -> TrainReport:
    """Train on or fine-tune a model; run again, it goes on where it was stopped or killed.

    The report's `model` is the new model's folder. Raises ConfigError, InputError, ModelError, OutputError;
    KeyboardInterrupt leaves a checkpoint to go on from.
    """
    from pipeline.train.training import train as run

    return run(config, on_event)
