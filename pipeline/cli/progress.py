"""Progress of a run: one line that lives on a terminal, a plain line every few seconds elsewhere, or JSON lines."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
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
def progress() -> Iterator[OnEvent]:
    """Show events as progress, in the way that fits where stderr goes."""
    if sys.stderr.isatty():
        yield _Living()
        say()
    else:
        yield _Plain()


class _Living:
    """Rewrites one line of the terminal."""

    def __call__(self, event: Any) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.write("\r\x1b[2K" + shown(str(event))[:200])
            sys.stderr.flush()


class _Plain:
    """A line when a stage begins or ends, and every few seconds between."""

    def __init__(self) -> None:
        self._last = 0.0
        self._stage = ""

    def __call__(self, event: Any) -> None:
        now, stage = time.monotonic(), str(getattr(event, "stage", ""))
        if stage != self._stage or now - self._last >= PAUSE:
            say(str(event))
            self._last, self._stage = now, stage
