"""The frozen types that cross the walls between rooms: text with spans, sentences, translations, beads, bitexts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from typing import Literal

Kind = Literal["paragraph", "heading", "item", "cell", "cue", "verse", "meta"]
Origin = Literal["machine", "memory", "human"]
Severity = Literal["info", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters (code points) in a document's decoded text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Flag:
    """Something worth knowing about a sentence, a bead or a file; `warning` asks for a person's look."""

    name: str
    severity: Severity = "info"
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, item, cell, cue, verse or piece of metadata; `text == document.text[span]`.

    `data` holds what the format knows besides, as (name, value) pairs: a heading's level, a cue's times, an image.
    """

    id: str
    kind: Kind
    text: str
    span: Span
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Resource:
    """A file that came with a document and is kept for the book, such as an image."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Document:
    """One decoded input: its text, and the blocks that lie in it in reading order, with only white space between."""

    id: str
    path: str
    language: str
    text: str
    blocks: tuple[Block, ...]
    meta: tuple[tuple[str, str], ...] = ()
    flags: tuple[Flag, ...] = ()
    resources: tuple[Resource, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; `text == document.text[span.start:span.end]`, and `block` is the id of the block it starts in."""

    id: str
    block: str
    span: Span
    text: str

    @property
    def start(self) -> int:
        """First character, as an offset into the document's text."""
        return self.span.start

    @property
    def end(self) -> int:
        """One past the last character, as an offset into the document's text."""
        return self.span.end


@dataclass(frozen=True, slots=True)
class Translation:
    """A sentence's translation; `score` is its log-probability a target token, `confidence` lies in 0-1."""

    text: str
    score: float = 0.0
    confidence: float = 1.0
    origin: Origin = "machine"
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Bead:
    """Source and target sentences (by index) that say the same; `score` is the probability that they do."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float = 1.0
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One language of a row: its text (sentences as they stood, what lay between them as one space) and its sentences.

    `start` and `end` are offsets into the document's text, None where the side is empty or a format has no spans.
    """

    text: str = ""
    start: int | None = None
    end: int | None = None
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Carries:
    """What a format keeps of a row beside the two texts; what it does not keep is made anew when it is read.

    `sentences`: those within a side, with ids and spans. `spaces`: white space as it stood, else collapsed.
    `characters`: all, those UTF-8 can hold, or those XML 1.0 can.
    """

    ids: bool = True
    documents: bool = True
    blocks: bool = True
    sentences: bool = True
    score: bool = True
    confidence: bool = True
    origin: bool = True
    flags: Literal["all", "names", "none"] = "all"
    null_beads: bool = True
    spaces: bool = True
    characters: Literal["all", "utf-8", "xml"] = "all"

    def text(self, text: str) -> str:
        """A text as the format can hold it: a forbidden control character becomes its picture (NUL is ␀)."""
        if self.characters != "all":
            text = _NOT_UTF8.sub("\N{REPLACEMENT CHARACTER}", text)
        if self.characters == "xml":
            text = _NOT_XML.sub(lambda found: chr(0x2400 + ord(found[0])) if found[0] < " " else "\ufffd", text)
        return text if self.spaces else " ".join(text.split())

    def side(self, side: Side) -> Side:
        """One language of a row as the format can hold it."""
        if self.sentences:
            kept = tuple(replace(one, text=self.text(one.text), block="") for one in side.sentences)
            return replace(side, text=self.text(side.text), sentences=kept)
        text = self.text(side.text)
        return Side(text, sentences=(Sentence("", "", Span(0, len(text)), text),)) if text.strip() else Side()

    def holds(self, row: Row) -> bool:
        """Whether the format has a place for a row, cut down by `Row.only`: null beads may have none."""
        present = bool(row.source.sentences), bool(row.target.sentences)
        return all(present) if not self.null_beads else any(present)


_NOT_UTF8 = re.compile("[\ud800-\udfff]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0, section 2.2


@dataclass(frozen=True, slots=True)
class Row:
    """One bead as files and books show it. `id` is its first source sentence's id (or target's, in a null bead)."""

    id: str
    document: str
    block: str
    kind: Kind
    source: Side
    target: Side
    score: float = 1.0
    confidence: float | None = None
    origin: Origin = "human"
    flags: tuple[Flag, ...] = ()

    def only(self, carries: Carries) -> Row:
        """What is left of the row in a format that carries this."""
        source, target = carries.side(self.source), carries.side(self.target)
        flags = tuple(Flag(one.name, one.severity, carries.text(one.detail)) for one in self.flags)
        if carries.characters != "all" and (source.text, target.text) != (
            replace(carries, characters="all").text(self.source.text),
            replace(carries, characters="all").text(self.target.text),
        ):
            flags = (*flags, Flag("character-replaced", "info", "the format cannot hold a character of this text"))
        names = tuple(dict.fromkeys(Flag(one.name) for one in flags))
        return Row(
            id=self.id if carries.ids else "",
            document=self.document if carries.documents else "",
            block=self.block if carries.blocks else "",
            kind=self.kind if carries.blocks else "paragraph",
            source=source,
            target=target,
            score=self.score if carries.score else 1.0,
            confidence=self.confidence if carries.confidence else None,
            origin=self.origin if carries.origin else "human",
            flags={"all": tuple(dict.fromkeys(flags)), "names": names, "none": ()}[carries.flags],
        )


def side_of(sentences: tuple[Sentence, ...]) -> Side:
    """The side of a row that these sentences make."""
    if not sentences:
        return Side()
    text = " ".join(sentence.text for sentence in sentences)
    return Side(text, sentences[0].start, sentences[-1].end, sentences)


@dataclass(frozen=True, slots=True)
class Bitext:
    """A document in two languages, sentence by sentence; every sentence is in exactly one bead, order is kept.

    `translations` runs parallel to `source_sentences` when a machine or a memory translated, and is empty when
    people did.
    """

    source: Document
    target: Document
    source_sentences: tuple[Sentence, ...]
    target_sentences: tuple[Sentence, ...]
    beads: tuple[Bead, ...]
    translations: tuple[Translation, ...] = ()

    def rows(self, carries: Carries | None = None) -> tuple[Row, ...]:
        """One row a bead, in order; given what a format carries, those it can hold, and what it holds of them."""
        return tuple(self.each_row(carries))

    def each_row(self, carries: Carries | None = None) -> Iterator[Row]:
        """The same, made one after another: a long document's rows need more memory than its text."""
        kinds: dict[str, Kind] = {block.id: block.kind for block in (*self.target.blocks, *self.source.blocks)}
        rows = (self._row(bead, kinds) for bead in self.beads)
        return rows if carries is None else filter(carries.holds, (row.only(carries) for row in rows))

    def _row(self, bead: Bead, kinds: dict[str, Kind]) -> Row:
        source = tuple(self.source_sentences[i] for i in bead.source)
        target = tuple(self.target_sentences[i] for i in bead.target)
        first = (source or target)[0]
        made = [self.translations[i] for i in bead.source] if self.translations else []
        return Row(
            id=first.id,
            document=self.source.id,
            block=first.block,
            kind=kinds.get(first.block, "paragraph"),
            source=side_of(source),
            target=side_of(target),
            score=bead.score,
            confidence=min((one.confidence for one in made), default=None),
            origin=_joint_origin(made),
            flags=tuple(dict.fromkeys((*bead.flags, *(flag for one in made for flag in one.flags)))),
        )

    @classmethod
    def from_rows(cls, rows: Iterable[Row], *, source_language: str = "fr", target_language: str = "en") -> Bitext:
        """The bitext that rows of one document make; ids, blocks and spans that they do not carry are made anew.

        Spans are believed if they fit all texts of their side; otherwise the texts are laid out one after another.
        """
        kept = [row for row in rows if row.source.sentences or row.target.sentences]
        id = next((row.document for row in kept if row.document), "d")
        firsts = (row.target.sentences[0].id for row in kept if row.target.sentences)
        other = next(filter(None, map(document_of, firsts)), f"{id}-{target_language}")
        named = [_named(row, number, id, other) for number, row in enumerate(kept, start=1)]
        laid = []
        for side, (name, language) in enumerate(((id, source_language), (other, target_language))):
            sentences = [one[side] for one in named]
            kinds = _kinds(kept, sentences, [bool(source) != bool(side) for source, _ in named])
            document = Document(name, "", language, "", ())
            laid.append(_lay_out(document, chain(*sentences), kinds))
        (source, sources), (target, targets) = laid
        return cls(source, target, sources, targets, _beads(kept), _translations(kept))

    def only(self, carries: Carries) -> Bitext:
        """What is left of the bitext when a format that carries this is written and read again."""
        rows = self.rows(carries)
        if not carries.documents:
            ids = [row.id for row in rows if row.source.sentences] or [row.id for row in rows]
            rows = tuple(replace(row, document=document_of(ids[0])) for row in rows)
        return Bitext.from_rows(rows, source_language=self.source.language, target_language=self.target.language)

    def with_beads(self, beads: tuple[Bead, ...]) -> Bitext:
        """The same sentences, paired otherwise."""
        return replace(self, beads=beads)


def _joint_origin(made: list[Translation]) -> Origin:
    """Whose work a bead is: a machine's as soon as one sentence is; `memory` if remembered, `human` without one."""
    origins = {one.origin for one in made}
    if "machine" in origins:
        return "machine"
    return "memory" if "memory" in origins else "human"


_WIDEST_GAP = 1 << 24  # characters between two sentences; spans further apart are a forgery, not a text


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


def _beads(rows: Sequence[Row]) -> tuple[Bead, ...]:
    """The beads of rows, counting through the sentences of both sides."""
    beads, i, j = [], 0, 0
    for row in rows:
        source, target = range(i, i + len(row.source.sentences)), range(j, j + len(row.target.sentences))
        i, j = source.stop, target.stop
        beads.append(Bead(tuple(source), tuple(target), row.score, row.flags))
    return tuple(beads)


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


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be done: why (with the values), and what to do about it."""

    path: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did: counts in and out at each wall, flags by name, seconds by stage, files that failed.

    `exit_code` follows the guide: 0 done, 1 failed, 3 done with more warnings than `max_flagged` or failed files.
    `outputs` are paths under the output folder, the one to open first in front.
    """

    counts: dict[str, int] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    signature: str = ""
    output: str = ""
    outputs: tuple[str, ...] = ()
    least_certain: tuple[str, ...] = ()
    exit_code: int = 0
