"""Beads as lines of indexes, `[0,1]:[0]:0.97`, the form that vecalign and bertalign write too."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from pipeline.errors import InputError
from pipeline.text import Bead

_LINE = re.compile(r"\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\](?:\s*:\s*(\S+))?$")


def ladder(beads: Iterable[Bead]) -> str:
    """One line a bead: source indexes, target indexes (both from 0), score."""
    return "".join(f"[{_join(bead.source)}]:[{_join(bead.target)}]:{bead.score:.6g}\n" for bead in beads)


def read_ladder(text: str) -> list[Bead]:
    """The beads of a ladder; empty lines and lines that begin with `#` are passed over, a score may be left out.

    Raises:
        InputError: a line is not a pair of index lists, or its score is not a number from 0 to 1.

    """
    beads = []
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            beads.append(_bead(stripped, number))
    return beads


def _bead(line: str, number: int) -> Bead:
    found = _LINE.match(line)
    if found is None:
        raise InputError(
            f"line {number} of the ladder is {line[:80]!r}", "Write each bead as [0,1]:[0] or [0,1]:[0]:0.9."
        )
    try:
        source, target = (tuple(int(index) for index in found[side].split(",") if index.strip()) for side in (1, 2))
        score = float(found[3]) if found[3] else 1.0
    except ValueError:
        score = math.nan
        source = target = ()
    if not 0.0 <= score <= 1.0:
        raise InputError(
            f"line {number} of the ladder is {line[:80]!r}", "Give whole numbers as indexes and a score from 0 to 1."
        )
    return Bead(source, target, score)


def _join(indexes: tuple[int, ...]) -> str:
    return ",".join(map(str, indexes))
