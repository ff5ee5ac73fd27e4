"""RTF to a document, with striprtf: paragraphs, headings, cells, notes; headers, footers and comments beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.errors import InputError
from pipeline.read.assembling import Data, Told, document_of_texts
from pipeline.read.encoding import read_bytes
from pipeline.read.left import LeftOut
from pipeline.read.lines import Line
from pipeline.read.raised import raised
from pipeline.read.rtf_lines import CALL, Lines, bare
from pipeline.read.rtf_lines import told as told_in
from pipeline.read.table import Texts
from pipeline.text import Document, Kind

_BRACE = re.compile(r"\\bin(\d{1,9}) ?|\\[{}\\]|([{}])")
_OPENING = re.compile(r"\{\s*(\\\*)?\s*\\([a-z]+)(-?\d*) ?")
# groups that striprtf drops, with what they are; and those that hold no text, or what no reader shows
_BESIDE: dict[str, Data] = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), (("matter", "header"),)),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), (("matter", "footer"),)),
    "footnote": (("note", ""),),
    "annotation": (("beside", "comment"),),
    "shptxt": (),
}
_DROPPED = frozenset(("pict", "fldinst", "datastore", "themedata", "colorschememapping", "objdata", "nonshppict"))
_LEVEL = re.compile(r"\\outlinelevel(\d)(?!\d) ?")
_STYLED = re.compile(r"\\s(\d{1,4})(?!\d) ?")
_CELL = re.compile(r"\\(?:nest)?cell(?![a-z])")
_FIRST_LEVEL = 0xE000  # private characters that tell a heading's level until the text is laid out
_HEADING = re.compile("[\ue000-\ue009]")
_INFO = re.compile(r"\{\\(title|author) ([^{}]*)\}")
_DEEPEST = 500  # levels of groups
_CODE_PAGE = re.compile(r"\\ansicpg\d{1,5}|\\(?:mac|pca?)(?![a-z])")
_STYLE = re.compile(r"\{\\s(\d{1,4})(?!\d)")
_NAMED = re.compile(r"(?:\\[a-z]{1,32}-?\d{0,10} |\})(?:heading|titre|title) ?(\d?)$", re.IGNORECASE)
# a control word, whose own figures are none of the text; or figures raised after a figure, through their run's signs
_RAISED = re.compile(
    r"\\[a-z]{1,32}-?\d{0,10} ?|"
    r"(\d(?:[{}]|\\[*a-z]{1,32}-?\d{0,10}\s?){0,40}?\\(?:super(?![a-z0-9])|up[1-9]\d?(?!\d))"
    r"(?:\\[a-z]{1,32}\s?|\s)?\{?)([-+]?\d{1,4})(?=[\s{}\\])"
)


def read_rtf(path: Path, told: Told) -> Document:
    """The document of a file; raises InputError where it is broken, or nests absurdly deep."""
    raw = read_bytes(path).decode("latin-1").lstrip("\r\n\t ")
    if not raw.startswith("{\\rtf"):
        raise InputError(f"{path} is not RTF: it begins with {raw[:8]!r}", "Check what the file is.")
    left, text = LeftOut(), _Plain(raw, path)
    body, apart = _parted(raw, path)
    texts, notes, beside = Texts(), 0, Texts()
    texts += _texts(text.of(body), ())
    for name, group in apart:
        words = text.of(f"{text.head} {group}}}")
        if name == "deleted":
            left.add("deleted by tracked changes", bare(words))
            continue
        data = _BESIDE[name]
        if name == "footnote":
            notes += 1
            data = (("note", str(notes)),)
        (texts if name == "shptxt" else beside).extend(_texts(words, data))
    info = _group(raw, raw.find("{\\info"))
    said = {name: bare(text.of(f"{text.head} {value}}}")) for name, value in _INFO.findall(info)}
    kept = tuple((name, said[key]) for key, name in (("title", "title"), ("author", "creator")) if said.get(key))
    flags = (*told.flags, *left.flags())
    return document_of_texts([*texts, *beside], replace(told, meta=(*told.meta, *kept), flags=flags))


class _Plain:
    """Takes RTF to text; `head` opens a file with the code page and fonts of the one it was made of."""

    def __init__(self, raw: str, path: Path) -> None:
        self._path = path
        page = _CODE_PAGE.search(raw[:2000])
        self.head = f"{{\\rtf1\\ansi{page[0] if page else ''}{_group(raw, raw.find('{' + chr(92) + 'fonttbl'))}"
        self._styles: dict[int, str] = {}  # levels of the styles of headings, by their numbers
        for entry in _group(raw, raw.find("{\\stylesheet")).split(";}"):
            style, name = _STYLE.search(entry), _NAMED.search(entry)
            if style and name:
                self._styles[int(style[1])] = name[1] or "1"

    def of(self, rtf: str) -> str:
        """The text, a paragraph or cell a line, private characters before headings."""
        from striprtf.striprtf import rtf_to_text

        marked = _LEVEL.sub(lambda found: _mark(int(found[1])), _CELL.sub(r"\\par ", rtf))
        marked = _STYLED.sub(self._styled, marked) if self._styles else marked
        marked = told_in(_RAISED.sub(_up, marked))
        try:
            return str(rtf_to_text(marked, errors="replace"))  # type: ignore[no-untyped-call]
        except (ValueError, LookupError, TypeError, OverflowError) as error:
            raise InputError(f"{self._path} is not sound RTF ({error})", "Save it anew, or as DOCX.") from error

    def _styled(self, found: re.Match[str]) -> str:
        level = self._styles.get(int(found[1]))
        return found[0] + (_mark(int(level) - 1) if level else "")


def _mark(level: int) -> str:
    return f"\\u{_FIRST_LEVEL + level}?"


def _up(found: re.Match[str]) -> str:
    if found[1] is None:
        return found[0]
    return found[1] + "".join(f"\\u{ord(one)}?" for one in raised("1", found[2]))


def _group(raw: str, start: int) -> str:
    """The group that opens at a place; nothing where there is none."""
    depth = 0
    for at, sign in _braces(raw, start) if start >= 0 else ():
        depth += 1 if sign == "{" else -1
        if depth == 0:
            return raw[start : at + 1]
    return ""


def _parted(raw: str, path: Path) -> tuple[str, list[tuple[str, str]]]:
    """The body without the groups that stand beside it, and these, by name; what holds no text is gone."""
    parts: list[list[str]] = [[]]  # the texts of the groups that are open and kept apart, the body's first
    names: list[tuple[int, str]] = []  # depth and name of these groups
    found: list[tuple[str, str]] = []
    depth = reached = end = 0
    for brace in _braces(raw):
        at, sign = brace
        if sign == "{":
            depth += 1
            if depth > _DEEPEST:
                raise InputError(f"{path} nests groups more than {_DEEPEST} deep", "Save it anew.")
            opening = _OPENING.match(raw, at)
            name = opening[2] if opening else ""
            if opening and (name in _BESIDE or name in _DROPPED or name == "deleted"):
                parts[-1].append(raw[reached:at] + (CALL if name == "footnote" else ""))
                parts.append([])
                names.append((depth, name))
                reached = opening.end()
        else:
            if names and names[-1][0] == depth:
                parts[-1].append(raw[reached:at])
                _, name = names.pop()
                group = "".join(parts.pop())
                found += [(name, group)] if name not in _DROPPED else []
                reached = at + 1
            depth -= 1
            end = at + 1
            if depth <= 0:
                break
    if depth > 0:
        raise InputError(f"{path} ends amid {depth} open groups", "It is cut off: copy or save it anew.")
    return "".join(parts[0]) + raw[reached:end], found


def _braces(raw: str, at: int = 0) -> Iterator[tuple[int, str]]:
    """Where groups open and close, binary data skipped."""
    while found := _BRACE.search(raw, at):
        at = found.end() + int(found[1] or 0)
        if found[2]:
            yield found.start(), found[2]


def _texts(text: str, data: Data) -> Iterator[tuple[Kind, str, Data]]:
    """The paragraphs of a text, each a line of it."""
    lines = Lines()
    for raw in text.split("\n"):
        level = _HEADING.search(raw)
        line, runs, number = lines.take(_HEADING.sub("", raw))
        if not line:
            continue
        marks = runs.taken(line)
        if level and not data:
            depth = str(ord(level[0]) - _FIRST_LEVEL + 1)
            chapter = (("chapter", "1"),) if depth == "1" else ()
            yield "heading", line, (("level", depth), *chapter, *(one for one in marks if one[0] != "strong"))
        elif number is not None:
            yield "item", line, (*((("number", number),) if number else ()), *data, *marks)
        else:
            item = Line(0, line).is_item and not Line(0, line).is_dialogue and any(map(str.isalnum, line))
            yield "item" if item else "paragraph", line, (*data, *marks)
