"""Tables to documents: CSV and TSV with their columns, each text a block, its row's key in its data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import InputError
from pipeline.read.assembling import PLACE, Data, Told, document_of_texts
from pipeline.read.columns import Columns, Row, columns_of
from pipeline.read.left import LeftOut
from pipeline.text import Document, Kind

_ASIDE = "a column that is not asked for (--column says which is)"
Texts = list[tuple[Kind, str, Data]]
_DELIMITERS = ",;\t|"
_QUOTE = '"'
_LOOK = 50  # rows by which a delimiter is chosen
_ALIKE = 0.6  # share of rows that have the same number of cells, where a sign is the delimiter


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is told of: by the name of its file or sheet, and by its number in the document."""

    name: str
    number: str = "1"

    def place(self, row: int, column: int | None) -> str:
        """Where a cell stands, both counted from 1; without a column, the row."""
        return f"{row}:{column + 1}" if column is not None else f"{row}"


def read_csv(text: str, told: Told) -> Document:
    """The document of a table with commas, semicolons, tabs or bars, quoted as RFC 4180 says."""
    return _document(_records(text, delimiter_of(text, told.path), told.path), told)


def read_tsv(text: str, told: Told) -> Document:
    """The document of a table with tabs; a cell may be quoted as in CSV, and then hold line ends."""
    rows = [line.removesuffix("\r").split("\t") for line in text.split("\n")]
    if len(rows) > 1 and any(_is_open(row[-1]) for row in rows) and "\t" in text:
        try:
            return _document(list(_records(text, "\t", told.path)), told, pairs=True)
        except InputError:
            pass  # quotation marks are text here
    return _document([[_unquoted(cell) for cell in row] for row in rows], told, pairs=True)


def texts_of_rows(rows: Mapping[int, Row], told: Told, table: Table, left: LeftOut, *, pairs: bool = False) -> Texts:
    """The texts of a table's rows, by their numbers; keys and existing translations go to the data, the rest is left.

    Raises InputError where a column that is asked for is absent.
    """
    filled = {number: row for number, row in rows.items() if any(cell.strip() for cell in row.values())}
    columns = columns_of(list(filled.values()), told, table.name, pairs=pairs)
    texts: Texts = []
    for number, row in filled.items():
        if columns.headed and not texts and number == next(iter(filled)):
            left.add("the names of the columns", ", ".join(row.values()), table.place(number, None))
            continue
        found = list(_texts(row, number, columns, table))
        texts += found
        for i, cell in row.items():
            if i not in (*columns.texts, columns.id, columns.target):
                left.add(_ASIDE, cell, table.place(number, i))
            elif not found:
                left.add("a key or translation without a text", cell, table.place(number, i))
    return texts


def _texts(row: Row, number: int, columns: Columns, table: Table) -> Iterator[tuple[Kind, str, Data]]:
    key, target = (row.get(i, "").strip() if i is not None else "" for i in (columns.id, columns.target))
    known: Data = (("key", key),) if key else ()
    if target:
        known = (*known, ("target", target), ("line", "1"))
    elif columns.pairs:
        known = (*known, ("line", "1"))
    for i in columns.texts:
        if row.get(i, "").strip():
            place = (("table", table.number), ("row", str(number)), ("column", str(i + 1)))
            kind: Kind = "paragraph" if len(columns.texts) == 1 else "cell"
            yield kind, row[i], (*(place if kind == "cell" else ()), *known, (PLACE, table.place(number, i)))


def _document(rows: Iterable[Sequence[str]], told: Told, *, pairs: bool = False) -> Document:
    left = LeftOut()
    numbered = {number: dict(enumerate(row)) for number, row in enumerate(rows, start=1)}
    texts = texts_of_rows(numbered, told, Table(told.path), left, pairs=pairs)
    return document_of_texts(texts, replace(told, flags=(*told.flags, *left.flags())))


def _records(text: str, delimiter: str, path: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(
                f"{path}, line {start}: a cell that cannot be read ({error})",
                "Close its quotation marks, and double those within it.",
            ) from error


def delimiter_of(text: str, path: str) -> str:
    """The delimiter by which most rows have the same number of cells, more than one; else one that no text has."""
    best, found = (_ALIKE, 0), "\x1f"
    for one in _DELIMITERS:
        widths = []
        try:
            for row in _records(text[: 1 << 16], one, path):
                widths.append(len(row))
                if len(widths) == _LOOK:
                    break
        except InputError:
            pass
        usual = max(set(widths), key=widths.count, default=0)
        if usual > 1 and (score := (widths.count(usual) / len(widths), usual)) > best:
            best, found = score, one
    return found


def _is_open(cell: str) -> bool:
    """Whether a quoted cell is not closed where its line ends."""
    return cell.startswith(_QUOTE) and (cell.count(_QUOTE) % 2 == 1)


def _unquoted(cell: str) -> str:
    """The text of a cell; one that is not quoted in good order stays as it is."""
    inner = cell[1:-1].replace(_QUOTE * 2, "")
    in_order = len(cell) > 1 and cell[0] == cell[-1] == _QUOTE and _QUOTE not in inner
    return cell[1:-1].replace(_QUOTE * 2, _QUOTE) if in_order else cell
