"""Subtitles: the translation cut back into the cues of the source, with their times."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.files import appearing
from pipeline.text import Bitext, Block, Carries, Row

LINE = 42  # characters a line of a subtitle holds (BBC and Netflix timed text style guides)
_NOT_UTF8 = re.compile("[\ud800-\udfff]")


_CARRIES = Carries(
    ids=False,
    documents=False,
    sentences=False,
    score=False,
    confidence=False,
    origin=False,
    flags="none",
    layers=False,
    spaces=False,
    characters="utf-8",
)


@dataclass(frozen=True, slots=True)
class SubtitleWriter:
    """One file a document; `stem.srt` for a single one, else named after the documents."""

    extension: str
    carries: Carries = _CARRIES

    def write(self, bitexts: Iterable[Bitext], folder: Path, stem: str) -> list[Path]:
        """Write the target side of each bitext whose source has cues; raises OutputError if none has."""
        untimed: list[str] = []
        rest = _with_times(bitexts, untimed)
        ahead = [bitext for _, bitext in zip(range(2), rest, strict=False)]
        if untimed and not ahead:
            raise OutputError(
                f"{untimed[0]} has no times to write subtitles with"
                + (f", nor has any other of {len(untimed)} documents" if len(untimed) > 1 else ""),
                "Write subtitles only of .srt and .vtt files; write tsv or jsonl of others.",
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
        for number, (cue, text) in enumerate(zip(cues, cut_back(bitext, cues), strict=True), start=1):
            yield self._cue(number, dict(cue.data), text)

    def _cue(self, number: int, data: dict[str, str], text: str) -> str:
        lines = _lines(text)
        if self.extension == "vtt":
            lines = lines.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for tag in data.get("style", "").split():
            lines = f"<{tag}>{lines}</{tag}>"
        if self.extension == "vtt":
            times = f"{data['start']} --> {data['end']} {data.get('settings', '')}".rstrip()
            return f"{data.get('cue') or number}\n{times}\n{lines}\n\n"
        times = f"{data['start']} --> {data['end']}".replace(".", ",")
        return f"{number}\n{times}\n{data.get('position', '')}{lines}\n\n"


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
    at = 0
    for row in bitext.each_row():
        target = row.target.text.split()
        shares = _shares(row, cues, at)
        if shares:
            at = shares[0][0]
        for cue, words in _cut(target, shares or [(min(at, len(cues) - 1), 1)]):
            texts[cue] += words
        if shares:
            at = shares[-1][0]
    return [" ".join(words) for words in texts]


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


def _cut(words: Sequence[str], shares: Sequence[tuple[int, int]]) -> Iterator[tuple[int, Sequence[str]]]:
    """Words dealt out to cues, so that each gets its share of their characters."""
    total = sum(share for _, share in shares)
    length = sum(len(word) + 1 for word in words)
    done, passed, i = 0, 0, 0
    for number, (cue, share) in enumerate(shares, start=1):
        passed += share
        begin = i
        while i < len(words) and (number == len(shares) or done + len(words[i]) / 2 < length * passed / total):
            done += len(words[i]) + 1
            i += 1
        yield cue, words[begin:i]


def _lines(text: str) -> str:
    """A cue's text in as few lines as it needs, of like length."""
    count = -(-len(text) // LINE)
    if count < 2:
        return text
    width = max(LINE // 2, -(-len(text) // count))
    while len(lines := textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)) > count:
        width += 2
    return "\n".join(lines)


SRT = SubtitleWriter("srt")
VTT = SubtitleWriter("vtt")
