"""Moses files: `corpus.fr` and `corpus.en`, the n-th lines of which say the same; null beads have no place there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from pipeline.corpus.grouping import Languages, lines_of, side
from pipeline.corpus.writer import TEXTS
from pipeline.errors import InputError, OutputError
from pipeline.files import appearing
from pipeline.text import Bitext, Carries, Row

_CARRIES = replace(TEXTS, blocks=False, null_beads=False)


@dataclass(frozen=True, slots=True)
class MosesWriter:
    """Two files, named after the languages of the first bitext."""

    carries: Carries = _CARRIES
    extension: str = ""

    def write(self, bitexts: Iterable[Bitext], folder: Path, stem: str) -> list[Path]:
        """Write `folder/stem.source_language` and `folder/stem.target_language`."""
        rest = iter(bitexts)
        first = list(next(([one] for one in rest), []))
        languages = (first[0].source.language, first[0].target.language) if first else ("fr", "en")
        if languages[0] == languages[1]:
            raise OutputError(
                f"Moses files are named after their languages, and both are {languages[0]!r}", "Write tsv instead."
            )
        paths = [folder / f"{stem}.{language}" for language in languages]
        with ExitStack() as stack:
            source, target = (stack.enter_context(appearing(path)) for path in paths)
            for bitext in chain(first, rest):
                for row in bitext.each_row(self.carries):
                    _write_line(source, row.source.text)
                    _write_line(target, row.target.text)
        return paths


def _write_line(stream: BinaryIO, text: str) -> None:
    """A line; one that begins a file with U+FEFF gets a second one, for readers take the first for a mark of UTF-8."""
    if text.startswith("\ufeff") and stream.tell() == 0:
        text = f"\ufeff{text}"
    stream.write(text.encode() + b"\n")


MOSES = MosesWriter()


def moses_pair(path: Path, languages: Languages) -> tuple[Path, Path] | None:
    """The two files of a Moses corpus, given one of them or their common stem; None if it is none."""
    for stem in (path.with_suffix(""), path) if path.name else ():
        pair = (stem.with_name(f"{stem.name}.{languages.source}"), stem.with_name(f"{stem.name}.{languages.target}"))
        if pair[0].is_file() and pair[1].is_file() and (path in pair or not path.is_file()):
            return pair
    return None


def read_moses(source: Path, target: Path) -> Iterator[Row]:
    """Rows of two files of as many lines, as a stream; raises InputError, before the first, where one is longer."""
    ours, theirs = (sum(1 for _ in lines_of(path)) for path in (source, target))
    if ours != theirs:
        raise InputError(
            f"{source} has {ours} lines and {target} has {theirs}",
            "The n-th lines must say the same; align the files instead, with `visavis align`.",
        )
    for one, other in zip(lines_of(source), lines_of(target), strict=True):
        yield Row("", "", "", "paragraph", side(one), side(other))
