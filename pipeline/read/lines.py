"""Lines of plain text to paragraphs: which line breaks are wraps, and which end something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile("[^\n\r\v\f\x85\u2028\u2029]+")
# French and English sentences end so, with closing quotes, brackets and footnote signs after the stop
_STOP = re.compile("[.!?…:][\"'»”’)\\]*\\s]*$")
_TRAIL = 12  # characters of a line's end that can hold a stop and what closes after it
_DIALOGUE = re.compile(r"[—–―]\s*\S|-\s*[A-ZÀ-Þ«\"]")
_ITEM = re.compile(r"(?:[•‣▪◦·*o]|[-+]|\(?\d{1,3}[.)°]|\(?[a-zA-Z]\)|[ivxIVX]{1,5}[.)])\s+\S")
NARROWEST, WIDEST = 40, 130  # columns that people and programs wrap text at


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the white space around it."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """One past its last character."""
        return self.start + len(self.text)

    @property
    def ends_sentence(self) -> bool:
        """Whether its last sign closes a sentence."""
        return bool(_STOP.search(self.text[-_TRAIL:]))

    @property
    def is_dialogue(self) -> bool:
        """Whether it opens with a dash, as speech does in French."""
        return bool(_DIALOGUE.match(self.text))

    @property
    def is_item(self) -> bool:
        """Whether it opens as an item of a list does."""
        return bool(_ITEM.match(self.text))

    @property
    def opens_lower(self) -> bool:
        """Whether its first letter or sign can only go on with a sentence."""
        return self.text[0].islower() or self.text[0] in ",;:!?…)»”"


def groups_of_lines(text: str) -> Iterator[list[Line]]:
    """Runs of lines that no blank line parts."""
    group: list[Line] = []
    end = 0
    for found in _LINE.finditer(text):
        body = found[0].strip()
        breaks = text[end : found.start()]
        end = found.end()
        apart = breaks != "\n" and (breaks.count("\n") > 1 or breaks.count("\r") > 1 or "\f" in breaks)
        if group and (not body or apart):
            yield group
            group = []
        if body:
            raw = found[0]
            group.append(Line(found.start() + len(raw) - len(raw.lstrip()), body))
    if group:
        yield group


def wrap_width(groups: Sequence[Sequence[Line]]) -> int:
    """The column at which a text is hard-wrapped, or 0.

    In wrapped text a line ends where the next word would not have fitted, and mostly amid a sentence; one
    sentence or paragraph a line does neither.
    """
    pairs = [(a, b) for group in groups for a, b in pairwise(group)]
    pairs = [(a, b) for a, b in pairs if not b.is_dialogue]
    if not pairs:
        return 0
    lengths = sorted(len(a.text) for a, _ in pairs)
    width = lengths[int(0.9 * (len(lengths) - 1))]
    if not NARROWEST <= width <= WIDEST:
        return 0
    full = sum(is_full(a, b, width) for a, b in pairs)
    amid = sum(not a.ends_sentence for a, _ in pairs)
    lower = sum(b.opens_lower for _, b in pairs)
    return width if full >= 0.7 * len(pairs) and amid >= 0.5 * len(pairs) and lower >= 0.3 * len(pairs) else 0


def is_full(line: Line, following: Line, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this one."""
    word = following.text[: width + 1].split(None, 1)[0]
    return len(line.text) + 1 + len(word) > width - 3


def goes_on(line: Line, following: Line, width: int) -> bool:
    """Whether a line break is a wrap: the following line goes on with what this one said."""
    if following.is_item and not (width and is_full(line, following, width) and not line.ends_sentence):
        return False
    if following.is_dialogue:  # a full line may wrap before a dash that sets off words of the same sentence
        full = bool(width) and is_full(line, following, width)
        return full and (not line.ends_sentence or following.text.lstrip("—–― ")[:1].islower())
    if width:
        return is_full(line, following, width) or (not line.ends_sentence and following.opens_lower)
    return len(line.text) >= NARROWEST / 2 and not line.ends_sentence and following.opens_lower


def is_verse(group: Sequence[Line]) -> bool:
    """Whether lines are a stanza: short, most of them opening with a capital, ending with commas more than stops."""
    if len(group) < 3 or max(len(line.text) for line in group) > 70:
        return False
    if sum(len(line.text) for line in group) < 18 * len(group) or any(line.is_item for line in group):
        return False
    capital = sum(line.text.lstrip('«"“—–- ')[:1].isupper() for line in group)
    marked = sum(line.text[-1] in ",;:.!?…—»”" for line in group)
    stops = sum(line.text[-1] in ".!?…" for line in group)
    return capital >= 0.8 * len(group) and marked >= 0.4 * len(group) and stops <= 0.6 * len(group)
