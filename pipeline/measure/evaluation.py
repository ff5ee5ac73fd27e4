"""How good a model is: BLEU, chrF and TER against translations by people, and where it is worst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import InputError

SAMPLES = 1000  # of the bootstrap
_BINS = 30


@dataclass(frozen=True, slots=True)
class Spread:
    """How a model's score differs from a second one's over `SAMPLES` draws of the sentences, as a histogram.

    The bins go from `low` to `high`, which hold 0 between them; `better` is the share of draws in which it is better.
    """

    low: float
    high: float
    counts: tuple[int, ...]
    better: float


@dataclass(frozen=True, slots=True)
class Metric:
    """A corpus score, 0-100, with its 95 % bootstrap interval and sacrebleu's signature; `p` compares two models.

    `p` is the probability that a difference as large as this one comes from chance (paired bootstrap, Koehn 2004),
    `spread` what the draws gave.
    """

    name: str
    score: float
    low: float
    high: float
    signature: str
    against: float | None = None
    p: float | None = None
    spread: Spread | None = None

    def __str__(self) -> str:
        text = f"{self.name} {self.score:.2f} [{self.low:.2f}, {self.high:.2f}]"
        if self.against is not None and self.p is not None:
            text += f"  against {self.against:.2f}, p = {self.p:.3f}"
        return f"{text}  {self.signature}"


_Against = tuple[float, float, Spread]


@dataclass(frozen=True, slots=True)
class Worst:
    """A badly translated sentence; `chrf` is its own score, `against` what the second model made of it."""

    line: int
    chrf: float
    source: str
    reference: str
    translation: str
    against: str | None = None

    def __str__(self) -> str:
        lines = [
            f"line {self.line}, chrF {self.chrf:.1f}",
            f"  source     {self.source}",
            f"  reference  {self.reference}",
        ]
        lines.append(f"  translated {self.translation}")
        if self.against is not None:
            lines.append(f"  against    {self.against}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A model's scores on a test set, each sentence's chrF in its order, and its worst sentences, the worst first."""

    model: str
    against: str | None
    sentences: int
    metrics: tuple[Metric, ...]
    worst: tuple[Worst, ...]
    chrf: tuple[float, ...] = ()

    def __str__(self) -> str:
        title = f"{self.model}{f' against {self.against}' if self.against else ''}, {self.sentences} sentences"
        return "\n".join([title, *map(str, self.metrics), *(f"\n{one}" for one in self.worst)])


def evaluate(model: str, source: Path, reference: Path, *, against: str | None = None, worst: int = 10) -> Evaluation:
    """Translate a test set, a sentence a line, and score it; with `against`, compare a second model pairwise.

    Raises InputError when the files cannot be read or differ in length, ModelError, ConfigError.
    """
    from pipeline.documents.sentences import translate_sentences

    sources, references = _lines(source), _lines(reference)
    if len(sources) != len(references):
        raise InputError(
            f"{source} has {len(sources):,} lines, {reference} {len(references):,}",
            "Give two files in which the same line says the same.",
        )
    if not sources:
        raise InputError(f"{source} and {reference} are empty", "Give at least one sentence.")
    made = [one.text for one in translate_sentences(sources, model=model)]
    other = [one.text for one in translate_sentences(sources, model=against)] if against else None
    ranked = _worst(sources, references, made, other)
    return Evaluation(
        model=model,
        against=against,
        sentences=len(sources),
        metrics=score(made, references, other),
        worst=ranked[:worst],
        chrf=tuple(round(one.chrf, 2) for one in sorted(ranked, key=lambda one: one.line)),
    )


def score(made: Sequence[str], references: Sequence[str], other: Sequence[str] | None = None) -> tuple[Metric, ...]:
    """BLEU, chrF and TER of translations, with intervals; with `other`, compared with those of a second model."""
    from sacrebleu.metrics import BLEU, CHRF, TER

    metrics = {"BLEU": BLEU(), "chrF": CHRF(), "TER": TER()}
    compared = _compared(metrics, made, references, other) if other is not None else {}
    return tuple(_metric(name, metric, made, references, compared.get(name)) for name, metric in metrics.items())


def _metric(
    name: str, metric: Any, made: Sequence[str], references: Sequence[str], compared: _Against | None
) -> Metric:
    result = metric.corpus_score(list(made), [list(references)], n_bootstrap=SAMPLES)
    against, p, spread = compared or (None, None, None)
    return Metric(
        name,
        result.score,
        max(0.0, float(result._mean - result._ci)),
        float(result._mean + result._ci),
        str(metric.get_signature()),
        against,
        p,
        spread,
    )


def _compared(
    metrics: dict[str, Any], made: Sequence[str], references: Sequence[str], other: Sequence[str]
) -> dict[str, _Against]:
    """For each metric the second model's score, p, and what the draws gave."""
    from sacrebleu.significance import PairedTest

    systems = [("model", list(made)), ("against", list(other))]
    test = PairedTest(systems, metrics, [list(references)], test_type="bs", n_samples=SAMPLES)
    _, scores = test()
    by_metric = [results for name, results in scores.items() if name != "System"]  # in the order of the metrics
    return {
        # sacrebleu counts differences larger than the one found: of equal scores it would say p = 0.001
        name: (
            float(results[1].score),
            float(results[1].p_value) if results[0].score != results[1].score else 1.0,
            _spread(metrics[name], made, references, other),
        )
        for name, results in zip(metrics, by_metric, strict=True)
    }


def _spread(metric: Any, made: Sequence[str], references: Sequence[str], other: Sequence[str]) -> Spread:
    """The differences of both models' scores; sacrebleu draws the same sentences for both, by its fixed seed."""
    import numpy as np
    from sacrebleu.metrics import TER
    from sacrebleu.significance import _bootstrap_resample

    ours, theirs = (
        np.array(
            [
                one.score
                for one in _bootstrap_resample(
                    metric._extract_corpus_statistics(list(side), [list(references)]), metric, SAMPLES
                )[1]
            ]
        )
        for side in (made, other)
    )
    differences = ours - theirs
    better = differences < 0 if isinstance(metric, TER) else differences > 0
    reach = max(float(np.abs(differences).max()) * 0.1, 0.1)  # so that 0 lies within
    low, high = min(-reach, float(differences.min())), max(reach, float(differences.max()))
    counts, _ = np.histogram(differences, bins=_BINS, range=(low, high))
    return Spread(round(low, 3), round(high, 3), tuple(map(int, counts)), float(better.mean()))


def _worst(
    sources: Sequence[str], references: Sequence[str], made: Sequence[str], other: Sequence[str] | None
) -> tuple[Worst, ...]:
    from sacrebleu.metrics import CHRF

    metric = CHRF()
    scores = [metric.sentence_score(one, [reference]).score for one, reference in zip(made, references, strict=True)]
    return tuple(
        Worst(index + 1, scores[index], sources[index], references[index], made[index], other[index] if other else None)
        for index in sorted(range(len(made)), key=scores.__getitem__)
    )


def _lines(path: Path) -> list[str]:
    r"""Lines of a UTF-8 file; only `\n` and `\r\n` end a line."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", "Check the path and its permissions.") from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not UTF-8: byte {error.object[error.start]:#04x} at offset {error.start}",
            "Convert it first (iconv -t UTF-8).",
        ) from error
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")] if text else []
