"""Progress of a run: rich's own on a terminal, a plain line every few seconds elsewhere, or JSON lines."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from types import FrameType
from typing import Any

from pipeline.cli.talk import give_json, say, shown

PAUSE = 5.0  # seconds between plain lines

OnEvent = Callable[[Any], None]


class JsonLines(AbstractContextManager["OnEvent"]):
    """Every event as a line of JSON on stdout."""

    def __enter__(self) -> OnEvent:
        return give_json

    def __exit__(self, *_: object) -> None:
        return None


@contextmanager
def shown_progress(*, quiet: bool = False) -> Iterator[OnEvent]:
    """Show events as progress, in the way that fits where stderr goes; a first Ctrl-C is answered at once."""
    if quiet:
        yield lambda event: None
    elif sys.stderr.isatty():
        with _Living() as living:
            yield living
    else:
        yield _Plain()


class _Living:
    """rich's progress on a terminal, as wide as that is."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"))
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("starting", total=None, told="")

    def __enter__(self) -> _Living:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and issubclass(kind, KeyboardInterrupt):
            signal.signal(signal.SIGINT, _nothing)  # what is left to do is short: a second Ctrl-C changes nothing
            self._progress.update(self._task, description="stopping…", told="")
        self._progress.stop()

    def __call__(self, event: Any) -> None:
        from rich.markup import escape

        if event.stage == "failed":
            said = shown(f"failed: {event.document}: {event.note}")
            self._progress.console.print(said, markup=False, highlight=False)
            return
        told = escape(shown(str(event).removeprefix(event.stage).strip()))
        total = event.total or None
        with suppress(OSError, ValueError):  # a terminal that has gone stops no run
            self._progress.update(self._task, description=event.stage, completed=event.done, total=total, told=told)


def _nothing(number: int, frame: FrameType | None) -> None:
    """Let a signal pass."""


class _Plain:
    """A line when a stage begins or ends, and every few seconds between."""

    def __init__(self) -> None:
        self._last = 0.0
        self._stage = ""
        self._whole = 0

    def __call__(self, event: Any) -> None:
        now, stage = time.monotonic(), str(getattr(event, "stage", ""))
        whole = stage == "translate" and event.total and event.done == event.total != self._whole
        if stage != self._stage or now - self._last >= PAUSE or whole:
            self._whole = event.total if whole else self._whole
            say(str(event))
            self._last, self._stage = now, stage
