"""The log of a job's runs: one JSON object a line. Only log, report and manifest hold times."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.files import json_bytes, open_own
from pipeline.job.events import Event

LONGEST = 20_000_000  # bytes; then the log begins anew


def now() -> str:
    """The time, in UTC, to the second (ISO 8601)."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Log:
    """Appends to `log.jsonl`, and hands events on to who watches."""

    def __init__(self, path: Path, on_event: Callable[[Event], None] | None) -> None:
        self._path = path
        self._on_event = on_event
        if path.is_file() and path.stat().st_size > LONGEST:
            path.unlink()

    def write(self, what: str, **facts: Any) -> None:
        """Write one line."""
        with os.fdopen(open_own(self._path, os.O_WRONLY | os.O_APPEND), "ab") as stream:
            stream.write(json_bytes({"time": now(), "what": what, **facts}, indent=None))

    def tell(self, event: Event, *, keep: bool = False) -> None:
        """Hand an event on; with `keep` it is also written."""
        if keep:
            self.write("event", **{name: value for name, value in asdict(event).items() if value})
        if self._on_event is not None:
            self._on_event(event)
