"""A translation memory filled: each unit that has no translation gets one, all else stays as it was."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.document.encodings import encoded
from pipeline.document.forms import Form, fill
from pipeline.document.languages import Relabelled
from pipeline.document.markup import Markup, attribute
from pipeline.document.office import Element, elements, tree
from pipeline.document.options import DocumentOptions
from pipeline.document.pages import edges, form_of
from pipeline.document.wordings import Turned, turned
from pipeline.document.xliff import CODES
from pipeline.errors import InputError
from pipeline.read.encoding import decode, read_bytes
from pipeline.read.tmx import matching
from pipeline.text import Bitext


def write_tmx(bitext: Bitext, source: Path, options: DocumentOptions) -> bytes:
    """A memory with the translations as segments of the target language; those that it has stay.

    Raises InputError where a unit is not the one that was read.
    """
    raw = read_bytes(source)
    decoded = decode(raw, str(source), options.encoding)
    changed = [one for one in turned(bitext) if one.changed and not dict(one.block.data).get("target")]
    if not changed:
        return raw
    file = _File(Markup(decoded.text), bitext.source.language, bitext.target.language, str(source))
    fill([(one, file.form(one)) for one in changed])
    return encoded(file.markup.written(), raw, decoded.encoding)


class _File:
    """The units of a memory, in the order in which they were read."""

    def __init__(self, markup: Markup, source: str, target: str, name: str) -> None:
        self.markup, self._languages, self._name = markup, (source, target), name
        self._labels = Relabelled(source, target)
        named = {token.name for token in markup.tokens if token.name.rpartition(":")[2] == "tu"}
        self._units = sorted(place for name in named for place in elements(markup, name))

    def form(self, one: Turned) -> Form:
        """The form of a unit's segment."""
        number = int(one.block.place)
        if number >= len(self._units):
            raise self._other(one)
        first, last = self._units[number]
        unit = tree(self.markup, first, last)
        variants = {
            attribute(self._tag(two), "xml:lang") or attribute(self._tag(two), "lang"): two
            for two in unit.children
            if _local(two) == "tuv"
        }
        ours, theirs = (matching(variants, wanted) for wanted in self._languages)
        holder = next((two for two in ours.children if _local(two) == "seg"), None) if ours else None
        if ours is None or holder is None:
            raise self._other(one)
        inside = [
            token for token in self.markup.tokens[first:last] if holder.open_end <= token.start < holder.close_start
        ]
        start, end = edges(self.markup, inside)
        before, after = self.markup.text[holder.open_end : start], self.markup.text[end : holder.close_start]
        form = form_of(
            self.markup, inside, one, self._labels, CODES,
            lambda made: self._put(ours, holder, theirs, before + made + after),
        )  # fmt: skip
        if form is None:
            raise self._other(one)
        return form

    def _put(self, source: Element, segment: Element, target: Element | None, content: str) -> None:
        """Fill the target's segment, or make a variant like the source's behind it."""
        text, markup = f"{self._tag(segment)}{content}</{segment.name}>", self.markup
        held = next((one for one in target.children if _local(one) == "seg"), None) if target is not None else None
        if held is not None:
            markup.edit(held.start, held.end, text)
            return
        if target is not None:
            markup.edit(target.start, target.end, f"{self._tag(target).removesuffix('/>').removesuffix('>')}>{text}"
                        f"</{target.name}>")  # fmt: skip
            return
        parent = re.compile(r"\s*").search(markup.text[: source.start][::-1])
        space = parent[0][::-1] if parent else ""
        gaps = markup.text[source.open_end : segment.start], markup.text[segment.end : source.close_start]
        inner = [gap if not gap.strip() else "" for gap in gaps]
        prefix = source.name.removesuffix("tuv")
        variant = f'<{prefix}tuv xml:lang="{self._languages[1]}">{inner[0]}{text}{inner[1]}</{prefix}tuv>'
        markup.edit(source.end, source.end, f"{space}{variant}")

    def _tag(self, element: Element) -> str:
        return self.markup.text[element.start : element.open_end]

    def _other(self, one: Turned) -> InputError:
        return InputError(f"{self._name}: not the words that were read: {one.block.text[:40]!r}", "Run again.")


def _local(element: Element) -> str:
    return element.name.rpartition(":")[2]
