"""Paragraphs of office files made of runs (Word, PowerPoint): their marks, and the runs of the translation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.document.markup import Markup, Token, escaped
from pipeline.errors import InputError


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an office format calls things: local names, all of the namespace that `prefix` stands for in a file."""

    namespace: str
    paragraph: str
    run: str
    properties: str
    text: str
    spaced: str  # the attribute by which a text keeps the white space at its ends
    head: frozenset[str]  # what opens a paragraph and stays there
    tail: frozenset[str]  # what closes one
    containers: frozenset[str]  # elements around runs
    inner: frozenset[str]  # elements within containers that hold the runs, where these do not stand in them directly
    written: dict[str, str]  # elements within a run that stand for a character
    breaks: frozenset[str]  # elements within a run that stand for white space
    calls: frozenset[str]  # elements within a run that lead to a note
    dropped: frozenset[str]  # what programs write of their own accord, and write anew
    ignored: re.Pattern[str]  # properties that make two runs no different
    shown: Callable[[str, str], str]  # what an element within a run is among the characters, by its name and markup
    joined: Callable[[Reader, Sequence[Item]], list[Item]]  # the pieces with what goes together as one
    bare: bool = False  # whether a text of one form stands without a run

    def written_text(self, prefix: str, text: str) -> str:
        """A text without a run."""
        body = f"{prefix}:{self.text}" if prefix else self.text
        return f"<{body}{self.spaced}>{escaped(text)}</{body}>"

    def written_run(self, prefix: str, form: str, text: str) -> str:
        """A run of a text in a form."""
        run, body = (f"{prefix}:{name}" if prefix else name for name in (self.run, self.text))
        return f"<{run}>{form}<{body}{self.spaced}>{escaped(text)}</{body}></{run}>" if text else ""

    def whole(self, prefix: str, item: Item) -> str:
        """A piece as it was."""
        if item.what == "text":
            return self.written_run(prefix, item.form, item.raw)
        return item.raw + "".join(self.whole(prefix, one) for one in item.items) + item.after


def names(said: str) -> frozenset[str]:
    """Names, as words."""
    return frozenset(said.split())


@dataclass(slots=True)
class Element:
    """An element of an XML file, as ranges of it."""

    name: str
    start: int
    open_end: int
    close_start: int = 0
    end: int = 0
    children: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class Item:
    """A piece of a paragraph: a text in a form, something between texts, or what holds others."""

    what: Literal["text", "thing", "pair"]
    raw: str = ""  # a text's characters, or the markup of a thing, or what opens a pair
    form: str = ""  # properties of a text's run
    after: str = ""  # what closes a pair
    items: list[Item] = field(default_factory=list)
    role: Literal["", "call", "break", "first", "last"] = ""
    fixed: bool = False
    id: str = ""
    shown: str = ""  # what a thing is among the block's characters


def prefix_of(markup: Markup, namespace: str) -> str | None:
    """The prefix that stands for a namespace in a file; None if there is none."""
    found = re.search(rf"xmlns(?::([\w.-]+))?\s*=\s*[\"']{re.escape(namespace)}[\"']", markup.text)
    return None if found is None else found[1] or ""


def elements(markup: Markup, name: str) -> list[tuple[int, int]]:
    """The elements of a name, in their order, as numbers of their first and last tokens."""
    found: list[tuple[int, int]] = []
    open_ones: list[int] = []
    for number, token in enumerate(markup.tokens):
        if token.name != name:
            continue
        if token.what == "close" and open_ones:
            place = open_ones.pop()
            found[place] = (found[place][0], number)
        elif token.what in ("open", "empty"):
            if token.what == "open":
                open_ones.append(len(found))
            found.append((number, number))
    return found


def depths(found: Sequence[tuple[int, int]]) -> list[int]:
    """In how many other elements each lies."""
    depths: list[int] = []
    around: list[int] = []
    for first, last in found:
        while around and around[-1] < first:
            around.pop()
        depths.append(len(around))
        around.append(last)
    return depths


