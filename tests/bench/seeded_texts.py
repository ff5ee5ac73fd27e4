"""Texts with known beads, made from pairs that are known to belong together: sentences left out, and sentences joined.

Sentence pairs in any order will do; what comes out has less to go by than a real text, whose neighbours are alike.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Beads = list[tuple[tuple[int, ...], tuple[int, ...]]]
JOINED = (2, 2, 2, 3)  # sentences that are joined into one


@dataclass(frozen=True, slots=True)
class Seeding:
    """Chances, at each sentence, that a run is left out on one side or the other, or some are joined on one."""

    left_out: float
    joined: float
    runs: tuple[int, ...]


SEEDINGS = (
    Seeding(0.06, 0.06, (1, 1, 2, 3, 5, 8)),
    Seeding(0.08, 0.0, (1, 1, 1, 2, 2, 3)),
    Seeding(0.03, 0.04, (1, 1, 2, 3, 5)),
)


def seeded(pairs: Sequence[tuple[str, str]], seeding: Seeding, seed: int) -> tuple[list[str], list[str], Beads]:
    """Source and target sentences and their beads, every null run in one."""
    source: list[str] = []
    target: list[str] = []
    beads: Beads = []
    for kind, part in _parts(pairs, seeding, random.Random(seed)):
        ours, theirs = [one for one, _ in part], [other for _, other in part]
        ours = {"no source": [], "join source": [" ".join(ours)]}.get(kind, ours)
        theirs = {"no target": [], "join target": [" ".join(theirs)]}.get(kind, theirs)
        bead = (
            tuple(range(len(source), len(source) + len(ours))),
            tuple(range(len(target), len(target) + len(theirs))),
        )
        source += ours
        target += theirs
        if beads and any(not bead[side] and not beads[-1][side] for side in (0, 1)):
            bead = (beads[-1][0] + bead[0], beads.pop()[1] + bead[1])
        beads.append(bead)
    return source, target, beads


def _parts(
    pairs: Sequence[tuple[str, str]], seeding: Seeding, chance: random.Random
) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    at = 0
    while at < len(pairs):
        draw, size, kind = chance.random(), 1, ""
        for side in ("source", "target"):
            for what, likely, sizes in (("no", seeding.left_out, seeding.runs), ("join", seeding.joined, JOINED)):
                if 0 <= draw < likely:
                    kind, size = f"{what} {side}", chance.choice(sizes)
                draw -= likely
        yield kind, pairs[at : at + size]
        at += size


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """The last two columns of a TSV file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(cells[-2], cells[-1]) for cells in (line.split("\t") for line in lines) if len(cells) >= 2]
