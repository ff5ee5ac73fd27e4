"""The curve of a training that was killed goes on from its checkpoint, whatever the file's last line is."""

from __future__ import annotations

from pathlib import Path

from pipeline.train.history import MOST, History
from pipeline.train.page import page_of
from pipeline.train.report import SourceCount, TrainEvent


def _told(history: History, tokens: range) -> list[TrainEvent]:
    heard: list[TrainEvent] = []
    tell = history.hearing(heard.append)
    for number in tokens:
        tell(TrainEvent("train", tokens=number, rate=100.0, loss=5 - number / 1e4, learning_rate=1e-4))
    tell(TrainEvent("score", detail="dev"))
    return heard


def test_what_was_done_again_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "curves.jsonl"
    assert len(_told(History(path, 0), range(100, 1100, 100))) == 11
    with path.open("a", encoding="utf-8") as stream:
        stream.write("[1100, 4.0\nnull\n")
    again = History(path, 500)  # the checkpoint of a killed run
    _told(again, range(600, 900, 100))
    assert [one.tokens for one in again.moments()] == [100, 200, 300, 400, 500, 600, 700, 800]
    assert [one.tokens for one in History(path, 800).moments()] == [100, 200, 300, 400, 500, 600, 700, 800]


def test_a_long_curve_is_drawn_with_few_points(tmp_path: Path) -> None:
    history = History(tmp_path / "curves.jsonl", 0)
    _told(history, range(1, 3 * MOST + 2))
    moments = history.moments()
    assert len(moments) <= MOST
    assert moments[-1].tokens == 3 * MOST + 1
    sources = [SourceCount("a.tsv", "<a>", "CC0", 1.0, 12, {"too long": 3})]
    page = page_of("x", moments, before={}, dev=(), sources=sources).decode("utf-8")
    assert "Loss, nats a target token" in page
    assert "&lt;a&gt;" in page
    assert "Scores on the dev set" not in page  # there are none
