"""Plays: the name of who speaks belongs to the speech, however it is set; `LE ROI.--Ah !`, `KING.` on its own line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.read.assembling import Data
from pipeline.read.headings import is_chapter
from pipeline.text import Block, Document, Span

_CAPITALS = r"[A-ZÀ-ÖØ-ÞŒ]"
_WORD = rf"{_CAPITALS}(?:{_CAPITALS}|['’.-](?={_CAPITALS}))*"
_NAME = rf"{_WORD}(?:[ ](?:{_WORD}|\d{{1,2}}|de|du|des|la|le|et|of|the|and))*"
_SAID = r"(?:[ ]?,[ ][a-zà-ÿ][^.:\n]{0,60}|[ ]?\([^)\n]{1,80}\)|[ ]?\[[^\]\n]{1,80}\])"  # à part, [aside]
_ENDED = rf"\s*(?:\.[_*]*[ ]?(?:--?|[—–])?|:[_*]*|--|[—–]){_SAID}?\s*"  # `.--`, `. —`, `:` and what is done
_LABEL = re.compile(rf"[_*]*({_NAME})[_*]*{_SAID}{{0,2}}(?:({_ENDED})|\.?[ \t]*(?:\n\s*|\Z))")
_PLACES = re.compile(r"^(\d{1,9}) (\d{1,9})(?= |$)")  # where a mark stands, as `START END VALUE`
_TURN = re.compile(rf"\n(?={_NAME}{_SAID}{{0,2}}(?:\.|:))")
_FEWEST, _SHARE = 4, 0.15  # speeches of a play, and as a share of its blocks
_SPOKEN = ("paragraph", "verse", "heading", "item")


def with_speakers(document: Document) -> Document:
    """The document of a play with a speech a block, whose data say how long its label is; any other as it is.

    A text is a play if names in capitals come again and again where blocks begin.
    """
    found = [_label(block) for block in document.blocks]
    names = Counter(label[1] for label in found if label)
    count = sum(names[label[1]] >= 2 for label in found if label)
    if count < max(_FEWEST, _SHARE * len(document.blocks)):
        return document
    known = frozenset(name for name, times in names.items() if times >= 2)
    cut = [part for block in document.blocks for part in _turns(block, known)]
    blocks = [
        replace(block, id=f"{document.id}.b{number}")
        for number, block in enumerate(_speeches(document.text, cut, known), 1)
    ]
    return replace(document, blocks=tuple(blocks))


def _label(block: Block) -> re.Match[str] | None:
    """The label that a block begins with; a line of its own is none if it opens a chapter."""
    found = _LABEL.match(block.text) if block.kind in _SPOKEN else None
    if found is None or sum(map(str.isalpha, found[1])) < 2 or len(found[1]) > 40 or is_chapter(found[0].strip()):
        return None
    whole = not block.text[found.end() :].strip()
    return found if whole or found[2] or "\n" in found[0] else None


def _turns(block: Block, known: frozenset[str]) -> Iterator[Block]:
    """A block cut where others take their turn in it."""
    start = 0
    for turn in _TURN.finditer(block.text) if block.kind in _SPOKEN else ():
        label = _LABEL.match(block.text, turn.end())
        if label and label[1] in known:
            yield _part(block, start, turn.start())
            start = turn.end()
    yield _part(block, start, len(block.text)) if start else block


def _part(block: Block, start: int, end: int) -> Block:
    text = block.text[start:end].rstrip()
    first = block.span.start + start
    return replace(block, text=text, span=Span(first, first + len(text)), data=block.data if start == 0 else ())


def _speeches(text: str, blocks: Sequence[Block], known: frozenset[str]) -> Iterator[Block]:
    """Blocks, a label that stands alone joined with what follows it."""
    waiting: Block | None = None
    for block in blocks:
        label = _label(block)
        label = label if label and label[1] in known else None
        if waiting is not None and label is None and block.kind in ("paragraph", "verse"):
            span = Span(waiting.span.start, block.span.end)
            speaker = ("speaker", str(block.span.start - span.start))
            data = (*waiting.data, *_moved(block.data, block.span.start - span.start), speaker)
            yield replace(block, text=text[span.start : span.end], span=span, data=_of_speech(data))
            waiting = None
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        if label is None:
            yield block
        elif label.end() >= len(block.text):
            waiting = block
        else:
            data = (*block.data, ("speaker", str(label.end())))
            yield replace(block, kind="verse" if block.kind == "verse" else "paragraph", data=_of_speech(data))
    if waiting is not None:
        yield waiting


def _of_speech(data: Data) -> Data:
    """What is known of a block that is no heading any more."""
    return tuple(pair for pair in data if pair[0] not in ("level", "chapter"))


def _moved(data: Data, by: int) -> Data:
    """Data whose places in the block's text are so many characters further on."""
    return tuple((name, _PLACES.sub(lambda found: _further(found, by), value)) for name, value in data)


def _further(found: re.Match[str], by: int) -> str:
    return f"{int(found[1]) + by} {int(found[2]) + by}"
