"""What the commands say: data on stdout, talk on stderr."""

from __future__ import annotations

import contextlib
import dataclasses
import getpass
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError, InputError, VisavisError

# the controls C0 and C1 but tab and line feed, and the bidirectional ones of Unicode (UAX 9, 2)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MOST = 1 << 30  # bytes of a text that is read at once: /dev/zero has no end
STOPPED = 130  # what shells give for a command that SIGINT ended (128 + 2)


def say(text: str = "") -> None:
    """Talk: a line on stderr; a terminal gets no control characters, and a dead stderr stops nothing."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(shown(text) + "\n")
        sys.stderr.flush()


def shown(text: str) -> str:
    """A text whose control characters, also those that turn the writing round, are seen and not obeyed."""
    return _CONTROLS.sub(lambda found: f"\\x{ord(found.group()):02x}", text).encode("utf-8", "replace").decode("utf-8")


def give(text: str) -> None:
    """Data: a line on stdout, in UTF-8 whatever the terminal's locale; a lone surrogate becomes `?`."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")


def give_json(value: Any) -> None:
    """Data: a value of ours as one line of JSON."""
    give(json.dumps(value, ensure_ascii=False, default=_plain))


def login() -> str:
    """Who is logged in; nothing where nobody can tell."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def complain(error: VisavisError) -> None:
    """Print an error: what is wrong, then what to do."""
    say(f"visavis: {' '.join(error.problem.splitlines())}")
    if isinstance(error, ConfigError):
        for fault in error.faults:
            say(f"  {fault}")
    if error.remedy:
        say(error.remedy)


def read_lines(path: Path | None) -> Iterator[str]:
    r"""Lines of a file or of stdin, without their `\n` or `\r\n`; only those end a line.

    Raises InputError, with the line's number, where a line is not UTF-8.
    """
    if path is None:
        yield from _decoded(sys.stdin.buffer, "standard input")
        return
    try:
        with path.open("rb") as stream:
            yield from _decoded(stream, str(path))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", "Check the path and its permissions.") from error


def read_text(path: Path | None) -> str:
    """All of a file or of stdin, decoded as UTF-8; raises InputError with the byte where that fails."""
    try:
        raw = _all_of(path)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", "Check the path and its permissions.") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        name = "standard input" if path is None else str(path)
        raise InputError(
            f"{name} is not UTF-8: byte {error.object[error.start]:#04x} at offset {error.start}",
            "Convert it first (iconv -t UTF-8), or run a job, which knows other encodings.",
        ) from error


def _all_of(path: Path | None) -> bytes:
    """All of a file or of stdin; raises InputError where it does not end."""
    with contextlib.nullcontext(sys.stdin.buffer) if path is None else path.open("rb") as stream:
        raw = stream.read(MOST + 1)
    if len(raw) > MOST:
        raise InputError(f"{path or 'standard input'} has more than {MOST:,} bytes", "Give it in parts, or run a job.")
    return raw


def _decoded(stream: Iterable[bytes], name: str) -> Iterator[str]:
    for number, raw in enumerate(stream, start=1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise InputError(
                f"{name}, line {number}: byte {error.object[error.start]:#04x} is not UTF-8",
                "Convert it to UTF-8 first (iconv -t UTF-8).",
            ) from error
        yield line.removesuffix("\n").removesuffix("\r")


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, bytes):
        return value.hex()
    return str(value)
