"""Rows back to the documents, sentences and beads that they were made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, groupby

from pipeline.text.documents import Block, Document, Kind, Sentence, Span, Translation
from pipeline.text.rows import Row

Laid = tuple[Document, tuple[Sentence, ...]]
Paired = tuple[tuple[int, ...], tuple[int, ...], Row]

_WIDEST_GAP = 1 << 24  # characters between two sentences; spans further apart are a forgery, not a text


def rebuilt(
    kept: Sequence[Row], languages: tuple[str, str]
) -> tuple[Laid, Laid, list[Paired], tuple[Translation, ...]]:
    """The two documents with their sentences, what each row pairs, and the translations that rows hold.

    Ids, blocks and spans that the rows do not carry are made anew. Spans are believed if they fit all texts of their
    side; otherwise the texts are laid out one after another.
    """
    id = next((row.document for row in kept if row.document), "d")
    firsts = (row.target.sentences[0].id for row in kept if row.target.sentences)
    other = next(filter(None, map(document_of, firsts)), f"{id}-{languages[1]}")
    named = [_named(row, number, id, other) for number, row in enumerate(kept, start=1)]
    laid = []
    for side, (name, language) in enumerate(zip((id, other), languages, strict=True)):
        sentences = [one[side] for one in named]
        kinds = _kinds(kept, sentences, [bool(source) != bool(side) for source, _ in named])
        laid.append(_lay_out(Document(name, "", language, "", ()), chain(*sentences), kinds))
    return laid[0], laid[1], _beads(kept), _translations(kept)


def document_of(id: str) -> str:
    """The document that a sentence's id names (`d-x` in `d-x.b3.s2`), or nothing."""
    return id.rsplit(".", 2)[0] if id.count(".") >= 2 else ""


def _named(row: Row, number: int, document: str, other: str) -> tuple[list[Sentence], list[Sentence]]:
    """A row's sentences, with ids and blocks where it had none."""
    id = row.id or f"{document if row.source.sentences else other}.b{number}.s1"
    twin = other + id.removeprefix(document) if row.source.sentences else id
    sides = ((row.source, id), (row.target, twin))
    named = [[replace(one, id=one.id or id) for one in side.sentences] for side, id in sides]
    placed = [[replace(one, block=one.id.rpartition(".")[0] or f"{one.id}.b1") for one in side] for side in named]
    return placed[0], placed[1]


def _distinct(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The sentences, each with an id of its own, and no block taken up again once another has begun."""
    ids, blocks = _Names(), _Names()
    found: list[Sentence] = []
    last, block = "", ""
    for sentence in sentences:
        if not found or sentence.block != last:
            last, block = sentence.block, blocks.unused(sentence.block)
        found.append(replace(sentence, id=ids.unused(sentence.id), block=block))
    return found


class _Names:
    """Hands out names, numbered where they were handed out before."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def unused(self, name: str) -> str:
        count = self._used.get(name, 0) + 1
        while (free := name if count == 1 else f"{name}-{count}") in self._used and count > 1:
            count += 1
        self._used[name] = count
        self._used.setdefault(free, 1)
        return free


def _lay_out(
    document: Document, sentences: Iterable[Sentence], kinds: dict[str, Kind]
) -> tuple[Document, tuple[Sentence, ...]]:
    """Fill a document with sentences: where their spans say (if these fit the texts), or one after another."""
    kept = _distinct(sentences)
    spanned = _spans_fit(kept)
    pieces, end, last = [], 0, ""
    for i, one in enumerate(kept):
        gap = one.start - end if spanned else 0 if i == 0 else 1 + (one.block != last)
        pieces += [("\n" if one.block != last else " ") * gap, one.text]
        kept[i] = replace(one, span=Span(end + gap, end + gap + len(one.text)))
        end, last = kept[i].end, one.block
    text = "".join(pieces)
    blocks = []
    for id, members in groupby(kept, key=lambda one: one.block):
        inside = list(members)
        span = Span(inside[0].start, inside[-1].end)
        blocks.append(Block(id, kinds.get(id, "paragraph"), text[span.start : span.end], span))
    return replace(document, text=text, blocks=tuple(blocks)), tuple(kept)


def _spans_fit(sentences: Sequence[Sentence]) -> bool:
    """Whether spans run forward, are as long as their texts, and leave no absurd gap."""
    ends = [0, *(one.end for one in sentences)]
    return all(
        one.end - one.start == len(one.text) and 0 <= one.start - before <= _WIDEST_GAP
        for one, before in zip(sentences, ends, strict=False)
    )


def _kinds(rows: Sequence[Row], sides: Sequence[Sequence[Sentence]], leads: Sequence[bool]) -> dict[str, Kind]:
    """The kind of each block: a row tells that of the side it is named after, and guesses the other side's."""
    kinds: dict[str, Kind] = {}
    for i in sorted(range(len(rows)), key=lambda i: not leads[i]):
        for sentence in sides[i][:1]:
            kinds.setdefault(sentence.block, rows[i].kind)
    return kinds


def _beads(rows: Sequence[Row]) -> list[Paired]:
    """Which sentences each row pairs, counting through those of both sides."""
    beads, i, j = [], 0, 0
    for row in rows:
        source, target = range(i, i + len(row.source.sentences)), range(j, j + len(row.target.sentences))
        i, j = source.stop, target.stop
        beads.append((tuple(source), tuple(target), row))
    return beads


def _translations(rows: Sequence[Row]) -> tuple[Translation, ...]:
    """A row's target text as the translation of its first source sentence; none if people did all of it."""
    if all(row.confidence is None and row.origin == "human" for row in rows if row.source.sentences):
        return ()
    made = []
    for row in rows:
        confidence = 1.0 if row.confidence is None else row.confidence
        texts = [row.target.text, *[""] * len(row.source.sentences)][: len(row.source.sentences)]
        made += [Translation(text, confidence=confidence, origin=row.origin) for text in texts]
    return tuple(made)
