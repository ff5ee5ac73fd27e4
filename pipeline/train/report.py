"""What a training says: events on the way, scores, and the report at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.measure.model_scores import Score


@dataclass(frozen=True, slots=True)
class TrainEvent:
    """Progress: `stage` is prepare, score, train or export; `left` are seconds; loss is nats a target token."""

    stage: str
    done: float = 0.0
    detail: str = ""
    tokens: int = 0
    rate: float = 0.0
    loss: float | None = None
    learning_rate: float | None = None
    left: float | None = None

    def __str__(self) -> str:
        parts = [self.stage]
        if self.stage == "train":
            parts += [f"{self.done:.1%}", f"{self.tokens:,} tokens", f"{self.rate:,.0f} tokens/s"]
        if self.loss is not None:
            parts.append(f"loss {self.loss:.3f}")
        if self.learning_rate is not None:
            parts.append(f"rate {self.learning_rate:.2e}")
        if self.left is not None:
            parts.append(f"{_duration(self.left)} left")
        return "  ".join([*parts, self.detail] if self.detail else parts)


@dataclass(frozen=True, slots=True)
class SourceCount:
    """What became of a source's pairs; `left_out` says why the whole source was, if it was."""

    corpus: str
    source: str
    licence: str
    weight: float
    pairs: int = 0
    dropped: dict[str, int] = field(default_factory=dict)
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class TrainReport:
    """What a training did; `before` and `after` by data set: `dev`, and `held-out` when fine-tuning."""

    model: str
    stopped: str
    steps: int
    tokens: int
    seconds: float
    sources: tuple[SourceCount, ...] = ()
    before: dict[str, Score] = field(default_factory=dict)
    after: dict[str, Score] = field(default_factory=dict)
    chosen: str = "the last checkpoint"

    def __str__(self) -> str:
        rate = self.tokens / self.seconds if self.seconds else 0.0
        lines = [
            f"{self.steps:,} steps, {self.tokens:,} target tokens in {_duration(self.seconds)} "
            f"({rate:,.0f} tokens/s); stopped: {self.stopped}; kept: {self.chosen}"
        ]
        for name, score in self.after.items():
            lines.append(f"{name}: {self.before[name]} before" if name in self.before else f"{name}:")
            lines.append(f"{' ' * len(name)}  {score} after")
        return "\n".join([*lines, self.model])


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(max(0.0, seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes}:{rest:02} min"
