"""Subtitles: the translation cut back into the cues of the source, with their times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from pipeline.corpus.cues import Cue, SubtitleOptions, break_cost, clock, milliseconds, set_cues
from pipeline.corpus.writer import TEXTS
from pipeline.errors import OutputError
from pipeline.files import appearing
from pipeline.languages import language_for
from pipeline.text import Bitext, Block, Carries, Row

_SHOWN = 10  # cues that are named
_NEAR = 2  # words by which a cue may have more or less than its share
_DASH = re.compile(r"\s*[-–—]\s*(?=[^\s\d-])")
_QUOTES, _QUOTED = re.compile('["«»“”]'), re.compile('^["“]|["”]$')
_NOT_UTF8 = re.compile("[\ud800-\udfff]")


_USUAL = SubtitleOptions()


@dataclass(frozen=True, slots=True)
class SubtitleWriter:
    """One file a document; `stem.srt` for a single one, else named after the documents."""

    extension: str
    carries: Carries = TEXTS
    options: SubtitleOptions = _USUAL

    def write(self, bitexts: Iterable[Bitext], folder: Path, stem: str) -> list[Path]:
        """Write the target side of each bitext whose source has cues; raises OutputError if none has."""
        untimed: list[str] = []
        rest = _with_times(bitexts, untimed)
        ahead = [bitext for _, bitext in zip(range(2), rest, strict=False)]
        if untimed and not ahead:
            raise OutputError(
                f"{untimed[0]} has no times to write subtitles with"
                + (f", nor has any other of {len(untimed)} documents" if len(untimed) > 1 else ""),
                "Write subtitles only of .srt, .vtt and .ass files; write tsv or jsonl of others.",
            )
        paths = []
        for bitext in chain(ahead, rest):
            name = stem if len(ahead) < 2 else bitext.source.id
            path = folder / f"{name}.{self.extension}"
            text = "".join(self._cues(bitext))
            with appearing(path) as stream:
                stream.write(_NOT_UTF8.sub("\N{REPLACEMENT CHARACTER}", text).encode())
            paths.append(path)
        return paths

    def _cues(self, bitext: Bitext) -> Iterator[str]:
        cues = _timed(bitext)
        if self.extension == "vtt":
            yield "WEBVTT\n\n"
        for number, cue in enumerate(set_bitext(bitext, self.options), start=1):
            lines = tuple(as_written(self.extension, line) for line in cue.lines)
            yield written_cue(self.extension, number, replace(cue, lines=lines), dict(cues[cue.of].data)) + "\n\n"


def as_written(extension: str, text: str) -> str:
    """A text as the lines of a format hold it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") if extension == "vtt" else text


def written_cue(extension: str, number: int, cue: Cue, data: dict[str, str]) -> str:
    """A cue, its lines in the format's own terms, as `srt` or `vtt` has it, with what its block's data know of it."""
    lines, times = "\n".join(cue.lines), f"{clock(cue.start)} --> {clock(cue.end)}"
    for tag in data.get("style", "").split():
        lines = f"<{tag}>{lines}</{tag}>"
    if extension == "vtt":
        name = data.get("cue", "") and data["cue"] + (f"-{cue.part + 1}" if cue.part else "")
        return f"{name or number}\n{times} {data.get('settings', '')}".rstrip() + f"\n{lines}"
    return f"{number}\n{times.replace('.', ',')}\n{data.get('position', '')}{lines}"


def set_bitext(bitext: Bitext, options: SubtitleOptions) -> list[Cue]:
    """The target side of a bitext whose source has cues, set as subtitles."""
    cues = _timed(bitext)
    given = []
    for number, (cue, text) in enumerate(zip(cues, cut_back(bitext, cues), strict=True)):
        data = dict(cue.data)
        given.append(Cue(milliseconds(data["start"]), milliseconds(data["end"]), (text,), number))
    return set_cues(given, options, bitext.target.language)


