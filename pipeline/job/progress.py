"""How far a run is: counts and clocks, told a few times a second at most."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from pipeline.job.events import Event
from pipeline.job.log import Log
from pipeline.text import Translation

Item = TypeVar("Item")
_END = object()
PAUSE = 0.2  # seconds between two moments of progress
WINDOW = 30.0  # seconds over which the rate is taken
ENOUGH = 3.0  # seconds of it before anything is said of the rest


class Progress:
    """Counts what a run does. The total is estimated from bytes while files are still unread."""

    def __init__(self, log: Log, clock: Callable[[], float] = time.monotonic) -> None:
        self.timings: dict[str, float] = {}
        self.remembered = 0
        self._log = log
        self._clock = clock
        self._done = 0
        self._decoded = 0
        self._flags = 0
        self._stage = "translate"
        self._read = 0
        self._bytes_read = 0
        self._bytes = 0
        self._told = clock()
        self._moments: deque[tuple[float, int]] = deque()

    def expect(self, size: int) -> None:
        """So many bytes of input are to be done."""
        self._bytes = size

    def read(self, sentences: int, size: int) -> None:
        """A document was read and split."""
        self._read += sentences
        self._bytes_read += size

    def decoded(self, count: int) -> None:
        """The model has done so many sentences since the run began."""
        self._decoded = count
        self._moment(count)
        self._tell()

    def sentence(self, made: Translation) -> None:
        """A sentence is translated."""
        self._done += 1
        self.remembered += made.origin == "memory"
        self._tell()

    def aligned(self, sentences: int) -> None:
        """A document is paired with its translation."""
        if self._stage != "align":
            self._moments.clear()
        self._done += sentences
        self._stage = "align"
        self._moment(self._done)

    def document(self, name: str, *, flagged: int) -> None:
        """A document is done and stored; so many of its sentences ask for a look."""
        self._flags += flagged
        self._log.tell(self._event(name))

    def note(self, text: str) -> None:
        """Something happened to the workers."""
        self._log.write("worker", note=text)
        self._log.tell(Event("worker", note=text))

    def ended(self) -> None:
        """All documents are done: the count is whole, whatever came out in which order."""
        if self._read:
            self._done = self._bytes_read = self._bytes = max(self._done, self._read)
            self._read = self._done
            self._log.tell(self._event())

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the seconds of a stage."""
        start = self._clock()
        try:
            yield
        finally:
            self.timings[stage] = round(self.timings.get(stage, 0.0) + self._clock() - start, 3)

    def timed_stream(self, stage: str, stream: Iterator[Item]) -> Iterator[Item]:
        """A stream, the seconds of whose making are a stage's, less those that other stages take within it."""
        while True:
            start, others = self._clock(), sum(self.timings.values())
            item = next(stream, _END)
            spent = self._clock() - start - (sum(self.timings.values()) - others)
            self.timings[stage] = round(self.timings.get(stage, 0.0) + max(0.0, spent), 3)
            if item is _END:
                return
            yield item  # type: ignore[misc]

    def _tell(self) -> None:
        if self._clock() - self._told >= PAUSE:
            self._log.tell(self._event())
            self._told = self._clock()

    def _event(self, document: str = "") -> Event:
        done = max(self._done, min(self._remembered_so_far(), self._read))
        total = max(self._read, done)
        if self._bytes_read and self._bytes > self._bytes_read:
            total = max(total, round(self._read * self._bytes / self._bytes_read))
        rate = self._rate()
        left = (total - done) / rate if rate else 0.0
        return Event(self._stage, done, total, round(rate, 1), round(left, 1), self.remembered, self._flags, document)

    def _moment(self, count: int) -> None:
        """Note how many were made by now; the clock starts with the first of them, when the model is loaded."""
        now = self._clock()
        self._moments.append((now, count))
        while len(self._moments) > 2 and now - self._moments[1][0] > WINDOW:
            self._moments.popleft()

    def _rate(self) -> float:
        """Sentences a second of late, 0 while that is not known."""
        if not self._moments:
            return 0.0
        (first, before), (last, after) = self._moments[0], self._moments[-1]
        return (after - before) / (last - first) if last - first >= ENOUGH else 0.0

    def _remembered_so_far(self) -> int:
        """Sentences come out in windows; between them the model's own count shows that something happens."""
        return self._decoded + self.remembered
