"""What is set within lines of RTF: private characters carry it through the reader of its text, a line each."""

from __future__ import annotations

import re

from pipeline.read.marks import PLAIN, Around, Runs

_STATES = 0xE010  # from here on a text is plain, italic, bold or both
_CALL, _LIST = "\ue020", "\ue021"  # a note is called; an item's number follows, up to a tab
CALL, LIST = (f"\\u{ord(sign)}?" for sign in (_CALL, _LIST))
_PIECES = re.compile(
    r"(?P<brace>[{}])|\\(?:(?P<word>[a-z]{1,32})(?P<value>-?\d{1,10})? ?|'[0-9a-fA-F]{2}|[^a-z])|(?P<text>[^\\{}\r\n]+)"
)
_SWITCHES = {"i": 1, "b": 2}
_AROUND: tuple[Around, ...] = (
    PLAIN, frozenset((("em", ""),)), frozenset((("strong", ""),)), frozenset((("em", ""), ("strong", "")))
)  # fmt: skip
_LIST_TEXT = re.compile(r"(\{\\(?:listtext|pntext)(?![a-z]))")
_PRIVATE = re.compile("[\ue010-\ue013\ue020\ue021]")


def told(rtf: str) -> str:
    """RTF with private characters where italics and bold begin and end, and before the numbers of items."""
    made: list[str] = []
    open_states, state, said = [], 0, 0
    for found in _PIECES.finditer(rtf):
        if found["brace"] == "{":
            open_states.append(state)
        elif found["brace"]:
            state, said = (open_states.pop() if open_states else 0), -1  # what a group said may be dropped with it
        elif found["word"] in _SWITCHES:
            bit = _SWITCHES[found["word"]]
            state = state & ~bit if found["value"] == "0" else state | bit
        elif found["word"] == "plain":
            state = 0
        elif (found["text"] or found[0].startswith("\\'") or found["word"] == "u") and state != said:
            made.append(f"\\u{_STATES + state}?")
            said = state
        made.append(found[0])
    return _LIST_TEXT.sub(lambda found: f"{found[1]}{LIST}", "".join(made))


def bare(text: str) -> str:
    """A text without the private characters."""
    return _PRIVATE.sub("", text).strip()


class Lines:
    """Takes lines one after another; what is set goes on from one to the next."""

    def __init__(self) -> None:
        self._around: Around = PLAIN
        self._notes = 0

    def take(self, line: str) -> tuple[str, Runs, str | None]:
        """A line's text and runs, and the number of an item: None if it is none, an empty text if it has a dot."""
        number = None
        if _LIST in line:
            before, _, rest = line.partition(_LIST)
            sign, _, rest = rest.partition("\t")
            line, sign = before + rest, _PRIVATE.sub("", sign).strip()
            number = sign[:20] if any(map(str.isalnum, sign)) else ""
        runs, start = Runs(), 0
        for found in _PRIVATE.finditer(line):
            runs.add(line[start : found.start()], self._around)
            start = found.end()
            if found[0] == _CALL:
                self._notes += 1
                runs.calls(str(self._notes))
            elif found[0] != _LIST:
                self._around = _AROUND[ord(found[0]) - _STATES]
        runs.add(line[start:], self._around)
        return runs.text.strip(), runs, number
