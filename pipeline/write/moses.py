"""Moses files: `corpus.fr` and `corpus.en`, the n-th lines of which say the same; null beads have no place there."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.types import Bitext, Carries
from pipeline.write.writer import appearing

_CARRIES = Carries(
    ids=False,
    documents=False,
    blocks=False,
    sentences=False,
    score=False,
    confidence=False,
    origin=False,
    flags="none",
    null_beads=False,
    spaces=False,
    characters="utf-8",
)


@dataclass(frozen=True, slots=True)
class MosesWriter:
    """Two files, named after the languages of the first bitext."""

    carries: Carries = _CARRIES
    extension: str = ""
    streaming: bool = True

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
                    source.write(row.source.text.encode() + b"\n")
                    target.write(row.target.text.encode() + b"\n")
        return paths


MOSES = MosesWriter()
