"""What a review teaches the memory: corrections that are good everywhere; those taken back are forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.memory import Memory
from pipeline.memory.rows import normal_source, one_line
from pipeline.revision import Decision, Entry, laid
from pipeline.revision.applying import text_of
from pipeline.text import Bitext


@dataclass(frozen=True, slots=True)
class Remembered:
    """How many corrections are new to the memory, how many were taken back, how many stay with their place."""

    new: int = 0
    gone: int = 0
    here: int = 0


def remember(
    path: Path,
    bitexts: Iterable[Bitext],
    decided: Mapping[str, Sequence[Entry]],
    *,
    languages: tuple[str, str],
    name: str,
) -> Remembered:
    """Put what people wrote or approved into the memory, under this name; what a later hand corrected there stays."""
    wanted: dict[str, tuple[str, str, Decision]] = {}
    here = 0
    for source, target, decision in _corrections(bitexts, decided):
        if decision.everywhere:
            wanted[normal_source(source)] = (source, target, decision)
        else:
            here += 1
    with Memory.open(path) as memory:
        known = {normal_source(one.source): one for one in memory.corrections() if _of(one, languages)}
        gone = [one for source, one in known.items() if one.file == name and source not in wanted]
        new = [
            (source, target, decision)
            for key, (source, target, decision) in wanted.items()
            if key not in known
            or (known[key].target != one_line(target) and (known[key].file == name or known[key].made < decision.made))
        ]
        memory.forget(gone)
        for author in sorted({decision.author for _, _, decision in new}):
            pairs = [(source, target) for source, target, decision in new if decision.author == author]
            memory.correct(*languages, pairs, author=author, file=name)
    return Remembered(len(new), len(gone), here)


def _of(one: object, languages: tuple[str, str]) -> bool:
    return (getattr(one, "source_language", ""), getattr(one, "target_language", "")) == languages


def _corrections(
    bitexts: Iterable[Bitext], decided: Mapping[str, Sequence[Entry]]
) -> Iterator[tuple[str, str, Decision]]:
    """Sources with translations that a person wrote or approved; only of single sentences, for those are looked up."""
    for bitext in bitexts:
        found = laid(bitext, decided.get(bitext.source.id, ()))
        for bead in found.beads:
            decision = bead.decision
            if decision is None or decision.status == "rejected" or bead.source[1] - bead.source[0] != 1:
                continue
            if decision.target_text is not None or decision.status == "approved":
                source, target = text_of(bead, found, 0), text_of(bead, found, 1)
                if source.strip() and target.strip():
                    yield source, target, decision
