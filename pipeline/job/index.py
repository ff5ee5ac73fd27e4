"""What the last run knew of each document and result, so that the next need not open what is still the same file."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

from pipeline.documents.shards import Shard
from pipeline.files import appearing, know_code, known_code
from pipeline.job.staging import WORK, Header, header_from

Stamp = tuple[int, ...]  # times of content and of inode, in ns, size, inode: a file that is another has another
FILE = f"{WORK}/index.jsonl"
SETTLED = 1_000_000_000  # ns; a file that was changed so lately may be changed again within one tick of the clock
_FORMAT = 2


def stamp_of(path: Path | str) -> Stamp:
    """The stamp of a file; raises OSError."""
    found = os.stat(path)  # noqa: PTH116 (pathlib's is slower, and there may be many)
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns


def is_settled(stamps: Iterable[Stamp], now: int) -> bool:
    """Whether files were last changed so long ago that another change would show."""
    return all(max(stamp[0], stamp[3]) < now - SETTLED for stamp in stamps)


@dataclass(frozen=True, slots=True)
class Known:
    """A document that was up to date: the stamps of its inputs, that of its staged file, and its header."""

    inputs: tuple[Stamp, ...]
    staged: Stamp
    header: Header


class Index:
    """The record of the last run; an absent or unreadable one knows nothing, and so all is looked at again.

    What that run found of our own code is known by then, too.

    `people` is the digest of people's corrections that the documents were held against.
    """

    def __init__(self, results: Path) -> None:
        self.people = ""
        self._lines: dict[str, bytes] = {}
        self._outputs: dict[str, tuple[Stamp, str]] = {}
        self._corpora: dict[str, tuple[Stamp, tuple[Shard, ...]]] = {}
        try:
            with (results / FILE).open("rb") as stream:
                self._read(stream)
        except Exception:  # whatever JSON raises of bytes that are not ours
            self._lines, self._outputs, self._corpora = {}, {}, {}

    def _read(self, stream: Iterable[bytes]) -> None:
        lines = iter(stream)
        head = json.loads(next(lines))
        if head["format"] != _FORMAT:
            return
        if head["python"] == platform.python_version():
            know_code(head["code"])
        self.people = str(head["people"])
        self._outputs = {path: (tuple(stamp), digest) for path, stamp, digest in head["outputs"]}
        for path, stamp, shards in head["corpora"]:
            self._corpora[path] = tuple(stamp), tuple(Shard(*one) for one in shards)
        for line in lines:
            name, _, rest = line.partition(b"\t")
            self._lines[name.decode()] = rest

    def known(self, id: str, staged: Stamp) -> Known | None:
        """A document whose staged file is still the same; None where that is not known."""
        try:
            inputs, was, values = json.loads(self._lines[id])
            if tuple(was) != staged:
                return None
            return Known(tuple(map(tuple, inputs)), staged, header_from(values))
        except (KeyError, ValueError, TypeError, AttributeError):
            return None

    def shards(self, path: Path, stamp: Stamp) -> tuple[Shard, ...] | None:
        """The shards of a corpus that is still the same; None where that is not known."""
        was, shards = self._corpora.get(str(path), ((), ()))
        return shards if was == stamp else None

    def is_output(self, path: str, stamp: Stamp, digest: str) -> bool:
        """Whether a result of this stamp is known to have this digest."""
        return self._outputs.get(path) == (stamp, digest)


def write_index(
    results: Path,
    people: str,
    documents: Mapping[str, tuple[tuple[Stamp, ...], Path, Header]],
    outputs: Mapping[str, str],
    corpora: Mapping[str, tuple[Stamp, Sequence[Shard]]],
) -> None:
    """Record documents (stamps of inputs, staged file, header), results (digests), and large corpora (shards)."""
    now = time.time_ns()

    def lines() -> Iterator[bytes]:
        found = [(path, stamp_of(results / path), digest) for path, digest in outputs.items()]
        head: dict[str, Any] = {"format": _FORMAT, "people": people}
        head |= {"python": platform.python_version(), "code": known_code()}
        head["outputs"] = [one for one in found if is_settled([one[1]], now)]
        head["corpora"] = [
            (path, stamp, [astuple(one) for one in shards])
            for path, (stamp, shards) in corpora.items()
            if is_settled([stamp], now)
        ]
        yield json.dumps(head).encode() + b"\n"
        for id, (inputs, path, header) in documents.items():
            staged = stamp_of(path)
            if is_settled((*inputs, staged), now):
                yield f"{id}\t{json.dumps([inputs, staged, asdict(header)])}\n".encode()

    with appearing(results / FILE, alone=True) as stream:
        stream.writelines(lines())
