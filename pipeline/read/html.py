"""HTML to a document: the main text of a page, or all of it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.read.assembling import Data, Told, document_of_texts
from pipeline.read.attributes import PAGES
from pipeline.read.encoding import Decoded, decode
from pipeline.read.flow import PLACEHOLDER, Event, Flow
from pipeline.read.left import LeftOut
from pipeline.text import Document, Flag, Kind

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.I)
# code and scripts, whose braces are their own; then the tags of templates
_TEMPLATES = re.compile(
    r"<(/?)(?:code|pre|script|style|textarea)\b|\{\{[^{}]{0,300}\}\}|\{%.{0,300}?%\}", re.IGNORECASE | re.DOTALL
)
_HEAD = 4096  # bytes in which a page names its encoding (the standard says 1024; pages do not all keep to it)
_TAGS = re.compile("<(/?)([A-Za-z][A-Za-z0-9]{0,20})")
_VOID_NAMES = "area base br col embed hr img input link meta source track wbr image"
_VOID = frozenset(_VOID_NAMES.split())
# elements that hold nothing, or that the next of their kind closes
_CLOSED = re.compile(r"<([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)/>")
_SHALLOW_NAMES = (
    "area base br col embed hr img input link meta source track wbr p li dt dd td th tr option tbody thead tfoot"
)
_SHALLOW = frozenset(_SHALLOW_NAMES.split())
_DEEPEST = 4000
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{20000,}")
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 4000


def decode_html(raw: bytes, name: str, encoding: str | None = None) -> Decoded:
    """Decode a page: what is asked for, a byte order mark, what the page says of itself, then as any text."""
    found = _CHARSET.search(raw[:_HEAD])
    if encoding or not found or raw.startswith((codecs.BOM_UTF8, b"\xff\xfe", b"\xfe\xff")):
        return decode(raw, name, encoding)
    said = found[1].decode("ascii").lower()
    said = "cp1252" if said in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii") else said  # as browsers do
    try:
        text = raw.decode(said)
    except (LookupError, ValueError):
        made = decode(raw, name)
        wrong = Flag("encoding", "warning", f"the page says {said}, which it is not; read as {made.encoding}")
        return Decoded(made.text, made.encoding, (*made.flags, wrong))
    if codecs.lookup(said).name == "utf-8":
        return decode(raw, name)
    return Decoded(text, said, (Flag("encoding", "info", f"{said}, as the page says"),))


def read_html(text: str, told: Told, *, everything: bool = False) -> Document:
    """The document of a page: its main text (`main`, a single `article`, else the body without navigation), or all.

    What is left out is quoted in flags. Raises InputError for pages that nest absurdly deep.
    """
    from selectolax.lexbor import LexborHTMLParser

    templates = LeftOut()
    if not told.whole:
        text = _without_templates(text, templates)
    _refuse_deep(text, told.path)
    tree = LexborHTMLParser(text.encode("utf-8", "replace"))
    root = tree.root
    main = None if everything else _main(tree)
    flow = Flow(everything=everything, places=told.whole)
    if root is not None:
        flow.take(_events(main or root))
        if main is not None:
            outside = Flow(everything=True, left=flow.left, left_out=flow.left_out)
            outside.take(_events(root, without=main))
            for _, words, _ in outside.texts:
                flow.left.add("outside the main text (`web_pages: all` reads it)", words)
            flow.title, flow.facts = outside.title, outside.facts
    if not flow.texts and not everything:
        return read_html(text, told, everything=True)  # a page that is all navigation has no other text
    title = " ".join(flow.title.split())
    meta = (*told.meta, *((("title", title),) if title else ()), *flow.facts)
    titles: list[tuple[Kind, str, Data]] = [("paragraph", title, flow.title_place)] if told.whole and title else []
    beside = PAGES.texts(text, "") if told.whole else []
    told = Told(told.id, told.path, told.language, meta, (*told.flags, *flow.flags(), *templates.flags()))
    return document_of_texts([*titles, *flow.texts, *beside], told)


def _without_templates(text: str, left: LeftOut) -> str:
    """A page without the tags of Liquid or Jinja, which are quoted; a value leaves a mark, code stays as it is."""
    if "{{" not in text and "{%" not in text:
        return text

    open_code = 0

    def put(found: re.Match[str]) -> str:
        nonlocal open_code
        if found[1] is not None:
            open_code = max(0, open_code - 1) if found[1] else open_code + 1
        if open_code or found[1] is not None:
            return found[0]
        left.add("template values" if found[0].startswith("{{") else "template tags", found[0])
        return PLACEHOLDER if found[0].startswith("{{") else ""

    return _TEMPLATES.sub(put, text)


def page_events(text: str, name: str) -> Iterator[Event]:
    """The events of a page of an e-book that is no sound XML; raises InputError for pages that nest absurdly deep.

    XML's own signs are put as HTML reads them: `<a id="x"/>` is closed there, and CDATA is text.
    """
    from selectolax.lexbor import LexborHTMLParser

    first, *others = text.split("<![CDATA[")
    cut = (other.partition("]]>") for other in others)
    text = first + "".join(escape(body, quote=False) + rest for body, _, rest in cut)
    text = _CLOSED.sub(
        lambda found: found[0] if found[1].lower() in _VOID else f"<{found[1]}{found[2]}></{found[1]}>", text
    )
    _refuse_deep(text, name)
    root = LexborHTMLParser(text.encode("utf-8", "replace")).root
    return _events(root) if root is not None else iter(())


def _refuse_deep(text: str, name: str) -> None:
    """Raise InputError for a page on which the parser's time grows with a square: deep, or of too many attributes."""
    for found in _LONG_TAG.finditer(text):
        if len(_VALUE.sub("", found[0]).split()) > _MOST_ATTRIBUTES:
            raise InputError(
                f"{name} has an element of more than {_MOST_ATTRIBUTES} attributes, at character {found.start()}",
                "Take the element out.",
            )
    deepest = _depth(text)
    if deepest > _DEEPEST:
        raise InputError(f"{name} nests elements {deepest} deep", f"Flatten it: {_DEEPEST} levels are read.")


def _depth(text: str) -> int:
    """How deep elements may nest, at most; a parser's time grows with its square."""
    deepest = depth = 0
    for found in _TAGS.finditer(text):
        if found[2].lower() not in _SHALLOW:
            depth = max(0, depth - 1) if found[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds the main text, if the page says so."""
    for selector in ("main, [role=main]", "article"):
        found: list[LexborNode] = tree.css(selector)
        if len(found) == 1 and (found[0].text() or "").strip():
            return found[0]
    return None


def _events(root: LexborNode, *, without: LexborNode | None = None) -> Iterator[Event]:
    """A tree's events, without recursion: hostile pages nest deeper than any stack; `without` one of its elements."""
    left = None if without is None else without.mem_id
    node: LexborNode | None = root
    opened: list[str] = []
    while node is not None:
        name = node.tag or ""
        if name == "-text":
            yield Event("text", node.text_content or "")
        elif node.mem_id != left and not name.startswith(("-", "!", "_")):
            yield Event("open", name, node.attributes)
            if node.first_child is not None:
                opened.append(name)
                node = node.first_child
                continue
            yield Event("close", name)
        while node is not None and opened and node.next is None:
            yield Event("close", opened.pop())
            node = node.parent
        node = node.next if node is not None and opened else None
