"""Plain text to a document: paragraphs, headings, items, verse, and the metadata at the top."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.read.assembling import Data, Piece, Told, document_of_pieces
from pipeline.read.headings import heading_level, is_mark, is_title
from pipeline.read.lines import Line, goes_on, groups_of_lines, is_full, is_verse, wrap_width
from pipeline.read.matter import matter_of
from pipeline.read.mending import Mended, mended
from pipeline.text import Document, Kind, Span

_DATE = r"\d{4}(?:-\d{1,2}){0,2}(?:T[\d:.Z+-]+)?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
# `date 2018-01` alone, or glued to the sentence after it, which begins with a capital, a digit or a quotation mark
_DATED = re.compile(rf"(?i:(date)\s*:?\s+({_DATE}))(?=$|\s+[A-ZÀ-ÞŒ0-9«\"“'’—–(\[])")
_KEYS = (
    "title titre subtitle sous-titre author authors auteur auteurs autrice by date published publié updated source "
    "url link lien lang language langue subject sujet keywords mots-clés tags category catégorie rubrique section "
    "publisher éditeur translator traducteur traductrice copyright license licence isbn edition édition description "
    "summary résumé id release encoding produced credits credit crédit"
)
_ALIKE = {"titre": "title", "auteur": "author", "auteurs": "author", "autrice": "author", "authors": "author"}
_HEADER = re.compile(rf"(?i:({'|'.join(map(re.escape, _KEYS.split()))})(?:\s+date)?)\s?:\s+(\S.{{0,300}})$")
_RULE = re.compile(r"[\s*_=~.·•#+⁂–—―-]*$")


def read_text(text: str, told: Told) -> Document:
    """The document that plain text holds; words cut at line ends are whole in it, page marks stand for themselves."""
    made = (
        Mended(text, frozenset(), (), ()) if told.whole else mended(text, told.language)
    )  # what is written back keeps every character
    groups = list(groups_of_lines(made.text))
    found = zip(groups, matter_of(groups), strict=True)
    matter = ["page" if group[0].start in made.pages else what for group, what in found]
    front = next((k for k, what in enumerate(matter) if what != "front"), len(groups))
    pieces = [_no_part(group, "front") for group in groups[:front]]
    meta, headers = _metadata(groups[front:])
    pieces += headers
    rest = [(group, what) for group, what in zip(groups[front:], matter[front:], strict=True) if group]
    width = wrap_width([group for group, what in rest if not what])
    for number, (group, what) in enumerate(rest):
        followed = number + 1 < len(rest) and rest[number + 1][1] != "back"
        pieces += [_no_part(group, what)] if what else _pieces(group, width, followed=followed)
    told = Told(
        told.id, told.path, told.language, (*told.meta, *_said(groups[:front]), *meta), (*told.flags, *made.flags)
    )
    return _with_italics(document_of_pieces(made.text, pieces, told), made.italics)


def _with_italics(document: Document, italics: Sequence[Span]) -> Document:
    """The document whose blocks say what in them is in italics."""
    if not italics:
        return document
    waiting, blocks = list(italics[::-1]), []
    for block in document.blocks:
        data = []
        while waiting and waiting[-1].start < block.span.end:
            one = waiting.pop()
            start, end = one.start - block.span.start, min(one.end, block.span.end) - block.span.start
            data += [("em", f"{start} {end}")] if start >= 0 else []
        blocks.append(replace(block, data=(*block.data, *data)) if data else block)
    return replace(document, blocks=tuple(blocks))


def _no_part(group: Sequence[Line], what: str) -> Piece:
    """Lines that are no part of the book."""
    data: Data = () if what == "page" else (("matter", what),)
    return Piece("page" if what == "page" else "paragraph", group[0].start, group[-1].end, data)


def _said(groups: Sequence[Sequence[Line]]) -> Data:
    """What the front matter says of the book: `Title: x` lines."""
    found = (_HEADER.match(line.text) for group in groups for line in group)
    return tuple((_named(one[1]), one[2].strip()) for one in found if one)


def _named(key: str) -> str:
    """A key as all readers call it."""
    return _ALIKE.get(key.lower(), key.lower())


def read_lines(text: str, told: Told) -> Document:
    r"""The document of a file that has one sentence a line: each line that is not blank is a block.

    Lines end with `\n`, `\r\n` or `\r`; the block's data say `("line", "1")`, so that no splitter cuts it.
    """
    found = re.finditer(r"[^\r\n]+", text)
    return document_of_pieces(text, [Piece("paragraph", m.start(), m.end(), (("line", "1"),)) for m in found], told)


def _metadata(groups: list[list[Line]]) -> tuple[Data, list[Piece]]:
    """Take metadata off the top of the first groups: front matter, `Title: x` lines, a date."""
    meta: list[tuple[str, str]] = []
    pieces: list[Piece] = []
    front = groups and groups[0][0].text == "---" and any(line.text in ("---", "...") for line in groups[0][1:])
    while front and groups[0]:
        line = groups[0].pop(0)
        pieces.append(Piece("meta", line.start, line.end))
        key, colon, value = line.text.partition(":")
        if colon:
            meta.append((key.strip().lower(), value.strip().strip("\"'")))
        front = len(pieces) == 1 or line.text not in ("---", "...")
    for group in groups:
        while group and (found := _DATED.match(group[0].text) or _HEADER.match(group[0].text)):
            line = group.pop(0)
            meta.append((_named(found[1]), found[2].strip()))
            pieces.append(Piece("meta", line.start, line.start + found.end()))
            rest = line.text[found.end() :]
            if rest.strip():
                group.insert(0, Line(line.end - len(rest.lstrip()), rest.lstrip()))
        if group:
            break
    return tuple(meta), pieces


def _pieces(group: Sequence[Line], width: int, *, followed: bool) -> Iterator[Piece]:
    """The blocks of lines that no blank line parts."""
    rules = [k for k, line in enumerate(group) if len(group) > 1 and _RULE.match(line.text)]
    if rules:  # a separator stands alone, whatever touches it
        edges = [-1, *rules, len(group)]
        for before, rule in pairwise(edges):
            if before + 1 < rule:
                yield from _pieces(group[before + 1 : rule], width, followed=followed or rule < len(group))
            if rule < len(group):
                yield _paragraph(group[rule : rule + 1], None)
        return
    if len(group) == 2 and followed and is_mark(group[0].text) and is_title(group[1].text):
        yield _piece("heading", group[:1], "1")
        yield _piece("heading", group[1:], "2")
        return
    if len(group) == 1 and followed and (level := heading_level(group[0].text)):
        yield _piece("heading", group, level)
        return
    wrapped = width and any(is_full(a, b, width) for a, b in pairwise(group))
    if not wrapped and is_verse(group):
        yield _piece("verse", group)
        return
    paragraph = [group[0]]
    for line, following in pairwise(group):
        if goes_on(line, following, width):
            paragraph.append(following)
        else:
            yield _paragraph(paragraph, following)
            paragraph = [following]
    yield _paragraph(paragraph, None)


def _paragraph(lines: Sequence[Line], following: Line | None) -> Piece:
    first = lines[0].text
    if _RULE.match(first):
        return Piece("paragraph", lines[0].start, lines[-1].end, (("separator", "1"),))
    if lines[0].is_item and not lines[0].is_dialogue:
        return _piece("item", lines)
    if len(lines) == 1 and following is not None and len(following.text) > 2 * len(first):
        level = heading_level(first)
        if level:
            return _piece("heading", lines, level)
    return _piece("paragraph", lines)


def _piece(kind: Kind, lines: Sequence[Line], level: str = "") -> Piece:
    data: Data = (("level", level),) if level else ()
    if level == "1":
        data = (*data, ("chapter", "1"))
    return Piece(kind, lines[0].start, lines[-1].end, data)
