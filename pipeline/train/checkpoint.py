"""Checkpoints: whole or not there, whatever kills the run, and enough to go on to the same weights."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from pipeline.errors import ModelError, OutputError


@dataclass(frozen=True, slots=True)
class Position:
    """How far a run is: steps, target tokens, seconds of training, and the next batch of which epoch.

    `passes` over the data count parts of an epoch too; `leg` is the number of tokens after which the workers were to
    stop for a score.
    """

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    epoch: int = 0
    batch: int = 0
    passes: float = 0.0
    leg: int = 0


def save_checkpoint(path: Path, position: Position, state: dict[str, Any]) -> None:
    """Write a checkpoint beside the old one, and put it into its place. Raises OutputError."""
    atomically(path, lambda made: torch.save({"position": asdict(position), **state}, made))


def load_checkpoint(path: Path) -> tuple[Position, dict[str, Any]]:
    """Read a checkpoint; raises ModelError when it is none."""
    try:
        stored = torch.load(path, map_location="cpu", weights_only=True)
        return Position(**stored.pop("position")), stored
    except Exception as error:  # torch raises whatever its unpickler meets
        raise ModelError(
            f"the checkpoint {path} cannot be read: {error}", f"Remove {path.parent} to start again."
        ) from error


def atomically(path: Path, write: Any) -> None:
    """Let `write` fill a temporary path, flush it to the disk, and rename it to `path`. Raises OutputError."""
    made = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(made)
        with made.open("rb") as stream:
            os.fsync(stream.fileno())
        made.replace(path)
    except (OSError, RuntimeError) as error:  # torch reports a full disk as RuntimeError
        raise OutputError(f"{path} cannot be written: {error}", "Free space, or choose another `output`.") from error
    finally:
        made.unlink(missing_ok=True)
