"""Tables to documents: CSV and TSV with their columns, each text a block, its row's key in its data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.errors import InputError
from pipeline.read.assembling import PLACE, Data, Told, document_of_texts
from pipeline.read.columns import Columns, columns_of
from pipeline.read.left import LeftOut
from pipeline.text import Document, Kind

Texts = list[tuple[Kind, str, Data]]
_DELIMITERS = ",;\t|"
_QUOTE = '"'
_LOOK = 50  # rows by which a delimiter is chosen
_ALIKE = 0.6  # share of rows that have the same number of cells, where a sign is the delimiter


def read_csv(text: str, told: Told) -> Document:
    """The document of a table with commas, semicolons, tabs or bars, quoted as RFC 4180 says."""
    rows = list(_records(text, _delimiter(text, told.path), told.path))
    return _document(rows, told)


def read_tsv(text: str, told: Told) -> Document:
    """The document of a table with tabs; a cell may be quoted as in CSV, and then hold line ends."""
    lines = text.split("\n")
    rows = [line.removesuffix("\r").split("\t") for line in lines]
    if any(map(_is_open, (cell for row in rows for cell in row[-1:]))) and "\t" in text:
        try:
            return _document(list(_records(text, "\t", told.path)), told, pairs=True)
        except InputError:
            pass  # quotation marks are text here
    return _document([[_unquoted(cell) for cell in row] for row in rows], told, pairs=True)


def texts_of_rows(
    rows: Sequence[Sequence[str]], told: Told, place: str, left: LeftOut, *, table: str = "1", pairs: bool = False
) -> Texts:
    """The texts of a table's rows; other columns go to `left`, keys and existing translations to the data."""
    filled = [number for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    columns = columns_of([rows[number - 1] for number in filled], told, place, pairs=pairs)
    texts: Texts = []
    for number in filled:
        row = rows[number - 1]
        if columns.headed and number == filled[0]:
            left.add("the names of the columns", ", ".join(row), f"row {number}")
            continue
        texts += _texts(row, number, columns, table)
        _leave(row, columns, "a column that is not asked for (--column says which is)", number, left)
    return texts


def _texts(row: Sequence[str], number: int, columns: Columns, table: str) -> Iterator[tuple[Kind, str, Data]]:
    key = row[columns.id].strip() if columns.id is not None and columns.id < len(row) else ""
    target = row[columns.target].strip() if columns.target is not None and columns.target < len(row) else ""
    for i in columns.texts:
        if i < len(row) and row[i].strip():
            data = [(PLACE, f"{number}:{i + 1}")]
            data += [("key", key)] if key else []
            if target:
                data += [("target", target), ("line", "1")]
            elif columns.pairs:
                data.append(("line", "1"))
            if len(columns.texts) == 1:
                yield "paragraph", row[i], tuple(data)
            else:
                place = (("table", table), ("row", str(number)), ("column", str(i + 1)))
                yield "cell", row[i], (*place, *data)


def _leave(row: Sequence[str], columns: Columns, what: str, number: int, left: LeftOut) -> None:
    kept = (*columns.texts, columns.id, columns.target)
    for i, cell in enumerate(row):
        if i not in kept:
            left.add(what, cell, f"row {number}, column {i + 1}")


def _document(rows: list[list[str]], told: Told, *, pairs: bool = False) -> Document:
    left = LeftOut()
    texts = texts_of_rows(rows, told, told.path, left, pairs=pairs)
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


def _delimiter(text: str, path: str) -> str:
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
