"""Corpora packed with gzip or Zstandard: read as a stream within limits, written the same each time."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from pipeline.corpus.arrow import arrow
from pipeline.errors import InputError, OutputError
from pipeline.files import require_file

RATIO = 200  # of what comes out to what lies on the disk, past the first megabyte; text reaches 20
_HARMLESS = 1 << 20


class _Open(io.RawIOBase):
    """A stream of ours that stays open when a packer that writes to it is closed."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        return self._stream.write(content)


@contextmanager
def _gzip_writer(stream: BinaryIO) -> Iterator[BinaryIO]:
    with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=stream, mtime=0) as packer:
        yield cast(BinaryIO, packer)


@contextmanager
def _zstd_writer(stream: BinaryIO) -> Iterator[BinaryIO]:
    with arrow(OutputError).CompressedOutputStream(_Open(stream), "zstd") as packer:
        yield packer


def _gzip_reader(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path, "rb"))


def _zstd_reader(path: Path) -> BinaryIO:
    pyarrow = arrow(InputError)
    return cast(BinaryIO, io.BufferedReader(pyarrow.CompressedInputStream(pyarrow.OSFile(str(path)), "zstd"), 1 << 16))


def _plain_reader(path: Path) -> BinaryIO:
    return path.open("rb")


_READERS: dict[str, Callable[[Path], BinaryIO]] = {".gz": _gzip_reader, ".zst": _zstd_reader}
_WRITERS = {".gz": _gzip_writer, ".zst": _zstd_writer}
PACKINGS = tuple(_READERS)


@contextmanager
def packed(stream: BinaryIO, packing: str) -> Iterator[BinaryIO]:
    """What writes into a stream as a packing (`.gz`, `.zst`, or nothing) wants it."""
    if not packing:
        yield stream
        return
    with _WRITERS[packing](stream) as packer:
        yield packer


@contextmanager
def unpacked(path: Path) -> Iterator[BinaryIO]:
    """A file's content as a stream, unpacked where its name says so.

    Raises InputError where it cannot be read or holds far more than its size lets expect.
    """
    reader = _READERS.get(path.suffix.lower(), _plain_reader)
    try:
        require_file(path)
        with reader(path) as stream:
            yield stream
    except (OSError, EOFError, zlib.error, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"{path} cannot be read: {reason}", "Check the path, its permissions, and the file."
        ) from error


def lines_within(path: Path) -> Iterator[bytes]:
    """The lines of a file, packed or not, each with its line feed; raises InputError for what is a bomb."""
    most = max(_HARMLESS, RATIO * path.stat().st_size) if path.suffix.lower() in _READERS and path.exists() else 0
    count = 0
    with unpacked(path) as stream:
        while line := stream.readline(most + 1 if most else -1):
            count += len(line)
            if most and count > most:
                raise InputError(
                    f"{path} holds more than {RATIO} times its size", "It looks like a bomb; unpack it if it is none."
                )
            yield line
