"""A crew: what becomes of tasks where workers are lost, wait for a place, cannot start or are refused."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator

import pytest

from pipeline.errors import ModelError
from pipeline.job.runners import crew as crews
from pipeline.job.runners.crew import Crew, Gone, Lost
from pipeline.job.runners.work import Brief, Decode, Done, own_identity
from pipeline.translate import TranslateOptions

BRIEF = Brief(("fr", "en"), "", TranslateOptions())
TASKS = [Decode((str(number),), ((),)) for number in range(20)]


class Fake:
    """A worker that gives a task's text back, after what `before` does."""

    def __init__(self, before: Callable[[], None] = lambda: None, hello: Callable[[], None] = lambda: None) -> None:
        self._before, self._hello = before, hello
        self.dismissed = threading.Event()

    def hello(self) -> dict[str, str]:
        self._hello()
        return own_identity()

    def equip(self, brief: Brief) -> dict[str, str]:
        return {}

    def do(self, task: Decode) -> Done:
        self._before()
        return Done(task.texts[0])

    def dismiss(self) -> None:
        self.dismissed.set()


class Waiting(Fake):
    """A worker that the cluster has no place for."""

    def hello(self) -> dict[str, str]:
        self.dismissed.wait(20)
        raise Gone("dismissed")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "_PAUSE", 0.01)


def done_by(hire: Callable[[], Fake], size: int, heard: list[str] | None = None) -> list[str]:
    """What comes of the tasks."""
    crew = Crew(hire, size, BRIEF, {}, (heard if heard is not None else []).append)
    try:
        return [future.result(timeout=20).value for future in [crew.submit(task) for task in TASKS]]
    finally:
        crew.close()


def test_a_worker_that_waits_for_a_place_keeps_no_task_from_the_others() -> None:
    kinds = iter([Waiting, Waiting, Fake])
    assert done_by(lambda: next(kinds)(), 3) == [task.texts[0] for task in TASKS]


def test_a_place_that_goes_with_its_machine_keeps_no_task_from_the_others() -> None:
    places = itertools.count()
    falls = iter([False, False, True])

    def fall() -> None:
        if next(falls, False):
            raise Gone("its node has died")

    def hire() -> Fake:
        return Fake(fall) if next(places) < 2 else Waiting()

    heard: list[str] = []
    assert done_by(hire, 2, heard) == [task.texts[0] for task in TASKS]
    assert heard == ["its node has died"]


def raising(errors: Iterator[Exception | None]) -> Callable[[], None]:
    def act() -> None:
        if (error := next(errors, None)) is not None:
            raise error

    return act


def test_two_starts_may_fail_and_three_may_not() -> None:
    twice: Iterator[Exception | None] = iter([Gone("no memory")] * 2)
    assert done_by(lambda: Fake(hello=raising(twice)), 1) == [task.texts[0] for task in TASKS]
    always = itertools.repeat(Gone("no memory"))
    with pytest.raises(ModelError, match="cannot start: no memory"):
        done_by(lambda: Fake(hello=raising(always)), 2)


def test_where_no_worker_comes_at_all_the_job_ends_with_why() -> None:
    none = itertools.repeat(Lost("no worker came within 600 s", "Ask for fewer."))
    with pytest.raises(Lost, match="no worker came"):
        done_by(lambda: Fake(hello=raising(none)), 2)


def test_a_task_may_cost_some_workers_and_not_five() -> None:
    errors: Iterator[Exception | None] = iter([Gone("killed")] * 4)
    assert done_by(lambda: Fake(raising(errors)), 2) == [task.texts[0] for task in TASKS]
    errors = itertools.repeat(Gone("killed"))
    with pytest.raises(Lost, match="cost 5 workers: killed"):
        done_by(lambda: Fake(raising(errors)), 1)
