"""The frozen types that cross the walls between rooms: text with spans, sentences, translations, beads, bitexts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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

    def rows(self) -> tuple[Row, ...]:
        """One row a bead, in order."""
        kinds: dict[str, Kind] = {block.id: block.kind for block in (*self.target.blocks, *self.source.blocks)}
        return tuple(self._row(bead, kinds) for bead in self.beads)

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

    def with_beads(self, beads: tuple[Bead, ...]) -> Bitext:
        """The same sentences, paired otherwise."""
        return replace(self, beads=beads)


def _joint_origin(made: list[Translation]) -> Origin:
    """Whose work a bead is: a machine's as soon as one sentence is; `memory` if remembered, `human` without one."""
    origins = {one.origin for one in made}
    if "machine" in origins:
        return "machine"
    return "memory" if "memory" in origins else "human"


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
