"""Results: what is up to date stays, the rest is written beside and put in place together."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import Failure, InputError, OutputError
from pipeline.files import file_digest, own_folder
from pipeline.job.index import Index, stamp_of


@dataclass(frozen=True)
class Output:
    """One or several files that are written together; `made_from` decides their content."""

    name: str
    made_from: str
    write: Callable[[Path], list[Path]]


@dataclass(frozen=True)
class Written:
    """A result as the manifest lists it."""

    path: str
    output: str
    made_from: str
    sha256: str
    bytes: int


class Former:
    """The results of a former run, found by the output that they are of."""

    def __init__(self, written: Iterable[Written], index: Index) -> None:
        self.written = list(written)
        self._index = index
        self._by_output: dict[tuple[str, str], list[Written]] = {}
        for one in self.written:
            self._by_output.setdefault((one.output, one.made_from), []).append(one)

    def up_to_date(self, output: Output, results: Path) -> list[Written]:
        """The files of an output that were made of the same and that are still as they were left; else none."""
        there = self._by_output.get((output.name, output.made_from), [])
        return there if all(_is_there(results / one.path, one, self._index) for one in there) else []


def write_outputs(
    outputs: Sequence[Output], folder: Path, former: Former, on_output: Callable[[str], None]
) -> tuple[list[Written], list[Written], list[Failure]]:
    """Write into `folder` what is not there already; gives what was written, what stays as it is, and what failed.

    Only a document that cannot take its own form again fails alone.
    """
    shutil.rmtree(folder, ignore_errors=True)
    own_folder(folder)
    written, kept, failed = [], [], []
    for output in outputs:
        if there := former.up_to_date(output, folder.parents[1]):
            kept += there
            continue
        on_output(output.name)
        try:
            paths = output.write(folder)
        except InputError as error:
            failed.append(Failure(output.name, error.problem, error.remedy))
            continue
        for path in paths:
            name = path.relative_to(folder).as_posix()
            written.append(Written(name, output.name, output.made_from, file_digest(path), path.stat().st_size))
    return written, kept, failed


def publish(folder: Path, results: Path, written: Sequence[Written], obsolete: Sequence[Written]) -> None:
    """Put new files in the place of former ones, and take away those that the job no longer makes."""
    home = results.resolve()
    for one in written:
        place = results / one.path
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.parent.resolve().is_relative_to(home):
            raise OutputError(f"{place.parent} leads out of {results}", "Take the symbolic link away.")
        (folder / one.path).replace(place)
    for one in obsolete:
        place = results / one.path
        inside = place.parent.resolve().is_relative_to(home) and not place.is_symlink()
        if inside and _is_there(place, one):  # what a person has changed is not ours to take away
            place.unlink()
    shutil.rmtree(folder, ignore_errors=True)
    _flush(results)


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_there(path: Path, written: Written, index: Index | None = None) -> bool:
    try:
        stamp = stamp_of(path)
        if not path.is_file() or stamp[1] != written.bytes:
            return False
        known = index is not None and index.is_output(written.path, stamp, written.sha256)
        return known or file_digest(path) == written.sha256
    except OSError:
        return False
