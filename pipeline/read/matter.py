"""What a text holds beside the book: licences before and after it, its makers, its contents, page marks.

The lines by which Project Gutenberg's files mark the book (`*** START OF …`) are that project's own convention.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.read.headings import is_chapter, is_mark, opens_contents
from pipeline.read.lines import Line, groups_of_lines
from pipeline.text import ASIDE, Block, Document, Flag, Matter

# what e-books and web pages call such parts: `epub:type`, `role`, a guide's types, ids and classes of elements
_NAMED = {
    **dict.fromkeys(("imprint", "imprimatur", "doc-imprint"), "imprint"),
    **dict.fromkeys(("copyright-page", "copyright", "copyrightpage"), "copyright"),
    **dict.fromkeys(("colophon", "doc-colophon"), "colophon"),
    **dict.fromkeys(
        ("toc", "toc-brief", "doc-toc", "loi", "lot", "loa", "lov", "landmarks", "page-list", "doc-pagelist"),
        "contents",
    ),
    **dict.fromkeys(("pg-boilerplate", "pg-header", "pg-footer", "pgheader", "pgfooter"), "licence"),
    **dict.fromkeys(("pagebreak", "doc-pagebreak", "pagenum", "pagenumber", "pageno"), "page"),
}

Group = list[Line]
_START = re.compile(r"\*{3} ?START OF (?:THE|THIS) .{0,200}", re.IGNORECASE)
_END = re.compile(r"\*{3} ?END OF (?:THE|THIS) .{0,200}", re.IGNORECASE)
_MADE = re.compile(r"(?:Produced by|E-?text prepared by|Transcribed by|Transcriber['’]s notes?\b)", re.IGNORECASE)
# a page's number or a picture's place, alone on a line
_PAGE = re.compile(
    r"\[(?:pg|page|p\.)\s*[ivxlcdm\d]+\]|\{\d{1,4}\}|\[illustration(?:\s*:[^\]]{0,300})?\]", re.IGNORECASE
)
_LONGEST_ENTRY = 90  # characters of a line in a table of contents
_PAGED = re.compile(r"[\s.…_]+(?:\d{1,4}|[ivxlcdm]{1,7})$")  # the page at an entry's end
_MADE_WITHIN = 3  # groups after the start that may say who made the file


def named_matter(names: str) -> str:
    """What an element or a page is by one of its names, such as `imprint`, `contents` or `page`; or nothing."""
    return "" if names.isspace() else next((_NAMED[name] for name in names.lower().split() if name in _NAMED), "")


def with_matter(document: Document, matter: Matter) -> Document:
    """The document with what frames the book set aside, which a flag says, or as it is; a document is never all frame.

    Blocks that their reader has found to be such matter say so in their data.
    """
    found = _found(document)
    nothing_left = all(block.id in found or block.kind in ASIDE for block in document.blocks)
    if matter == "keep" or not found or nothing_left:
        return document
    blocks = tuple(_aside(block, found[block.id]) if block.id in found else block for block in document.blocks)
    counts = ", ".join(f"{what} {count}" for what, count in sorted(Counter(found.values()).items()))
    told = Flag("set-aside", "info", f"blocks that are no part of the book: {counts}")
    return replace(document, blocks=blocks, flags=(*document.flags, told))


def _found(document: Document) -> dict[str, str]:
    """What is matter, by block: what data say, and what lines say that mark a book's begin and end."""
    groups = [next(groups_of_lines(block.text), [Line(0, block.text)]) for block in document.blocks]
    shown = zip(document.blocks, matter_of(groups), strict=True)
    found = {block.id: dict(block.data).get("matter", "") or what for block, what in shown}
    return {block.id: found[block.id] for block in document.blocks if found[block.id] and block.kind not in ASIDE}


def _aside(block: Block, what: str) -> Block:
    data = tuple(pair for pair in block.data if pair[0] not in ("chapter", "level", "matter"))
    return replace(block, kind="page" if what == "page" else "matter", data=(*data, ("matter", what)))


def matter_of(groups: Sequence[Group]) -> list[str]:
    """For each group of lines: `front`, `back`, `contents` or `page` if it is no part of the book, else nothing.

    Only a mark sets aside: of text without one, all is the book.
    """
    found = [""] * len(groups)
    start = next((k for k, group in enumerate(groups) if any(_START.match(line.text) for line in group)), -1)
    end = next((k for k in range(start + 1, len(groups)) if _END.match(groups[k][0].text)), len(groups))
    found[: start + 1] = ["front"] * (start + 1)
    found[end:] = ["back"] * (len(groups) - end)
    for k in range(start + 1, end):
        group = groups[k]
        if start >= 0 and k <= start + _MADE_WITHIN and _MADE.match(group[0].text):
            found[k] = "front"
        elif not found[k] and opens_contents(group[0].text):
            last = _contents_end(groups, k, end)
            found[k:last] = ["contents"] * (last - k)
        elif _PAGE.fullmatch(" ".join(line.text for line in group)):
            found[k] = "page"
    return found


def _contents_end(groups: Sequence[Group], first: int, end: int) -> int:
    """One past the last group of a table of contents, which ends where its first entry comes again, or prose does."""
    seen: set[str] = set()
    for k in range(first, end):
        entries = [line.text for line in groups[k]][k == first :]
        if entries and k > first and _comes_again(entries[0], seen):
            return k
        if not all(_is_entry(text) for text in entries):
            last = k
            while last > first + 1 and len(groups[last - 1]) <= 2 and is_chapter(groups[last - 1][0].text):
                last -= 1  # a heading before prose belongs to the prose
            return last if seen else first
        seen.update(map(_entry, entries))
    return first  # a table at the end, or a list that only looks like one: nothing says where it ends


def _comes_again(text: str, seen: set[str]) -> bool:
    """Whether a line is an entry met before; a chapter's mark is one if an entry begins with it (`I. The Road`)."""
    entry = _entry(text)
    return entry in seen or (is_mark(text) and any(re.match(rf"{re.escape(entry)}[\s.:—–-]", one) for one in seen))


def _entry(text: str) -> str:
    """An entry as it comes again in the book."""
    return _PAGED.sub("", text).casefold().strip(" .") if not is_mark(text) else text.casefold().strip(" .")


def _is_entry(text: str) -> bool:
    return len(text) <= _LONGEST_ENTRY and (text[-1] not in "!?;,:»”" and (text[-1] != "." or is_chapter(text)))
