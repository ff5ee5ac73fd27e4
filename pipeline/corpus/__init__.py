"""Parallel corpora, a file a format both ways: bitexts to files that say what they carry, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.corpus.arrow import check_arrow
from pipeline.corpus.cards import CARDS
from pipeline.corpus.cells import Columns, told
from pipeline.corpus.cues import SubtitleOptions
from pipeline.corpus.dataset import Dataset, Facts
from pipeline.corpus.grouping import Languages, bitexts_of_rows
from pipeline.corpus.jsonl import JSONL, read_jsonl
from pipeline.corpus.moses import MOSES, moses_pair, read_moses
from pipeline.corpus.parquet import PARQUET, SHARDS, read_parquet
from pipeline.corpus.pharaoh import PHARAOH
from pipeline.corpus.rows import Corpus, read_corpus
from pipeline.corpus.subtitles import SRT, VTT, SubtitleWriter
from pipeline.corpus.tmx import TMX, read_tmx
from pipeline.corpus.tsv import TSV, read_tsv
from pipeline.corpus.writer import OneFile, Writer
from pipeline.corpus.xliff import XLIFF, read_xliff
from pipeline.errors import InputError, OutputError
from pipeline.text import Bitext, Row

__all__ = [
    "FORMATS",
    "READ",
    "Corpus",
    "Facts",
    "Format",
    "Reader",
    "Writer",
    "check_format",
    "left_out",
    "read_bitexts",
    "read_corpus",
    "read_rows",
    "reader_of",
    "write_bitexts",
]
Reader = Callable[[Path, Languages, Columns], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Format:
    """A corpus format: how it is written and read back (None: Moses files are found by their names, others not read).

    `suffixes` are those by which a file is taken for one of this format; `words`: it shows the links of words. `check`
    raises OutputError where the `extra` that it needs is absent.
    """

    name: str
    meaning: str
    writer: Writer
    read: Reader | None = None
    suffixes: tuple[str, ...] = ()
    extra: str = ""
    check: Callable[[], None] | None = None
    words: bool = False


_ARROW = ("data", check_arrow)


def _packed(name: str, writer: OneFile, read: Reader) -> tuple[Format, Format]:
    """A format of one file, packed with gzip and with Zstandard."""
    gz, zst = (replace(writer, extension=name + packing, packing=packing) for packing in (".gz", ".zst"))
    return (
        Format(f"{name}.gz", f"{name}, packed with gzip", gz, read, (f"{name}.gz",)),
        Format(f"{name}.zst", f"{name}, packed with Zstandard", zst, read, (f"{name}.zst",), *_ARROW),
    )


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("tsv", "a row a pair: for spreadsheets, shell tools and eyes", TSV, read_tsv, ("tsv",)),
        Format("jsonl", "all that is known of each pair, an object a line", JSONL, read_jsonl, ("jsonl",)),
        Format("tmx", "Translation Memory eXchange 1.4b, for CAT tools", TMX, read_tmx, ("tmx",)),
        Format("xliff", "XLIFF 2.1, for CAT tools", XLIFF, read_xliff, ("xliff", "xlf")),
        *_packed("tsv", TSV, read_tsv),
        *_packed("jsonl", JSONL, read_jsonl),
        Format("parquet", "a flat row a pair, for data frames", PARQUET, read_parquet, ("parquet",), *_ARROW),
        Format("parquet-shards", "the same, a folder of files of a million rows", SHARDS, None, (), *_ARROW),
        Format("huggingface", "a folder for the library `datasets`, with a card", Dataset(), None, (), *_ARROW),
        Format("moses", "two files whose n-th lines say the same, for training", MOSES),
        Format("pharaoh", "lines of i-j that link words, with the words of both sides", PHARAOH, words=True),
        Format("srt", "SubRip subtitles, the translation in the source's cues", SRT),
        Format("vtt", "WebVTT subtitles, the translation in the source's cues", VTT),
        Format("cards", "flash cards to learn by, for Anki", CARDS),
    )
}  # fmt: skip
READ: dict[str, Reader] = {
    suffix: one.read for one in FORMATS.values() if one.read is not None for suffix in one.suffixes
}


def write_bitexts(
    bitexts: Iterable[Bitext],
    folder: Path,
    format: str,
    *,
    stem: str = "corpus",
    facts: Facts | None = None,
    subtitles: SubtitleOptions | None = None,
    spreadsheet_safe: bool = False,
) -> list[Path]:
    """Write bitexts, one in memory at a time, to `folder/stem.*`; gives the files that are there then.

    Same bitexts, same bytes; `facts` go to a card, where the format has one; `subtitles` say how those are set. With
    `spreadsheet_safe` no cell of a table begins as a formula does.
    Raises OutputError, and leaves what was there before, where a file cannot be written.
    """
    if format not in FORMATS:
        raise OutputError(f"{format!r} is not a format to write", f"Use one of: {', '.join(FORMATS)}")
    check_format(format)
    writer = FORMATS[format].writer
    if isinstance(writer, Dataset) and facts is not None:
        writer = replace(writer, facts=facts)
    if isinstance(writer, SubtitleWriter) and subtitles is not None:
        writer = replace(writer, options=subtitles)
    if isinstance(writer, OneFile) and writer.safe_body is not None and spreadsheet_safe:
        writer = replace(writer, body=writer.safe_body)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return writer.write(bitexts, folder, stem)
    except OSError as error:
        raise OutputError(
            f"{error.filename or folder} cannot be written: {error.strerror}", "Check the folder and the space left."
        ) from error


def check_format(format: str) -> None:
    """Make sure that a format can be written here; raises OutputError where what it needs is not installed."""
    check = FORMATS[format].check
    if check is not None:
        check()


def reader_of(path: Path) -> Reader | None:
    """What reads a corpus of this name, by its one or two last suffixes; None for what is none, or Moses files."""
    suffixes = [one.lower().removeprefix(".") for one in path.suffixes[-2:]]
    return READ.get(".".join(suffixes)) or READ.get(suffixes[-1] if suffixes else "")


def read_rows(
    path: Path,
    *,
    source_language: str = "fr",
    target_language: str = "en",
    columns: Mapping[str, str] | None = None,
) -> Iterator[Row]:
    """The rows of a corpus as a stream: tsv, jsonl (also .gz, .zst), parquet, tmx, xliff, Moses files.

    Moses files are one of the two, or what their names have in common. `columns` say what columns of a table of
    people's own hold, such as `{"source": "text_fr", "id": "url"}`. Raises InputError, with file and place, for what is
    none of these.
    """
    languages = Languages(source_language, target_language)
    reader = reader_of(path)
    if reader is not None:
        return reader(path, languages, told(columns))
    pair = moses_pair(path, languages)
    if pair is not None:
        return read_moses(*pair)
    raise InputError(
        f"{path} is no corpus: its name ends in none of {', '.join(READ)}, and it is no pair of Moses files",
        f"Give such a file, or X.{source_language} with X.{target_language} beside it.",
    )


def read_bitexts(
    path: Path,
    *,
    source_language: str = "fr",
    target_language: str = "en",
    columns: Mapping[str, str] | None = None,
) -> list[Bitext]:
    """Read a corpus, of any format that `read_rows` reads, to a bitext for each document that it names."""
    rows = read_rows(path, source_language=source_language, target_language=target_language, columns=columns)
    return bitexts_of_rows(rows, Languages(source_language, target_language))


def left_out(bitext: Bitext, format: str) -> int:
    """How many beads a format has no place for (null beads, in Moses files)."""
    return len(bitext.beads) - sum(1 for _ in bitext.each_row(FORMATS[format].writer.carries))
