"""Paragraphs of runs in the other language: a run for each stretch of one form, and all that stands between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.document.bilingual import in_body, in_row, second_paragraph
from pipeline.document.forms import Form, fill
from pipeline.document.inks import Fitted
from pipeline.document.inline import Content, Mark, flat, ranged
from pipeline.document.languages import Relabelled
from pipeline.document.markup import Markup, squeezed
from pipeline.document.office import Dialect, Element, Item, Reader, depths, elements, prefix_of, tree
from pipeline.document.wordings import Turned, turned
from pipeline.errors import InputError
from pipeline.read.flow import PLACEHOLDER
from pipeline.text import Bitext


def parts_of(bitext: Bitext) -> dict[str, dict[int, Turned]]:
    """The blocks that have changed, by the part of the file they stand in and their number there."""
    parts: dict[str, dict[int, Turned]] = {}
    for one in turned(bitext):
        name, _, number = one.block.place.rpartition("#")
        if one.changed and number.isdigit():
            parts.setdefault(name, {})[int(number)] = one
    return parts


def fill_part(
    markup: Markup, blocks: Mapping[int, Turned], dialect: Dialect, name: str, labels: Relabelled, layout: str = ""
) -> None:
    """Set translations in the paragraphs of an office file's part, by their numbers, those within others first.

    Raises InputError where a paragraph is not the one that was read.
    """
    prefix = prefix_of(markup, dialect.namespace)
    if prefix is None:
        raise InputError(f"{name} holds no text of its format", "Save the file anew.")
    found = elements(markup, f"{prefix}:{dialect.paragraph}" if prefix else dialect.paragraph)
    if max(blocks, default=-1) >= len(found):
        raise InputError(f"{name} has {len(found)} paragraphs, not those that were read", "Run again.")
    deep, reader = depths(found), Reader(markup, dialect, prefix)
    body = in_body(markup, prefix) if layout else set()
    for _, numbers in groupby(sorted(blocks, key=lambda one: -deep[one]), key=lambda one: deep[one]):
        forms = []
        for one in numbers:
            paragraph = _Paragraph(reader, labels, name, _layout(layout, in_body=found[one][0] in body))
            forms.append((blocks[one], paragraph.form(found[one], blocks[one])))
        fill(forms)


def _layout(layout: str, *, in_body: bool) -> str:
    """What of a layout can be had: within tables and boxes, a translation stands under its original."""
    return layout if in_body else layout and "under"


@dataclass(frozen=True, slots=True)
class _Wrap:
    """What stands around the words of a mark, and the form of those that no mark within it covers."""

    before: str
    after: str
    form: str
    once: bool = False  # whether it must not stand in a second paragraph


@dataclass(slots=True)
class _Paragraph:
    """Makes the form of one paragraph."""

    reader: Reader
    labels: Relabelled
    name: str
    layout: str = ""
    wraps: list[_Wrap] = field(default_factory=list)
    ink: int = 0
    touches: bool = False
    fitted: Fitted = field(init=False)
    ids: dict[int, str] = field(default_factory=dict)  # of marks that open or close a range

    def form(self, tokens: tuple[int, int], turned: Turned) -> Form:
        """The form; raises InputError where the paragraph does not hold the block's words."""
        paragraph = tree(self.reader.markup, *tokens)
        items = self.reader.items(paragraph)
        self.fitted = Fitted(squeezed("".join(map(_shown, items))), turned.block.text)
        if not self.fitted.fits:
            raise InputError(f"{self.name}: not the words that were read: {turned.block.text[:40]!r}", "Run again.")
        marks = ranged(tuple(self._marks(items)), self.ids)
        base = self._form(base_form(items, self.reader.dialect.ignored))
        start, end = self._edges(paragraph)

        def put(content: Content) -> None:
            dialect, text = self.reader.dialect, flat(content)
            bare = dialect.bare and not base and all(isinstance(one, str) for one in content)
            made = dialect.written_text(self.reader.prefix, text) if bare else self._written(content, base)
            if self.layout:
                self._both(paragraph, self._written(content, base, again=True))
            else:
                self.reader.markup.edit(start, end, made)

        return Form(marks, put)

    def _both(self, paragraph: Element, made: str) -> None:
        """Put the translation, without what can stand only once, under the paragraph or beside it."""
        markup, start = self.reader.markup, self._edges(paragraph)[0]
        opening, head = markup.text[paragraph.start : paragraph.open_end], markup.text[paragraph.open_end : start]
        second = second_paragraph(opening, head, made)
        if self.layout == "under" or "<w:sectPr" in head:
            markup.edit(paragraph.end, paragraph.end, second)
        else:
            first = markup.raw(paragraph.start, paragraph.end)
            markup.edit(paragraph.start, paragraph.end, in_row(first, second, self.layout))

    def _edges(self, paragraph: Element) -> tuple[int, int]:
        """From behind what opens a paragraph to what closes it."""
        named = [(self.reader.local(one), one) for one in paragraph.children]
        heads = [one.end for name, one in named if name in self.reader.dialect.head]
        tails = [one.start for name, one in named if name in self.reader.dialect.tail]
        return max(heads, default=paragraph.open_end), min(tails, default=paragraph.close_start)

    def _form(self, form: str) -> str:
        return re.sub(r"<[\w:]*(?:lang|rPr)\b[^>]*>", lambda found: self.labels.office(found[0]), form)

    def _written(self, content: Content, form: str, *, again: bool = False) -> str:
        parts = []
        for one in content:
            if isinstance(one, str):
                text = " ".join(one.replace(PLACEHOLDER, "").split("\n"))
                parts.append(self.reader.dialect.written_run(self.reader.prefix, form, text))
            else:
                wrap = self.wraps[one.key]
                inside = self._written(one.content, wrap.form, again=again)
                parts.append(inside if again and wrap.once else wrap.before + inside + wrap.after)
        return "".join(parts)

    def _marks(self, items: Sequence[Item]) -> Iterator[Mark]:
        """The marks of a row of pieces: stretches of text in another form than most, pairs, and things between."""
        ignored = self.reader.dialect.ignored
        base = ignored.sub("", base_form(items, ignored))
        place = 0
        while place < len(items):
            item = items[place]
            if item.what == "pair":
                yield from self._pair(item)
            elif item.what == "thing":
                yield self._thing(item)
            elif ignored.sub("", item.form) == base or not item.raw.strip():
                self._pass(item.raw)
            else:
                length = _stretch(items[place:], ignored)
                yield from self._formed(items[place : place + length])
                place += length - 1
            place += 1

    def _formed(self, items: Sequence[Item]) -> Iterator[Mark]:
        """A stretch of text in one form, with the things in it."""
        key, start, children = self._key(), self.ink, []
        for item in items:
            if item.what == "text":
                self._pass(item.raw)
            else:
                children.append(self._thing(item))
        span = self.fitted.span(start, self.ink)
        if span is None:
            yield from children
            return
        if not self.fitted.same(start, self.ink) and not children:
            whole = "".join(self.reader.dialect.whole(self.reader.prefix, one) for one in items)
            self.wraps[key] = _Wrap(whole, "", "")
            yield Mark(key, span.start, span.end, fixed=True)
            return
        self.wraps[key] = _Wrap("", "", self._form(items[0].form))
        yield Mark(key, span.start, span.end, tuple(children))

    def _pair(self, item: Item) -> Iterator[Mark]:
        key, start, touches = self._key(), self.ink, self.touches
        children = ranged(tuple(self._marks(item.items)), self.ids)
        span = self.fitted.span(start, self.ink)
        if span is None or item.fixed:
            self.wraps[key] = _Wrap(self.reader.dialect.whole(self.reader.prefix, item), "", "")
            at = self.fitted.point(start, touches=touches)
            yield Mark(key, *((span.start, span.end) if span else (at, at)), fixed=True)
            return
        form, is_link = self._form(base_form(item.items, self.reader.dialect.ignored)), "hyperlink" in item.raw[:40]
        self.wraps[key] = _Wrap(item.raw, item.after, form, once=not is_link)
        yield Mark(key, span.start, span.end, children)

    def _thing(self, item: Item) -> Mark:
        key, start = self._key(), self.ink
        self.wraps[key] = _Wrap(item.raw, "", "", once=item.role != "break" and not squeezed(item.shown))
        span = None
        if squeezed(item.shown):
            self._pass(item.shown)
            span = self.fitted.span(start, self.ink)
        at = self.fitted.point(start, touches=self.touches)
        if item.id and item.role in ("first", "last"):
            self.ids[key] = item.id
        if item.role == "break":
            self.touches = False
        if span is not None:
            return Mark(key, span.start, span.end, fixed=True)
        return Mark(key, at, at, role=item.role)

    def _key(self) -> int:
        self.wraps.append(_Wrap("", "", ""))
        return len(self.wraps) - 1

    def _pass(self, text: str) -> None:
        self.ink += len(squeezed(text))
        self.touches = not text[-1:].isspace() if text else self.touches


def _shown(item: Item) -> str:
    """What a piece is among the characters of its paragraph."""
    return (item.raw if item.what == "text" else item.shown) + "".join(map(_shown, item.items))


def base_form(items: Sequence[Item], ignored: re.Pattern[str]) -> str:
    """The form of most letters of a row of pieces, else that of the pairs among them."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for item in items:
        if item.what == "text":
            name = ignored.sub("", item.form)
            counts[name] += len(squeezed(item.raw))
            first.setdefault(name, item.form)
    return first[counts.most_common(1)[0][0]] if counts else ""


def _stretch(items: Sequence[Item], ignored: re.Pattern[str]) -> int:
    """How many pieces go on in the form of the first, with the things between its texts."""
    form, length = ignored.sub("", items[0].form), 1
    for number, item in enumerate(items[1:], 2):
        if item.what == "pair" or (item.what == "thing" and item.role in ("first", "last", "break")):
            break
        if item.what == "text" and item.raw.strip() and ignored.sub("", item.form) != form:
            break
        if item.what == "text" and ignored.sub("", item.form) == form:
            length = number
    return length
