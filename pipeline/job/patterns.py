"""Files that a pattern of a job names: a file, a folder or a glob; links to folders are not followed below `**`."""

from __future__ import annotations

import fnmatch
import glob
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline.files import at_home

OnClosed = Callable[[OSError], None]


def files_of(pattern: str, folder: Path, on_closed: OnClosed) -> Iterator[Path]:
    """The files, in order, that a pattern names below a folder; `on_closed` hears of folders that cannot be read."""
    if "\0" in pattern:
        return
    path = folder / at_home(pattern)
    if os.path.isdir(path):  # noqa: PTH112 (pathlib's raises for a name that is too long)
        yield from _in_folder(path, on_closed)
    elif os.path.lexists(path):
        yield path
    else:
        yield from sorted(_fitting(at_home(pattern), folder, on_closed))


def all_below(pattern: str, folder: Path) -> Iterator[Path]:
    """All files of the folder that a pattern names, whatever they are; none where it names no folder."""
    if "\0" not in pattern and os.path.isdir(path := folder / at_home(pattern)):  # noqa: PTH112
        yield from _below(path, lambda _: None)


def _in_folder(folder: Path, on_closed: OnClosed) -> Iterator[Path]:
    """Files of a known format in a folder and those below it, hidden ones left out, in the order of their names."""
    from pipeline.documents.loading import is_known

    yield from filter(is_known, _below(folder, on_closed))


def _below(folder: Path, on_closed: OnClosed) -> Iterator[Path]:
    for root, folders, files in os.walk(folder, onerror=on_closed):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        yield from (Path(root, name) for name in sorted(files) if not name.startswith("."))


def _fitting(pattern: Path, folder: Path, on_closed: OnClosed) -> set[Path]:
    """What fits a glob. Below `**` we walk ourselves: glob follows links, and two that lead back have no end."""
    parts = pattern.parts
    if "**" not in parts:
        hits = glob.glob(os.path.join(glob.escape(str(folder)), str(pattern)))  # noqa: PTH118, PTH207
        return {Path(hit) for hit in hits if not os.path.isdir(hit)}  # noqa: PTH112
    first = parts.index("**")
    root = os.path.join(glob.escape(str(folder)), *parts[:first])  # noqa: PTH118
    found = set()
    for base in glob.glob(root):  # noqa: PTH207
        for path in _below(Path(base), on_closed):
            if _fits(path.relative_to(base).parts, parts[first:]):
                found.add(path)
    return found


def _fits(names: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether the names of a path fit those of a pattern, `**` standing for any number of folders.

    The places that the pattern can have reached are kept name by name, so that many `**` cost no more than one.
    """
    reached = _past_stars({0}, pattern)
    for name in names:
        following = {at for at in reached if at < len(pattern) and pattern[at] == "**"}
        following |= {
            at + 1
            for at in reached
            if at < len(pattern) and pattern[at] != "**" and fnmatch.fnmatchcase(name, pattern[at])
        }
        reached = _past_stars(following, pattern)
    return len(pattern) in reached


def _past_stars(places: set[int], pattern: Sequence[str]) -> set[int]:
    """These places, and those behind a `**` there, which may also stand for nothing."""
    every = set(places)
    for at in sorted(places):
        while at < len(pattern) and pattern[at] == "**":
            at += 1
            every.add(at)
    return every
