"""Tables of people's own: which column is what, and from the cells of a row to a row."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from pipeline.corpus.grouping import Languages, side
from pipeline.errors import InputError
from pipeline.text import Flag, Kind, Origin, Row, Value

NAMES = ("id", "document", "kind", "source", "target", "score", "confidence", "origin", "flags")
MORE = ("links", "layers")  # what only our own tables hold
KEY = "key"  # the layer that holds the id a row had in a table of people's own
_KINDS, _ORIGINS = get_args(Kind), get_args(Origin)
Unreadable = Callable[[str, str], InputError]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by what they hold; those that are not named are called as ours are.

    A name with dots looks into what a column holds: `translation.fr`.
    """

    names: tuple[tuple[str, str], ...] = ()

    def chosen(self, there: Iterable[str], languages: Languages) -> dict[str, str]:
        """Where each of ours is, given the columns that there are; `translation` alone holds a text a language."""
        known, named = set(there), dict(self.names)
        if "translation" in known and not {"source", "target"} & known:
            named = {"source": f"translation.{languages.source}", "target": f"translation.{languages.target}"} | named
        return named | {name: name for name in (*NAMES, *MORE) if name in known and name not in named}

    @property
    def foreign_ids(self) -> bool:
        """Whether the ids are of people's own, for they said where they are."""
        return "id" in dict(self.names)


OURS = Columns()


def told(columns: Mapping[str, str] | None) -> Columns:
    """The columns that a job names."""
    return Columns(tuple(sorted((columns or {}).items())))


def looked_up(cells: Mapping[str, Any], name: str) -> Any:
    """A cell by its column's name, or by a name with dots; None where there is none."""
    if name in cells or "." not in name:
        return cells.get(name)
    first, _, rest = name.partition(".")
    inner = cells.get(first)
    return looked_up(inner, rest) if isinstance(inner, Mapping) else None


def row_of_cells(cells: Mapping[str, Any], unreadable: Unreadable, *, foreign_ids: bool = False) -> Row:
    """The row that cells under our names make; raises what `unreadable` makes of a problem and a remedy.

    An id of people's own goes to the layer `key`, so that what becomes of the row can be told.
    """
    origin = cells.get("origin") or "human"
    score, confidence = (_number(cells.get(name)) for name in ("score", "confidence"))
    if origin not in _ORIGINS or not all(math.isfinite(one) for one in (score, confidence) if one is not None):
        values = ", ".join(f"{name} {cells[name]!r}" for name in ("score", "confidence", "origin") if name in cells)
        raise unreadable(f"one of these is unknown: {values}", f"Origins are: {', '.join(_ORIGINS)}.")
    for name in ("source", "target"):
        if not isinstance(cells.get(name), str | None):
            raise unreadable(f"{name} is {cells[name]!r}, not a text", "Say in `columns` which column holds it.")
    id, kind = _text(cells.get("id")), cells.get("kind")
    own = (Value(KEY, id),) if id and foreign_ids else ()
    return Row(
        id="" if own else id,
        document=_text(cells.get("document")),
        block="",
        kind=cast(Kind, kind) if kind in _KINDS else "paragraph",
        source=side(cells.get("source") or ""),
        target=side(cells.get("target") or ""),
        score=1.0 if score is None else score,
        confidence=confidence,
        origin=cast(Origin, origin),
        flags=tuple(Flag(name) for name in _names(cells.get("flags"))),
        layers=(*own, *cells.get("layers", ())),
    )


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)


def _names(cell: Any) -> list[str]:
    """Names of flags: in one text with spaces between them, or a list."""
    if isinstance(cell, str):
        return cell.split()
    return [name for name in cell or () if isinstance(name, str) and name]


def _number(cell: Any) -> float | None:
    """A number, None where there is none, NaN where it is no number."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    try:
        return float(cell)
    except (TypeError, ValueError, OverflowError):
        return math.nan
