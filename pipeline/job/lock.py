"""One run of a job at a time: the second is refused, and told who is at work."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.files import open_own


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a results folder. The kernel lets go of it when the process ends, however it ends."""
    path = folder / "lock"
    descriptor = open_own(path, os.O_RDWR)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                raise
            holder = os.read(descriptor, 100).decode("ascii", "replace").strip() or "unknown"
            raise OutputError(
                f"{folder.parent} is being written by another run (process {holder})",
                "Wait until it has ended, or give this job another `name` or `output`.",
            ) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)
