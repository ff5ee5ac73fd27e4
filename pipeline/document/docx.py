"""A Word document in the other language: its parts as they were, but for the paragraphs that have changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path

from pipeline.document.beside import beside_of, fill_beside
from pipeline.document.bilingual import joined
from pipeline.document.containers import rewritten
from pipeline.document.inline import Unit
from pipeline.document.languages import Relabelled
from pipeline.document.markup import Markup
from pipeline.document.office import Dialect, Item, Reader, names
from pipeline.document.options import DocumentOptions
from pipeline.document.pptx import DRAWINGS
from pipeline.document.runs import fill_part, parts_of
from pipeline.document.wordings import Turned
from pipeline.read.attributes import WORDS
from pipeline.read.docx import DROP_CAP
from pipeline.read.flow import PLACEHOLDER
from pipeline.text import Bitext, Span

_FIELD = re.compile(r"fldCharType=[\"'](begin|separate|end)[\"']")
_CODE = re.compile(r"<[\w:]*instrText[^>]*>([^<]*)<")
# what a field of these shows is counted by the program that opens the file
_COUNTED = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF|NOTEREF|SEQ|REF|DATE|TIME|SAVEDATE|CREATEDATE|=)\b")
_FIRST_LETTER, _FIRST_WORD = re.compile(r"[\W_]*\w"), re.compile(r"[\W_]*\w[\w'’-]*")
_DRAWN = re.compile(r"word/(?:charts|diagrams)/")
_SYMBOL = re.compile(r"\bchar=[\"']([0-9A-Fa-f]{1,6})[\"']")
_UNREAD = names("del moveFrom drawing pict object mc:AlternateContent instrText delText")
_TEXT = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<")


def write_docx(bitext: Bitext, source: Path, options: DocumentOptions) -> bytes:
    """A Word document in its own form; raises InputError where a paragraph is not the one that was read."""
    labels = Relabelled(bitext.source.language, bitext.target.language)
    parts = parts_of(bitext)
    beside = beside_of(parts)
    if not options.layout:
        _caps_apart(parts)
    names = {*parts, *beside}

    def edited(name: str, text: str) -> str:
        if name in names:
            markup = Markup(text)
            fill_beside(markup, {} if options.layout else beside.get(name, {}), WORDS, f"{source}: {name}")
            drawn = bool(_DRAWN.match(name))
            if name in parts and not (drawn and options.layout):
                dialect = DRAWINGS if drawn else DOCX
                fill_part(markup, parts[name], dialect, f"{source}: {name}", labels, options.layout)
            return joined(markup.written(), options.layout)
        return text if options.layout else labels.part(name, text)

    others = ("word/styles.xml", "word/settings.xml", "docProps/core.xml") if names else ()
    return rewritten(source, (*names, *others), edited)


def _caps_apart(parts: dict[str, dict[int, Turned]]) -> None:
    """Make of a block that begins with a drop cap two, each in its own paragraph: the first letters, and the rest."""
    for name, blocks in parts.items():
        for number, one in list(blocks.items()):
            said, _, place = dict(one.block.data).get(DROP_CAP, "").partition("@")
            part, _, other = place.rpartition("#")
            if not said or part != name or len(one.block.text) <= int(said):
                continue
            found = _FIRST_WORD.match(one.wording.target) if int(said) > 1 else _FIRST_LETTER.match(one.wording.target)
            ours, theirs = int(said), found.end() if found else 0
            blocks[int(other)] = _cut(one, (0, ours), (0, theirs))
            blocks[number] = _cut(one, (ours, len(one.block.text)), (theirs, len(one.wording.target)))


def _cut(one: Turned, source: tuple[int, int], target: tuple[int, int]) -> Turned:
    """A stretch of a block as a block of its own."""
    text, made = one.block.text[slice(*source)], one.wording.target[slice(*target)]
    units = (Unit(Span(0, len(text)), Span(0, len(made))),)
    return replace(
        one, block=replace(one.block, text=text), wording=replace(one.wording, source=text, target=made, units=units)
    )


def _shown(name: str, raw: str) -> str:
    """What an element within a run is among the characters, as the reader of the format has it."""
    if name == "sym":
        found = _SYMBOL.search(raw)
        sign = chr(int(found[1], 16)) if found and int(found[1], 16) < 0x110000 else ""
        return sign if sign and sign.isprintable() else PLACEHOLDER
    return "" if name in _UNREAD else unescape("".join(_TEXT.findall(raw)))  # formulas, ruby, what is not known


def _with_fields(reader: Reader, items: Sequence[Item]) -> list[Item]:
    """The pieces with each field (its code, and what it shows) as a pair; a field that goes on elsewhere stays open."""
    out: list[Item] = []
    opened: list[int] = []
    for item in items:
        found = _FIELD.search(item.raw) if item.id == "fldChar" else None
        if found and found[1] == "begin":
            opened.append(len(out))
        out.append(item)
        if found and found[1] == "end" and opened:
            place = opened.pop()
            out[place:] = [_field(reader, out[place:])]
    return out


def _field(reader: Reader, items: Sequence[Item]) -> Item:
    middles = (n for n, one in enumerate(items) if one.id == "fldChar" and "separate" in one.raw)
    middle = next(middles, len(items) - 1)
    code = "".join("".join(_CODE.findall(one.raw)) for one in items[:middle])
    opens = "".join(reader.dialect.whole(reader.prefix, one) for one in items[: middle + 1])
    if middle == len(items) - 1:
        return Item("thing", opens)
    return Item(
        "pair", opens, after=items[-1].raw, items=list(items[middle + 1 : -1]), fixed=bool(_COUNTED.match(code))
    )


DOCX = Dialect(
    namespace="http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    paragraph="p",
    run="r",
    properties="rPr",
    text="t",
    spaced=' xml:space="preserve"',
    head=names("pPr"),
    tail=frozenset(),
    containers=names("hyperlink ins moveTo smartTag sdt fldSimple customXml dir bdo"),
    inner=names("sdtContent"),
    written={"noBreakHyphen": "\u2011", "softHyphen": "\u00ad"},
    breaks=names("tab br cr ptab"),
    calls=names("footnoteReference endnoteReference"),
    dropped=names("proofErr lastRenderedPageBreak"),
    ignored=re.compile(r"<w:(?:lang|noProof)\b[^>]*/>|<w:rPr>\s*</w:rPr>|<w:rPr/>|\s+w:rsid\w*=\"[^\"]*\""),
    shown=_shown,
    joined=_with_fields,
)
