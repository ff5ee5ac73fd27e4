"""Which call belongs to which note: by its id, else by the number in it, else by the order of both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.book.inline import Mark, marks_of
from pipeline.text import Block

_NUMBER = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Notes:
    """Marks by the id of their block, the calls among them with the block of their note as value; notes' labels."""

    marks: dict[str, tuple[Mark, ...]]
    labels: dict[str, str]


def notes_of(blocks: Sequence[Block]) -> Notes:
    """The marks of a document's blocks, its calls of notes resolved as far as they can be."""
    starts = _starts(blocks)
    calls = [(block, mark) for block in blocks for mark in _calls(block)]
    resolved = _resolved([mark.value for _, mark in calls], starts)
    marks = {block.id: [one for one in marks_of(block) if one.kind != "noteref"] for block in blocks}
    labels: dict[str, str] = {}
    for number, ((block, mark), note) in enumerate(zip(calls, resolved, strict=True), start=1):
        label = mark.label or _label(mark.value, number)
        marks[block.id].append(Mark("noteref", mark.start, mark.end, note, label))
        labels.setdefault(note, label)
    return Notes({id: tuple(found) for id, found in marks.items() if found}, labels)


def _starts(blocks: Sequence[Block]) -> dict[str, str]:
    """The first block of each note, by the note's id; a note of many paragraphs begins with its first."""
    starts: dict[str, str] = {}
    for number, block in enumerate(blocks):
        told = dict(block.data)
        if "note" in told:
            starts.setdefault(told["note"] or f"note {number}", block.id)
    return starts


def _calls(block: Block) -> list[Mark]:
    """The calls in a block, in order; those without a place stand at its end."""
    placed = [one for one in marks_of(block) if one.kind == "noteref"]
    loose = [value for name, value in block.data if name == "noteref" and not re.match(r"\d+ \d+( |$)", value)]
    end = len(block.text)
    calls = [Mark("noteref", one.end, one.end, *one.value.split("\t")[:2]) for one in placed]
    return [*calls, *(Mark("noteref", end, end, value) for value in loose)]


def _resolved(calls: Sequence[str], starts: dict[str, str]) -> list[str]:
    """The first block of the note that each call means, or an empty text."""
    numbers = {found[0]: block for id, block in reversed(starts.items()) if (found := _NUMBER.search(id))}
    by_order = list(starts.values()) if len(starts) == len(calls) else []
    return [
        starts.get(call) or numbers.get(call.strip("[]().* ")) or (by_order[place] if by_order else "")
        for place, call in enumerate(calls)
    ]


def _label(value: str, number: int) -> str:
    """What a call shows: the number in it, a short sign as it is, else its place among all."""
    short = value.strip("[]() ")
    found = _NUMBER.search(short)
    if found:
        return found[0]
    return short if 0 < len(short) <= 3 else str(number)
