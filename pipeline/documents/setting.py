"""What is set around single words of a text, laid around the words that a machine made of them, as word links say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.document.inline import Content, Mark
from pipeline.document.placing import place
from pipeline.document.wordings import Turned, linked, turned
from pipeline.documents.marks import PLACED, RANGED, around
from pipeline.read.marks import PartsMark, placed
from pipeline.text import Bitext, Block, Span
from pipeline.words import has_lexicon

_RAISED = ("sup", "sub")  # what is set within a word
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Loose:
    """A mark of a block's data that no whole sentence has."""

    kind: str
    start: int
    end: int
    value: str


def with_marks(bitext: Bitext) -> Bitext:
    """The bitext, its machine translations with the marks of single words; those of whole sentences they have already.

    Translations by people have marks of their own, and words of languages without a lexicon cannot be linked.
    """
    source, target = bitext.source, bitext.target
    alike = [one.id.removeprefix(source.id) for one in source.blocks] == [
        one.id.removeprefix(target.id) for one in target.blocks
    ]
    if not bitext.translations or not alike or not has_lexicon(source.language, target.language):
        return bitext
    if not any(name in RANGED for block in source.blocks for name, _ in block.data):
        return bitext
    waiting = {one.block.id: (one, loose) for one in turned(bitext) if one.changed and (loose := _loose(one))}
    known = linked({id: one.wording for id, (one, _) in waiting.items()})
    blocks = tuple(
        _with(theirs, replace(waiting[ours.id][0], wording=known[ours.id]), waiting[ours.id][1])
        if ours.id in waiting
        else theirs
        for ours, theirs in zip(source.blocks, target.blocks, strict=True)
    )
    return replace(bitext, target=replace(target, blocks=blocks))


def _loose(one: Turned) -> list[_Loose]:
    """The marks of a block that are not around whole sentences, the wider ones first."""
    spans = [unit.source for unit in one.wording.units]
    found = []
    for name, value in one.block.data:
        told = PLACED.fullmatch(value) if name in RANGED else None
        if told and not around(one.block.text, Span(int(told[1]), int(told[2])), spans):
            found.append(_Loose(name, int(told[1]), int(told[2]), told[3].strip()))
    return sorted(found, key=lambda mark: (mark.start, -mark.end))


def _with(block: Block, one: Turned, loose: Sequence[_Loose]) -> Block:
    """A translation's block with the marks that its original has around single words."""
    words = [mark for mark in loose if mark.kind not in _RAISED]
    parts: list[str] = []
    marks: list[PartsMark] = []
    _flatten(place(_nested(words), one.wording), words, parts, marks)
    data = placed(marks, parts, block.text) if words else ()
    raised = (value for mark in loose if mark.kind in _RAISED for value in _in_same_word(mark, one, block.text))
    return replace(block, data=(*block.data, *data, *((name, value) for name, value in raised)))


def _nested(loose: Sequence[_Loose]) -> tuple[Mark, ...]:
    """The marks as a tree; of two that cross, the first."""

    def taken(places: list[int], end: int) -> tuple[Mark, ...]:
        made = []
        while places and loose[places[0]].start < end:
            number = places.pop(0)
            mark = loose[number]
            if mark.end <= end:
                made.append(Mark(number, mark.start, mark.end, taken(places, mark.end)))
        return tuple(made)

    return taken(list(range(len(loose))), max((one.end for one in loose), default=0))


def _flatten(content: Content, loose: Sequence[_Loose], parts: list[str], marks: list[PartsMark]) -> None:
    """The text of a content in parts, and its marks by these."""
    for one in content:
        if isinstance(one, str):
            parts.append(one)
            continue
        start = len(parts)
        _flatten(one.content, loose, parts, marks)
        marks.append(PartsMark(loose[one.key].kind, start, len(parts), loose[one.key].value))


def _in_same_word(mark: _Loose, one: Turned, text: str) -> Iterator[tuple[str, str]]:
    """A raised or lowered letter of a word that its translation has too, once."""
    for word in _WORD.finditer(one.block.text):
        if word.start() <= mark.start and mark.end <= word.end() and text.count(word[0]) == 1:
            start = text.index(word[0]) + mark.start - word.start()
            yield mark.kind, f"{start} {start + mark.end - mark.start}"
