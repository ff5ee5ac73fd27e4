"""Markdown (CommonMark with tables) to a document: blocks of text without their markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.read.assembling import PLACE, Data, Told, document_of_texts
from pipeline.read.html import read_html
from pipeline.read.markdown_extras import Extras, prepared
from pipeline.read.markdown_lines import Line
from pipeline.read.text import read_text
from pipeline.text import Document, Flag, Kind, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\s*---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.S)
_NAMES = {"titre": "title", "auteur": "author", "auteurs": "author", "authors": "author"}
_LINE = re.compile(r"[^\r\n]+|(?<=\n)(?=\r?\n)")
# keys of front matter that say something to readers, with a text in one line, quoted or not
_SAID = re.compile(
    r"(?:title|titre|subtitle|sous-titre|description|summary|excerpt|abstract|résumé|lead|sidebar_label|linkTitle|tagline)"
    r":[ \t]+(?P<value>\"(?:[^\"\\]|\\.)+\"|'(?:[^']|'')+'|[^\s\"'](?:(?!\s#).)*?)[ \t]*(?:\s#.*)?"
)
_ASIDES = re.compile(r"(\[\^[^\]\s]{1,60}\]:?|\[[ xX]\](?=\s))")
_DEEPEST = 40  # levels of nesting; what lies deeper, the parser would drop


def read_markdown(text: str, told: Told) -> Document:
    """The document of a Markdown text; what nests too deep for the parser is read as plain text, and flagged."""
    texts: list[tuple[Kind, str, Data]] = []
    meta: list[tuple[str, str]] = []
    start, tokens, definitions = parsed_whole(text) if told.whole else parsed(prepared(text))
    if front := _FRONT.match(text):
        said = {line: (value, place) for line, value, place in front_texts(text)} if told.whole else {}
        for number, line in enumerate(front[1].splitlines()):
            key, colon, value = line.partition(":")
            if number in said:
                texts.append(("paragraph", said[number][0], ((PLACE, f"front:{number}"),)))
            else:
                texts.append(("meta", line, ()))
            if colon:
                name = key.strip().lower()
                meta.append((_NAMES.get(name, name), value.strip().strip("\"'")))
        text = text[start:]
    if any(token.level >= _DEEPEST - 1 for token in tokens) or (text.strip() and not tokens):
        deep = Flag("markup-kept", "warning", f"the markup nests more than {_DEEPEST} levels deep")
        return read_text(text, Told(told.id, told.path, told.language, told.meta, (*told.flags, deep)))
    found, flags = _Blocks(definitions, None if told.whole else Extras()).of(tokens)
    return document_of_texts(
        [*texts, *found], Told(told.id, told.path, told.language, (*told.meta, *meta), (*told.flags, *flags))
    )


def front_texts(text: str) -> list[tuple[int, str, Span]]:
    """What front matter says to readers (title, description): the line's number, its text, where that stands."""
    front = _FRONT.match(text)
    found = []
    for number, line in enumerate(_LINE.finditer(front[1]) if front else ()):
        said = _SAID.fullmatch(line[0])
        if front and said and not said["value"].startswith(("|", ">", "[", "{", "&", "*", "!", "#")):
            quote = said["value"][0] if said["value"][0] in "\"'" else ""
            inside = said["value"][1:-1] if quote else said["value"]
            at = front.start(1) + line.start() + said.start("value") + len(quote)
            found.append((number, _unquoted(inside, quote), Span(at, at + len(inside))))
    return found


def _unquoted(text: str, quote: str) -> str:
    return text.replace("''", "'") if quote == "'" else text.replace('\\"', '"') if quote else text


def parsed_whole(text: str) -> tuple[int, list[Token], int]:
    """What `parsed` gives, with what dialects add as tokens of their own (`aside`): boxes of tasks, calls of notes."""
    from markdown_it.token import Token

    start, tokens, definitions = parsed(text)
    for token in tokens:
        made: list[Token] = []
        for number, child in enumerate(token.children or ()):
            pattern = _ASIDES if child.type == "text" else None
            pieces = pattern.split(child.content) if pattern else [""]
            if len(pieces) < 2:
                made.append(child)
                continue
            for place, piece in enumerate(pieces):
                aside = place % 2 == 1 and (piece[1] == "^" or (not number and not pieces[0] and place == 1))
                if piece:
                    made.append(Token("aside" if aside else "text", "", 0, content=piece))
        token.children = made if token.children else token.children
    return start, tokens, definitions


def parsed(text: str, *, more: Sequence[str] = ("strikethrough",)) -> tuple[int, list[Token], int]:
    """Where the text begins behind its front matter, its tokens by `more` rules too, and how many links it defines."""
    from markdown_it import MarkdownIt

    front = _FRONT.match(text)
    start = front.end() if front else 0
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", *more])
    known: dict[str, dict[str, object]] = {}
    tokens = parser.parse(text[start:], known)
    return start, tokens, len(known.get("references", ()))


