"""report.html of a training: its curves, its scores, and what became of each corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.measure.model_scores import Score
from pipeline.pages.training import CorpusLine, Moment, ScoreShown, TrainingPage
from pipeline.train.history import Reached
from pipeline.train.report import SourceCount, TrainReport


def page_of(
    name: str,
    moments: Sequence[Reached],
    *,
    before: Mapping[str, Score],
    dev: Sequence[Score],
    sources: Sequence[SourceCount],
    report: TrainReport | None = None,
) -> bytes:
    """The page of a training, while it goes on or, with its report, at its end."""
    start = [_shown("before", before["dev"])] if "dev" in before else []
    after = report.after if report else {}
    return TrainingPage(
        name=name,
        summary=str(report).splitlines()[0] if report else "It goes on.",
        model=report.model if report else "",
        moments=tuple(Moment(one.tokens, one.loss, one.learning_rate, one.rate) for one in moments),
        dev=tuple(start + [_shown("", one) for one in dev]),
        scores=tuple(
            (f"{which}, {when}", _shown(which, scores[which]))
            for which in before
            for when, scores in (("before", before), ("after", after))
            if which in scores
        ),
        corpora=tuple(map(_corpus, sources)),
    ).html()


def _shown(name: str, score: Score) -> ScoreShown:
    return ScoreShown(name, score.tokens, score.bleu, score.chrf, score.sentences, score.signatures)


def _corpus(one: SourceCount) -> CorpusLine:
    dropped = tuple((why, number) for why, number in one.dropped.items() if number)
    return CorpusLine(one.corpus, one.source, one.licence, one.weight, one.pairs, dropped, one.left_out)
