"""What Markdown's many dialects add: notes, tasks, attributes, containers, formulas, tags of templates.

Notes become calls and notes, a task's box is known of its item, and what is no language leaves a mark in its line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.read.assembling import Data
from pipeline.read.flow import PLACEHOLDER
from pipeline.read.left import LeftOut

EDGE = "\uf8fc"  # a private character where a mark within a line begins or ends
_SIGN = "\uf8fd"  # private characters around a note's name, and around the number of a piece of code
_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*", re.MULTILINE)
_OPENING = re.compile(rf"{_SIGN}([^{_SIGN}]*){_SIGN}\s*")
_CALL = re.compile(r"[ \t]?\[\^([^\]\s]{1,60})\]")
_TASK = re.compile(r"\[([ xX])\]\s+")
_ALERT = re.compile(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*")
_DISPLAYED = r"\$\$.+?\$\$"
_IN_LINE = r"(?<![\w\\$])\$(?=[^\s$])[^$\n]{1,200}(?<=[^\s\\])\$(?!\d)"  # `$x$`; not `5 $ et 6 $`
_ATTRIBUTE = r"(?:[#.][\w:-]+|[\w-]+=(?:\"[^\"\n]*\"|[^\s{}]+))"
_LEFT = (  # what is taken out, and what stands in its line instead
    ("formulas", re.compile(f"{_DISPLAYED}|{_IN_LINE}", re.DOTALL), PLACEHOLDER),
    ("template values", re.compile(r"\{\{[^{}]{0,300}\}\}"), PLACEHOLDER),
    ("template tags", re.compile(r"\{%.{0,300}?%\}|\{#(?=\s).{1,300}?#\}", re.DOTALL), ""),
    ("attributes", re.compile(rf"[ \t]?\{{:?[ \t]*{_ATTRIBUTE}(?:\s+[^{{}}\n]*)?\}}"), ""),
    ("containers", re.compile(r"^ {0,3}:{3,}[^\n]*$", re.MULTILINE), ""),
)


@dataclass(slots=True)
class Extras:
    """Takes what dialects add out of texts, and quotes it."""

    left: LeftOut = field(default_factory=LeftOut)

    def of(self, parts: Sequence[tuple[str, bool]]) -> tuple[str, Data]:
        """A block's text of its parts, whether each is code, and what is known of it besides."""
        codes = [text for text, is_code in parts if is_code]
        numbers = iter(range(len(codes)))
        text = "".join(f"{_SIGN}{_SIGN}{next(numbers)}{_SIGN}" if is_code else one for one, is_code in parts)
        data: list[tuple[str, str]] = []
        if found := _OPENING.match(text):
            if found[1]:
                data.append(("note", found[1]))
                text = text[found.end() :]
        elif found := _TASK.match(text):
            data.append(("task", "open" if found[1] == " " else "done"))
            text = text[found.end() :]
        elif found := _ALERT.match(text):
            text = text[found.end() :]
        for name, pattern, mark in _LEFT:
            for piece in pattern.finditer(text):
                self.left.add(name, piece[0])
            text = pattern.sub(mark, text)
        if not text.replace(PLACEHOLDER, "").replace(EDGE, "").strip():
            return "", ()
        return self._with_calls(text.strip("\n"), codes, data)

    def _with_calls(self, text: str, codes: Sequence[str], data: list[tuple[str, str]]) -> tuple[str, Data]:
        """The text without the calls of notes, which stand in the data, and with its code."""
        made, end = "", 0
        for found in re.finditer(rf"{_CALL.pattern}|{_SIGN}{_SIGN}(\d+){_SIGN}", text):
            made += text[end : found.start()]
            end = found.end()
            if found[2]:
                made += codes[int(found[2])]
            else:
                data.append(("noteref", f"{len(made)} {len(made)} {found[1]}"))
        return made + text[end:], tuple(data)


def prepared(text: str) -> str:
    """The text with each note a paragraph that begins with its name, which no link's definition takes for its own."""
    if _SIGN in text or "[^" not in text:
        return text
    return _NOTE.sub(lambda found: f"\n{_SIGN}{found[1]}{_SIGN} ", text)
