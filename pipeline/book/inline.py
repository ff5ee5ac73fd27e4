"""What is set within a sentence: italics, links, calls of notes, and where they stand in the text as displayed.

Readers of documents say it in a block's data, a pair for each: the name of a mark below, and `START END VALUE` in
characters of the block's text. The value is a link's address, or the id of the note that is called, with a tab and the
sign that calls it where that is not in the id; a call has no length. A call may name the note alone: it then stands at
the block's end.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from pipeline.text import Block, Sentence

# marks of a block's data, and the element that shows each
ELEMENTS = {"em": "em", "strong": "strong", "sup": "sup", "sub": "sub", "literal": "code", "link": "a", "noteref": "a"}
_PLACED = re.compile(r"(\d{1,9}) (\d{1,9})(?: (.*))?", re.DOTALL)
_BLANK = re.compile(r"\s")
# an address that a person may follow; any other scheme could run something
_SAFE = re.compile(r"(https?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, `end` not in it; `value` is an address or a note, `label` what a call of a note shows.

    A call of a note has no length; `id` is what the note's way back leads to.
    """

    kind: str
    start: int
    end: int
    value: str = ""
    label: str = ""
    id: str = ""


def marks_of(block: Block) -> tuple[Mark, ...]:
    """The marks that a block's data place in its text; what does not lie in it is left out."""
    found = []
    for name, value in block.data:
        place = _PLACED.fullmatch(value) if name in ELEMENTS else None
        if place and int(place[1]) <= int(place[2]) <= len(block.text):
            found.append(Mark(name, int(place[1]), int(place[2]), place[3] or ""))
    return tuple(found)


def offsets(text: str, shown: str) -> list[int]:
    """Where each character of a text stands in its displayed form, and last where it ends.

    Typesetting puts one visible character for one, in order; only white space comes and goes.
    """
    places, at = [], 0
    for character in text:
        if not _BLANK.match(character):
            while at < len(shown) and _BLANK.match(shown[at]):
                at += 1
        places.append(min(at, len(shown)))
        at += not _BLANK.match(character)
    return [*places, len(shown)]


def in_side(sentences: Sequence[Sentence], blocks: dict[str, Block], marks: dict[str, tuple[Mark, ...]]) -> list[Mark]:
    """The marks of a row's side, in characters of its text: its sentences with one space between them."""
    found, start = [], 0
    for sentence in sentences:
        block = blocks.get(sentence.block)
        shift = block.span.start - sentence.start if block is not None else 0
        for mark in marks.get(sentence.block, ()) if block is not None else ():
            first, end = shift + mark.start, shift + mark.end
            inside = first < len(sentence.text) and end > 0 if mark.start < mark.end else 0 < end <= len(sentence.text)
            if inside:
                places = (start + max(first, 0), start + min(end, len(sentence.text)))
                found.append(replace(mark, start=places[0], end=places[1]))
        start += len(sentence.text) + 1
    return found


def displayed(marks: Iterable[Mark], text: str, shown: str) -> tuple[Mark, ...]:
    """The same marks, in characters of the displayed text."""
    places = offsets(text, shown)
    return tuple(
        replace(one, start=places[one.start], end=places[one.end - 1] + 1)
        if one.start < one.end
        else replace(one, start=_behind(places, one.end), end=_behind(places, one.end))
        for one in marks
    )


def _behind(places: Sequence[int], at: int) -> int:
    """Right behind the character before an offset."""
    return places[at - 1] + 1 if at else 0


def set_out(text: str, marks: Sequence[Mark], call: Callable[[Mark], str]) -> Markup:
    """A text with its marks as HTML (that is XHTML too); `call` writes a call of a note."""
    if not marks:
        return Markup(html.escape(text))
    return Markup("".join(_pieces(text, marks, call)))


def _pieces(text: str, marks: Sequence[Mark], call: Callable[[Mark], str]) -> Iterator[str]:
    borders = sorted({0, len(text), *(one.start for one in marks), *(one.end for one in marks)})
    ends = [*borders[1:], len(text)]
    for start, end in zip(borders, ends, strict=True):
        yield from (call(one) for one in marks if one.start == one.end == start)
        over = [one for one in marks if one.start <= start < one.end and _tag(one)]
        if end > start:
            yield "".join(f"<{_tag(one)}>" for one in over)
            yield html.escape(text[start:end])
            yield "".join(f"</{ELEMENTS[one.kind]}>" for one in reversed(over))


def _tag(mark: Mark) -> str:
    """The opening tag without its brackets; nothing for a link that nobody should follow."""
    if mark.kind != "link":
        return ELEMENTS[mark.kind] if mark.kind != "noteref" else ""
    safe = _SAFE.fullmatch(mark.value)
    return f'a href="{html.escape(mark.value)}" rel="noopener noreferrer"' if safe else ""