def too_fast(bitext: Bitext, options: SubtitleOptions) -> str:
    """Which cues no setting gives time enough, for people; nothing where all can be read."""
    cues = set_bitext(bitext, options) if _timed(bitext) else []
    fast = [cue for cue in cues if cue.speed > options.most]
    if not fast:
        return ""
    shown = ", ".join(f"{clock(cue.start)} ({cue.speed:.0f})" for cue in fast[:_SHOWN])
    more = f" and {len(fast) - _SHOWN} more" if len(fast) > _SHOWN else ""
    return (
        f"{len(fast)} of {len(cues)} cues must be read faster than {options.most:g} characters a second: {shown}{more}"
    )


def _timed(bitext: Bitext) -> list[Block]:
    return [block for block in bitext.source.blocks if "start" in dict(block.data) and "end" in dict(block.data)]


def _with_times(bitexts: Iterable[Bitext], untimed: list[str]) -> Iterator[Bitext]:
    """Those that subtitles can be made of; the ids of the others are put into `untimed`."""
    for bitext in bitexts:
        if _timed(bitext) or not bitext.source.blocks:
            yield bitext
        else:
            untimed.append(bitext.source.id)


def cut_back(bitext: Bitext, cues: Sequence[Block]) -> list[str]:
    """The target text of each cue: a sentence over several cues is cut between words, as long as its parts there."""
    texts: list[list[str]] = [[] for _ in cues]
    at, weak = 0, language_for(bitext.target.language).dangling
    for row in bitext.each_row():
        target = _turn(row.source.text, row.target.text).split()
        shares = _shares(row, cues, at)
        if shares:
            at = shares[0][0]
        for cue, words in _cut(target, shares or [(min(at, len(cues) - 1), 1)], weak):
            texts[cue] += words
        if shares:
            at = shares[-1][0]
    return [" ".join(words) for words in texts]


def _turn(source: str, target: str) -> str:
    """What a speaker says, with the dash that the source has; models write quotation marks in its place."""
    if not _DASH.match(source) or not target.strip():
        return target
    bare = _DASH.sub("", target, count=1).strip()
    if not _QUOTES.search(source):
        bare = _QUOTED.sub("", bare)
    return f"- {bare}"


def _shares(row: Row, cues: Sequence[Block], first: int) -> list[tuple[int, int]]:
    """The cues in which a row's source lies, from the cue `first` on, and how many characters of it in each."""
    shares = []
    start, end = row.source.start, row.source.end
    if start is None or end is None:
        return []
    for i in range(first, len(cues)):
        if cues[i].span.start >= end:
            break
        inside = min(end, cues[i].span.end) - max(start, cues[i].span.start)
        if inside > 0:
            shares.append((i, inside))
    return shares


def _cut(
    words: Sequence[str], shares: Sequence[tuple[int, int]], weak: frozenset[str]
) -> Iterator[tuple[int, Sequence[str]]]:
    """Words dealt out to cues, so that each gets about its share of their characters, cut where it hurts least."""
    total = sum(share for _, share in shares)
    length = sum(len(word) + 1 for word in words)
    done, passed, i = 0, 0, 0
    for number, (cue, share) in enumerate(shares, start=1):
        passed += share
        begin = i
        while i < len(words) and (number == len(shares) or done + len(words[i]) / 2 < length * passed / total):
            done += len(words[i]) + 1
            i += 1
        if number < len(shares) and begin < i < len(words):
            near = range(max(begin + 1, i - _NEAR), min(len(words), i + _NEAR + 1))
            best = min(near, key=lambda end: (break_cost(words[end - 1], words[end], weak) + abs(end - i) / 12, end))
            done += sum(len(word) + 1 for word in words[i:best]) - sum(len(word) + 1 for word in words[best:i])
            i = best
        yield cue, words[begin:i]


SRT = SubtitleWriter("srt")
VTT = SubtitleWriter("vtt")
