"""Subtitles in the other language: cues set as a reader needs them, all between them (notes, styles) as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Literal

from pipeline.corpus.cues import Cue, SubtitleOptions
from pipeline.corpus.subtitles import as_written, set_bitext, written_cue
from pipeline.document.encodings import encoded
from pipeline.document.forms import fill
from pipeline.document.markup import Markup, Token
from pipeline.document.options import DocumentOptions
from pipeline.document.weaving import Tagged, put_into, woven
from pipeline.document.wordings import turned
from pipeline.errors import InputError
from pipeline.read.encoding import decode, read_bytes
from pipeline.read.subtitles import TAG, body_of, cue_body
from pipeline.text import Bitext, Block

_NAME = re.compile(r"</?\s*([A-Za-z]+)")
_TIME = re.compile(r"<[\d:.]+>")


def write_subtitles(bitext: Bitext, source: Path, options: DocumentOptions) -> bytes:
    """A file of cues in its own form; a cue may become several where there is too much to read at once.

    Tags amid a cue stand round what became of their words. Raises InputError where a cue is not where it was read.
    """
    raw = read_bytes(source)
    if not any(one.changed for one in turned(bitext)):
        return raw
    decoded = decode(raw, str(source), options.encoding)
    text = Markup(decoded.text, plain=True)
    extension = "vtt" if decoded.text.startswith("WEBVTT") else "srt"
    newline = "\r\n" if "\r\n" in decoded.text else "\n"
    blocks = [one for one in bitext.source.blocks if "start" in dict(one.data)]
    places = [_place(one, decoded.text, str(source)) for one in blocks]
    bodies = [cue_body(body_of(decoded.text[start:end]))[0] for start, end in places]
    made: dict[int, list[str]] = {}
    for number, cue in enumerate(_set(bitext, options, blocks, bodies, extension), start=1):
        written = written_cue(extension, number, cue, dict(blocks[cue.of].data))
        named = extension == "srt" or "-->" not in decoded.text[places[cue.of][0] :].partition("\n")[0]
        made.setdefault(cue.of, []).append(written if named else written.partition("\n")[2])
    for number, (start, end) in enumerate(places):
        text.edit(start, end, "\n\n".join(made.get(number, ())).replace("\n", newline))
    return encoded(text.written(), raw, decoded.encoding, escape="")


def _place(block: Block, text: str, name: str) -> tuple[int, int]:
    start, _, end = block.place.partition("-")
    if not end or int(end) > len(text):
        raise InputError(f"{name}: not the cues that were read", "Run again.")
    return int(start), int(end)


def _set(
    bitext: Bitext, options: DocumentOptions, blocks: Sequence[Block], bodies: Sequence[str], extension: str
) -> list[Cue]:
    """The cues as they are shown, their lines in the format's own terms, with the tags that stood amid the source's."""
    made: list[list[Cue]] = []
    forms = []
    languages = (bitext.source.language, bitext.target.language)
    cues = set_bitext(bitext, options.subtitles or SubtitleOptions())
    for number, group in groupby(cues, key=lambda cue: cue.of):
        members = tuple(group)
        made.append([replace(one, lines=tuple(as_written(extension, line) for line in one.lines)) for one in members])
        tokens = tuple(_tokens(bodies[number])) if TAG.search(bodies[number]) else ()
        if not tokens or (extension == "srt" and blocks[number].text not in TAG.sub("", bodies[number])):
            continue

        markup = Markup(bodies[number], plain=extension == "srt")
        tagged = Tagged(
            blocks[number], markup, tokens, members, lambda sign: as_written(extension, sign),
            lambda tag: bool(_TIME.match(tag)),
        )  # fmt: skip
        forms.append(woven(tagged, languages, put_into(made[-1])))
    fill(forms)
    return [one for members in made for one in members]


def _tokens(body: str) -> Iterator[Token]:
    """The tags and texts of a cue."""
    at = 0
    for found in TAG.finditer(body):
        if at < found.start():
            yield Token("text", "", at, found.start())
        name, at = _NAME.match(found[0]), found.end()
        what: Literal["open", "close", "empty"] = (
            "empty" if name is None else "close" if found[0].startswith("</") else "open"
        )
        yield Token(what, name[1].lower() if name else "", found.start(), at)
    if at < len(body):
        yield Token("text", "", at, len(body))
