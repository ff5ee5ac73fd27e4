"""Page numbers and running heads of plain text: those amid a sentence move behind it, so that it stays whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.read.edits import Edit, edited
from pipeline.read.lines import Line

SIGN = "\uf8fe"  # a private character that begins each page mark until the text is laid out
_INLINE = re.compile(r"[ \t]?(?:\[(?:pg|page|p\.)\s*[ivxlcdm\d]+\]|\{\d{1,4}\})", re.IGNORECASE)
_MARK = re.compile(r"\[(?:pg|page|p\.)\s*[ivxlcdm\d]+\]|\{\d{1,4}\}|\[illustration(?:\s*:[^\]]*)?\]", re.IGNORECASE)
_NUMBER = re.compile(r"[-–—\[(\s]*\d{1,4}[-–—\])\s]*")
_HEADED = re.compile(r"\d{1,4}[\s.|–—-]+(\D{3,50})|(\D{3,50}?)[\s.|–—-]+\d{1,4}")
_LINE = re.compile(r"[^\r\n\f]*[^\s][^\r\n\f]*")
# signs of page marks, each fast to look for: alternatives in one pattern would cost more than the rest of the reading
_LIKELY = tuple(
    re.compile(one)
    for one in (
        r"\n[-–—\[(\t ]*[0-9]{1,4}\b", r"[0-9][-–—\])\t ]*\r?\n", r"\[(?i:pg|page|p\.|illus)|\{[0-9]",
        r"\A[-–—\[(\t ]*[0-9]", r"[0-9][-–—\])\t ]*\Z",
    )
)  # fmt: skip
_END = re.compile(r"\s*(?:\n[^\S\n]*\n|\f|\Z)")
_LONGEST = 50  # characters of a head
_OFTEN = 3  # times that a running head comes back
_APART = 3  # pages from one number to the next, where some have none
_SHARE = 0.2  # of the lines of a kind, those that cut a sentence, if the others are page marks too


def pages_apart(text: str) -> str:
    """The text with each page mark in a paragraph of its own, `SIGN` before it, behind the paragraph that it cuts.

    What looks like a page's number is one only if some of its kind cut sentences: a chapter's number never does.
    """
    if SIGN in text or not any(one.search(text) for one in _LIKELY):
        return text
    lines = [Line(m.start() + len(m[0]) - len(m[0].lstrip()), m[0].strip()) for m in _LINE.finditer(text)]
    edits: list[Edit] = []
    waiting, end = "", -1  # marks of a paragraph that goes on, and where it ends as far as we know
    for first, last in _rows(_marks(lines)):
        ours = lines[first : last + 1]
        said = "".join(f"\n\n{SIGN}{line.text}" for line in ours) + "\n\n"
        if waiting and not (first and lines[first - 1].end == end and _cuts(lines, first, last)):
            edits.append(Edit(end, end, waiting))
            waiting = ""
        if _cuts(lines, first, last):
            end, waiting = _paragraph_end(text, lines[last + 1].end), waiting + said
            edits.append(Edit(lines[first - 1].end, lines[last + 1].start, "\n"))
        else:
            edits.append(Edit(ours[0].start, ours[-1].end, said))
    edits += [Edit(end, end, waiting)] if waiting else []
    return _inline_apart(edited(text, edits).text)


def _inline_apart(text: str) -> str:
    """Marks amid a line behind their paragraph."""
    edits = []
    for found in _INLINE.finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 : _line_end(text, found.end())]
        if SIGN not in line and _MARK.fullmatch(line.strip()) is None:
            end = _paragraph_end(text, found.end())
            edits += [Edit(found.start(), found.end(), ""), Edit(end, end, f"\n\n{SIGN}{found[0].strip()}\n\n")]
    return edited(text, edits).text


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _paragraph_end(text: str, at: int) -> int:
    found = _END.search(text, at)
    return found.start() if found else len(text)


def _marks(lines: Sequence[Line]) -> list[int]:
    """The numbers of the lines that are page marks, in order."""
    kinds = {k: kind for k, line in enumerate(lines) if (kind := _kind(line.text))}
    beside = {k + step for k, kind in kinds.items() if kind == "#" for step in (-1, 1) if k + step not in kinds}
    beside = {k for k in beside if 0 <= k < len(lines) and _is_head(lines[k])}
    same = Counter(lines[k].text for k in beside)
    kinds |= {k: lines[k].text for k in beside if same[lines[k].text] >= _OFTEN}
    rows = [range(first, last + 1) for first, last in _rows(sorted(kinds)) if _cuts(lines, first, last)]
    amid = {k for row in rows for k in row}
    often, cutting = Counter(kinds.values()), Counter(kinds[k] for k in amid)
    sure = {kind for kind in often if kind != "#" and often[kind] >= _OFTEN and cutting[kind] >= _SHARE * often[kind]}
    numbers = _numbers([k for k, kind in sorted(kinds.items()) if kind == "#"], lines, amid)
    heads = {k for k in beside if {k - 1, k + 1} & numbers and k in kinds}
    return sorted(numbers | heads | {k for k, kind in kinds.items() if kind == "[" or kind in sure})


def _is_head(line: Line) -> bool:
    """Whether a line beside a page's number may be the head of the page."""
    words = any(map(str.isalpha, line.text)) and not line.opens_lower
    return words and len(line.text) <= _LONGEST and not (line.ends_sentence or line.is_dialogue)


def _numbers(places: Sequence[int], lines: Sequence[Line], amid: set[int]) -> set[int]:
    """Of lone numbers those that cut sentences, and those next in order before and after them."""
    values = {k: int(re.sub(r"\D", "", lines[k].text)) for k in places}
    found: set[int] = set()
    for step, order in ((1, places), (-1, places[::-1])):
        last = None
        for k in order:
            if k in amid or (last is not None and 0 < step * (values[k] - last) <= _APART):
                found.add(k)
                last = values[k]
    return found


def _kind(text: str) -> str:
    """`[` of a page's mark, `#` of a lone number, the words of a head with a number; nothing for any other line."""
    if len(text) > _LONGEST and text[0] != "[":
        return ""
    if _MARK.fullmatch(text):
        return "["
    if _NUMBER.fullmatch(text):
        return "#"
    found = _HEADED.fullmatch(text)
    return (found[1] or found[2]).strip() if found else ""


def _cuts(lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether lines stand amid a sentence."""
    if not first or last + 1 >= len(lines):
        return False
    before, after = lines[first - 1], lines[last + 1]
    amid = not before.ends_sentence and after.opens_lower and len(before.text) >= 25
    return amid and not after.is_item


def _rows(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of numbers that follow each other."""
    row: list[int] = []
    for number in numbers:
        if row and number > row[-1] + 1:
            yield row[0], row[-1]
            row = []
        row.append(number)
    if row:
        yield row[0], row[-1]
