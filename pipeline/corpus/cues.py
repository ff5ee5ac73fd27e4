"""Setting subtitles as professionals do: short balanced lines, two speakers on two lines, time enough to read.

The limits are those of the timed text style guides of the BBC and of Netflix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.languages import language_for

_TURN = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"»”’)\]]))\s+(?=[-–—]\s?[^\s\d])")
_STOP, _PAUSE = re.compile(r"[.!?…][\"»”’)\]]*$"), re.compile(r"[,;:–—-][\"»”’)\]]*$")
_JOINS = re.compile(
    r"(?:and|or|but|so|because|that|which|who|when|where|while|if|than|as|to|for|with|from|in|on|at|by)$", re.I
)
_EARLY = 500  # milliseconds that a cue may come before its words


@dataclass(frozen=True, slots=True)
class SubtitleOptions:
    """What a cue may be: characters a line, lines, characters a second (aimed at, and at most), seconds."""

    line: int = 42
    lines: int = 2
    speed: float = 17.0
    most: float = 21.0
    shortest: float = 5 / 6
    longest: float = 7.0
    gap: float = 0.083


@dataclass(frozen=True, slots=True)
class Cue:
    """Lines on the screen; `start` and `end` in milliseconds, `of` numbers the source's cues, `part` its screens."""

    start: int
    end: int
    lines: tuple[str, ...]
    of: int = 0
    part: int = 0

    @property
    def speed(self) -> float:
        """Characters that must be read a second."""
        return sum(map(len, self.lines)) * 1000 / max(1, self.end - self.start)


def set_cues(cues: Sequence[Cue], options: SubtitleOptions, language: str) -> list[Cue]:
    """Cues of one line each, as they came, set anew: given time where there is some, broken and cut in time."""
    weak = language_for(language).dangling
    return [made for cue in _stretched(cues, options) for made in _cut_in_time(cue, options, weak)]


def _stretched(cues: Sequence[Cue], options: SubtitleOptions) -> Iterator[Cue]:
    """Cues that are read too fast stay longer, or come a little earlier, where none is before or after."""
    gap, before = round(options.gap * 1000), 0
    for cue, following in pairwise((*cues, None)):
        assert cue is not None
        size = sum(map(len, cue.lines))
        wanted = cue.start + round(1000 * min(options.longest, max(options.shortest, size / options.speed)))
        free = wanted if following is None else following.start - gap
        end = max(cue.end, min(wanted, free)) if size else cue.end
        start = cue.start
        if size * 1000 > options.most * (end - start):
            start = min(start, max(before + gap, start - _EARLY, end - round(1000 * size / options.most)))
        before = max(before, end)
        yield replace(cue, start=start, end=end)


def _cut_in_time(cue: Cue, options: SubtitleOptions, weak: frozenset[str]) -> Iterator[Cue]:
    """A cue's text as one screen after the other, each for its share of the time."""
    screens = _screens(" ".join(cue.lines), options, weak)
    sizes = [sum(map(len, lines)) for lines in screens]
    total, time = max(1, sum(sizes)), cue.end - cue.start
    gap = round(options.gap * 1000) if time > 1000 * options.shortest * len(screens) else 0
    done = 0
    for part, (lines, size) in enumerate(zip(screens, sizes, strict=True)):
        start = cue.start + time * done // total
        done += size
        end = cue.start + time * done // total if part + 1 < len(screens) else cue.end
        yield replace(cue, start=start, end=end - (gap if part + 1 < len(screens) else 0), lines=lines, part=part)


def _screens(text: str, options: SubtitleOptions, weak: frozenset[str]) -> list[tuple[str, ...]]:
    turns = _TURN.split(text)
    screens: list[tuple[str, ...]] = []
    if len(turns) == 1:
        return _of_one(text.split(), options, weak)
    for turn in turns:  # two speakers share a screen where each has one line
        made = _of_one(turn.split(), options, weak)
        shared = screens and len(screens[-1]) < options.lines and all(map(_is_turn, (*screens[-1], turn)))
        if shared and len(made) == 1 and len(made[0]) == 1:
            screens[-1] = (*screens[-1], *made[0])
        else:
            screens += made
    return screens


def _is_turn(line: str) -> bool:
    return line[:1] in ("-", "–", "—")


def _of_one(words: list[str], options: SubtitleOptions, weak: frozenset[str]) -> list[tuple[str, ...]]:
    """The screens of one speaker's words, of like length, cut where it hurts least."""
    screens: list[tuple[str, ...]] = []
    room = options.line * options.lines
    while (lines := _in_lines(words, options, weak)) is None:
        length = _length(words)
        ideal = length / max(2, -(-length // room))
        ends = [i for i in range(1, len(words)) if _length(words[:i]) <= room]
        fitting = [i for i in ends if _in_lines(words[:i], options, weak) is not None]
        end = min(
            fitting or [1],
            key=lambda i: abs(_length(words[:i]) - ideal) / ideal + 2 * break_cost(words[i - 1], words[i], weak),
        )
        screens.append(_in_lines(words[:end], options, weak) or (" ".join(words[:end]),))
        words = words[end:]
    return [*screens, lines]


def _in_lines(words: Sequence[str], options: SubtitleOptions, weak: frozenset[str]) -> tuple[str, ...] | None:
    """Words in as few lines as they need, well broken; None where they need more than there may be."""
    if len(words) < 2 or _length(words) <= options.line:
        return (" ".join(words),)
    if _length(words) > options.line * options.lines + options.lines:
        return None
    ends: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}  # where lines end so far: their cost
    for left in range(options.lines - 1, -1, -1):
        ends = _one_more_line(words, ends, options.line, weak)
        if len(words) in ends:
            cuts = (0, *ends[len(words)][1])
            return tuple(" ".join(words[a:b]) for a, b in pairwise(cuts))
        if not left:
            return None
    return None


def _one_more_line(
    words: Sequence[str], ends: dict[int, tuple[float, tuple[int, ...]]], most: int, weak: frozenset[str]
) -> dict[int, tuple[float, tuple[int, ...]]]:
    longer: dict[int, tuple[float, tuple[int, ...]]] = {}
    for begin, (cost, cuts) in ends.items():
        for end in range(begin + 1, len(words) + 1):
            length = _length(words[begin:end])
            if length > most:
                break
            whole = end == len(words)
            more = (
                cost + ((most - length) / most) ** 2 + (0.0 if whole else break_cost(words[end - 1], words[end], weak))
            )
            if end not in longer or more < longer[end][0]:
                longer[end] = (more, (*cuts, end))
    return longer


def break_cost(before: str, after: str, weak: frozenset[str]) -> float:
    """What a break between two words costs: nothing after a full stop, most where they belong together."""
    if _STOP.search(before):
        return 0.0
    if _PAUSE.search(before):
        return 0.1
    if before.lower() in weak or (before[:1].isupper() and after[:1].isupper()):
        return 0.6
    return 0.15 if _JOINS.match(after) else 0.3


def _length(words: Sequence[str]) -> int:
    return sum(map(len, words)) + max(0, len(words) - 1)


def milliseconds(time: str) -> int:
    """A time such as 00:01:02.345."""
    hours, minutes, seconds = time.replace(",", ".").split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)


def clock(time: int) -> str:
    """Milliseconds as 00:01:02.345."""
    minutes, rest = divmod(max(0, time), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
