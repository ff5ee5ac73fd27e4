"""Sentences that a person has made two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.revision.decisions import Cut, Entry
from pipeline.revision.places import Places
from pipeline.text import Bead, Bitext, Sentence, Span, Translation


def with_cuts(bitext: Bitext, cuts: Sequence[Cut], lost: list[Entry]) -> Bitext:
    """The bitext with sentences that are two, both in the bead that the one was in."""
    if not cuts:
        return bitext
    sides = {"source": bitext.source_sentences, "target": bitext.target_sentences}
    places = {side: Places(sentences) for side, sentences in sides.items()}
    at: dict[str, dict[int, list[int]]] = {"source": {}, "target": {}}
    for cut in cuts:
        place = places[cut.side].find(cut.run)
        if place is None or not 0 < cut.offset < len(sides[cut.side][place].text):
            lost.append(cut)
        else:
            at[cut.side].setdefault(place, []).append(cut.offset)
    source, ours = _cut(sides["source"], at["source"])
    target, theirs = _cut(sides["target"], at["target"])
    beads = tuple(
        Bead(
            tuple(k for i in bead.source for k in range(ours[i], ours[i + 1])),
            tuple(k for j in bead.target for k in range(theirs[j], theirs[j + 1])),
            bead.score,
            bead.flags,
        )
        for bead in bitext.beads
    )
    made = bitext.translations
    translations = tuple(
        one if k == ours[i] else Translation("", one.score, one.confidence, one.origin)
        for i, one in enumerate(made)
        for k in range(ours[i], ours[i + 1])
    )
    return replace(bitext, source_sentences=source, target_sentences=target, beads=beads, translations=translations)


def _cut(sentences: Sequence[Sentence], at: dict[int, list[int]]) -> tuple[tuple[Sentence, ...], list[int]]:
    """Sentences with some of them in pieces, and where the first piece of each is now (one more for the end)."""
    names = {one.id for one in sentences}
    made: list[Sentence] = []
    firsts = []
    for i, one in enumerate(sentences):
        firsts.append(len(made))
        borders = [0, *sorted(set(at.get(i, ()))), len(one.text)]
        pieces = [_piece(one, a, b) for a, b in pairwise(borders)]
        for number, piece in enumerate([piece for piece in pieces if piece.text], start=1):
            made.append(piece if number == 1 else replace(piece, id=unused(f"{one.id}-{number}", names)))
    return tuple(made), [*firsts, len(made)]


def _piece(sentence: Sentence, start: int, end: int) -> Sentence:
    """A part of a sentence, without the white space at its ends unless the sentence begins or ends there."""
    text = sentence.text
    while start < end and start > 0 and text[start].isspace():
        start += 1
    while end > start and end < len(text) and text[end - 1].isspace():
        end -= 1
    place = Span(sentence.start + start, sentence.start + end)
    return replace(sentence, span=place, text=text[start:end])


def unused(name: str, names: set[str]) -> str:
    """A name like this one that is not among these, to which it is added."""
    stem, number, free = name, 2, name
    while free in names:
        free, number = f"{stem}-{number}", number + 1
    names.add(free)
    return free
