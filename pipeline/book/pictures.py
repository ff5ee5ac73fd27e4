"""The images of a document: where each stands between the paragraphs, and which is the cover."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.book.content import Paragraph
from pipeline.book.typography import one_line, visible
from pipeline.text import Bitext, Block, Resource


class Pictures:
    """The images of a document, each given out once, behind the block that names it (those of the first, before it)."""

    def __init__(self, bitext: Bitext) -> None:
        document = bitext.source if bitext.source.resources else bitext.target
        known = {resource.name: resource for resource in document.resources}
        self._order = {block.id: i for i, block in enumerate(document.blocks)}
        self._waiting = [
            (place, Paragraph("paragraph", (), image=known[name], alt=visible(one_line(alt))))
            for place, block in enumerate(document.blocks)
            for name, alt in _named_images(block)
            if name in known
        ]

    def before(self, block: str) -> Iterator[Paragraph]:
        """Images that stand before this block."""
        place = self._order.get(block, 0)
        while self._waiting and self._waiting[0][0] < max(place, 1):
            yield self._waiting.pop(0)[1]

    def rest(self) -> Iterator[Paragraph]:
        """Images after the last paragraph."""
        yield from (image for _, image in self._waiting)


def _named_images(block: Block) -> Iterator[tuple[str, str]]:
    """The images that a block's data name, each with the `alt` that follows it."""
    for i, (name, value) in enumerate(block.data):
        if name == "image":
            following = block.data[i + 1] if i + 1 < len(block.data) else ("", "")
            yield value, following[1] if following[0] == "alt" else ""


def cover_of(bitext: Bitext) -> Resource | None:
    """The image that no block shows: readers of documents keep that one for the cover."""
    for document in (bitext.source, bitext.target):
        shown = {name for block in document.blocks for name, _ in _named_images(block)}
        for resource in document.resources:
            if resource.name not in shown:
                return resource
    return None
