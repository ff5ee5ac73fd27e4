"""Judged pairs written to files that appear whole: those that stay, those that are left out, and how many for what."""

from __future__ import annotations

import gzip
import lzma
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from pipeline.errors import OutputError
from pipeline.files import appearing
from pipeline.train.corpora import Pair
from pipeline.train.sifting import Judged

_TABS = str.maketrans("\t\n\r", "   ")


def sift(judged: Iterable[Judged], output: Path, rejected: Path | None, read: Sequence[Path] = ()) -> Counter[str]:
    """Write what stays, and what is left out with its reason first; gives how many by reason, "" for what stays.

    Columns are source and target, after the name of their source where a pair has one. Raises OutputError, also where
    an output is one of the files that are read.
    """
    _refuse(output, rejected, read)
    counts: Counter[str] = Counter()
    with ExitStack() as stack:
        stays = stack.enter_context(_written(output))
        leaves = stack.enter_context(_written(rejected)) if rejected is not None else None
        named: bool | None = None
        for pair, reason in judged:
            named = bool(pair.origin) if named is None else named
            counts[reason] += 1
            if not reason:
                stays.write(_line(pair, named))
            elif leaves is not None:
                leaves.write(f"{reason}\t".encode() + _line(pair, named))
    return counts


def _refuse(output: Path, rejected: Path | None, read: Sequence[Path]) -> None:
    for path in filter(None, (output, rejected)):
        if path.with_suffix("").suffix != ".tsv" and path.suffix != ".tsv":
            raise OutputError(f"{path} is no name for a table of pairs", "Say .tsv, .tsv.gz or .tsv.xz.")
        if any(one.exists() and path.exists() and path.samefile(one) for one in read) or output == rejected:
            raise OutputError(f"{path} is read and written at once", "Give the output another name.")


def _line(pair: Pair, named: bool) -> bytes:
    cells = (pair.origin, pair.source, pair.target) if named else (pair.source, pair.target)
    return ("\t".join(cell.translate(_TABS) for cell in cells) + "\n").encode("utf-8", "replace")


@contextmanager
def _written(path: Path) -> Iterator[IO[bytes] | gzip.GzipFile]:
    """A file, packed as its name says, that takes its name when it is complete."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with appearing(path) as stream:
            if path.suffix == ".gz":
                with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as packed:
                    yield packed
            elif path.suffix == ".xz":
                with lzma.LZMAFile(stream, "wb", preset=3) as packed_xz:
                    yield packed_xz
            else:
                yield stream
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}", "Check the folder and the space.") from error
