"""From an error to the failure of one document, or to the end of the whole job."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import Failure, InputError, OutputError, VisavisError

if TYPE_CHECKING:
    from pipeline.job.decisions import Decision

Blame = Callable[["Decision", Exception], Failure]
FATAL = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO}  # not the file's fault, so not only this file fails


def fail_whole(error: OSError, path: Path) -> None:
    """Raise OutputError where an error is not this file's fault but the machine's."""
    if error.errno in FATAL:
        raise OutputError(
            f"{path}: {error.strerror}", "Give the job more of it (see `ulimit -a`), then run it again."
        ) from error


def failure_of(name: str, path: Path, error: Exception) -> Failure:
    """A document that cannot be done fails alone, whatever its reader stumbled over; other errors are raised."""
    if isinstance(error, InputError):
        return Failure(name, error.problem, error.remedy)
    if isinstance(error, OSError):
        fail_whole(error, path)
        return Failure(name, error.strerror or str(error), "Check the file and its permissions.")
    if isinstance(error, VisavisError):
        raise error
    reason = f"could not be read: {type(error).__name__}: {error}"
    return Failure(name, reason, "This is a fault of visavis; details/log.jsonl holds its trace.")


@contextmanager
def output_errors(results: Path) -> Iterator[None]:
    """Errors of the operating system that no document can be blamed for."""
    try:
        yield
    except OSError as error:
        place = error.filename or results
        raise OutputError(
            f"{place}: {error.strerror or error}; the former results are as they were",
            "Make room, or check permissions and limits; then run the job again, it goes on where it stood.",
        ) from error
