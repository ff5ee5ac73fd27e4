"""What stands within a block's words: elements around them, things between them, and the same in a translation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.text import Span
from pipeline.words import SpanLink


@dataclass(frozen=True, slots=True)
class Mark:
    """An element around some characters of a block's text, or a thing between two of them (`start == end`).

    `key` is the format's own number for it, and unique in a block. `fixed` words are kept as they were, such as code.
    A `call` leads to a note and stands after its word's marks; a `break` takes the place of a space. The `first` and
    `last` mark of a range, such as a bookmark, stand around what became of the words in `reach`.
    """

    key: int
    start: int
    end: int
    children: tuple[Mark, ...] = ()
    fixed: bool = False
    role: Literal["", "call", "break", "first", "last"] = ""
    reach: Span | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark with what it holds in the translation."""

    key: int
    content: tuple[str | Placed, ...] = ()


Content = tuple[str | Placed, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence's place in a block's text, and that of its translation in the translated text."""

    source: Span
    target: Span


@dataclass(frozen=True, slots=True)
class Wording:
    """A block's text, its translation, the sentences of both, and the links between their words, in characters."""

    source: str
    target: str
    units: tuple[Unit, ...]
    links: tuple[SpanLink, ...] = ()
    languages: tuple[str, str] = ("fr", "en")


def flat(content: Content) -> str:
    """The text of a content, without its marks."""
    return "".join(one if isinstance(one, str) else flat(one.content) for one in content)


def keys_of(content: Content) -> list[int]:
    """The marks of a content, in their order."""
    found: list[int] = []
    for one in content:
        if not isinstance(one, str):
            found += [one.key, *keys_of(one.content)]
    return found


def ranged(marks: Sequence[Mark], ids: Mapping[int, str]) -> tuple[Mark, ...]:
    """The marks, those that open and close a range told what it spans; those without the other stand alone.

    `ids` names the range that a mark, by its key, opens or closes.
    """
    firsts = {ids[one.key]: one.start for one in marks if one.role == "first"}
    lasts = {ids[one.key]: one.start for one in marks if one.role == "last"}
    made = []
    for mark in marks:
        if mark.role in ("first", "last"):
            id = ids[mark.key]
            start, end = firsts.get(id, 0), lasts.get(id, 0)
            spans = id in firsts and id in lasts and start < end
            mark = replace(mark, reach=Span(start, end)) if spans else replace(mark, role="")
        made.append(mark)
    return tuple(made)
