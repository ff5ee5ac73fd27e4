"""Tables (CSV, TSV) in the other language: translations in their column, or in the place of the texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.document.encodings import encoded
from pipeline.document.markup import Markup, squeezed
from pipeline.document.options import DocumentOptions
from pipeline.document.wordings import turned
from pipeline.errors import InputError
from pipeline.read import format_of
from pipeline.read.encoding import decode, read_bytes
from pipeline.read.table import delimiter_of
from pipeline.text import Bitext


def write_table(bitext: Bitext, source: Path, options: DocumentOptions) -> bytes:
    """A table with commas, semicolons, tabs or bars; raises InputError where a cell is not the one that was read."""
    raw = read_bytes(source)
    decoded = decode(raw, str(source), options.encoding)
    text = Markup(decoded.text, plain=True)
    delimiter = delimiter_of(decoded.text, str(source)) if format_of(source).name == "csv" else "\t"
    cells = {(row, column): (start, end) for row, column, start, end in _cells(decoded.text, delimiter)}
    for one in turned(bitext):
        if not one.changed or dict(one.block.data).get("target"):
            continue
        row, _, column = one.block.place.partition(":")
        start, end = cells.get((int(row), int(column)), (0, 0))
        if squeezed(_shown(decoded.text[start:end])) != squeezed(one.block.text):
            raise InputError(f"{source}: not the words that were read: {one.block.text[:40]!r}", "Run again.")
        was_quoted = decoded.text.startswith('"', start)
        text.edit(start, end, _cell(one.wording.target, delimiter, quoted=was_quoted))
    return encoded(text.written(), raw, decoded.encoding, escape="") if text.edits else raw


def _cells(text: str, delimiter: str) -> Iterator[tuple[int, int, int, int]]:
    """Row and column of each cell, from 1, and where it stands; rows are counted as Python's reader does."""
    row, column, start, at, quoted = 1, 1, 0, 0, False
    while at < len(text):
        sign = text[at]
        if sign == '"' and (quoted or at == start):
            quoted = not quoted or text.startswith('"', at + 1)
            at += 1 + (quoted and at > start and text.startswith('"', at + 1))
        elif quoted or sign not in (delimiter, "\n", "\r"):
            at += 1
        else:
            yield row, column, start, at
            ends = sign in "\r\n"
            at += 2 if text.startswith("\r\n", at) else 1
            row, column, start = (row + 1, 1, at) if ends else (row, column + 1, at)
    if start < len(text):
        yield row, column, start, len(text)


def _shown(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _cell(text: str, delimiter: str, *, quoted: bool) -> str:
    """A cell as RFC 4180 has it: in quotation marks where it must, or was."""
    if quoted or any(sign in text for sign in (delimiter, '"', "\n", "\r")):
        return '"' + text.replace('"', '""') + '"'
    return text
