"""Pairs of sentences out of corpus files of every format we know, plain, `.gz` or `.xz`, one at a time."""

from __future__ import annotations

import gzip
import lzma
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pipeline.errors import InputError
from pipeline.files import require_file
from pipeline.train.config import CorpusConfig

_OPENERS: dict[str, Callable[[Path, str], Any]] = {".gz": gzip.GzipFile, ".xz": lzma.LZMAFile}


@dataclass(frozen=True, slots=True)
class Pair:
    """A source sentence and its translation; `origin` is the source's name in a 3-column file, else empty."""

    origin: str
    source: str
    target: str
    machine_made: bool = False


def read_pairs(corpus: CorpusConfig, *, source_language: str, target_language: str) -> Iterator[Pair]:
    """Stream a corpus; raises InputError, with the line, for what is missing, cut off or not what it says."""
    path, languages = corpus.path, (source_language, target_language)
    try:
        sides = moses_sides(path, languages)
        if sides:
            yield from _moses(*sides)
        elif _columns(path) in (2, 3):
            yield from _tsv(path)
        else:
            with _plain(path) as plain:
                yield from _bitexts(plain, languages)
    except (EOFError, lzma.LZMAError, gzip.BadGzipFile) as error:
        raise InputError(f"{path} is cut off or no {path.suffix} file: {error}", "Fetch or make it again.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", "Check the path and its permissions.") from error


def exists(corpus: CorpusConfig, *, source_language: str, target_language: str) -> bool:
    """Whether the corpus is there."""
    return corpus.path.is_file() or moses_sides(corpus.path, (source_language, target_language)) is not None


def moses_sides(path: Path, languages: tuple[str, str]) -> tuple[Path, Path] | None:
    """The two line files of a stem, or of one of the two; None where they are not."""
    packing = path.suffix if path.suffix in _OPENERS else ""
    stem = str(path).removesuffix(packing)
    for language in languages:
        stem = stem.removesuffix(f".{language}")
    for ending in dict.fromkeys((packing, "", *_OPENERS)):
        sides = [Path(f"{stem}.{language}{ending}") for language in languages]
        if all(side.is_file() for side in sides):
            return sides[0], sides[1]
    return None


def read_lines(path: Path) -> Iterator[str]:
    r"""Lines of a file, packed or not, without their line ends; only `\n` and `\r\n` end a line.

    Raises InputError, with the line's number, where a line is not UTF-8.
    """
    with _open(path) as stream:
        for number, raw in enumerate(stream, start=1):
            try:
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise InputError(
                    f"{path}, line {number}: byte {error.object[error.start]:#04x} is not UTF-8",
                    "Convert it to UTF-8 first (iconv -t UTF-8).",
                ) from error
            yield line.removesuffix("\n").removesuffix("\r")


def read_parallel(source: Path, target: Path) -> tuple[list[str], list[str]]:
    """Two files, a sentence a line; raises InputError with both counts when they differ, or when they are empty."""
    try:
        sources, targets = list(read_lines(source)), list(read_lines(target))
    except OSError as error:
        raise InputError(f"{error.filename} cannot be read: {error.strerror}", "Check the path.") from error
    if len(sources) != len(targets):
        raise InputError(
            f"{source} has {len(sources):,} lines, {target} {len(targets):,}",
            "Give two files in which the same line says the same.",
        )
    if not sources:
        raise InputError(f"{source} and {target} are empty", "Give at least one sentence a side.")
    return sources, targets


def _open(path: Path) -> IO[bytes]:
    require_file(path)
    opener = _OPENERS.get(path.suffix, Path.open)
    stream: IO[bytes] = opener(path, "rb")
    return stream


def _columns(path: Path) -> int:
    """Columns of a TSV file of plain pairs; 0 for every other format, ours with its header among them."""
    if path.with_suffix("").suffix != ".tsv" and path.suffix != ".tsv":
        return 0
    cells = next(read_lines(path), "").split("\t")
    return 0 if {"source", "target"} <= set(cells) else len(cells)


def _tsv(path: Path) -> Iterator[Pair]:
    columns = 0
    for number, line in enumerate(read_lines(path), start=1):
        if not line:
            continue
        cells = line.split("\t")
        columns = columns or len(cells)
        if len(cells) != columns:
            raise InputError(
                f"{path}, line {number}: {len(cells)} columns, where the first line has {columns}",
                "Give source and target, or a source's name, source and target, parted by tabs.",
            )
        yield Pair(cells[0] if columns == 3 else "", cells[-2], cells[-1])


def _moses(source: Path, target: Path) -> Iterator[Pair]:
    lines = read_lines(target)
    count = 0
    for count, text in enumerate(read_lines(source), start=1):
        other = next(lines, None)
        if other is None:
            raise InputError(f"{target} ends after {count - 1:,} lines, {source} goes on", "Give two files as long.")
        yield Pair("", text, other)
    if next(lines, None) is not None:
        raise InputError(f"{source} ends after {count:,} lines, {target} goes on", "Give two files as long.")


def _bitexts(path: Path, languages: tuple[str, str]) -> Iterator[Pair]:
    from pipeline.corpus import read_bitexts

    for bitext in read_bitexts(path, source_language=languages[0], target_language=languages[1]):
        for row in bitext.rows():
            yield Pair("", row.source.text, row.target.text, row.origin in ("machine", "memory"))


@contextmanager
def _plain(path: Path) -> Iterator[Path]:
    """The path of the unpacked file, which is temporary if the file is packed."""
    if path.suffix not in _OPENERS:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="visavis-") as folder:
        plain = Path(folder) / path.stem
        with _open(path) as packed, plain.open("wb") as stream:
            shutil.copyfileobj(packed, stream)
        yield plain
