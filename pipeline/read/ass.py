"""ASS and SSA subtitles to a document, with pysubs2: a block a cue, its times, style and speaker in its data."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace

from pipeline.errors import InputError
from pipeline.read.assembling import PLACE, Told, document_of_texts
from pipeline.read.left import LeftOut
from pipeline.read.table import Texts
from pipeline.text import Document, Flag

_CUE = re.compile(r"^Dialogue:", re.MULTILINE)


def read_ass(text: str, told: Told) -> Document:
    """The cues of a file in the order of their times, without override tags and drawings; comments are left out.

    Raises InputError where it is no such file, or a line of it cannot be read.
    """
    import pysubs2
    from pysubs2.formats.substation import parse_tags

    try:
        with warnings.catch_warnings(action="ignore", category=RuntimeWarning):  # of margins and the like
            file = pysubs2.SSAFile.from_string(text, format_="ass" if "v4+" in text.lower() else "ssa")
    except (pysubs2.exceptions.Pysubs2Error, ValueError, IndexError, KeyError) as error:
        said = " ".join(str(error).split())[:160]
        raise InputError(f"{told.path} is not ASS: {said}", "Export it anew from the subtitle editor.") from error
    lines = len(_CUE.findall(text))
    if not lines:
        raise InputError(f"{told.path} holds no line of dialogue", "Give a file with subtitles in it.")
    if sum(event.type == "Dialogue" for event in file) != lines:
        raise InputError(f"{told.path} holds {lines} cues, of which some cannot be read", "Export it anew as ASS.")
    texts, left, tags = Texts(), LeftOut(), 0
    for number, event in sorted(enumerate(file), key=lambda one: one[1].start):
        if event.type != "Dialogue":
            left.add("a comment", event.text, _clock(event.start))
            continue
        pieces = parse_tags(event.text, styles=file.styles)
        shown = "".join(piece for piece, style in pieces if not style.drawing)
        words = re.sub(r"\\[Nn]", "\n", shown).replace("\\h", "\N{NO-BREAK SPACE}")
        tags += event.text.count("{")
        data = (("start", _clock(event.start)), ("end", _clock(event.end)), ("look", event.style))
        voice = (("voice", event.name.strip()),) if event.name.strip() else ()
        texts.append(("cue", words, (*data, *voice, (PLACE, str(number)))))
    flags = (Flag("tags-removed", "info", f"{tags} format tags inside cues"),) if tags else ()
    title = file.info.get("Title", "").strip()
    meta = (("title", title),) if title and title != "Default Aegisub file" else ()
    return document_of_texts(texts, replace(told, meta=(*told.meta, *meta), flags=(*told.flags, *flags, *left.flags())))


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(max(0, milliseconds), 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
