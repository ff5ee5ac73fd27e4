"""Which columns of a table hold the text: those that are asked for, or told by their names, or by their words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import InputError
from pipeline.languages.codes import language_code
from pipeline.languages.small import small_words
from pipeline.read.assembling import Told

Row = Mapping[int, str]  # the cells of a row that are there, by their columns, counted from 0
_SOURCE = frozenset(("source", "src", "text", "texte", "source_text", "sourcetext"))
_ID = frozenset(("id", "key", "clé", "cle", "identifier", "identifiant", "msgid", "string_id"))
_KEY = re.compile(r"[A-Za-z_][\w-]*(?:[./:_-][\w-]+)+|[\w-]*\d[\w-]*|[a-z]+(?:[A-Z][a-z]+)+")
_WORD = re.compile(r"[^\W\d_]+")
_LOOK = 200  # rows that are looked at
_LONGEST_NAME = 40  # characters of a column's name


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, counted from 0: those that are read, that of ids, that of translations.

    `headed`: the first row names the columns. `pairs`: the rows are pairs of sentences, split already.
    """

    texts: tuple[int, ...]
    id: int | None = None
    target: int | None = None
    headed: bool = False
    pairs: bool = False


def columns_of(rows: Sequence[Row], told: Told, place: str, *, pairs: bool = False) -> Columns:
    """The columns of a table whose rows these are; raises InputError where one that is asked for is absent.

    With `pairs`, two columns of which nothing is told are source and target, as in corpora.
    """
    places = sorted({i for row in rows for i in row})
    if told.columns:
        return _asked(rows, dict(told.columns), place)
    named = _named(rows[: _LOOK + 1], told.language) if rows else None
    found = named or _by_words(rows[:_LOOK], places, told.language)
    return Columns((0,), pairs=True) if pairs and found.texts == (0, 1) and places == [0, 1] else found


def _asked(rows: Sequence[Row], wanted: dict[str, str], place: str) -> Columns:
    names = {name.strip(): i for i, name in reversed(list(rows[0].items()))} if rows else {}
    found: dict[str, int] = {}
    headed = False
    for role, name in wanted.items():
        if name in names:
            found[role], headed = names[name], True
        elif name.isascii() and name.isdigit() and any(int(name) - 1 in row for row in rows):
            found[role] = int(name) - 1
        else:
            there = ", ".join(repr(one) for one in sorted(names, key=names.__getitem__)[:12]) or "none"
            raise InputError(
                f"{place} has no column {name!r} (for {role}); its columns are {there}",
                "Name one of these, or give its number, counted from 1.",
            )
    if "source" not in found:
        raise InputError(f"{place}: no column is named for source", "Say which: columns: {source: NAME}.")
    return Columns((found["source"],), found.get("id"), found.get("target"), headed=headed)


def _named(rows: Sequence[Row], language: str) -> Columns | None:
    """The columns by their names, where one of them names the source or its language; keys may tell themselves."""
    header = rows[0]
    names = {i: name.strip().casefold() for i, name in header.items()}
    if len(set(names.values())) < len(names) or any(len(name) > _LONGEST_NAME for name in names.values()):
        return None
    source = next((i for i, name in names.items() if name in _SOURCE), None)
    if source is None and len(names) > 1:
        source = next((i for i, name in names.items() if _tag(name) == language.partition("-")[0]), None)
    if source is None:
        return None
    id = next((i for i, name in names.items() if name in _ID and i != source), None)
    cells = {i: [row[i] for row in rows[1:] if row.get(i, "").strip()] for i in names if i != source and id is None}
    id = next((i for i, column in cells.items() if column and _are_keys(column)), id)
    return Columns((source,), id, headed=True, pairs={"source", "target"} <= set(names.values()))


def _tag(name: str) -> str:
    """The language that a column's name names, without its region; nothing for other names."""
    if not re.fullmatch(r"[^\W\d_]{2,20}(?:[-_][a-z]{2,4})?", name):
        return ""
    try:
        return language_code(name).partition("-")[0]
    except ValueError:
        return ""


def _by_words(rows: Sequence[Row], places: Sequence[int], language: str) -> Columns:
    """All columns of words, without those of keys, and those in another language where one is in this."""
    cells = {i: [row[i] for row in rows if row.get(i, "").strip()] for i in places}
    keys = [i for i in places if cells[i] and len(places) > 1 and _are_keys(cells[i])]
    texts = [i for i in places if i not in keys]
    tongues = {i: _tongue(cells[i]) for i in texts}
    ours = [i for i in texts if tongues[i] == language.partition("-")[0]]
    others = [i for i in texts if tongues[i] and i not in ours]
    kept = [i for i in texts if i not in others] if ours and others else texts
    if not texts:
        return Columns(tuple(places))
    return Columns(tuple(kept), next(iter(keys), None), pairs=len(places) == 2 and len(kept) == 1 and bool(others))


def _are_keys(column: Sequence[str]) -> bool:
    """Whether cells are names for machines: `menu.file.open`, `err_404`, `12`."""
    return sum(bool(_KEY.fullmatch(cell.strip())) for cell in column) >= 0.8 * len(column)


def _tongue(column: Sequence[str]) -> str:
    """The language whose small words are commonest in a column, if one is so clearly."""
    words = [word.casefold() for cell in column for word in _WORD.findall(cell)]
    counts = sorted(
        ((sum(word in known for word in words), code) for code, known in small_words().items()), reverse=True
    )
    best, second = counts[0], counts[1]
    return best[1] if best[0] >= 1 and best[0] > second[0] else ""
