"""The flags of a bitext's beads: made by the checks alone, for machine and human translations alike."""

from __future__ import annotations

from dataclasses import replace

from pipeline.check import Judge
from pipeline.text import Bitext, Flag, Note, Translation


def checked(bitext: Bitext, judge: Judge) -> Bitext:
    """The same bitext, each bead with what the checks find; checking again costs no model."""
    made = bitext.translations
    beads = []
    for bead, row in zip(bitext.beads, bitext.each_row(), strict=True):
        ours = [made[i] for i in bead.source] if made else []
        if not ours and not (bead.source and bead.target):
            flags = judge.unpaired()
        else:
            flags = _found(row.source.text, row.target.text, ours, judge)
        beads.append(replace(bead, flags=flags))
    return bitext.with_beads(tuple(beads))


def with_flags(source: str, made: Translation, judge: Judge) -> Translation:
    """A sentence's translation with what the checks find."""
    return replace(made, flags=_found(source, made.text, [made], judge))


def _found(source: str, target: str, made: list[Translation], judge: Judge) -> tuple[Flag, ...]:
    """What people have corrected is not judged, and what has no text needs no translation."""
    notes: tuple[Note, ...] = tuple(dict.fromkeys(note for one in made for note in one.notes))
    if not source.strip() or (made and all(one.origin == "human" for one in made)):
        return judge.noted(notes)
    return judge(source, target, notes)
