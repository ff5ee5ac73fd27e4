"""Texts beside a part's paragraphs: attributes that people read, labels of charts, what a drawing is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.document.markup import Markup, escaped, squeezed
from pipeline.document.texts import fill_elements
from pipeline.document.wordings import Turned
from pipeline.errors import InputError
from pipeline.read.attributes import ATTRIBUTE, Attributes

Beside = dict[str, dict[int, Turned]]  # by what they are (attributes, or an element's local name), and number


def beside_of(parts: dict[str, dict[int, Turned]]) -> dict[str, Beside]:
    """Take out of the blocks of parts those that stand beside their paragraphs, by part."""
    found: dict[str, Beside] = {}
    for name in [one for one in parts if "@" in one]:
        part, _, what = name.rpartition("@")
        found.setdefault(part, {})[what] = parts.pop(name)
    return found


def fill_beside(markup: Markup, beside: Beside, attributes: Attributes, name: str) -> None:
    """Set their translations; must come before paragraphs, which may hold them.

    Raises InputError where one is not what was read.
    """
    for what, blocks in beside.items():
        if what == ATTRIBUTE:
            fill_attributes(markup, blocks, attributes, name)
        else:
            fill_elements(markup, what, blocks, name)


def fill_attributes(markup: Markup, blocks: Mapping[int, Turned], attributes: Attributes, name: str) -> None:
    """Set translations in attributes, by their numbers; raises InputError where one is not what was read."""
    found = list(attributes.of(markup.text)) if blocks else []
    for number, one in blocks.items():
        said = found[number] if number < len(found) else None
        if said is None or squeezed(said.value) != squeezed(one.block.text):
            raise InputError(f"{name}: not the words that were read: {one.block.text[:40]!r}", "Run again.")
        quote = markup.text[said.start - 1]
        bare = quote not in "\"'"
        made = escaped(one.wording.target).replace("'" if quote == "'" else '"', "&#39;" if quote == "'" else "&quot;")
        made = made.replace("\n", "&#10;")
        markup.edit(said.start, said.end, f'"{made}"' if bare else made)


def numbered(blocks: Iterable[Turned]) -> dict[int, Turned]:
    """The changed ones of a page's attributes, by their numbers."""
    return {int(one.block.place.rpartition("#")[2]): one for one in blocks if one.changed}
