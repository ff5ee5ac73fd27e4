"""What a file holds: text with spans, blocks, documents, sentences and their translations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.text.tries import Note

Kind = Literal["paragraph", "heading", "item", "cell", "cue", "verse", "meta", "matter", "page"]
# what is neither translated nor aligned: `matter` frames a book (licence, imprint, contents), `page` marks its pages
ASIDE: frozenset[Kind] = frozenset(("meta", "matter", "page"))
Origin = Literal["machine", "memory", "human"]
Matter = Literal["set-aside", "keep"]  # what becomes of what frames a book
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
    """A paragraph, heading, item, cell, cue, verse or something beside the text; `text == document.text[span]`.

    `data` holds what the format knows besides, as (name, value) pairs: a heading's level, a cue's times, an image;
    `place` is where it stands in its file, in the format's own terms, and empty where nobody asked or `span` says it.
    """

    id: str
    kind: Kind
    text: str
    span: Span
    data: tuple[tuple[str, str], ...] = ()
    place: str = ""


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
    """A sentence's translation; `score` is its log-probability a target token, `confidence` lies in 0-1.

    `notes` say how it came about; `flags` are what the checks make of it, where someone asked for them.
    """

    text: str
    score: float = 0.0
    confidence: float = 1.0
    origin: Origin = "machine"
    flags: tuple[Flag, ...] = ()
    notes: tuple[Note, ...] = ()
