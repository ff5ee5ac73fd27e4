"""An e-book in the other language: its pages but for their words, the labels of its contents, its language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pipeline.document.containers import rewritten
from pipeline.document.languages import Relabelled
from pipeline.document.markup import Markup, escaped
from pipeline.document.options import DocumentOptions
from pipeline.document.pages import fill_page
from pipeline.document.wordings import Turned, turned
from pipeline.read.archive import open_archive
from pipeline.text import Bitext

_LISTS = re.compile(r"\.(?:ncx|opf|xhtml|html|htm|xml)$", re.I)
_NAVIGATION = re.compile(r"<nav\b|<navMap\b", re.I)


def write_epub(bitext: Bitext, source: Path, options: DocumentOptions) -> bytes:
    """A book in its own form; raises InputError where a page is not the one that was read.

    An entry of the contents, and a page's title, is translated as the heading that it names.
    """
    labels = Relabelled(bitext.source.language, bitext.target.language)
    pages: dict[str, list[Turned]] = {}
    known: dict[str, str] = {}
    changed = False
    for one in turned(bitext):
        attribute = "@" in one.block.place
        pages.setdefault(one.block.place.rpartition("@" if attribute else ":")[0], []).append(one)
        changed = changed or one.changed
        if one.changed and not attribute:
            known.setdefault(" ".join(one.block.text.split()), " ".join(one.wording.target.split()))
    pages.pop("", None)

    def edited(name: str, text: str) -> str:
        if name.lower().endswith(".opf"):
            return text if options.layout else labels.part("docProps", text)
        markup = Markup(text)
        if name in pages:
            fill_page(markup, pages[name], f"{source}: {name}", labels, options.layout)
        if options.layout or (name not in pages and not _NAVIGATION.search(text)):
            return markup.written()
        _name_entries(markup, known)
        if name not in pages:
            labels.pages(markup)
        return markup.written()

    names = [name for name in open_archive(source).names if _LISTS.search(name)]
    return rewritten(source, names if changed else (), edited)


def _name_entries(markup: Markup, known: Mapping[str, str]) -> None:
    """Put known translations in the place of texts that no edit covers: titles, entries of contents."""
    covered = sorted((start, end) for start, (end, _) in markup.edits.items())
    for token in markup.tokens:
        while covered and covered[0][1] <= token.start:
            covered.pop(0)
        if token.what != "text" or (covered and covered[0][0] <= token.start):
            continue
        shown = " ".join(markup.shown(token).split())
        if shown in known:
            raw = markup.text[token.start : token.end]
            start = token.start + len(raw) - len(raw.lstrip())
            markup.edit(start, token.start + len(raw.rstrip()), escaped(known[shown]))
