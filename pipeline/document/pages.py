"""Blocks of a web page, or of an e-book's page, in its own markup: found by their letters, set anew in place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.document.beside import fill_attributes, numbered
from pipeline.document.bilingual import both_in_page
from pipeline.document.forms import Form, fill, rendered
from pipeline.document.inks import Fitted
from pipeline.document.inline import Content, Mark, ranged
from pipeline.document.languages import Relabelled
from pipeline.document.markup import VOID, Inks, Markup, Token, escaped, squeezed
from pipeline.document.wordings import Turned
from pipeline.errors import InputError
from pipeline.read.attributes import PAGES
from pipeline.read.elements import BLOCKS, CONTROLS, SHOWN, UNSEEN
from pipeline.read.flow import PLACEHOLDER

_KEPT = re.compile(r"\btranslate\s*=\s*[\"']?no\b|\bclass\s*=\s*[\"'][^\"']*\bnotranslate\b", re.I)
_CALL = re.compile(r"\bhref\s*=\s*[\"'][^\"']*#|\bnoteref\b", re.I)
_OUTER = frozenset(("html", "body", "head", "frameset"))
_DEEPEST = 40  # levels of inline elements that move by themselves; what lies deeper stays as it is


@dataclass(frozen=True, slots=True)
class Inline:
    """What elements within a line are, by their names: kept as they are, left as a mark, breaks, calls, apart.

    What stands `apart` within a line (a note's body, a frame) is no part of its text, and may hold blocks of its own.
    """

    fixed: frozenset[str]
    shown: frozenset[str] = frozenset()
    breaks: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    range: Callable[[str], tuple[str, bool] | None] = lambda raw: None  # which range a tag opens (True) or closes


HTML_INLINE = Inline(
    fixed=frozenset(("code", "kbd", "samp", "tt", "var", "svg", "math")), shown=SHOWN, breaks=frozenset(("br",))
)


@dataclass(slots=True)
class Node:
    """An element, or a tag that has no other, within a block."""

    name: str
    start: int
    ink: int
    touches: bool
    open_end: int = 0
    close_start: int = 0
    end: int = 0
    end_ink: int = 0
    children: list[Node] = field(default_factory=list)
    closing: str = ""  # what closes it in the translation, where that is another


def fill_page(markup: Markup, blocks: Sequence[Turned], name: str, labels: Relabelled, layout: str = "") -> None:
    """Set the translations of a page's blocks in its markup; raises InputError where it is not the page that was read.

    The page's language is set too, as soon as one block has changed.
    """
    changed = [one for one in blocks if one.changed and "@" not in one.block.place]
    attributes = {} if layout else numbered(one for one in blocks if "@" in one.block.place)
    if not changed and not attributes:
        return
    fill_attributes(markup, attributes, PAGES, name)
    page = _Page(markup, Inks.of(markup), name, labels, layout)
    fill([(one, page.form(one)) for one in changed])
    if not layout:
        labels.pages(markup)


@dataclass(frozen=True, slots=True)
class _Page:
    markup: Markup
    inks: Inks
    name: str
    labels: Relabelled
    layout: str

    def form(self, turned: Turned) -> Form:
        begin, _, end = turned.block.place.rpartition(":")[2].partition("-")
        first, last = int(begin), int(end)
        if last > self.inks.total:
            raise self._other(turned)
        tokens = self._around(self.inks.token_at(first), self.inks.token_at(last - 1))
        inside = [self.markup.tokens[number] for number in tokens]
        start, stop = edges(self.markup, inside)

        def put(made: str) -> None:
            if self.layout:
                original = self.markup.text[start:stop]
                made = both_in_page(original, made, self.labels.target, self.layout, inside)
            self.markup.edit(start, stop, made)

        form = form_of(self.markup, inside, turned, self.labels, HTML_INLINE, put)
        if form is None:
            raise self._other(turned)
        return form

    def _other(self, turned: Turned) -> InputError:
        return InputError(
            f"{self.name}: the words {turned.block.text[:40]!r} stand elsewhere than where they were read",
            "The page's tags are too broken to write it anew: mend them, or save it from a browser.",
        )

    def _around(self, first: int, last: int) -> range:
        """Numbers of tokens from a block's first text to its last, with the inline tags around."""
        while first > 0 and self._belongs(self.markup.tokens[first - 1]):
            first -= 1
        while last + 1 < len(self.markup.tokens) and self._belongs(self.markup.tokens[last + 1]):
            last += 1
        return range(first, last + 1)

    def _belongs(self, token: Token) -> bool:
        if token.what == "text":
            return not squeezed(self.markup.shown(token))
        local = token.name.rpartition(":")[2].lower()
        return token.what != "other" and local not in BLOCKS | CONTROLS and local not in UNSEEN and local not in _OUTER


def form_of(
    markup: Markup,
    tokens: Sequence[Token],
    turned: Turned,
    labels: Relabelled,
    inline: Inline,
    put: Callable[[str], None] | None = None,
) -> Form | None:
    """The form of a block whose words stand in these tokens; None if they are not its words.

    The translation takes their place, unless `put` takes it elsewhere.
    """
    nodes, raw = nodes_of(markup, tokens, inline)
    fitted = Fitted(raw, turned.block.text)
    if not fitted.fits:
        return None
    form = BlockForm(markup, fitted, labels, inline)
    start, end = edges(markup, tokens)

    def put_in_place(content: Content) -> None:
        made = rendered(content, _text, form.wraps)
        markup.edit(start, end, made) if put is None else put(made)

    return Form(form.marks(nodes), put_in_place)


def edges(markup: Markup, tokens: Sequence[Token]) -> tuple[int, int]:
    """From the first token that is no white space to the last, without the white space at their ends."""
    inked = [one for one in tokens if one.what != "text" or squeezed(markup.shown(one))]
    first, last = inked[0], inked[-1]
    start, end = first.start, last.end
    if first.what == "text":
        start += len(markup.text[start : first.end]) - len(markup.text[start : first.end].lstrip())
    if last.what == "text":
        end = last.start + len(markup.text[last.start : end].rstrip())
    return start, max(start, end)


@dataclass(slots=True)
class BlockForm:
    """Makes the form of one block; `wraps` are what stands around the words of each mark."""

    markup: Markup
    fitted: Fitted
    labels: Relabelled
    inline: Inline
    wraps: list[tuple[str, str]] = field(default_factory=list)
    ids: dict[int, str] = field(default_factory=dict)  # of marks that open or close a range

    def marks(self, nodes: Sequence[Node]) -> tuple[Mark, ...]:
        """The marks of a block's elements."""
        return ranged(tuple(self._marks(nodes, 0)), self.ids)

    def _marks(self, nodes: Sequence[Node], depth: int) -> Iterator[Mark]:
        for node in nodes:
            key = len(self.wraps)
            self.wraps.append(("", ""))
            tag = self.markup.raw(node.start, node.open_end)
            span = self.fitted.span(node.ink, node.end_ink)
            if span is None:
                yield self._point(key, node)
                continue
            children = ranged(tuple(self._marks(node.children, depth + 1)), self.ids) if depth < _DEEPEST else ()
            same = self.fitted.same(node.ink, node.end_ink)
            fixed = (
                _local(node) in self.inline.fixed
                or _local(node) in self.inline.shown
                or bool(_KEPT.search(tag))
                or depth >= _DEEPEST
            )
            if fixed or (not same and not children):
                self.wraps[key] = (self.markup.raw(node.start, node.end), "")
                yield Mark(key, span.start, span.end, fixed=True)
            else:
                closing = node.closing or self.markup.text[node.close_start : node.end]
                self.wraps[key] = (self.labels.tag(tag), closing)
                yield Mark(key, span.start, span.end, children)

    def _point(self, key: int, node: Node) -> Mark:
        raw = self.markup.raw(node.start, node.end)
        at = self.fitted.point(node.ink, touches=node.touches)
        breaks = _local(node) in self.inline.breaks
        call = _local(node) in self.inline.calls or (node.ink < node.end_ink and bool(_CALL.search(raw)))
        self.wraps[key] = (
            self._apart(node, raw, at) if node.ink == node.end_ink and not breaks and not call else raw,
            "",
        )
        shown = _local(node) in self.inline.shown and self.fitted.text[at : at + 1] == PLACEHOLDER
        mark = Mark(key, at, at + shown, fixed=shown)
        if not shown and (found := self.inline.range(raw)):
            self.ids[key] = found[0]
            return replace(mark, role="first" if found[1] else "last")
        return replace(mark, role="break" if breaks else "call" if call else "")

    def _apart(self, node: Node, raw: str, at: int) -> str:
        """What stands between words, with the white space that sets it apart from them on both sides."""
        spaced = self.markup.text[node.end : node.end + 1].isspace()
        if at >= len(self.fitted.text):
            return raw if node.touches else f" {raw}"
        return f"{raw} " if spaced and (not node.touches or not node.ink) else raw


def _local(node: Node) -> str:
    return node.name.rpartition(":")[2]


def _text(text: str) -> str:
    return escaped(text.replace(PLACEHOLDER, ""))


def nodes_of(markup: Markup, tokens: Sequence[Token], inline: Inline) -> tuple[list[Node], str]:
    """Elements by their tags, and the characters; a tag whose other is missing stands for itself."""
    roots: list[Node] = []
    stack: list[Node] = []
    parts: list[str] = []
    ink, touches, apart = 0, False, 0
    for token in tokens:
        siblings = stack[-1].children if stack else roots
        if apart and token.what in ("open", "close"):
            apart += 1 if token.what == "open" else -1
        if apart:
            continue
        if token.what == "text":
            body = markup.shown(token)
            parts.append(squeezed(body))
            ink += len(parts[-1])
            touches = bool(body) and not body[-1].isspace() if body.strip() else touches and not body
            continue
        if token.what == "open" and not (markup.html and token.name in VOID):
            node = Node(token.name, token.start, ink, touches, token.end)
            siblings.append(node)
            stack.append(node)
            apart = int(token.name.rpartition(":")[2] in inline.apart)
        elif token.what == "close" and any(one.name == token.name for one in stack):
            while stack[-1].name != token.name:
                _left_open(stack, roots)
            node = stack.pop()
            node.close_start, node.end, node.end_ink = token.start, token.end, ink
        else:
            siblings.append(Node(token.name, token.start, ink, touches, token.end, token.end, token.end, ink))
    while stack:
        _left_open(stack, roots)
    return roots, "".join(parts)


def _left_open(stack: list[Node], roots: list[Node]) -> None:
    """Make of the innermost open element a tag that stands for itself, before what it held."""
    node = stack.pop()
    siblings = stack[-1].children if stack else roots
    siblings += node.children
    node.children = []
    node.close_start = node.end = node.open_end
    node.end_ink = node.ink
