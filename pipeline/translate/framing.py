"""What stands around and between the language of a line: emoji, bullets, numbers of items, the bars of a menu."""

from __future__ import annotations

import re

from pipeline.translate.passing import is_language

_SIGN = (
    "[\u20e3\u2022\u2023\u2043\u2190-\u21ff\u2300-\u2bff\u3030\U0001f000-\U0001faff\ufe0f\u200d\U000e0020-\U000e007f]"
)
# of a quoted letter each line begins with an angle
# what stands for a picture or a code is a word of its sentence, but where it touches the first word or follows the end
_BEFORE = re.compile(rf"(?:(?:>\s?)+(?![=\d])|{_SIGN}|\s|\N{{OBJECT REPLACEMENT CHARACTER}}(?=[^\W\d_]))+")
_AFTER = re.compile(
    rf"(?P<signs>(?:\s*{_SIGN})+|(?<=[.!?…])(?:\s*\N{{OBJECT REPLACEMENT CHARACTER}})+)\s*(?P<stop>[.!?…]{{0,3}})\s*$"
)
_BAR = re.compile(r"\s*[|│¦•‣]\s*|\s+[·›→▸►▶>/]\s+")
# "Art. 2. Chaque lecteur", "1.2. Objet", "a) Les livres": the same in both languages, and no part of the sentence
_NUMBERED = re.compile(
    r"(?:\d{1,2}°|(?:Art\.|Article|§)\s*\d{1,4}(?:-\d+)?\s*[.:)]?(?:\s*[–—-])?|\d{1,3}(?:\.\d{1,3}){0,4}[.)]|[a-zA-Z]\)"
    r"|[IVXL]{2,6}[.)]|[IVX][.)](?!.*[.!?…»]\s*$))\s+"  # one letter before a whole sentence may be an initial: V. Hugo
    r"(?=[«“\"]?\s*[^\W\d_a-zß-ÿ])"
)

# up to four words in quotation marks or brackets, and nothing else but a full stop
_WRAPPED = re.compile(
    r"(?P<before>«\s?|[\"“(\[])(?P<inside>[^\s«»\"“”()\[\]]+(?: [^\s«»\"“”()\[\]]+){0,3})(?P<after>\s?»|[\"”)\]])"
)
_MARKS = {"«": "“", "»": "”"}
_OPEN_END = re.compile(r"[^\W_][\s»”\"')\]]*$")
# "My God!" he thought, provided that …
_REPORTED = re.compile(r'^(\W{0,3}"[^"]+[!?,…]" [^",.;:!?]{2,60}, )(?=\w[^"]*"?\W{0,2}$)')
_LAST_STOP = re.compile(r"(?P<word>\S*[^\W_])\.(?P<after>[»”\"')\]]*)$")
_STOPPED_WORDS = frozenset({
    "al", "co", "corp", "dr", "ed", "etc", "inc", "jr", "ltd", "mr", "mrs", "ms", "no", "prof", "rev", "sr", "st",
    "vol", "vs",
})  # fmt: skip


def frame(text: str) -> tuple[list[str], list[str]]:
    """A line's translatable items, and the glue before, between and after them: one glue more than items.

    `glue[0] + items[0] + glue[1] + … + glue[-1]` is the line, but a full stop after the last emoji goes before it,
    to the sentence it ends. Menus (`Accueil | Contact | Plan`) come as one item an entry, for an entry is no part of
    its neighbour's sentence; what is no language stays in the glue.
    """
    head = _BEFORE.match(text)
    start = head.end() if head else 0
    numbered = _NUMBERED.match(text, start)
    start = numbered.end() if numbered else start
    tail = _AFTER.search(text, start)
    middle = text[start : tail.start()] + tail["stop"] if tail else text[start:].rstrip()
    wrapped = _WRAPPED.fullmatch(middle)
    if wrapped:  # what is only quoted or bracketed is translated inside
        before, middle, after = (wrapped[name] for name in ("before", "inside", "after"))
        return [middle], [text[:start] + _MARKS.get(before.strip(), before), _closed(after) + _tail(tail)]
    items, glue = [], [text[:start]]
    for piece, bar in _entries(middle):
        if is_language(piece):
            items.append(piece)
            glue.append(bar)
        else:
            glue[-1] += piece + bar
    glue[-1] += _tail(tail)
    return (items, glue) if items else ([text], ["", ""])


def _closed(mark: str) -> str:
    return _MARKS.get(mark.strip(), mark)


def _tail(found: re.Match[str] | None) -> str:
    return found["signs"] if found else ""


def end_alike(source: str, target: str) -> str:
    """The target without the full stop that a model adds to headings and cells, whose source has none.

    Of 34 such lines in a news reference set, people ended 3 with a stop and the built-in model 23.
    """
    found = _LAST_STOP.search(target)
    if found is None or not _OPEN_END.search(source):
        return target
    word = found["word"].lstrip("«“\"'([").lower()
    if "." in word or len(word) == 1 or word in _STOPPED_WORDS:
        return target
    return target[: found.end("word")] + found["after"]


def spoken_on(source: str, target: str) -> str:
    """The target with its marks opened again behind `he thought,` amid speech, where the source never closed them.

    French leaves such words inside its marks (`« Mon Dieu ! pensait-il, pourvu…`); English goes around them, and
    a model forgets to come back.
    """
    opened = source.count("«") - source.count("»") or source.count("“") - source.count("”")
    marks = target.count('"')
    if marks < 2 or ("«" not in source and "“" not in source) or marks % 2 == opened % 2:
        return target
    return _REPORTED.sub(r'\1"', target, count=1)


def begin_alike(source: str, target: str) -> str:
    """The target with the capital that its source begins with: of headings and cells, models make small letters."""
    word = target.split(maxsplit=1)[0] if target[:1].islower() and source[:1].isupper() else ""
    if not word or any(sign.isupper() or sign in "@./:_" or sign.isdigit() for sign in word.rstrip(".:")):
        return target
    return target[0].upper() + target[1:]


def _entries(text: str) -> list[tuple[str, str]]:
    """The entries of a menu with the bar after each; one entry where it is no menu."""
    bars = list(_BAR.finditer(text))
    if not bars or (len(bars) == 1 and bars[0].group().strip() not in ("|", "•")):
        return [(text, "")]
    starts = [0, *(bar.end() for bar in bars)]
    ends = [*((bar.start(), bar.group()) for bar in bars), (len(text), "")]
    return [(text[start:end], bar) for start, (end, bar) in zip(starts, ends, strict=True)]
