"""What a writer is, and the writer of formats that are one file."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Protocol

from pipeline.corpus.packed import packed
from pipeline.files import appearing
from pipeline.text import Bitext, Carries, Row

TEXTS = Carries(
    ids=False,
    documents=False,
    sentences=False,
    score=False,
    confidence=False,
    origin=False,
    flags="none",
    layers=False,
    spaces=False,
    characters="utf-8",
)  # what formats carry that hold the texts and little else


class Writer(Protocol):
    """Writes bitexts; `extension` is empty where the files' names do not tell the format."""

    @property
    def carries(self) -> Carries:
        """What is left of a bitext that was written and read."""

    @property
    def extension(self) -> str:
        """Suffix of the file, without the dot."""

    def write(self, bitexts: Iterable[Bitext], folder: Path, stem: str) -> list[Path]:
        """Write to `folder/stem.*`, atomically; raises OSError."""


@dataclass(frozen=True, slots=True)
class OneFile:
    """A format that is one text file: a head made of the first bitext's languages, parts for each bitext, a foot."""

    carries: Carries
    extension: str
    head: Callable[[str, str], str]
    body: Callable[[Bitext, Iterator[Row]], Iterable[str]]
    foot: str = ""
    packing: str = ""  # of `corpus.packed`, such as .gz
    safe_body: Callable[[Bitext, Iterator[Row]], Iterable[str]] | None = None  # the body for spreadsheets

    def write(self, bitexts: Iterable[Bitext], folder: Path, stem: str) -> list[Path]:
        """Write `folder/stem.extension`."""
        rest = iter(bitexts)
        first = list(next(([one] for one in rest), []))
        languages = (first[0].source.language, first[0].target.language) if first else ("fr", "en")
        path = folder / f"{stem}.{self.extension}"
        with appearing(path) as file, packed(file, self.packing) as stream:
            stream.write(self.head(*languages).encode())
            for bitext in chain(first, rest):
                for part in self.body(bitext, bitext.each_row(self.carries)):
                    stream.write(part.encode("utf-8", "backslashreplace"))
            stream.write(self.foot.encode())
        return [path]


def number(value: float) -> str:
    """A number as it is read back; what is not finite has no form in any format and becomes 0."""
    return repr(float(value)) if math.isfinite(value) else "0.0"
