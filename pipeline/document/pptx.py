"""A presentation in the other language: its slides as they were, but for the paragraphs that have changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from pipeline.document.beside import beside_of, fill_beside
from pipeline.document.containers import rewritten
from pipeline.document.languages import Relabelled
from pipeline.document.markup import Markup
from pipeline.document.office import Dialect, Item, Reader, names, prefix_of
from pipeline.document.options import DocumentOptions
from pipeline.document.runs import fill_part, parts_of
from pipeline.document.texts import fill_elements
from pipeline.read.attributes import SLIDES
from pipeline.read.flow import PLACEHOLDER
from pipeline.text import Bitext

_TEXT = re.compile(r"<[\w:]*t(?:\s[^>]*)?>([^<]*)<")
_COUNTED = re.compile(r"\btype=[\"'](?:slidenum|datetime)")  # what programs fill in anew, and readers leave out


def write_pptx(bitext: Bitext, source: Path, options: DocumentOptions) -> bytes:
    """A presentation in its own form; raises InputError where a paragraph is not the one that was read."""
    labels = Relabelled(bitext.source.language, bitext.target.language)
    parts = parts_of(bitext)
    beside = beside_of(parts)
    names = {*parts, *beside}

    def edited(name: str, text: str) -> str:
        if name not in names:
            return labels.part(name, text)
        markup = Markup(text)
        fill_beside(markup, beside.get(name, {}), SLIDES, f"{source}: {name}")
        if name not in parts:
            return markup.written()
        if prefix_of(markup, DRAWINGS.namespace) is None or "comments" in name:
            fill_elements(markup, "text", parts[name], f"{source}: {name}")
        else:
            fill_part(markup, parts[name], DRAWINGS, f"{source}: {name}", labels)
        return markup.written()

    return rewritten(source, (*names, *(("docProps/core.xml",) if names else ())), edited)


def _shown(name: str, raw: str) -> str:
    if name == "fld":
        return "" if _COUNTED.search(raw) else "".join(_TEXT.findall(raw))
    return "" if name in ("br", "extLst") else PLACEHOLDER


def _as_they_are(reader: Reader, items: Sequence[Item]) -> list[Item]:
    return list(items)


DRAWINGS = Dialect(
    namespace="http://schemas.openxmlformats.org/drawingml/2006/main",
    paragraph="p",
    run="r",
    properties="rPr",
    text="t",
    spaced="",
    head=names("pPr"),
    tail=names("endParaRPr"),
    containers=frozenset(),
    inner=frozenset(),
    written={},
    breaks=names("br"),
    calls=frozenset(),
    dropped=frozenset(),
    ignored=re.compile(
        r"\s(?:lang|altLang|dirty|err|noProof|smtClean|smtId|bmk)=\"[^\"]*\"|<a:rPr/>|<a:rPr>\s*</a:rPr>"
    ),
    shown=_shown,
    joined=_as_they_are,
)
