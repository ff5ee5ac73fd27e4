"""Bitexts to corpus files: each format says what it carries, and files appear whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.types import Bitext
from pipeline.write.cards import CARDS
from pipeline.write.jsonl import JSONL
from pipeline.write.moses import MOSES
from pipeline.write.subtitles import SRT, VTT
from pipeline.write.tmx import TMX
from pipeline.write.tsv import TSV
from pipeline.write.writer import Writer
from pipeline.write.xliff import XLIFF

__all__ = ["WRITERS", "Writer", "left_out", "write_bitexts"]

WRITERS: dict[str, Writer] = {
    "tsv": TSV,
    "jsonl": JSONL,
    "tmx": TMX,
    "xliff": XLIFF,
    "moses": MOSES,
    "srt": SRT,
    "vtt": VTT,
    "cards": CARDS,
}


def write_bitexts(bitexts: Iterable[Bitext], folder: Path, format: str, *, stem: str = "corpus") -> list[Path]:
    """Write bitexts, one in memory at a time, to `folder/stem.*`; gives the files that are there then.

    Same bitexts, same bytes. Raises OutputError, and leaves what was there before, where a file cannot be written.
    """
    if format not in WRITERS:
        raise OutputError(f"{format!r} is not a format to write", f"Use one of: {', '.join(WRITERS)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return WRITERS[format].write(bitexts, folder, stem)
    except OSError as error:
        raise OutputError(
            f"{error.filename or folder} cannot be written: {error.strerror}", "Check the folder and the space left."
        ) from error


def left_out(bitext: Bitext, format: str) -> int:
    """How many beads a format has no place for (null beads, in Moses files)."""
    return len(bitext.beads) - sum(1 for _ in bitext.each_row(WRITERS[format].carries))
