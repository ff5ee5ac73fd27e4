"""The page of a training: loss, scores and rates as curves, scores before and after, corpora."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from pipeline.pages.charts import Series, curves
from pipeline.pages.frame import render


@dataclass(frozen=True, slots=True)
class Moment:
    """Target tokens so far, loss in nats a token, learning rate, tokens a second."""

    tokens: int
    loss: float
    learning_rate: float
    rate: float


@dataclass(frozen=True, slots=True)
class ScoreShown:
    """Scores (0-100) on a data set after so many target tokens, with sacrebleu's signatures."""

    name: str
    tokens: int
    bleu: float
    chrf: float
    sentences: int
    signatures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CorpusLine:
    """What became of a source's pairs."""

    corpus: str
    source: str
    licence: str
    weight: float
    pairs: int
    dropped: tuple[tuple[str, int], ...] = ()
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class TrainingPage:
    """All that is shown of a training; `dev` are the scores on the way, `scores` those before and after."""

    name: str
    summary: str
    model: str = ""
    moments: tuple[Moment, ...] = ()
    dev: tuple[ScoreShown, ...] = ()
    scores: tuple[tuple[str, ScoreShown], ...] = ()
    corpora: tuple[CorpusLine, ...] = ()

    def html(self) -> bytes:
        """The page."""
        signatures = tuple(dict.fromkeys(name for _, score in self.scores for name in score.signatures))
        return render("training.html.j2", self.name, page=self, charts=self._charts(), signatures=signatures)

    def _charts(self) -> list[tuple[str, Markup, tuple[str, ...]]]:
        """Title, drawing and the names of its curves."""
        told = [
            ("Loss, nats a target token", [Series("loss", _points(self.moments, "loss"))]),
            (
                "Scores on the dev set",
                [Series("BLEU", _points(self.dev, "bleu")), Series("chrF", _points(self.dev, "chrf"))],
            ),
            ("Learning rate", [Series("learning rate", _points(self.moments, "learning_rate"))]),
            ("Speed, target tokens a second", [Series("tokens a second", _points(self.moments, "rate"))]),
        ]
        return [
            (title, curves(series, f"{title}, against target tokens", x=tokens), tuple(one.name for one in series))
            for title, series in told
            if any(len(one.points) > 1 for one in series)
        ]


def tokens(number: float) -> str:
    """A number of tokens in few letters: 1.5 M."""
    for size, sign in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(number) >= size:
            return f"{number / size:.3g} {sign}"
    return f"{number:.0f}"


def _points(moments: tuple[Moment, ...] | tuple[ScoreShown, ...], name: str) -> tuple[tuple[float, float], ...]:
    return tuple((float(one.tokens), float(getattr(one, name))) for one in moments)
