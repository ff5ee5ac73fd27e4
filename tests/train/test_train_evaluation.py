"""Evaluating: sacrebleu's scores and signatures, intervals, a second model, the worst first."""

from __future__ import annotations

from pathlib import Path

import pytest
import sacrebleu

from pipeline.errors import InputError
from pipeline.measure.evaluation import evaluate, score
from pipeline.models import Model

REFERENCES = ["the cat sits on the mat today", "hello big world of ours", "a fine day it is", "he walks home"] * 4
GOOD = ["the cat sat on the mat today", "hello big world of ours", "a fine day it was", "he walks home"] * 4
BAD = ["cat the mat on", "world", "fine", "home he"] * 4


def test_scores_are_those_of_sacrebleu_with_intervals_around_them() -> None:
    metrics = {metric.name: metric for metric in score(GOOD, REFERENCES)}
    assert metrics["BLEU"].score == pytest.approx(sacrebleu.corpus_bleu(GOOD, [REFERENCES]).score)
    assert metrics["chrF"].score == pytest.approx(sacrebleu.corpus_chrf(GOOD, [REFERENCES]).score)
    assert metrics["TER"].score == pytest.approx(sacrebleu.corpus_ter(GOOD, [REFERENCES]).score)
    for metric in metrics.values():
        assert metric.low < metric.score < metric.high
        assert "bs:1000" in metric.signature
        assert metric.against is None


def test_a_second_model_is_compared_pairwise() -> None:
    for metric in score(GOOD, REFERENCES, BAD):
        assert metric.against is not None
        assert metric.p is not None
        assert metric.p < 0.05
        assert "against" in str(metric)
    assert all(metric.p > 0.3 for metric in score(GOOD, REFERENCES, GOOD) if metric.p is not None)


def test_a_model_is_scored_and_its_worst_sentences_shown(tiny: Model, tmp_path: Path) -> None:
    source, reference = tmp_path / "dev.fr", tmp_path / "dev.en"
    source.write_text("le chat dort\nun chien\nla rue\n", encoding="utf-8")
    reference.write_text("the cat sleeps\r\na dog\r\nthe street\r\n", encoding="utf-8")
    made = evaluate(str(tiny.folder), source, reference, against=str(tiny.folder), worst=2)
    assert made.sentences == 3
    assert len(made.worst) == 2
    assert made.worst[0].chrf <= made.worst[1].chrf
    assert made.worst[0].against == made.worst[0].translation
    assert made.worst[0].reference in ("the cat sleeps", "a dog", "the street")
    assert "BLEU" in str(made)


def test_draws_are_counted_and_the_page_shows_them(tiny: Model, tmp_path: Path) -> None:
    from pipeline.measure.page import evaluation_page

    for metric in score(GOOD, REFERENCES, BAD):
        spread = metric.spread
        assert spread is not None
        assert (sum(spread.counts), spread.better) == (1000, 1.0)
        assert spread.low < 0 < spread.high
    source, reference = tmp_path / "dev.fr", tmp_path / "dev.en"
    source.write_text("le chat dort\nun chien\n", encoding="utf-8")
    reference.write_text("the cat sleeps\na dog\n", encoding="utf-8")
    made = evaluate(str(tiny.folder), source, reference, against=str(tiny.folder))
    assert len(made.chrf) == 2
    page = evaluation_page(made).decode("utf-8")
    assert "Could it be chance?" in page
    assert "le chat dort" in page


def test_files_of_different_length_are_refused_with_both_counts(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("un\ndeux\n")
    (tmp_path / "b").write_text("one\n")
    with pytest.raises(InputError, match=r"a has 2 lines, .*b 1"):
        evaluate("built-in", tmp_path / "a", tmp_path / "b")
    (tmp_path / "b").write_bytes(b"one\n\xff\n")
    with pytest.raises(InputError, match="is not UTF-8: byte 0xff at offset 4"):
        evaluate("built-in", tmp_path / "a", tmp_path / "b")
