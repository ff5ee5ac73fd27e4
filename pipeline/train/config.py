"""What a training file may say: one frozen tree, every key described, unknown ones refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from pipeline.config import load_settings

Share = Annotated[float, Field(ge=0, lt=1)]
Positive = Annotated[float, Field(gt=0)]
Weight = Annotated[float, Field(ge=0, le=1000)]


def _beside_the_file(path: Path, info: ValidationInfo) -> Path:
    return Path((info.context or {}).get("folder", Path()), path.expanduser())


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CorpusConfig(_Settings):
    """A parallel corpus: tsv (2 columns, or 3 with a source's name first), jsonl, tmx, xliff, moses; `.gz`, `.xz`."""

    path: Path = Field(description="The file, or the stem of two Moses files; relative to this file.")
    weight: Weight = Field(default=1.0, description="How often a pair is seen in an epoch, on average.")
    weights: dict[str, Weight] = Field(default={}, description="The same for single sources of a 3-column file.")
    licence: str = Field(default="not stated", description="Terms of the corpus, for the card and the filter.")
    licences: dict[str, str] = Field(default={}, description="The same for single sources of a 3-column file.")
    machine_made: bool = Field(
        default=False, strict=True, description="Also take pairs that are marked as a machine's work."
    )

    _path = field_validator("path")(_beside_the_file)

    def weight_of(self, source: str) -> float:
        """How often a pair of this source is seen in an epoch."""
        return self.weights.get(source, self.weight)

    def licence_of(self, source: str) -> str:
        """The terms of this source."""
        return self.licences.get(source, self.licence)


class DevConfig(_Settings):
    """Sentences, one a line, that are never trained on: the model is scored on them on the way."""

    source: Path = Field(description="Source sentences; relative to this file.")
    reference: Path = Field(description="Their translations by people.")

    _paths = field_validator("source", "reference")(_beside_the_file)


class TrainConfig(_Settings):
    """One training. Paths of data are relative to the file, those of results to the working directory."""

    name: str = Field(min_length=1, description="The new model's name; it goes to outputs/models/<name>/model.")
    kind: Literal["train", "fine-tune"] = Field(
        default="train", description="Train on, or fit to a small corpus and refuse a model that is no better."
    )
    model: str = Field(default="built-in", min_length=1, description="What to start from: built-in or a folder.")
    output: Path | None = Field(default=None, description="Folder of the results; outputs/models/<name> without one.")
    source_language: str = Field(
        default="fr", pattern=r"^[a-z]{2,3}$", description="Language code of the sources (fr)."
    )
    target_language: str = Field(
        default="en", pattern=r"^[a-z]{2,3}$", description="Language code of the targets (en)."
    )

    corpora: tuple[CorpusConfig, ...] = Field(description="What to train on.")
    replay: tuple[CorpusConfig, ...] = Field(
        default=(), description="General corpora mixed in while fine-tuning, against forgetting."
    )
    replay_share: Share = Field(default=0.5, description="Share of replayed pairs in what is seen.")
    dev: DevConfig | None = Field(default=None, description="General development set.")
    exclude_licences: tuple[str, ...] = Field(
        default=(), description="Sources whose licence fits one of these patterns (`*NC*`) are left out."
    )
    max_pieces: int = Field(default=100, strict=True, ge=4, le=511, description="Longest sentence, in pieces.")

    held_out: Share = Field(
        default=0.1, gt=0, le=0.5, description="Fine-tuning: share kept back to compare before and after."
    )
    min_pairs: int = Field(default=200, strict=True, ge=1, description="Fine-tuning: fewer pairs are refused.")
    max_forgetting: float = Field(
        default=1.0, ge=0, description="Fine-tuning: chrF points that may be lost on the dev set."
    )

    learning_rate: Positive = Field(default=6e-4, le=0.1, description="Rate after warm-up.")
    warmup_steps: int = Field(default=400, strict=True, ge=0, description="Steps until the full rate.")
    decay_share: Share = Field(default=0.2, description="Last part of the run, in which the rate falls to 0.")
    dropout: Share = Field(default=0.0, description="Share of what layers and embeddings say that is left out.")
    label_smoothing: Share = Field(default=0.1, description="Probability spread over all pieces.")
    batch_tokens: int = Field(
        default=4000, strict=True, ge=16, description="Tokens in a worker's batch: mean of both sides, with padding."
    )
    epochs: Positive | None = Field(default=None, description="Stop after so many passes over the data.")
    max_tokens: int | None = Field(default=None, strict=True, ge=1, description="Stop after so many target tokens.")
    max_minutes: Positive | None = Field(default=None, description="Stop after so many minutes of training.")

    score_tokens: int = Field(
        default=2_000_000, strict=True, ge=1, description="Target tokens between scores on the dev set."
    )
    patience: int = Field(default=0, strict=True, ge=0, description="Stop after so many scores without a better one.")
    average: int = Field(default=4, strict=True, ge=1, le=32, description="Scored checkpoints that are averaged.")
    moving_average: Share = Field(
        default=0.0, description="Decay a step of a moving average, which is then scored and exported; 0 is none."
    )
    share_back: tuple[Share, ...] = Field(
        default=(), max_length=10, description="Shares of the weights it starts from, tried in the end: 0.2, 0.4."
    )
    beam_size: int = Field(default=4, strict=True, ge=1, le=64, description="Beam of the scored translations.")
    checkpoint_minutes: float = Field(default=10, ge=0, description="Minutes between checkpoints.")

    seed: int = Field(default=1, strict=True, ge=0, description="Decides the order of the data.")
    workers: int = Field(default=0, strict=True, ge=0, le=256, description="Processes, one a core; 0 means all cores.")
    worker_memory: Positive | None = Field(
        default=None,
        description="Gigabytes a worker may hold before all begin anew from a checkpoint; else a fair share.",
    )
    device: Literal["auto", "cpu", "cuda"] = Field(default="auto", description="Where to compute.")
    precision: Literal["auto", "float32", "bfloat16"] = Field(
        default="auto", description="auto is bfloat16 where the processor has it."
    )

    @field_validator("name")
    @classmethod
    def _is_a_folder_name(cls, name: str) -> str:
        if not re.fullmatch(r"[\w][\w .-]{0,99}", name):
            raise ValueError("must do as a folder's name: letters, digits, `.`, `-`, `_`, at most 100")
        return name

    @field_validator("corpora")
    @classmethod
    def _is_not_empty(cls, corpora: tuple[CorpusConfig, ...]) -> tuple[CorpusConfig, ...]:
        if not corpora:
            raise ValueError("must name at least one corpus")
        return corpora

    @model_validator(mode="after")
    def _ends(self) -> Self:
        if self.epochs is None and self.max_tokens is None and self.max_minutes is None:
            raise ValueError("says nowhere when to stop: give epochs, max_tokens or max_minutes")
        if self.replay and self.kind == "train":
            raise ValueError("replay is for `kind: fine-tune`; list general corpora under corpora")
        if self.share_back and (self.kind == "fine-tune" or self.dev is None):
            raise ValueError("share_back is for `kind: train` with a dev set, which tells the best share")
        return self

    @property
    def results(self) -> Path:
        """Folder of the results: `model/`, and `work/` with checkpoint and encoded data."""
        return self.output or Path("outputs") / "models" / self.name

    @property
    def work(self) -> Path:
        """Folder of the checkpoint and the encoded data; it may be removed when the model is done."""
        return self.results / "work"

    def is_excluded(self, licence: str) -> bool:
        """Whether sources under these terms are left out."""
        return any(fnmatchcase(licence.casefold(), pattern.casefold()) for pattern in self.exclude_licences)


def load_train_config(path: Path | str, overrides: Sequence[str] = ()) -> TrainConfig:
    """A training's settings; `overrides` are `key.sub=value`. Raises ConfigError with every fault and its place."""
    return load_settings(TrainConfig, Path(path), overrides)
