"""`corpus.tsv`: a row a bead, for spreadsheets, shell tools and eyes.

A cell that begins with a quotation mark is quoted as CSV is (RFC 4180), since pandas and csv take it for that.
Spreadsheets take what begins with = + - @ for a formula: to be safe in them, such a cell gets an apostrophe in front
(OWASP, CSV Injection), which the reader takes off again. A cell that begins with both in its own right is quoted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.corpus.cells import NAMES, OURS, Columns, row_of_cells
from pipeline.corpus.grouping import FR_EN, Languages, lines_of, unreadable
from pipeline.corpus.writer import OneFile, number
from pipeline.text import Bitext, Carries, Row

QUOTE = '"'
FORMULA = ("=", "+", "-", "@")  # what a spreadsheet takes for a formula at the start of a cell
_DISARMED = tuple(f"'{sign}" for sign in FORMULA)
COLUMNS = ("id", "source", "target", "score", "origin", "flags", "document", "kind", "confidence")


def _lines(bitext: Bitext, rows: Iterator[Row]) -> Iterator[str]:
    return _table(bitext, rows, quoted)


def _safe_lines(bitext: Bitext, rows: Iterator[Row]) -> Iterator[str]:
    return _table(bitext, rows, harmless)


def _table(bitext: Bitext, rows: Iterator[Row], shown: Callable[[str], str]) -> Iterator[str]:
    kinds = {block.id: block.kind for block in (*bitext.target.blocks, *bitext.source.blocks)}
    blocks = {one.id: one.block for one in (*bitext.target_sentences, *bitext.source_sentences)}
    for row in rows:
        flags = " ".join(flag.name for flag in row.flags)
        kind = kinds.get(blocks.get(row.id, ""), "paragraph")
        confidence = "" if row.confidence is None else number(row.confidence)
        cells = (row.id, row.source.text, row.target.text, number(row.score), row.origin, flags, row.document, kind)
        yield "\t".join(map(shown, (*cells, confidence))) + "\n"


def quoted(cell: str) -> str:
    """A cell that no reader of CSV takes for anything but its text."""
    return f'"{cell.replace(QUOTE, QUOTE * 2)}"' if cell.startswith((QUOTE, *_DISARMED)) else cell


def harmless(cell: str) -> str:
    """The same, and no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else quoted(cell)


def unquoted(cell: str) -> str:
    """The text of a cell; one that is not quoted in good order stays as it is."""
    if cell.startswith(_DISARMED):
        return cell[1:]
    inner = cell[1:-1].replace(QUOTE * 2, "")
    return (
        cell[1:-1].replace(QUOTE * 2, QUOTE)
        if len(cell) > 1 and cell[0] == cell[-1] == QUOTE and QUOTE not in inner
        else cell
    )


TSV = OneFile(
    Carries(
        blocks=False,
        sentences=False,
        flags="names",
        layers=False,
        spaces=False,
        characters="utf-8",
    ),
    "tsv",
    lambda _source, _target: "\t".join(COLUMNS) + "\n",
    _lines,
    safe_body=_safe_lines,
)


def read_tsv(path: Path, _: Languages = FR_EN, columns: Columns = OURS) -> Iterator[Row]:
    """Rows of a table with a header that names `source` and `target`, or of one with these as its two columns."""
    for count, cells in cells_of(path, columns):
        yield _tsv_row(cells, path, count, columns)


def cells_of(path: Path, named: Columns = OURS) -> Iterator[tuple[int, dict[str, str]]]:
    """The cells of each row by their columns, with the row's line; raises InputError where source or target is absent.

    Without a header the first two columns are source and target, and quotation marks are part of the text. Where
    columns are named there is a header, and a source will do.
    """
    columns, headed = {"source": 0, "target": 1}, False
    for count, line in enumerate(lines_of(path), start=1):
        cells = line.split("\t")
        if count == 1 and (named.names or {"source", "target"} <= set(cells)):
            columns, headed = placed(cells, named, path), True
            continue
        if not line.strip():
            continue
        needed = max(columns["source"], columns.get("target", 0)) + 1
        if len(cells) < needed:
            raise unreadable(
                path,
                f"line {count}",
                f"{len(cells)} {'column' if len(cells) == 1 else 'columns'}, and {needed} are needed",
                "Separate source and target by a tab, one pair a line.",
            )
        shown = [unquoted(cell) for cell in cells] if headed else cells
        yield count, {name: shown[i] for name, i in columns.items() if i < len(shown)}


def placed(header: Sequence[str], named: Columns, path: Path) -> dict[str, int]:
    """Where each column stands; raises InputError for one that is named and not there."""
    there = {unquoted(name): place for place, name in enumerate(header)}
    columns = named.chosen(there, FR_EN)
    for name, column in columns.items():
        if column not in there:
            problem = f"no column is called {column!r}, which `columns` names for {name}"
            raise unreadable(path, "line 1", problem, f"The columns are: {', '.join(there)}")
    if "source" not in columns:
        raise unreadable(path, "line 1", "no column is called source", "Say which it is: `columns: {source: NAME}`.")
    return there | {name: there[column] for name, column in columns.items()}


def _tsv_row(cells: Mapping[str, str], path: Path, count: int, columns: Columns) -> Row:
    row = row_of_cells(
        {name: cell for name, cell in cells.items() if name in NAMES},
        lambda problem, remedy: unreadable(path, f"line {count}", problem, remedy),
        foreign_ids=columns.foreign_ids,
    )
    return replace(row, kind="paragraph")  # the table has no blocks
