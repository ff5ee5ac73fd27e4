"""Progress that is true: the clock starts with the first batch, and nothing is said to be left before it is known."""

from __future__ import annotations

from pathlib import Path

from pipeline.job.events import Event
from pipeline.job.log import Log
from pipeline.job.progress import WINDOW, Progress


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_slow_start_does_not_count_and_the_end_is_whole(tmp_path: Path) -> None:
    clock, events = Clock(), list[Event]()
    progress = Progress(Log(tmp_path / "log.jsonl", events.append), clock)
    progress.expect(1000)
    progress.read(1289, 1000)
    clock.now = 60.0  # the model loads
    progress.decoded(10)
    assert (events[-1].rate, events[-1].left) == (0.0, 0.0)
    for second in range(1, 101):
        clock.now += 1
        progress.decoded(10 + 9 * second)
    assert abs(events[-1].rate - 9.0) < 0.01
    assert abs(events[-1].left - (1289 - 910) / 9) < 1
    assert "9.0/s" in str(events[-1])
    for second in range(1, int(WINDOW) + 2):
        clock.now += 1
        progress.decoded(910 + second)
    assert events[-1].rate < 2  # it has slowed down of late
    progress.ended()
    assert (events[-1].done, events[-1].total, events[-1].left) == (1289, 1289, 0.0)
