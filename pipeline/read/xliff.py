"""XLIFF 1.2, SDLXLIFF, MQXLIFF and XLIFF 2 to a document to translate: a block a segment, its key, codes and state."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.errors import InputError
from pipeline.read.assembling import PLACE, Data, Told, document_of_texts
from pipeline.read.encoding import read_bytes
from pipeline.read.left import LeftOut
from pipeline.read.table import Texts
from pipeline.read.units import Segment, languages, segments, stripped
from pipeline.read.xml import local, parse_xml
from pipeline.text import Document


def read_xliff(path: Path, told: Told) -> Document:
    """The document of a file's source side; targets that a person has agreed to (`final`, confirmed) are kept.

    Raises InputError where it is no XLIFF, or in another language than is asked for.
    """
    root = parse_xml(read_bytes(path), str(path), huge=True)  # Trados packs the original file into one text
    if local(root) != "xliff":
        raise InputError(f"{path} is not XLIFF: its root is <{local(root)}>", "Give a file whose root is <xliff>.")
    source, target = languages(root)
    if source and source.lower().partition("-")[0] != told.language.lower().partition("-")[0]:
        raise InputError(
            f"{path} is in {source!r}, and {told.language!r} is asked for", f"Set source_language to {source}."
        )
    left, texts = LeftOut(), Texts()
    for segment in segments(root):
        words, data = stripped(segment.source), _known(segment)
        texts.append(("paragraph", words.text, (*data, *(("inline", code) for code in words.codes))))
        if not segment.done:
            left.add("a translation that nobody has agreed to, made anew", segment.target.text, f"unit {segment.key}")
    for element in root.iter("{*}ignorable"):
        left.add("between segments (ignorable)", "".join(map(str, element.itertext("{*}source"))))
    for note in (note for file in root.iterchildren("{*}file") for note in file.iterfind("{*}notes/{*}note")):
        left.add("a note on the file", note.text or "")
    for proposal in root.iterfind(".//{*}alt-trans"):
        left.add("a proposal (alt-trans)", " ".join(map(str, proposal.itertext())))
    meta = tuple((name, value) for name, value in (("target-language", target),) if value)
    return document_of_texts(texts, replace(told, meta=(*told.meta, *meta), flags=(*told.flags, *left.flags())))


def _known(segment: Segment) -> Data:
    """What the file says of a segment: its unit's id, its state, notes, whether it is translated, and how."""
    data = [("key", segment.key)]
    data += [("state", segment.state)] if segment.state not in ("", "initial") else []
    data += [("comment", " / ".join(segment.notes))] if segment.notes else []
    if segment.done:
        data.append(("target", segment.target.text.strip()))
    elif not segment.translate:
        data.append(("translate", "no"))
    if segment.whole or segment.done:
        data.append(("line", "1"))
    return (*data, (PLACE, segment.place))
