"""Parallel corpora, a file a format both ways: bitexts to files that say what they carry, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.corpus.cards import CARDS
from pipeline.corpus.grouping import Languages, bitexts_of_rows
from pipeline.corpus.jsonl import JSONL, read_jsonl
from pipeline.corpus.moses import MOSES, moses_pair, read_moses
from pipeline.corpus.pharaoh import PHARAOH
from pipeline.corpus.subtitles import SRT, VTT
from pipeline.corpus.tmx import TMX, read_tmx
from pipeline.corpus.tsv import TSV, read_tsv
from pipeline.corpus.writer import Writer
from pipeline.corpus.xliff import XLIFF, read_xliff
from pipeline.errors import InputError, OutputError
from pipeline.text import Bitext, Row

__all__ = ["FORMATS", "READ", "Format", "Writer", "left_out", "read_bitexts", "write_bitexts"]


@dataclass(frozen=True, slots=True)
class Format:
    """A corpus format: how it is written and read back (None: Moses files are found by their names, others not read).

    `suffixes` are those by which a file is taken for one of this format; `words`: it shows the links of words.
    """

    name: str
    meaning: str
    writer: Writer
    read: Callable[[Path, Languages], Iterator[Row]] | None = None
    suffixes: tuple[str, ...] = ()
    words: bool = False


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("tsv", "a row a pair: for spreadsheets, shell tools and eyes", TSV, read_tsv, ("tsv",)),
        Format("jsonl", "all that is known of each pair, an object a line", JSONL, read_jsonl, ("jsonl",)),
        Format("tmx", "Translation Memory eXchange 1.4b, for CAT tools", TMX, read_tmx, ("tmx",)),
        Format("xliff", "XLIFF 2.1, for CAT tools", XLIFF, read_xliff, ("xliff", "xlf")),
        Format("moses", "two files whose n-th lines say the same, for training", MOSES),
        Format("pharaoh", "lines of i-j that link words, with the words of both sides", PHARAOH, words=True),
        Format("srt", "SubRip subtitles, the translation in the source's cues", SRT),
        Format("vtt", "WebVTT subtitles, the translation in the source's cues", VTT),
        Format("cards", "flash cards to learn by, for Anki", CARDS),
    )
}
READ: dict[str, Callable[[Path, Languages], Iterator[Row]]] = {
    suffix: one.read for one in FORMATS.values() if one.read is not None for suffix in one.suffixes
}


def write_bitexts(bitexts: Iterable[Bitext], folder: Path, format: str, *, stem: str = "corpus") -> list[Path]:
    """Write bitexts, one in memory at a time, to `folder/stem.*`; gives the files that are there then.

    Same bitexts, same bytes. Raises OutputError, and leaves what was there before, where a file cannot be written.
    """
    if format not in FORMATS:
        raise OutputError(f"{format!r} is not a format to write", f"Use one of: {', '.join(FORMATS)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return FORMATS[format].writer.write(bitexts, folder, stem)
    except OSError as error:
        raise OutputError(
            f"{error.filename or folder} cannot be written: {error.strerror}", "Check the folder and the space left."
        ) from error


def read_bitexts(path: Path, *, source_language: str = "fr", target_language: str = "en") -> list[Bitext]:
    """Read a corpus: tsv, jsonl, tmx, xliff, or Moses files (one of the two, or what their names have in common).

    Gives a bitext for each document that it names. Raises InputError, with file and place, for what is none of these.
    """
    languages = Languages(source_language, target_language)
    reader = READ.get(path.suffix.lower().removeprefix("."))
    pair = None if reader else moses_pair(path, languages)
    if reader is None and pair is None:
        raise InputError(
            f"{path} is no corpus: its name ends in none of {', '.join(READ)}, and it is no pair of Moses files",
            f"Give such a file, or X.{source_language} with X.{target_language} beside it.",
        )
    rows = reader(path, languages) if reader else read_moses(*pair) if pair else iter(())
    return bitexts_of_rows(rows, languages)


def left_out(bitext: Bitext, format: str) -> int:
    """How many beads a format has no place for (null beads, in Moses files)."""
    return len(bitext.beads) - sum(1 for _ in bitext.each_row(FORMATS[format].writer.carries))
