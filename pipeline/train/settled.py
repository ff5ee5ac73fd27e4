"""What a run decided when it first started, so that every later start computes the same."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.models import Model
from pipeline.train.checkpoint import atomically
from pipeline.train.config import TrainConfig

# May change between two starts of one run; everything else makes it another run.
_CHANGEABLE = {
    "epochs",
    "max_tokens",
    "max_minutes",
    "score_tokens",
    "patience",
    "average",
    "share_back",
    "beam_size",
    "checkpoint_minutes",
    "max_forgetting",
    "learning_rate",
    "decay_share",
    "output",
    "workers",
    "worker_memory",
    "device",
    "precision",
}


@dataclass(frozen=True, slots=True)
class Settled:
    """The settings, the model's folder and its fingerprint, and what `auto` came to on this machine."""

    config: TrainConfig
    model: str
    fingerprint: str
    workers: int
    device: str
    precision: str


def settle(config: TrainConfig, model: Model) -> Settled:
    """Decide what is left open, once: a run that goes on takes what it was begun with.

    Raises ConfigError when the folder holds a run with other settings.
    """
    path = config.work / "run.json"
    if path.is_file():
        begun = read_settled(config.work)
        _check_same(begun, config, model)
        device = _device_now(begun, config)
        precision = begun.precision if device == begun.device else _precision(config.precision, device)
        settled = Settled(config, str(model.folder), model.fingerprint, begun.workers, device, precision)
    else:
        device = _device(config.device)
        workers = 1 if device == "cuda" else config.workers or _cores()
        settled = Settled(
            config, str(model.folder), model.fingerprint, workers, device, _precision(config.precision, device)
        )
    text = json.dumps(
        {name: getattr(settled, name) for name in settled.__slots__ if name != "config"}
        | {"config": config.model_dump(mode="json")},
        ensure_ascii=False,
        indent=1,
    )
    atomically(path, lambda made: made.write_text(text, encoding="utf-8"))
    return settled


def read_settled(folder: Path) -> Settled:
    """What was decided for the run in a work folder."""
    stored = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return Settled(**stored | {"config": TrainConfig.model_validate(stored["config"])})


def _check_same(begun: Settled, config: TrainConfig, model: Model) -> None:
    now, then = config.model_dump(mode="json"), begun.config.model_dump(mode="json")
    changed = [key for key in now if key not in _CHANGEABLE and now[key] != then[key]]
    if begun.fingerprint != model.fingerprint:
        changed.append("model")
    if changed:
        raise ConfigError(
            f"{config.work} holds a run with other settings: {', '.join(dict.fromkeys(changed))} changed",
            f"Remove {config.work} to start again, or give this run another name or output.",
        )


def _device_now(begun: Settled, config: TrainConfig) -> str:
    """Where a run goes on: where it was begun, unless another device is asked for, or the GPU is gone."""
    import torch

    gone = begun.device == "cuda" and not torch.cuda.is_available()
    device = begun.device if config.device == "auto" and not gone else _device(config.device)
    if device == "cuda" and begun.workers > 1:
        raise ConfigError(
            f"{config.work} holds a run of {begun.workers} workers, and a GPU is for one",
            "Say `device: cpu`, or give this run another name or output.",
        )
    return device


def _device(asked: str) -> str:
    import torch

    has_gpu = torch.cuda.is_available()
    if asked == "cuda" and not has_gpu:
        raise ConfigError("device is 'cuda', but torch finds no GPU", "Say `device: cpu` or `device: auto`.")
    return "cuda" if has_gpu and asked != "cpu" else "cpu"


def _precision(asked: str, device: str) -> str:
    """`auto` is bfloat16 where the device multiplies it in hardware: emulated, it is slower than float32."""
    import torch

    if asked != "auto":
        return asked
    if device == "cuda":
        return "bfloat16" if torch.cuda.is_bf16_supported() else "float32"
    probes = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    return "bfloat16" if any(getattr(torch.cpu, probe, lambda: False)() for probe in probes) else "float32"


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
