"""Markdown in the other language: its own marks, links and line ends, and the words between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.document.encodings import encoded
from pipeline.document.forms import Form, fill, rendered
from pipeline.document.inks import Fitted
from pipeline.document.inline import Content
from pipeline.document.languages import Relabelled
from pipeline.document.markdown_beside import fill_front, fill_pages, lines_of
from pipeline.document.markup import Markup, squeezed
from pipeline.document.options import DocumentOptions
from pipeline.document.pages import BlockForm, Inline, Node
from pipeline.document.text import wrapped
from pipeline.document.wordings import Turned, turned
from pipeline.errors import InputError
from pipeline.read.encoding import decode, read_bytes
from pipeline.read.markdown import parsed_whole
from pipeline.text import Bitext

if TYPE_CHECKING:
    from markdown_it.token import Token

_INLINE = Inline(
    fixed=frozenset(("code", "autolink")),
    breaks=frozenset(("hardbreak",)),
    calls=frozenset(("call",)),
)
_SIGNS = re.compile(r"([\\`*\[\]<])|(?<!\w)_|_(?!\w)")
_TARGET = re.compile(r"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|\[(?:[^\[\]\\]|\\.)+\]", re.S)
_OPENS = re.compile(r"(?:[-+*#>|=]|\d{1,9}[.)]|~~~)")  # what a line of text must not open with
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});")


def write_markdown(bitext: Bitext, source: Path, options: DocumentOptions) -> bytes:
    """A text in its own form; raises InputError where it is not the one that was read.

    Code stays as it is, and all of the front matter but what it says to readers (title, description).
    """
    raw = read_bytes(source)
    decoded = decode(raw, str(source), options.encoding)
    text = Markup(decoded.text, plain=True)
    fill_front(text, [one for one in turned(bitext) if one.block.place.startswith("front:")])
    start, tokens, _ = parsed_whole(decoded.text)
    places = list(_inlines(decoded.text, start, tokens))
    labels = Relabelled(bitext.source.language, bitext.target.language)
    pages: dict[str, list[Turned]] = {}
    for one in turned(bitext):
        if one.block.place.startswith("html"):
            pages.setdefault(one.block.place.partition(":")[0], []).append(one)
    fill_pages(text, start, tokens, pages, f"{source}", labels)
    forms = [
        (one, _form(text, places, one, labels, str(source)))
        for one in turned(bitext)
        if one.changed and one.block.place.isdigit()
    ]
    fill(forms)
    return encoded(text.written(), raw, decoded.encoding, escape="") if text.edits else raw


@dataclass(frozen=True, slots=True)
class _Line:
    """A stretch of inline markup: its text, where it begins and ends in the file, what stands before its lines."""

    token: Token
    start: int
    end: int
    indent: str
    in_table: bool


def _inlines(text: str, begin: int, tokens: Sequence[Token]) -> Iterator[_Line | None]:
    """The inline markup of a text in order; None where it cannot be found in its lines."""
    lines, starts = lines_of(text, begin)
    row, cursor, in_table = 0, 0, False
    for token in tokens:
        if token.type == "tr_open" and token.map:
            row, cursor = token.map[0], 0
        elif token.type in ("th_open", "td_open", "th_close", "td_close"):
            in_table = token.nesting == 1
        elif token.type == "inline":
            first = row if in_table or not token.map else token.map[0]
            found = _found(lines, starts, first, token, cursor if in_table else 0, in_table=in_table)
            if found and in_table:
                cursor = found.end - starts[row]
            yield found


def _found(
    lines: Sequence[str], starts: Sequence[int], first: int, token: Token, cursor: int, *, in_table: bool
) -> _Line | None:
    """Where the lines of some markup stand in the file, each after what opens its line."""
    start = end = -1
    indent = ""
    for number, content in enumerate(token.content.split("\n")):
        line = lines[first + number] if first + number < len(lines) else ""
        at = line.find(content, cursor if number == 0 else 0)
        if at < 0:
            return None
        start = starts[first] + at if number == 0 else start
        indent = line[:at] if number == 1 else indent
        end = starts[first + number] + at + len(content)
    return _Line(token, start, end, indent, in_table)


def _form(text: Markup, places: Sequence[_Line | None], one: Turned, labels: Relabelled, name: str) -> Form:
    number = int(one.block.place)
    line = places[number] if number < len(places) else None
    if line is None:
        raise InputError(f"{name}: {one.block.text[:40]!r} cannot be found in its lines", "Simplify the markup there.")
    content = Markup(line.token.content, plain=True)
    scan = _Scan(content.text)
    scan.take(line.token.children or [])
    fitted = Fitted("".join(scan.parts), one.block.text)
    if scan.lost or not fitted.fits:
        raise InputError(f"{name}: the markup of {one.block.text[:40]!r} cannot be followed", "Simplify it.")
    form = BlockForm(content, fitted, labels, _INLINE)
    marks = form.marks(scan.roots)
    newline = "\r\n" if "\r\n" in text.text else "\n"

    def put(placed: Content) -> None:
        made = rendered(placed, lambda piece: _escaped(piece, table=line.in_table), form.wraps)
        text.edit(line.start, line.end, _laid_out(made, line, newline))

    return Form(marks, put)


def _laid_out(made: str, line: _Line, newline: str) -> str:
    """A translation in one line, or in as many as its markup had, if none then opens as something else does."""
    lines = wrapped(made, line.token.content, "\n").split("\n") if "\n" not in made else made.split("\n")
    if any(_OPENS.match(one) for one in lines[1:]) and "\n" not in made:
        lines = [made]
    first = re.sub(r"^(\d{1,9})([.)])(?=\s)", r"\1\\\2", lines[0])
    first = first if not re.match(r"[-+#>](?=\s)|#{1,6}\s", first) else "\\" + first
    return (newline + line.indent).join([first, *(one.strip() for one in lines[1:])])


def _escaped(text: str, *, table: bool) -> str:
    """A text whose signs mean themselves."""
    made = _SIGNS.sub(lambda found: "\\" + found[0], " ".join(text.split("\n")))
    return made.replace("|", "\\|") if table else made


@dataclass(slots=True)
class _Scan:
    """Goes along inline markup with the parser's tokens, and finds where each of them stands."""

    content: str
    at: int = 0
    ink: int = 0
    parts: list[str] = field(default_factory=list)
    roots: list[Node] = field(default_factory=list)
    stack: list[Node] = field(default_factory=list)
    lost: bool = False

    def take(self, tokens: Sequence[Token]) -> None:
        """Take the tokens of a block."""
        for number, token in enumerate(tokens):
            if token.type in ("text", "text_special"):
                self._text(token.content)
            elif token.type == "softbreak":
                self._pass(r"[ \t]*\n[ \t]*")
            elif token.type == "hardbreak":
                self._thing("hardbreak", r"(?:\\|[ \t]{2,})\n[ \t]*")
            elif token.type == "code_inline":
                self._code(token)
            elif token.type == "image":
                self._image()
            elif token.type == "aside":
                self._thing("call" if token.content[1] == "^" and self.ink else "box", re.escape(token.content))
            elif token.type == "html_inline":
                self._thing("html", re.escape(token.content))
            elif token.type == "link_open" and token.markup == "autolink":
                self._code(token, tokens[number + 1].content)
            elif token.nesting == 1:
                self._opens(token)
            elif token.nesting == -1 and not (token.type == "link_close" and token.markup == "autolink"):
                self._closes(token)

    def _text(self, text: str) -> None:
        if self.at and self.content[self.at - 1 : self.at] == ">" and self.parts and self.parts[-1] == squeezed(text):
            return  # of an address in angles, which has been taken whole
        for sign in text:
            entity = _ENTITY.match(self.content, self.at)
            escape = self.content[self.at : self.at + 2] == "\\" + sign
            if escape:
                self.at += 2
            elif entity and unescape(entity[0])[:1] == sign:
                self.at = entity.end()
            elif self.content.startswith(sign, self.at):
                self.at += 1
            else:
                self.lost = True
        self._ink(text)

    def _ink(self, text: str) -> None:
        self.parts.append(squeezed(text))
        self.ink += len(self.parts[-1])

    def _pass(self, pattern: str) -> str:
        found = re.compile(pattern, re.S).match(self.content, self.at)
        if found is None:
            self.lost = True
            return ""
        self.at = found.end()
        return found[0]

    def _touches(self) -> bool:
        return self.at > 0 and not self.content[self.at - 1].isspace()

    def _node(self, name: str) -> Node:
        node = Node(name, self.at, self.ink, self._touches())
        (self.stack[-1].children if self.stack else self.roots).append(node)
        return node

    def _thing(self, name: str, pattern: str) -> None:
        node = self._node(name)
        self._pass(pattern)
        node.open_end = node.close_start = node.end = self.at
        node.end_ink = self.ink

    def _code(self, token: Token, shown: str = "") -> None:
        node = self._node("autolink" if shown else "code")
        node.open_end = self.at + 1
        ticks = token.markup
        self._pass(r"<[^<>\s]+>" if shown else f"{ticks}(?!`).*?(?<!`){ticks}(?!`)")
        self._ink(shown or token.content)
        node.close_start = node.end = self.at
        node.end_ink = self.ink

    def _image(self) -> None:
        node = self._node("image")
        self._pass(r"!\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\]")
        self._pass(f"(?:{_TARGET.pattern})?")
        node.open_end = node.close_start = node.end = self.at
        node.end_ink = self.ink

    def _opens(self, token: Token) -> None:
        node = self._node(token.tag)
        self._pass(re.escape("[" if token.type == "link_open" else token.markup))
        node.open_end = self.at
        self.stack.append(node)

    def _closes(self, token: Token) -> None:
        if not self.stack:
            self.lost = True
            return
        node = self.stack.pop()
        node.close_start = self.at
        if token.type != "link_close":
            self._pass(re.escape(token.markup))
        else:
            label = self.content[node.open_end : self.at]
            target = _TARGET.match(self.content, self.at + 1)
            self._pass(r"\]" + (re.escape(target[0]) if target else r"(?:\[\])?"))
            node.closing = "" if target else f"][{label}]"  # a link that goes by its words keeps them as its label
        node.end, node.end_ink = self.at, self.ink
