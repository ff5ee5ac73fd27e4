"""What the command line does when the world breaks: closed streams, full disks, and faults of our own."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import traceback
from typing import Any

from pipeline.errors import VisavisError
from pipeline.version import __version__


def begin() -> None:
    """Give every standard stream that was closed before we began a place, so that no file of ours takes its number."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            if descriptor != number:
                os.dup2(descriptor, number)
                os.close(descriptor)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", errors="replace", closefd=False))


def finish() -> None:
    """Write out what is buffered while an error of it can still be told; raises OSError."""
    sys.stdout.flush()


def release() -> None:
    """Let go of streams that cannot be written to, about which Python would complain when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def at_the_border(error: Exception) -> VisavisError:
    """An error of the system or of a value, with the place, for people."""
    reason: Any = error
    if isinstance(error, OSError):
        place = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes | os.PathLike) else ""
        return VisavisError(
            f"{place}{error.strerror or error}", "Check the path, its permissions and the space left, then try again."
        )
    if isinstance(error, MemoryError):
        reason = "there is not enough memory"
    place = _place(error)
    return VisavisError(
        f"{reason or type(error).__name__} ({type(error).__name__} in {place})",
        f"Check what the command was given; if it is right, this is a fault of visavis: see {_trace_of(error)}",
    )


def bug_report(error: Exception) -> VisavisError:
    """A fault of ours: told in two lines, its trace in a file."""
    return VisavisError(
        f"a fault of visavis {__version__}: {type(error).__name__}: {error} (in {_place(error)})",
        f"Please report it, with {_trace_of(error)}",
    )


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if f"{os.sep}pipeline{os.sep}" in frame.filename] or list(frames)
    if not ours:
        return "an unknown place"
    return f"{ours[-1].filename.rpartition(os.sep + 'pipeline' + os.sep)[2]}:{ours[-1].lineno}"


def _trace_of(error: BaseException) -> str:
    """The file that the trace was written to, or the reason why there is none."""
    try:
        descriptor, name = tempfile.mkstemp(prefix="visavis-", suffix=".log")
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(f"visavis {__version__}, Python {sys.version}\n")
            stream.writelines(traceback.format_exception(error))
        return name
    except OSError as fault:
        return f"the trace, which could not be written ({fault.strerror})"
