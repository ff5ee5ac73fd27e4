"""The flags of a bitext's beads: made by the checks alone, for machine and human translations alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from pipeline.check import Judge
from pipeline.text import ASIDE, MACHINE, Bitext, Flag, Note, Row, Translation

_AT_ONCE = 1_000  # pairs


def checked(bitext: Bitext, judge: Judge) -> Bitext:
    """The same bitext, each bead with what the checks find; checking again costs no model."""
    made = bitext.translations
    beads = []
    for bead, row in zip(bitext.beads, _prepared(bitext.each_row(), judge), strict=True):
        ours = [made[i] for i in bead.source] if made else []
        if not ours and not (bead.source and bead.target):  # what frames a book is to stand alone
            flags = () if row.kind in ASIDE else judge.unpaired()
        else:
            flags = _found(row.source.text, row.target.text, ours, judge)
        beads.append(replace(bead, flags=flags))
    return bitext.with_beads(tuple(beads))


def _prepared(rows: Iterator[Row], judge: Judge) -> Iterator[Row]:
    """The rows, the judge told of a thousand at a time."""
    while some := list(islice(rows, _AT_ONCE)):
        judge.prepare([(row.source.text, row.target.text) for row in some])
        yield from some


def all_with_flags(sources: Sequence[str], made: Sequence[Translation], judge: Judge) -> list[Translation]:
    """Translations of sentences with what the checks find."""
    flagged: list[Translation] = []
    for start in range(0, len(sources), _AT_ONCE):
        pairs = list(zip(sources[start : start + _AT_ONCE], made[start : start + _AT_ONCE], strict=True))
        judge.prepare([(source, one.text) for source, one in pairs])
        flagged += [with_flags(source, one, judge) for source, one in pairs]
    return flagged


def with_flags(source: str, made: Translation, judge: Judge) -> Translation:
    """A sentence's translation with what the checks find."""
    return replace(made, flags=_found(source, made.text, [made], judge))


def notes_of(made: Sequence[Translation]) -> tuple[Note, ...]:
    """What a judge hears of how the translations behind a text were made, MACHINE among it; nothing of people's."""
    notes = tuple(dict.fromkeys(note for one in made for note in one.notes))
    return (*notes, MACHINE) if made else notes


def _found(source: str, target: str, made: list[Translation], judge: Judge) -> tuple[Flag, ...]:
    """What people have corrected is not judged, and what has no text needs no translation."""
    notes = notes_of(made)
    if not source.strip() or (made and all(one.origin == "human" for one in made)):
        return judge.noted(notes)
    return judge(source, target, notes)
