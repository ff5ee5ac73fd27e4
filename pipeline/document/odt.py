"""An OpenDocument text in the other language: its parts as they were, but for the paragraphs that have changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from pipeline.document.beside import beside_of, fill_beside
from pipeline.document.containers import rewritten
from pipeline.document.forms import Form, fill
from pipeline.document.languages import Relabelled
from pipeline.document.markup import Markup
from pipeline.document.office import depths, elements, names
from pipeline.document.options import DocumentOptions
from pipeline.document.pages import Inline, form_of
from pipeline.document.runs import parts_of
from pipeline.document.wordings import Turned
from pipeline.errors import InputError
from pipeline.read.attributes import SLIDES
from pipeline.text import Bitext

_PARAGRAPHS = ("text:p", "text:h")
_DRAWN = names("frame custom-shape rect ellipse circle line path polygon g connector")
_LANGUAGE = re.compile(r"<[\w:-]+\s[^>]*\bfo:language=\"[^>]*>")
_RANGE = re.compile(r"<(text:[\w-]+)-(start|end)\s[^>]*?text:(?:name|id|change-id|ref-name)=\"([^\"]*)\"[^>]*/>$")
_INLINE = Inline(
    fixed=names("page-number page-count date time sequence sequence-ref bookmark-ref reference-ref ruby"),
    shown=names("frame"),
    breaks=names("line-break tab s"),
    calls=names("note"),
    apart=names("note annotation hidden-text hidden-paragraph") | _DRAWN,
    range=lambda raw: (f"{found[1]} {found[3]}", found[2] == "start") if (found := _RANGE.search(raw)) else None,
)


def write_odt(bitext: Bitext, source: Path, options: DocumentOptions) -> bytes:
    """A text in its own form; raises InputError where a paragraph is not the one that was read."""
    labels = Relabelled(bitext.source.language, bitext.target.language)
    parts = parts_of(bitext)
    beside = beside_of(parts)

    def edited(name: str, text: str) -> str:
        markup = Markup(text)
        fill_beside(markup, beside.get(name, {}), SLIDES, f"{source}: {name}")
        if name in parts:
            _fill(markup, parts[name], labels, f"{source}: {name}")
        if name == "meta.xml":
            return labels.part("docProps", text)
        return _LANGUAGE.sub(lambda found: labels.country(found[0]), markup.written())

    return rewritten(source, ("content.xml", "styles.xml", "meta.xml") if parts or beside else (), edited)


def _fill(markup: Markup, blocks: Mapping[int, Turned], labels: Relabelled, name: str) -> None:
    """Set translations in the paragraphs and headings of a part, by their numbers, those within others first."""
    found = sorted(one for tag in _PARAGRAPHS for one in elements(markup, tag))
    if max(blocks) >= len(found):
        raise InputError(f"{name} has {len(found)} paragraphs, not those that were read", "Run again.")
    deep = depths(found)
    for _, numbers in groupby(sorted(blocks, key=lambda one: -deep[one]), key=lambda one: deep[one]):
        fill([(blocks[one], _form(markup, found[one], blocks[one], labels, name)) for one in numbers])


def _form(markup: Markup, place: tuple[int, int], turned: Turned, labels: Relabelled, name: str) -> Form:
    form = form_of(markup, markup.tokens[place[0] + 1 : place[1]], turned, labels, _INLINE)
    if form is None:
        raise InputError(f"{name}: not the words that were read: {turned.block.text[:40]!r}", "Run again.")
    return form
