"""Pieces of text to a document: one text, and blocks that cover it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.errors import InputError
from pipeline.text import Block, Document, Flag, Kind, Resource, Span

PLACE = "place"  # the name under which a reader says where a block stands in its file
Data = tuple[tuple[str, str], ...]
# images that a book can show, by media type
IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block to be: its kind, its place in a text that is already there, and what the format knows of it."""

    kind: Kind
    start: int
    end: int
    data: Data = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an e-book may hold: an archive of a few kilobytes can hold millions of blocks.

    The largest ones that people read (bibles, law codes, encyclopedias) have some tens of thousands of blocks.
    """

    blocks: int = 250_000
    characters: int = 50_000_000

    def check(self, path: str, blocks: int, characters: int) -> None:
        """Raise InputError where a file holds more."""
        for name, found, most in (("blocks", blocks, self.blocks), ("characters", characters, self.characters)):
            if found > most:
                raise InputError(
                    f"{path} holds more than {most:,} {name}",
                    f"If you trust it, say `limits: {{{name}: {4 * most}}}` in the job file.",
                )


USUAL_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Told:
    """What a document is beside its text; `columns` are those of a table that hold source, target and id.

    `whole`: it is to be written in its own form. Then what stands beside its main text (headers, comments, a page's
    title) is read too, and each block tells its place. `target` is the language of translations that a file holds.
    """

    id: str = "d"
    path: str = ""
    language: str = "fr"
    meta: Data = ()
    flags: tuple[Flag, ...] = ()
    resources: tuple[Resource, ...] = ()
    columns: Data = ()
    whole: bool = False
    limits: Limits = USUAL_LIMITS
    target: str = "en"


def document_of_pieces(text: str, pieces: Iterable[Piece], told: Told) -> Document:
    """A document whose blocks are the pieces, without white space around them; pieces of nothing else are left out."""
    blocks: list[Block] = []
    for piece in pieces:
        raw = text[piece.start : piece.end]
        start = piece.start + len(raw) - len(raw.lstrip())
        body = raw.strip()
        if body:
            span = Span(start, start + len(body))
            place = next((value for name, value in piece.data if name == PLACE), "")
            data = tuple(one for one in piece.data if one[0] != PLACE) if place else piece.data
            blocks.append(Block(f"{told.id}.b{len(blocks) + 1}", piece.kind, body, span, data, place))
    flags = told.flags if blocks else (*told.flags, Flag("empty", "warning", "no text"))
    return Document(told.id, told.path, told.language, text, tuple(blocks), told.meta, flags, told.resources)


def document_of_texts(texts: Iterable[tuple[Kind, str, Data]], told: Told) -> Document:
    """A document laid out from separate texts, a blank line between them."""
    pieces, parts, end = [], [], 0
    for kind, text, data in texts:
        body = text.strip()
        if body:
            pieces.append(Piece(kind, end, end + len(body), data))
            parts.append(body)
            end += len(body) + 2
    return document_of_pieces("\n\n".join(parts), pieces, told)
