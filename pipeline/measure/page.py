"""The pages of an evaluation and of a comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.measure.comparison import Comparison
from pipeline.measure.evaluation import SAMPLES, Evaluation, Metric, Spread
from pipeline.pages.charts import Bins
from pipeline.pages.comparing import ChangeShown, ComparisonPage
from pipeline.pages.evaluating import EvaluationPage, Measured, Shown

_BINS = 20
_HUNDRED = ((0.0, "0"), (0.5, "50"), (1.0, "100"))


def evaluation_page(evaluation: Evaluation) -> bytes:
    """An evaluation as a page in UTF-8."""
    return EvaluationPage(
        model=evaluation.model,
        against=evaluation.against or "",
        sentences=evaluation.sentences,
        samples=SAMPLES,
        measured=tuple(map(_measured, evaluation.metrics)),
        by_chrf=_by_chrf("chrF of each sentence", evaluation.chrf),
        worst=tuple(
            Shown(one.line, one.chrf, one.source, one.reference, one.translation, one.against)
            for one in evaluation.worst
        ),
    ).html()


def comparison_page(comparison: Comparison) -> bytes:
    """A comparison as a page in UTF-8."""
    return ComparisonPage(
        before=comparison.before,
        after=comparison.after,
        summary=comparison.summary,
        settings=comparison.settings,
        flags=tuple((name, old, new) for name, (old, new) in comparison.flags.items() if old != new),
        by_chrf=_by_chrf(
            "chrF of each changed translation against what it was",
            [one.chrf for one in comparison.changes if one.kind == "changed"],
        ),
        signature=comparison.chrf_signature,
        changes=tuple(
            ChangeShown(one.kind, one.id, one.source, one.before, one.after, one.chrf, one.flags_gone, one.flags_new)
            for one in comparison.changes
        ),
    ).html()


def _measured(metric: Metric) -> Measured:
    spread, bins = metric.spread, None
    if spread is not None:
        bins = Bins(f"{metric.name}: difference of the two scores", spread.counts, _ticks(spread), _zero(spread))
    return Measured(
        metric.name, metric.score, metric.low, metric.high, metric.signature, metric.against, metric.p,
        spread.better if spread else 0.0, bins,
    )  # fmt: skip


def _ticks(spread: Spread) -> tuple[tuple[float, str], ...]:
    return ((0.0, f"{spread.low:+.1f}"), (1.0, f"{spread.high:+.1f}"))


def _zero(spread: Spread) -> float:
    """Where no difference stands, from left (0) to right (1)."""
    return -spread.low / (spread.high - spread.low)


def _by_chrf(name: str, scores: Iterable[float]) -> Bins:
    bins = Counter(min(_BINS - 1, int(score * _BINS / 100)) for score in scores)
    return Bins(name, tuple(bins[i] for i in range(_BINS)), _HUNDRED)
