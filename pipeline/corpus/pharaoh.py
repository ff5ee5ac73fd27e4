"""Pharaoh files: the words of both sides parted by spaces, a line a pair, and lines of `i-j` that link them.

`i` counts the words of the source's line, `j` those of the target's, from 0 (Koehn's Pharaoh, 2003). The n-th lines are
those of the Moses files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pipeline.corpus.moses import MOSES
from pipeline.errors import OutputError
from pipeline.files import appearing
from pipeline.text import Bitext, Carries
from pipeline.words import LAYER, link_bitext, read_links, words_of


@dataclass(frozen=True, slots=True)
class PharaohWriter:
    """Three files: the words of either language, and the links."""

    carries: Carries = MOSES.carries
    extension: str = "pharaoh"

    def write(self, bitexts: Iterable[Bitext], folder: Path, stem: str) -> list[Path]:
        """Write `folder/stem.tok.source_language`, `.tok.target_language` and `stem.pharaoh`.

        Raises InputError where words of the languages cannot be linked.
        """
        rest = iter(bitexts)
        first = list(next(([one] for one in rest), []))
        languages = (first[0].source.language, first[0].target.language) if first else ("fr", "en")
        if languages[0] == languages[1]:
            raise OutputError(
                f"the files of words are named after their languages, and both are {languages[0]!r}",
                "Write jsonl instead.",
            )
        paths = [*(folder / f"{stem}.tok.{language}" for language in languages), folder / f"{stem}.{self.extension}"]
        with ExitStack() as stack:
            streams = [stack.enter_context(appearing(path)) for path in paths]
            for lines in (lines for bitext in chain(first, rest) for lines in _lines(bitext)):
                for stream, line in zip(streams, lines, strict=True):
                    stream.write(line.encode("utf-8", "replace") + b"\n")
        return paths


def _lines(bitext: Bitext) -> Iterator[tuple[str, str, str]]:
    """The words of both sides and their links, of each bead that has two sides."""
    linked = bitext if any(layer.name == LAYER for layer in bitext.layers) else link_bitext(bitext)
    for row in linked.each_row():
        if not PHARAOH.carries.holds(row):
            continue
        ours, theirs = (
            words_of(row.source.text, bitext.source.language),
            words_of(row.target.text, bitext.target.language),
        )
        places = [{word.start: place for place, word in enumerate(side)} for side in (ours, theirs)]
        value = next((one.text for one in row.layers if one.layer == LAYER), "")
        links = [
            f"{places[0][link.source.start]}-{places[1][link.target.start]}"
            for link in read_links(value)
            if link.source.start in places[0] and link.target.start in places[1]
        ]
        yield " ".join(word.text for word in ours), " ".join(word.text for word in theirs), " ".join(links)


PHARAOH = PharaohWriter()
