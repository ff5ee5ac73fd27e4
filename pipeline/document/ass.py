"""SubStation subtitles in the other language: the texts of their events, each line else as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pipeline.corpus.cues import Cue, SubtitleOptions, milliseconds
from pipeline.corpus.subtitles import set_bitext
from pipeline.document.encodings import encoded
from pipeline.document.forms import fill
from pipeline.document.markup import Markup, Token
from pipeline.document.options import DocumentOptions
from pipeline.document.weaving import Tagged, put_into, woven
from pipeline.document.wordings import turned
from pipeline.errors import InputError
from pipeline.read.encoding import decode, read_bytes
from pipeline.text import Bitext, Block

_EVENT = re.compile(r"^(?:Dialogue|Comment):[^\r\n]*", re.M)
_FORMAT = re.compile(r"^Format:([^\r\n]*)", re.M)
_EVENTS = re.compile(r"^\[Events\]", re.M | re.I)
_FIELDS = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
# override tags with what stands behind the names that matter here
_PIECE = re.compile(r"\{[^{}]*\\p[1-9][^{}]*\}[^{]*(?:\{[^{}]*\\p0[^{}]*\})?|\{[^{}]*\}|\\[Nnh]")
_TAG = re.compile(r"\\([1-4]?(?:[a-z]+|[ac]))([^\\{}]*)", re.I)
_SWITCHES = frozenset(("i", "b", "u", "s"))  # 0 puts them out
_PLACED = re.compile(r"\\(?:pos|move|org|i?clip|t|k|kf|ko|fade?|p[1-9])\b|\\(?:k[fo]?|K|p)\d")  # typeset: times stay
_LASTING_NAMES = "i b u s fn fs fscx fscy fsp bord xbord ybord shad xshad yshad be blur c 1c 2c 3c 4c alpha 1a 2a 3a 4a"
_LASTING = frozenset(_LASTING_NAMES.split())


def write_ass(bitext: Bitext, source: Path, options: DocumentOptions) -> bytes:
    """A file of events in its own form; a long one may become several, one that is placed or timed by tags stays one.

    Override tags stand round what became of their words. Raises InputError where an event is not where it was read.
    """
    raw = read_bytes(source)
    if not any(one.changed for one in turned(bitext)):
        return raw
    decoded = decode(raw, str(source), options.encoding)
    text = Markup(decoded.text, plain=True)
    blocks = [one for one in bitext.source.blocks if "start" in dict(one.data)]
    events = _events(decoded.text, str(source))
    ours = [_event_of(one, events, str(source)) for one in blocks]
    made: dict[int, list[str]] = {}
    for cue in _set(bitext, options, blocks, ours):
        made.setdefault(cue.of, []).append(_written(ours[cue.of], cue, dict(blocks[cue.of].data)))
    newline = "\r\n" if "\r\n" in decoded.text else "\n"
    for number, event in enumerate(ours):
        text.edit(event.start, event.end, newline.join(made[number]))
    return encoded(text.written(), raw, decoded.encoding, escape="")


@dataclass(frozen=True, slots=True)
class _Event:
    """A line of the file: where it stands, its fields, of which the last is the text, and their names."""

    start: int
    end: int
    fields: tuple[str, ...]
    names: Mapping[str, int]

    @property
    def text(self) -> str:
        return self.fields[-1]


def _events(text: str, name: str) -> list[_Event]:
    """All events in the order of the file."""
    at = _EVENTS.search(text)
    found = _FORMAT.search(text, at.end() if at else 0)
    said = [one.strip().lower() for one in (found[1] if found else _FIELDS).split(",")]
    names = {one: number for number, one in enumerate(said)}
    if said[-1] != "text" or not {"start", "end"} <= names.keys():
        raise InputError(f"{name}: its events end with {said[-1]!r}, not with their text", "Export it anew as ASS.")
    return [
        _Event(one.start(), one.end(), tuple(one[0].split(",", len(said) - 1)), names) for one in _EVENT.finditer(text)
    ]


def _event_of(block: Block, events: Sequence[_Event], name: str) -> _Event:
    number = int(block.place)
    if number >= len(events) or len(events[number].fields) != len(events[number].names):
        raise InputError(f"{name}: not the words that were read: {block.text[:40]!r}", "Run again.")
    return events[number]


def _set(bitext: Bitext, options: DocumentOptions, blocks: Sequence[Block], events: Sequence[_Event]) -> list[Cue]:
    """The cues as they are shown, with the tags of their events in their lines."""
    languages = (bitext.source.language, bitext.target.language)
    made: list[list[Cue]] = []
    forms = []
    cues = set_bitext(bitext, options.subtitles or SubtitleOptions())
    for number, group in groupby(cues, key=lambda cue: cue.of):
        event, members = events[number], list(group)
        if _PLACED.search(event.text):
            members = [_alone(members, dict(blocks[number].data))]
        made.append(members)
        tokens = tuple(_tokens(event.text))
        if any(token.what != "text" for token in tokens):
            markup = Markup(event.text, plain=True)
            forms.append(
                woven(Tagged(blocks[number], markup, tokens, tuple(members), str), languages, put_into(members))
            )
    fill(forms)
    return [one for members in made for one in members]


def _alone(cues: Sequence[Cue], data: Mapping[str, str]) -> Cue:
    """The cues that one became as one again, at its own times; its lines break where the programme breaks them."""
    text = " ".join(line for cue in cues for line in cue.lines)
    return Cue(milliseconds(data["start"]), milliseconds(data["end"]), (text,), cues[0].of)


def _written(event: _Event, cue: Cue, data: Mapping[str, str]) -> str:
    fields = [*event.fields[:-1], "\\N".join(cue.lines).replace("\N{NO-BREAK SPACE}", "\\h")]
    for name, time in (("start", cue.start), ("end", cue.end)):
        if milliseconds(data[name]) != time:
            fields[event.names[name]] = _clock(time)
    return ",".join(fields)


def _clock(milliseconds: int) -> str:
    hundredths = round(milliseconds / 10)
    return f"{hundredths // 360000}:{hundredths // 6000 % 60:02}:{hundredths // 100 % 60:02}.{hundredths % 100:02}"


def _tokens(text: str) -> Iterator[Token]:
    """Texts and override tags; what switches a form on, and what switches it off again, as an element."""
    opened: list[frozenset[str]] = []
    at = 0
    for found in _PIECE.finditer(text):
        if at < found.start():
            yield Token("text", "", at, found.start())
        at = found.end()
        if not found[0].startswith("{"):
            continue
        tags = _TAG.findall(found[0]) if found[0].endswith("}") else []
        names = frozenset(name.lower() for name, _ in tags)
        if opened and _closes(tags, opened[-1]):
            yield Token("close", _named(opened.pop()), found.start(), at)
        elif tags and names <= _LASTING and not any(_is_off(*tag) for tag in tags):
            opened.append(names)
            yield Token("open", _named(names), found.start(), at)
        else:
            yield Token("empty", "", found.start(), at)
    if at < len(text):
        yield Token("text", "", at, len(text))


def _closes(tags: Sequence[tuple[str, str]], opened: frozenset[str]) -> bool:
    if [name for name, _ in tags] == ["r"]:
        return True
    return {name.lower() for name, _ in tags} == opened and all(_is_off(*tag) for tag in tags)


def _is_off(name: str, value: str) -> bool:
    return not value.strip() or (name.lower() in _SWITCHES and value.strip() == "0")


def _named(names: frozenset[str]) -> str:
    return " ".join(sorted(names))
