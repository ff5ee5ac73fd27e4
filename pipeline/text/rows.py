"""One bead as files and books show it, and what a format keeps of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.text.documents import Flag, Kind, Origin, Sentence, Span


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
class Value:
    """What a layer of a bitext knows of one bead, in the layer's own form."""

    layer: str
    text: str


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
    layers: bool = True
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

    def name(self, name: str) -> str:
        """A flag's name as every format can hold it: one word, for white space sets names apart."""
        return "-".join(replace(self, characters="xml").text(name).split()) or "unnamed"

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
    layers: tuple[Value, ...] = ()

    def only(self, carries: Carries) -> Row:
        """What is left of the row in a format that carries this."""
        source, target = carries.side(self.source), carries.side(self.target)
        flags = tuple(Flag(carries.name(one.name), one.severity, carries.text(one.detail)) for one in self.flags)
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
            layers=tuple(replace(one, text=carries.text(one.text)) for one in self.layers) if carries.layers else (),
        )


def side_of(sentences: tuple[Sentence, ...]) -> Side:
    """The side of a row that these sentences make."""
    if not sentences:
        return Side()
    text = " ".join(sentence.text for sentence in sentences)
    return Side(text, sentences[0].start, sentences[-1].end, sentences)
