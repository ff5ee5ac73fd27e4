"""How to translate: the options a user sets, and what they come to on this machine."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Literal

from pipeline.errors import ConfigError, ModelError
from pipeline.models import Model

ENGINES = ("auto", "ctranslate2", "transformers")
DEVICES = ("auto", "cpu", "cuda")  # and cuda:1, the second GPU
COMPUTE_TYPES = (
    "auto",
    "int8",
    "int8_float32",
    "int8_float16",
    "int8_bfloat16",
    "int16",
    "float16",
    "bfloat16",
    "float32",
)

# Presets: the hypotheses that are kept while decoding. CTranslate2's vocabulary map would be faster still, but what it
# allows a sentence is the union over its batch: a sentence's translation would hang on its neighbours.
QUALITIES = {"best": 4, "balanced": 2, "fast": 1}

DEVICE = r"auto|cpu|cuda(:\d{1,3})?"


@dataclass(frozen=True)
class TranslateOptions:
    """What a user may set. The last three change speed and memory, never a translation.

    `look_ahead` is how many sentences are read before the first comes out; `batch_pieces` how many source pieces are
    decoded at once. `threads` 0 means every core this process may use.
    """

    engine: str = "auto"
    compute_type: str = "auto"
    device: str = "auto"
    beam_size: int = 4
    retries: bool = True
    threads: int = 0
    look_ahead: int = 8192
    batch_pieces: int = 2048

    def __post_init__(self) -> None:
        for name, value, known in (
            ("engine", self.engine, ENGINES),
            ("compute_type", self.compute_type, COMPUTE_TYPES),
        ):
            if value not in known:
                raise ConfigError(f"{name} is {value!r}", f"Say one of {', '.join(known)}.")
        if not re.fullmatch(DEVICE, self.device):
            raise ConfigError(f"device is {self.device!r}", f"Say one of {', '.join(DEVICES)}, or cuda:1.")
        for name, number, least, most in (
            ("beam_size", self.beam_size, 1, 64),
            ("threads", self.threads, 0, 4096),
            ("look_ahead", self.look_ahead, 1, 1_000_000),
            ("batch_pieces", self.batch_pieces, 1, 1_000_000),
        ):
            if not least <= number <= most:
                raise ConfigError(f"{name} is {number}", f"Give a number from {least} to {most}.")


def beam_of(quality: str = "best", beam_size: int | None = None) -> int:
    """The hypotheses to keep: those asked for, else a preset's; raises ConfigError where there is no such preset."""
    if quality not in QUALITIES:
        raise ConfigError(f"quality is {quality!r}", f"Say one of {', '.join(QUALITIES)}.")
    return QUALITIES[quality] if beam_size is None else beam_size


@dataclass(frozen=True)
class Setup:
    """An engine, a device and a compute type, all decided; the compute type is the one the engine really uses."""

    engine: Literal["ctranslate2", "transformers"]
    device: Literal["cpu", "cuda"]
    compute_type: str
    threads: int
    gpu: int = 0  # which one


def resolve(options: TranslateOptions, model: Model) -> Setup:
    """What the options come to on this machine with this model; raises ModelError for what it cannot do.

    CTranslate2 is the engine unless the model has two vocabularies, which its converter does not know.
    """
    separate = (model.folder / "target_vocab.json").is_file()
    if options.engine == "transformers" or (options.engine == "auto" and separate):
        return _for_transformers(options)
    import ctranslate2

    device = _device(options, "CTranslate2", ctranslate2.get_cuda_device_count())
    supported = ctranslate2.get_supported_compute_types(device)
    asked = options.compute_type
    if asked == "auto":
        wishes = ("int8_float32",) if device == "cpu" else ("float16", "int8_float32")
        asked = next((wish for wish in wishes if wish in supported), "float32")
    asked = "int8_float32" if asked == "int8" else asked
    if asked not in supported:  # the engine would silently take another
        raise ModelError(f"compute_type {asked!r} does not run on this {device}", f"Say one of {_listed(supported)}.")
    return Setup("ctranslate2", device, asked, _threads(options) if device == "cpu" else 1, _gpu(options))


def _for_transformers(options: TranslateOptions) -> Setup:
    if options.compute_type not in ("auto", "float32"):
        raise ModelError(
            f"compute_type {options.compute_type!r} is not for `engine: transformers`, which computes in float32",
            "Say `compute_type: float32`, or use `engine: ctranslate2`.",
        )
    if options.device == "cpu":
        return Setup("transformers", "cpu", "float32", _threads(options))
    import torch

    device = _device(options, "torch", torch.cuda.device_count() if torch.cuda.is_available() else 0)
    return Setup("transformers", device, "float32", _threads(options), _gpu(options))


def _device(options: TranslateOptions, engine: str, gpus: int) -> Literal["cpu", "cuda"]:
    """The device, if the machine has it."""
    if options.device == "cpu" or (options.device == "auto" and not gpus):
        return "cpu"
    if _gpu(options) >= gpus:
        found = f"finds {gpus} GPUs, counted from 0" if gpus else "finds no GPU"
        raise ModelError(f"device is {options.device!r}, but {engine} {found}", "Say `device: cpu` or `device: auto`.")
    return "cuda"


def _gpu(options: TranslateOptions) -> int:
    return int(options.device.partition(":")[2] or 0)


def _threads(options: TranslateOptions) -> int:
    if options.threads:
        return options.threads
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))
