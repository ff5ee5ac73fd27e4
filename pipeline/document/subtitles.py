"""Subtitles in the other language: cues set as a reader needs them, all between them (notes, styles) as it was."""

from __future__ import annotations

from pathlib import Path

from pipeline.corpus.cues import SubtitleOptions
from pipeline.corpus.subtitles import set_bitext, written_cue
from pipeline.document.encodings import encoded
from pipeline.document.markup import Markup
from pipeline.document.options import DocumentOptions
from pipeline.document.wordings import turned
from pipeline.errors import InputError
from pipeline.read.encoding import decode, read_bytes
from pipeline.text import Bitext


def write_subtitles(bitext: Bitext, source: Path, options: DocumentOptions) -> bytes:
    """A file of cues in its own form; a cue may become several where there is too much to read at once.

    Raises InputError where a cue is not where it was read.
    """
    raw = read_bytes(source)
    if not any(one.changed for one in turned(bitext)):
        return raw
    decoded = decode(raw, str(source), options.encoding)
    text = Markup(decoded.text, plain=True)
    extension = "vtt" if decoded.text.startswith("WEBVTT") else "srt"
    newline = "\r\n" if "\r\n" in decoded.text else "\n"
    blocks = [one for one in bitext.source.blocks if "start" in dict(one.data)]
    made: dict[int, list[str]] = {}
    for number, cue in enumerate(set_bitext(bitext, options.subtitles or SubtitleOptions()), start=1):
        made.setdefault(cue.of, []).append(written_cue(extension, number, cue, dict(blocks[cue.of].data)))
    for number, block in enumerate(blocks):
        start, _, end = block.place.partition("-")
        if not end or int(end) > len(decoded.text):
            raise InputError(f"{source}: not the cues that were read", "Run again.")
        text.edit(int(start), int(end), "\n\n".join(made.get(number, ())).replace("\n", newline))
    return encoded(text.written(), raw, decoded.encoding, escape="")
