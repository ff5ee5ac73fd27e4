"""Markup as slices of its own text: tags, texts and what is neither; only what changes is written anew."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Literal

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)|<![^>]*>"
    r"|<(?P<close>/?)(?P<name>[A-Za-z_][^\s/>]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(?P<empty>/?)>",
    re.S,
)
_VOID_NAMES = "area base br col embed hr img input link meta source track wbr image param"
VOID = frozenset(_VOID_NAMES.split())
_RAW_NAMES = "script style textarea title xmp iframe noembed noframes"
_RAW = frozenset(_RAW_NAMES.split())  # elements of HTML whose text holds no tags
_ATTRIBUTE = r"(?<![^\s\"'])({name}\s*=\s*)(\"([^\"]*)\"|'([^']*)')"


@dataclass(frozen=True, slots=True)
class Token:
    """A tag, a text, or what is neither (comments, declarations), as a half-open range of the markup."""

    what: Literal["open", "close", "empty", "text", "other"]
    name: str
    start: int
    end: int


@dataclass(slots=True)
class Markup:
    """A file's markup with its tokens, and the edits that are to be made in it."""

    text: str
    html: bool = False
    plain: bool = False  # a text in which no character has a name; its tags, if any, are found elsewhere
    tokens: tuple[Token, ...] = ()
    edits: dict[int, tuple[int, str]] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)  # of the edits, in order

    def __post_init__(self) -> None:
        self.tokens = () if self.plain else tuple(_tokens(self.text, html=self.html))

    def edit(self, start: int, end: int, text: str) -> None:
        """Put a text in the place of a range; ranges within it count no longer."""
        first, last = (bisect_left(self._starts, place) for place in (start, max(end, start + 1)))
        for inner in self._starts[first:last]:
            del self.edits[inner]
        self._starts[first:last] = [start]
        self.edits[start] = (end, text)

    def raw(self, start: int, end: int) -> str:
        """A range as it stands, with the edits that lie in it."""
        if not self.edits:
            return self.text[start:end]
        parts, at = [], start
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        for edit in self._starts[first:last]:
            stop, text = self.edits[edit]
            parts += [self.text[at:edit], text]
            at = stop
        return "".join([*parts, self.text[at:end]])

    def written(self) -> str:
        """The whole, edited."""
        return self.raw(0, len(self.text))

    def shown(self, token: Token) -> str:
        """What a text says, its characters' names resolved."""
        body = self.text[token.start : token.end]
        if body.startswith("<![CDATA["):
            return body[9:].removesuffix("]]>")
        return body if self.plain or token.name in ("script", "style") else unescape(body)


def _tokens(text: str, *, html: bool) -> Iterator[Token]:
    at, search = 0, 0
    while found := _TOKEN.search(text, search):
        if at < found.start():
            yield Token("text", "", at, found.start())
        at = search = found.end()
        name = found["name"] or ""
        if found["cdata"] is not None:
            yield Token("text", "", found.start(), found.end())
        elif not name:
            yield Token("other", "", found.start(), found.end())
        else:
            name = name.lower() if html else name
            what: Literal["open", "close", "empty"] = "close" if found["close"] else "open"
            if what == "open" and ((found["empty"] and not html) or (html and name in VOID)):
                what = "empty"
            yield Token(what, name, found.start(), found.end())
            if html and what == "open" and name in _RAW:
                end = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.I).search(text, at)
                stop = end.start() if end else len(text)
                if at < stop:
                    yield Token("text", name, at, stop)
                at = search = stop
    if at < len(text):
        yield Token("text", "", at, len(text))


def escaped(text: str) -> str:
    """A text as markup holds it; what XML cannot hold is left out."""
    text = _UNHEARD.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_UNHEARD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML 1.0, section 2.2


def attribute(tag: str, name: str) -> str:
    """The value of a tag's attribute, or nothing."""
    found = re.search(_ATTRIBUTE.format(name=re.escape(name)), tag)
    return unescape(found[3] if found[3] is not None else found[4]) if found else ""


def with_attribute(tag: str, name: str, value: str) -> str:
    """A tag with another value in an attribute that it has."""
    return re.sub(
        _ATTRIBUTE.format(name=re.escape(name)), lambda found: f"{found[1]}{found[2][0]}{value}{found[2][0]}", tag
    )


@dataclass(frozen=True, slots=True)
class Inks:
    """How many characters that are no white space stand before each text of a markup."""

    texts: tuple[int, ...]  # numbers of tokens
    before: tuple[int, ...]
    total: int

    @classmethod
    def of(cls, markup: Markup) -> Inks:
        """Those of a markup."""
        texts, before, total = [], [], 0
        for number, token in enumerate(markup.tokens):
            if token.what == "text":
                texts.append(number)
                before.append(total)
                total += len("".join(markup.shown(token).split()))
        return cls(tuple(texts), tuple(before), total)

    def token_at(self, ink: int) -> int:
        """The number of the text that holds a character."""
        return self.texts[bisect_right(self.before, ink) - 1]


def squeezed(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())
