"""Tables that people send back, as spreadsheets write them: TSV, CSV and XLSX to pairs of texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.files import require_file
from pipeline.languages.codes import language_code
from pipeline.read.encoding import decode, read_bytes

SUFFIXES = (".tsv", ".csv", ".txt", ".xlsx")
_LINE_END = re.compile("\r\n?")
_NAMES = {"source": ("source", "original", "src"), "target": ("target", "translation", "traduction", "tgt")}
_DISARMED = tuple(f"'{sign}" for sign in "=+-@")  # as `spreadsheet_safe` writes what might be a formula
_OTHERS = ("id", "origin", "document")
_LONGEST_NAME = 40  # characters of a column's name


@dataclass(frozen=True, slots=True)
class Given:
    """A pair as somebody gives it; `origin` is empty where the file does not say whose the translation is.

    `approved` means that a person vouches for the pair as it is.
    """

    source: str
    target: str
    id: str = ""
    document: str = ""
    origin: str = ""
    approved: bool = False


def pairs_of_table(path: Path, languages: tuple[str, str]) -> Iterator[Given]:
    """The pairs of a table: columns go by their names, else the first is the source and the second the target.

    Raises InputError, with the row, where there are fewer columns than that.
    """
    rows = _sheet(path) if path.suffix.lower() == ".xlsx" else _cells(path, languages)
    columns, headed = {"source": 0, "target": 1}, False
    for number, cells in enumerate(rows, start=1):
        if not any(cell.strip() for cell in cells):
            continue
        if number == 1 and (named := _columns(cells, languages)):
            columns, headed = named, True
            continue
        if len(cells) <= max(columns["source"], columns["target"]):
            if headed:  # a spreadsheet leaves empty cells at the end of a row away
                continue
            raise InputError(
                f"{path}, row {number}: {len(cells)} column{'s' * (len(cells) != 1)}, and 2 are needed",
                "Separate source and target by a tab, one pair a line.",
            )
        told = {name: cells[at].strip() for name, at in columns.items() if at < len(cells)}
        told = {name: cell[1:] if headed and cell.startswith(_DISARMED) else cell for name, cell in told.items()}
        id, document, origin = (told.get(name, "") for name in ("id", "document", "origin"))
        yield Given(told["source"], told["target"], id, document, origin)


def _columns(cells: Sequence[str], languages: tuple[str, str]) -> dict[str, int]:
    """Which column holds what, if this row names both texts; else nothing."""
    names = [cell.strip().casefold() for cell in cells]
    if any(len(name) > _LONGEST_NAME for name in names):
        return {}
    found: dict[str, int] = {}
    for role, language in zip(("source", "target"), languages, strict=True):
        wanted = _NAMES[role]
        at = next((i for i, name in enumerate(names) if name in wanted), None)
        if at is None:
            at = next((i for i, name in enumerate(names) if _speaks(name, language)), None)
        if at is None or at in found.values():
            return {}
        found[role] = at
    return found | {name: names.index(name) for name in _OTHERS if name in names}


def _speaks(name: str, language: str) -> bool:
    """Whether a column's name is that of a language: `fr`, `French`, `fr-CA`."""
    if not re.fullmatch(r"[^\W\d_]{2,20}(?:[-_][a-z]{2,4})?", name):
        return False
    try:
        return language_code(name).partition("-")[0] == language.lower().partition("-")[0]
    except ValueError:
        return False


def _sheet(path: Path) -> Iterator[list[str]]:
    """The rows of a workbook's first sheet that is not empty."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise InputError(
            f"{path}: XLSX needs openpyxl", "Install it with pip install 'visavis[review]', or save the table as CSV."
        ) from error
    try:
        require_file(path)
        with path.open("rb") as stream:
            book = load_workbook(stream, read_only=True, data_only=True)
            sheet = next((one for one in book.worksheets if one.max_row), None)
            for row in sheet.iter_rows(values_only=True) if sheet is not None else ():
                yield ["" if cell is None else str(cell) for cell in row]
    except InputError:
        raise
    except Exception as error:  # whatever zip, XML and openpyxl raise of a broken workbook
        raise InputError(f"{path} cannot be read as XLSX: {error}", "Save the table as CSV or TSV.") from error


def _cells(path: Path, languages: tuple[str, str]) -> Iterator[list[str]]:
    """The rows of a text table, whatever its encoding, line ends and quoting."""
    text = _LINE_END.sub("\n", decode(read_bytes(path), str(path)).text.removeprefix("\ufeff"))
    delimiter = "\t" if path.suffix.lower() != ".csv" or "\t" in text.partition("\n")[0] else _delimiter(text)
    rows = list(_parsed(text, delimiter))
    headed = bool(rows) and bool(_columns([_inner(cell) for cell in rows[0]], languages))
    quoted = all(_is_quoted(cell) for row in rows for cell in row if cell)
    for row in rows:
        yield [_meant(cell, delimiter, headed or quoted or delimiter != "\t") for cell in row]


def _delimiter(text: str) -> str:
    """A comma or a semicolon, whichever the first row has more of outside quotation marks."""
    first = re.sub(r'"[^"]*+"', "", text[:10_000]).partition("\n")[0]
    return max(",;", key=first.count)


def _parsed(text: str, delimiter: str) -> Iterator[list[str]]:
    """The rows of raw cells; a cell quoted in good order may hold delimiters and line ends."""
    border = re.escape(delimiter)
    cell = re.compile(rf'("(?:[^"]++|"")*+"(?=[{border}\n]|\Z)|[^{border}\n]*+)([{border}\n]|\Z)')
    row: list[str] = []
    at = 0
    while at < len(text) or row:
        found = cell.match(text, at)
        assert found is not None, "a cell may be anything"
        row.append(found[1])
        at = found.end()
        if found[2] != delimiter:
            yield row
            row = []


def _is_quoted(cell: str) -> bool:
    return len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1].replace('""', "")


def _inner(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if _is_quoted(cell) else cell


def _meant(cell: str, delimiter: str, always: bool) -> str:
    """The text of a cell; without a header only what needs quotation marks counts as quoted: speech has them too."""
    inner = cell[1:-1]
    needs = not inner or '""' in inner or delimiter in inner or "\n" in inner
    return _inner(cell) if always or needs else cell
