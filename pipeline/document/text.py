"""Plain text in the other language: its paragraphs where they stood, wrapped as they were."""

from __future__ import annotations

import textwrap
from pathlib import Path

from pipeline.document.encodings import encoded
from pipeline.document.forms import Form, fill, rendered
from pipeline.document.inline import Content, Mark
from pipeline.document.markup import Markup
from pipeline.document.options import DocumentOptions
from pipeline.document.wordings import Turned, turned
from pipeline.errors import InputError
from pipeline.read.encoding import decode, read_bytes
from pipeline.text import Bitext

_LINED = ("verse", "cue")  # in these a line is a line
_LEAST = 40  # columns of a wrapped text


def write_text(bitext: Bitext, source: Path, options: DocumentOptions) -> bytes:
    """A text in its own form; raises InputError where it is not the one that was read."""
    raw = read_bytes(source)
    decoded = decode(raw, str(source), options.encoding)
    text = Markup(decoded.text, plain=True)
    fill((one, _form(text, one, str(source))) for one in turned(bitext) if one.changed)
    return encoded(text.written(), raw, decoded.encoding, escape="") if text.edits else raw


def _form(text: Markup, one: Turned, name: str) -> Form:
    span, block = one.block.span, one.block
    if text.text[span.start : span.end] != block.text:
        raise InputError(f"{name}: not the words that were read: {block.text[:40]!r}", "Run again.")
    ends = [place for place, sign in enumerate(block.text) if sign == "\n"] if block.kind in _LINED else []
    marks = tuple(Mark(key, place, place, role="break") for key, place in enumerate(ends))
    newline = "\r\n" if "\r\n" in text.text else "\n"

    def put(content: Content) -> None:
        made = rendered(content, lambda piece: piece, [(newline, "")] * len(marks))
        text.edit(span.start, span.end, made if marks else wrapped(made, block.text, newline))

    return Form(marks, put)


def wrapped(made: str, block: str, newline: str) -> str:
    """A translated paragraph in lines as long as those it had, indented as they were; one line stays one."""
    lines = block.splitlines()
    if len(lines) < 2:
        return newline.join(made.split("\n"))
    indent = lines[1][: len(lines[1]) - len(lines[1].lstrip())]
    width = max(_LEAST, *map(len, lines))
    wrap = textwrap.TextWrapper(width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return newline.join(line for one in made.split("\n") for line in wrap.wrap(one))
