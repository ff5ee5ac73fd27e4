"""The page of an evaluation: scores with their intervals, a second model by paired bootstrap, the worst sentences."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.pages.charts import Bins, histogram
from pipeline.pages.frame import render
from pipeline.pages.wording import Piece, differences


@dataclass(frozen=True, slots=True)
class Measured:
    """A score (0-100) with its interval; against a second model p, and the differences that resampling found."""

    name: str
    score: float
    low: float
    high: float
    signature: str
    against: float | None = None
    p: float | None = None
    better: float = 0.0
    spread: Bins | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence with its translation by people and by the model, and what a second model made of it."""

    line: int
    chrf: float
    source: str
    reference: str
    translation: str
    against: str | None = None


@dataclass(frozen=True, slots=True)
class EvaluationPage:
    """All that is shown of an evaluation."""

    model: str
    against: str
    sentences: int
    samples: int
    measured: tuple[Measured, ...]
    by_chrf: Bins
    worst: tuple[Shown, ...]

    def html(self) -> bytes:
        """The page."""
        worst: list[tuple[Shown, tuple[Piece, ...], tuple[Piece, ...]]] = [
            (one, differences(one.reference, one.translation), differences(one.reference, one.against or ""))
            for one in self.worst
        ]
        spreads = [(one, histogram(one.spread)) for one in self.measured if one.spread is not None]
        title = f"{self.model} against {self.against}" if self.against else self.model
        return render(
            "evaluation.html.j2", title, page=self, worst=worst, spreads=spreads, by_chrf=histogram(self.by_chrf)
        )
