"""SubRip and WebVTT subtitles to a document: a block a cue, its times in its data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from pipeline.errors import InputError
from pipeline.read.assembling import PLACE, Data, Told, document_of_texts
from pipeline.read.left import LeftOut
from pipeline.text import Document, Flag, Kind

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[,.](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}[ \t]*(.*)$")
_LINES = re.compile(r"\r\n|\r|\n")
_NOTE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")  # WebVTT, 4.1: blocks that are no cues
_POSITION = re.compile(r"\s*(\{\\[^{}]{0,80}\})")
TAG = re.compile(
    r"</?(?:[ibuc]|v|lang|ruby|rt|font|\d\d)(?:[.\s=:][^<>]{0,200})?>|<[\d:.]{5,16}>|\{\\[^{}]{0,80}\}", re.I
)
_WHOLE = re.compile(r"\s*<([ibu])>(.*)</\1>\s*$", re.S)


def read_subtitles(text: str, told: Told) -> Document:
    """The cues of a file; what is not a cue (notes, styles, regions) is quoted in flags, tags taken out are counted."""
    vtt = text.startswith("WEBVTT")
    cues: list[tuple[Kind, str, Data]] = []
    left, tags = LeftOut(), 0
    for number, (lines, place) in enumerate(groups_of_cues(text)):
        at = next((i for i, line in enumerate(lines[:3]) if _TIMES.match(line)), None)
        if at is None:
            if cues and not (vtt and _NOTE.match(lines[0])):  # a cue's text with a blank line in it
                body, _, found = _cue(lines, vtt=vtt)
                tags += found
                cues.append((cues[-1][0], body, cues[-1][2]))
            else:
                head = vtt and number == 0
                left.add("the file's head" if head else "no cue", "\n".join(lines).removeprefix("WEBVTT"))
            continue
        body, data, found = _cue(lines[at + 1 :], vtt=vtt)
        tags += found
        cues.append(("cue", body, (*_timing(lines[at], lines[:at]), *data, (PLACE, place))))
    if not cues and text.strip():
        raise InputError(f"{told.path} holds no cue with times", "Give a .srt or .vtt file, or rename it to .txt.")
    flags = [*told.flags]
    if tags:
        flags.append(Flag("tags-removed", "info", f"{tags} format tags inside cues"))
    flags += left.flags()
    return document_of_texts(cues, Told(told.id, told.path, told.language, told.meta, tuple(flags)))


def groups_of_cues(text: str) -> Iterator[tuple[list[str], str]]:
    """The lines of each cue, and of what stands between cues, with their place: `start-end` in characters."""
    group: list[str] = []
    starts: list[int] = []
    at = 0
    for line in _LINES.split(text):
        if line.strip():
            if group and _TIMES.match(line) and any(map(_TIMES.match, group[:2])):  # no blank line between two cues
                ahead = group[-1].strip().isdigit()
                kept = len(group) - ahead
                yield group[:kept], _place(group[:kept], starts)
                group, starts = group[kept:], starts[kept:]
            group.append(line)
            starts.append(at)
        elif group:
            yield group, _place(group, starts)
            group, starts = [], []
        at += len(line)
        at += 2 if text.startswith("\r\n", at) else 1
    if group:
        yield group, _place(group, starts)


def _place(lines: list[str], starts: list[int]) -> str:
    last = len(lines) - 1
    return f"{starts[0]}-{starts[last] + len(lines[last])}" if lines else ""


def _timing(line: str, before: list[str]) -> Data:
    found = _TIMES.match(line)
    if found is None:
        return ()
    cells = found.groups()
    data = [("start", _clock(*cells[:4])), ("end", _clock(*cells[4:8]))]
    if before and not before[-1].strip().isdigit():
        data.append(("cue", before[-1].strip()))
    return (*data, ("settings", cells[8].strip())) if cells[8].strip() else tuple(data)


def _clock(hours: str | None, minutes: str, seconds: str, fraction: str) -> str:
    return f"{int(hours or 0):02}:{int(minutes):02}:{int(seconds):02}.{fraction.ljust(3, '0')}"


def _cue(lines: list[str], *, vtt: bool) -> tuple[str, Data, int]:
    """A cue's text without tags; those around all of it stay in its data, others are counted."""
    body, data = cue_body("\n".join(lines))
    body, tags = TAG.subn("", body)
    return (unescape(body) if vtt else body), data, tags


def cue_body(body: str) -> tuple[str, Data]:
    """What a cue says, with the tags that stand amid it; its place on the screen and the tag around it all as data."""
    data = []
    if position := _POSITION.match(body):
        data.append(("position", position[1]))
        body = body[position.end() :]
    if (whole := _WHOLE.match(body)) and "<" not in whole[2]:
        data.append(("style", whole[1]))
        body = whole[2]
    return body, tuple(data)


def body_of(cue: str) -> str:
    """The lines of a cue below that of its times."""
    lines = _LINES.split(cue)
    at = next((i for i, line in enumerate(lines[:3]) if _TIMES.match(line)), -1)
    return "\n".join(lines[at + 1 :])
