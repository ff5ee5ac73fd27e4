"""The scores of a run, kept beside its checkpoint."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.measure.model_scores import Score
from pipeline.train.checkpoint import atomically


@dataclass
class Scores:
    """Scores so far, kept beside the checkpoint: of the base model, and by tokens of the scored checkpoints."""

    path: Path
    before: dict[str, Score] = field(default_factory=dict)
    dev: list[Score] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> Scores:
        """The scores in a file; none where it is not there."""
        if not path.is_file():
            return cls(path)
        stored = json.loads(path.read_text(encoding="utf-8"))
        before = {name: _score(one) for name, one in stored["before"].items()}
        return cls(path, before, [_score(one) for one in stored["dev"]])

    def write(self) -> None:
        """Write them, whole or not at all."""
        text = json.dumps(
            {
                "before": {name: dataclasses.asdict(score) for name, score in self.before.items()},
                "dev": [dataclasses.asdict(score) for score in self.dev],
            }
        )
        atomically(self.path, lambda made: made.write_text(text, encoding="utf-8"))


def _score(stored: dict[str, object]) -> Score:
    return Score(**stored | {"signatures": tuple(stored["signatures"])})  # type: ignore[arg-type]
