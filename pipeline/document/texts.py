"""Elements that hold nothing but text: comments, cells; the text of one is put in the place of the other."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.document.markup import Markup, escaped, squeezed
from pipeline.document.office import elements
from pipeline.document.wordings import Turned
from pipeline.errors import InputError


def fill_elements(markup: Markup, local: str, blocks: Mapping[int, Turned], name: str) -> None:
    """Set translations in the elements of a local name, by their numbers; raises InputError where one is another."""
    tags = {token.name for token in markup.tokens if token.name.rpartition(":")[2] == local}
    found = sorted(one for tag in tags for one in elements(markup, tag))
    for number, turned in blocks.items():
        if number >= len(found):
            raise InputError(f"{name} has {len(found)} texts, not those that were read", "Run again.")
        first, last = (markup.tokens[one] for one in found[number])
        inside = markup.tokens[found[number][0] : found[number][1]]
        text = "".join(markup.shown(one) for one in inside if one.what == "text")
        if squeezed(text) != squeezed(turned.block.text):
            raise InputError(f"{name}: not the words that were read: {turned.block.text[:40]!r}", "Run again.")
        markup.edit(first.end, last.start, escaped(turned.wording.target))
