"""What two versions of a text have in common, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that is the same in both versions, gone from the first, or come with the second."""

    text: str
    kind: Literal["same", "gone", "come"]


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both versions: `same` and `gone` make the first, `same` and `come` the second.

    A white space between two changed words counts as changed with them.
    """
    return tuple(_joined(_pieces(_WORD.findall(before), _WORD.findall(after))))


def _pieces(ours: list[str], theirs: list[str]) -> Iterator[Piece]:
    for what, i, i_end, j, j_end in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece("".join(ours[i:i_end]), "same")
        else:
            yield from (Piece("".join(ours[i:i_end]), "gone"), Piece("".join(theirs[j:j_end]), "come"))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Changes that only a white space parts, as one."""
    gone = come = ""
    waiting = ""  # a white space that may belong to the change
    for piece in pieces:
        if piece.kind == "same" and (gone or come) and piece.text.isspace():
            waiting += piece.text
        elif piece.kind == "same":
            yield from _told(gone, come, waiting + piece.text)
            gone = come = waiting = ""
        elif piece.text:
            gone, come, waiting = gone + waiting, come + waiting, ""
            gone, come = (gone + piece.text, come) if piece.kind == "gone" else (gone, come + piece.text)
    yield from _told(gone, come, waiting)


def _told(gone: str, come: str, same: str) -> Iterator[Piece]:
    told = (Piece(gone, "gone"), Piece(come, "come"), Piece(same, "same"))
    yield from (piece for piece in told if piece.text)
