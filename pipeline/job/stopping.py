"""Being stopped: SIGINT and SIGTERM end a run at the next safe moment; what is done stays done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopped(KeyboardInterrupt):
    """A run was stopped by SIGINT or SIGTERM; running the job again goes on where it stood. Exit code 130."""

    def __init__(self, name: str = "") -> None:
        super().__init__(f"stopped; run the job {name!r} again to go on where it stood" if name else "stopped")


class Stopper:
    """Raises Stopped when a signal comes, but never while something is held that must be finished."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._held = False
        self._asked = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take the signals over; only the main thread may, so elsewhere nothing changes."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._handle) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """A part that is finished even if a signal comes meanwhile."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._asked:
            raise Stopped(self._name)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        self._asked = True
        if not self._held:
            raise Stopped(self._name)
