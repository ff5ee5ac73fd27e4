"""What stands between a text and its words in plain text: words cut at line ends, page marks, signs of italics."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.languages.hyphens import hyphens_of
from pipeline.read.edits import Edit, edited
from pipeline.read.pages import SIGN, pages_apart
from pipeline.text import Flag, Span

_CUT = re.compile(r"(?<![\w-])([^\W\d_]+(?:['’][^\W\d_]+)?)(-|\u00ad)[ \t]*\r?\n[ \t]*([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ITALICS = re.compile(r"(?<![\w_/])_(?=[^\s_])((?:[^_\n]|\n(?!\s*\n)){1,600}?)(?<=[^\s_])_(?![\w_])")


@dataclass(frozen=True, slots=True)
class Mended:
    """A text to be laid out, where page marks begin in it, what is in italics, and what was done to it."""

    text: str
    pages: frozenset[int]
    italics: tuple[Span, ...]
    flags: tuple[Flag, ...]


def mended(text: str, language: str) -> Mended:
    """A text whose words are whole and whose paragraphs hold nothing else; no letter is lost."""
    joined, words = whole_words(pages_apart(text), language)
    spans = [found.span() for found in _ITALICS.finditer(joined)] if "_" in joined else []
    edits = [Edit(at, at + 1, "") for span in spans for at in (span[0], span[1] - 1)]
    signs = [found.start() for found in re.finditer(SIGN, joined)] if SIGN not in text else []
    made = edited(joined, [*edits, *(Edit(at, at + 1, "") for at in signs)])
    pages = frozenset(made.place(at) for at in signs)
    italics = tuple(Span(made.place(start + 1), made.place(end - 1)) for start, end in spans)
    counts = {"words joined at line ends": words, "page marks": len(pages), "italics": len(italics)}
    said = ", ".join(f"{name} {count}" for name, count in counts.items() if count)
    return Mended(made.text, pages, italics, (Flag("mended", "info", said),) if said else ())


def whole_words(text: str, language: str) -> tuple[str, int]:
    """The text with words whole that a line's end cut, and how many."""
    edits = list(_rejoined(text, language)) if re.search(r"[-\u00ad][ \t]*\r?\n[ \t]*[^\W\d_]", text) else []
    return edited(text, edits).text, len(edits)


def _rejoined(text: str, language: str) -> Iterator[Edit]:
    cuts = [found for found in _CUT.finditer(text) if found[3][0].islower()]
    known = Counter(word.lower() for word in _WORD.findall(text)) if cuts else Counter[str]()
    hyphens = hyphens_of(language)
    for found in cuts:
        head, tail = found[1].lower(), found[3].lower()
        own = re.split("['’]", head)[-1]
        kept = known[f"{own}-{tail}"] > known[own + tail] or (
            not known[own + tail] and (own in hyphens.heads or tail in hyphens.tails)
        )
        hyphen = "-" if kept and found[2] == "-" else ""
        yield Edit(found.start(2), found.start(3), hyphen)