class _Blocks:
    """Goes through tokens, and knows in which list, heading or table row it is."""

    def __init__(self, definitions: int, extras: Extras | None) -> None:
        """Without `extras`, what dialects add to Markdown stays in the text, which is to be written again."""
        self._extras = extras
        self._texts: list[tuple[Kind, str, Data]] = []
        self._open: list[str] = []
        self._inlines = self._pages = 0  # blocks of words, and of HTML
        self._place = [0, 0, 0]  # table, row, column
        self._numbers: list[int] = []  # of the ordered lists that are open
        self._waiting: list[tuple[str, str]] = []  # for the next block: an item's number, a rule before it
        self._removed = {"links": 0, "link definitions": definitions, "html": 0}

    def of(self, tokens: Sequence[Token]) -> tuple[list[tuple[Kind, str, Data]], tuple[Flag, ...]]:
        """The texts of the tokens, and flags for what was taken out."""
        for token in tokens:
            if token.nesting == 1:
                self._opens(token)
            elif token.nesting == -1:
                self._closes(token)
            elif token.type == "inline":
                text, data = self._inline(token.children or [])
                kind, more = self._kind()
                if text or self._extras is None:
                    self._texts.append((kind, text, (*more, *data, *self._waiting, (PLACE, str(self._inlines)))))
                    self._waiting = []
                self._inlines += 1
            elif token.type == "hr" and self._texts:
                self._waiting.append(("break", "1"))
            elif token.type in ("fence", "code_block"):
                self._texts.append(("paragraph", token.content, (("code", token.info.strip() or "1"),)))
            elif token.type == "html_block":
                self._html(token)
        flags = [Flag("markup-removed", "info", f"{name}: {count}") for name, count in self._removed.items() if count]
        flags += self._extras.left.flags() if self._extras else ()
        return self._texts, tuple(flags)

    def _opens(self, token: Token) -> None:
        self._open.append(token.tag or token.type)
        if token.tag == "table":
            self._place = [self._place[0] + 1, 0, 0]
        elif token.tag == "tr":
            self._place[1:] = [self._place[1] + 1, 0]
        elif token.tag in ("td", "th"):
            self._place[2] += 1
        elif token.type == "ordered_list_open":
            self._numbers.append(int(token.attrs.get("start", 1)) - 1)
        elif token.type == "list_item_open" and token.info:  # the number as written; that is as shown only at first
            self._numbers[-1] += 1
            self._waiting.append(("number", f"{self._numbers[-1]}{token.markup}"))

    def _closes(self, token: Token) -> None:
        self._open.pop()
        if token.type == "ordered_list_close":
            self._numbers.pop()
        elif token.type == "list_item_close":
            self._waiting = [one for one in self._waiting if one[0] != "number"]

    def _kind(self) -> tuple[Kind, Data]:
        tag = self._open[-1] if self._open else ""
        if tag[:1] == "h" and tag[1:].isdigit():
            return "heading", (("level", tag[1:]), *((("chapter", "1"),) if tag == "h1" else ()))
        if tag in ("td", "th"):
            table, row, column = map(str, self._place)
            return "cell", (("table", table), ("row", row), ("column", column))
        depth = self._open.count("li")
        return ("item" if depth else "paragraph"), ((("depth", str(depth)),) if depth > 1 else ())

    def _inline(self, tokens: Sequence[Token]) -> tuple[str, Data]:
        """A block's text and what is set within it; links within the text lose their address."""
        self._removed["links"] += sum(token.type == "link_open" for token in tokens)
        self._removed["html"] += sum(token.type == "html_inline" for token in tokens)
        whole = self._extras is None
        line = Line().take(tokens, soft=" " if whole else "\n", elements=not whole)
        if self._extras is None:
            text = "".join(text for text, _ in line.parts).replace("\v", "\n")
            return text, (*line.data, *line.placed(text.strip()))
        text, data = line.unedged(*self._extras.of(line.edged()))
        return text.replace("\n", " ").replace("\v", "\n"), (*data, *line.data)

    def _html(self, token: Token) -> None:
        """Take a block of HTML; its place is told where it stands in no list or quotation."""
        whole = self._extras is None and token.level == 0
        inside = read_html(token.content, Told(whole=whole), everything=True)
        self._texts += [
            (block.kind, block.text, (*block.data, *(((PLACE, f"html{self._pages}:{block.place}"),) if whole else ())))
            for block in inside.blocks
        ]
        self._pages += 1
        self._removed["html"] += token.content.count("<")