def tree(markup: Markup, first: int, last: int) -> Element:
    """The element that two tokens open and close."""
    stack: list[Element] = []
    root: Element | None = None
    for token in markup.tokens[first : last + 1]:
        if token.what in ("open", "empty"):
            one = Element(token.name, token.start, token.end, token.end, token.end)
            if stack:
                stack[-1].children.append(one)
            root = root or one
            if token.what == "open":
                stack.append(one)
        elif token.what == "close":
            if not stack or stack[-1].name != token.name:
                raise InputError(f"<{token.name}> is closed where it is not open", "Save the file anew.")
            stack[-1].close_start, stack[-1].end = token.start, token.end
            stack.pop()
    if root is None or stack:
        raise InputError("an element is not closed", "Save the file anew.")
    return root


def texts_between(markup: Markup, tokens: Sequence[Token]) -> str:
    """The characters of some tokens."""
    return "".join(markup.shown(one) for one in tokens if one.what == "text")


@dataclass(slots=True)
class Reader:
    """Reads the pieces of a paragraph."""

    markup: Markup
    dialect: Dialect
    prefix: str

    def items(self, parent: Element) -> list[Item]:
        """The pieces in an element, in their order, fields in one."""
        found: list[Item] = []
        for child in parent.children:
            name = self.local(child)
            if name in self.dialect.head or name in self.dialect.tail or name in self.dialect.dropped:
                continue
            if name == self.dialect.text:
                found.append(self._text(child, ""))
            elif name == self.dialect.run:
                found += self._run(child)
            elif name in self.dialect.containers:
                found.append(self._pair(child))
            else:
                found.append(self._thing(child, name))
        return self.dialect.joined(self, found)

    def local(self, element: Element) -> str:
        """An element's name in the dialect; with its prefix if it is of another."""
        before, _, name = element.name.rpartition(":")
        return name if before == self.prefix else element.name

    def raw(self, element: Element) -> str:
        """An element as it stands."""
        return self.markup.raw(element.start, element.end)

    def _thing(self, element: Element, name: str) -> Item:
        raw = self.raw(element)
        item = Item("thing", raw, id=name, shown=self.dialect.shown(name, raw))
        item.role = "break" if name in self.dialect.breaks else ""
        if found := re.fullmatch(r"(bookmark|commentRange|permission|perm|moveFromRange|moveToRange)(Start|End)", name):
            id = re.search(r"[\w:]*\bid=[\"']([^\"']*)", self.markup.text[element.start : element.open_end])
            item.role, item.id = ("first" if found[2] == "Start" else "last"), f"{found[1]} {id[1] if id else ''}"
        return item

    def _pair(self, element: Element) -> Item:
        inner = next((one for one in element.children if self.local(one) in self.dialect.inner), element)
        opens = self.markup.raw(element.start, inner.open_end)
        if inner is element:  # properties of a container, which open it
            heads = [one for one in element.children if self.local(one).endswith("Pr")]
            opens += "".join(map(self.raw, heads))
            inner = Element(
                element.name, element.start, element.open_end, element.close_start, element.end,
                [one for one in element.children if one not in heads],
            )  # fmt: skip
        return Item("pair", opens, after=self.markup.text[inner.close_start : element.end], items=self.items(inner))

    def _text(self, element: Element, form: str) -> Item:
        inside = Markup(self.markup.text[element.open_end : element.close_start])
        return Item("text", texts_between(inside, inside.tokens), form)

    def _run(self, run: Element) -> Iterator[Item]:
        opening = self.markup.text[run.start : run.open_end].removesuffix("/>").removesuffix(">")
        form = next((self.raw(one) for one in run.children if self.local(one) == self.dialect.properties), "")
        for child in run.children:
            name = self.local(child)
            if name == self.dialect.properties or name in self.dialect.dropped:
                continue
            if name == self.dialect.text:
                yield self._text(child, form)
            elif name in self.dialect.written:
                yield Item("text", self.dialect.written[name], form)
            else:
                raw = f"{opening}>{form}{self.raw(child)}</{run.name}>"
                role: Literal["", "call", "break"] = (
                    "break" if name in self.dialect.breaks else "call" if name in self.dialect.calls else ""
                )
                shown = self.dialect.shown(name, self.raw(child))
                yield Item("thing", raw, form, role=role, id=name, shown=shown)
