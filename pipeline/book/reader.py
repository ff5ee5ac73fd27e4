"""The reader: a book as one self-contained web page."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from pipeline.book.building import book_of
from pipeline.book.choices import CHOICES, as_json
from pipeline.book.content import LONGEST_PARAGRAPH, Book, Entry, Pair, Paragraph, Table, cut_long, tabled
from pipeline.book.counterparts import with_letters
from pipeline.book.files import place, template, template_text
from pipeline.book.images import image_type
from pipeline.book.inline import Mark, set_out
from pipeline.book.options import DEFAULTS, BookOptions
from pipeline.text import Bitext

CHUNK_PAIRS = 50  # pairs that the browser lays out, or leaves out, at once (content-visibility)
HTML_LAYOUTS = ("side-by-side", "paragraphs", "sentences", "source")
_LAYOUT_NAMES = ("Side by side", "Paragraph by paragraph", "Sentence by sentence", "Translation on tap")
# the page's script: these, joined, in one function
_SCRIPTS = (
    "reader/store", "reader/pairs", "reader/place", "reader/pencil", "reader/card", "words", "reader/walk",
    "reader/counterparts", "reader/notes", "reader/view", "reader/menus", "reader/search", "reader/listen",
    "reader/stars", "reader/keys", "reader/start",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Shown:
    """A paragraph as the template writes it."""

    pairs: tuple[Pair, ...]
    level: int
    style: str
    number: str = ""
    once: bool = False
    image: str = ""
    alt: str = ""
    part: str = ""
    part_title: str = ""


@dataclass(frozen=True, slots=True)
class _ShownTable:
    """A table as the template writes it: rows of cells of paragraphs."""

    rows: tuple[tuple[tuple[_Shown, ...], ...], ...]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Every pair in it."""
        return tuple(pair for row in self.rows for cell in row for one in cell for pair in one.pairs)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Paragraphs and tables that are laid out together; the counts let the page guess their height."""

    items: tuple[_Shown | _ShownTable, ...]
    pairs: int
    characters: int


def write_html(bitexts: Sequence[Bitext], path: Path, options: BookOptions = DEFAULTS) -> None:
    """Write bitexts as one HTML file that needs no network, atomically.

    Raises OutputError where the file cannot be written.
    """
    book = book_of(bitexts, options)
    place(path, _page(book, options).encode("utf-8"))


def _page(book: Book, options: BookOptions) -> str:
    early = template_text("reader/early.js").replace("/* CHOICES */", as_json())
    style, early, script = Markup(_style_sheet()), Markup(early), Markup(_script())
    pairs, chunks = list(book.pairs), list(_chunks(book))
    return template("reader/page.html.j2").render(
        book=book,
        key=_key(book, pairs),
        layout=options.layout_of(HTML_LAYOUTS),
        layouts=list(zip(HTML_LAYOUTS, _LAYOUT_NAMES, strict=True)),
        choices=CHOICES,
        policy=_policy(style, early, script),
        style=style,
        early=early,
        script=script,
        contents=_contents(book),
        titled=_opens_with_title(book),
        chunks=chunks,
        words=Markup(_words(chunks)),
        links=options.links,
        set_out=lambda text, marks: set_out(text, marks, _call),
        count=len(pairs),
        doubts=sum(bool(pair.doubt) for pair in pairs),
    )


def _words(chunks: Sequence[_Chunk]) -> str:
    """Which words go together, a line a pair in the order of the page; nothing where nobody knows."""
    lines = [pair.words for chunk in chunks for one in chunk.items for pair in one.pairs]
    return "\n".join(lines) if any(lines) else ""


def _script() -> str:
    inside = with_letters("\n".join(template_text(f"{name}.js") for name in _SCRIPTS))
    return f'(() => {{\n"use strict";\n{inside}}})();\n'


def _style_sheet() -> str:
    """The stylesheet; in the layout `sentences` the nth span of either side stands in the nth place."""
    places = range(1, LONGEST_PARAGRAPH + 1)
    order = "\n".join(
        f'[data-layout="sentences"] .p > * > :nth-child({n}) {{ order: calc({2 * n} + var(--later)); }}' for n in places
    )
    return template_text("reader/reader.css").replace("/* ORDER */", order)


def _policy(style: str, *scripts: str) -> str:
    """A content security policy that allows this page's own style and scripts, embedded images, and nothing else."""
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; img-src data:; style-src {_hash(style)}; script-src {allowed}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _key(book: Book, pairs: Sequence[Pair]) -> str:
    """What the browser remembers a book's place under: the same for a new translation of the same text."""
    told = "\0".join((book.title, *(pair.source for pair in pairs)))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _call(mark: Mark) -> str:
    """A call of a note, or the way back from it; their signs are drawn, so that they are no part of the sentence."""
    if mark.kind == "back":
        return f'<a class="back" href="#{mark.value}" role="doc-backlink" aria-label="Back to the text"></a>'
    label = html.escape(mark.label)
    if not mark.value:
        return f'<sup class="label">{label}</sup>'
    return (
        f'<a class="call" id="{mark.id}" href="#{mark.value}" role="doc-noteref" data-n="{label}" '
        f'aria-label="Note {label}"></a>'
    )


def _opens_with_title(book: Book) -> bool:
    """Whether the text itself begins with the book's title as its top heading."""
    return len(book.parts) == 1 and book.parts[0].opens_with(book.title)


def _contents(book: Book) -> list[Entry]:
    """The contents, their highest level the first; nothing for a book with a single line of them."""
    entries = book.contents
    top = min((entry.level for entry in entries), default=1) - 1
    return [Entry(one.id, one.level - top, one.source, one.target) for one in entries] if len(entries) > 1 else []


def _chunks(book: Book) -> Iterator[_Chunk]:
    waiting: list[_Shown | _ShownTable] = []
    for shown in _shown(book):
        waiting.append(shown)
        if sum(len(one.pairs) for one in waiting) >= CHUNK_PAIRS:
            yield _chunk(waiting)
            waiting = []
    if waiting:
        yield _chunk(waiting)


def _chunk(items: Sequence[_Shown | _ShownTable]) -> _Chunk:
    pairs = [pair for one in items for pair in one.pairs]
    return _Chunk(tuple(items), len(pairs), sum(len(pair.source) for pair in pairs))


def _shown(book: Book) -> Iterator[_Shown | _ShownTable]:
    titled = _opens_with_title(book)
    for part in book.parts:
        opening = [part] if book.announces(part) else []
        shift = (0 if titled else 1) + bool(opening)
        for one in tabled(list(cut_long(part.paragraphs))):
            if isinstance(one, Table):
                if opening:
                    yield _Shown((), 0, "", part=part.id, part_title=part.title)
                yield from _tables(one, titled, shift)
                opening = []
            elif (image := _data_uri(one)) or not one.image:
                yield _paragraph(one, titled, shift, image=image, part=opening[0] if opening else None)
                opening = []


def _paragraph(one: Paragraph, titled: bool, shift: int, *, image: str = "", part: object = None) -> _Shown:
    return _Shown(
        pairs=one.pairs,
        level=min(one.level + shift, 6) if one.level and not one.continued else 0,
        style=_style(one, titled),
        number=one.number,
        once=one.once,
        image=image,
        alt=one.alt,
        part=getattr(part, "id", ""),
        part_title=getattr(part, "title", ""),
    )


def _tables(table: Table, titled: bool, shift: int) -> Iterator[_ShownTable]:
    """A table as it is, or in several of whole rows where it is long."""
    rows: list[tuple[tuple[_Shown, ...], ...]] = []
    count = 0
    for row in table.rows:
        rows.append(tuple(tuple(_paragraph(one, titled, shift) for one in cell) for cell in row))
        count += sum(len(one.pairs) for cell in row for one in cell)
        if count >= CHUNK_PAIRS:
            yield _ShownTable(tuple(rows))
            rows, count = [], 0
    if rows:
        yield _ShownTable(tuple(rows))


def _style(one: Paragraph, titled: bool) -> str:
    names: list[str] = [one.kind] if one.kind != "paragraph" else []
    if one.level:
        names.append(f"l{one.level + (0 if titled else 1)}")
    if one.depth > 1:
        names.append(f"d{one.depth}")
    told = {"once": one.once, "break": one.breaks, "ruled": one.ruled, "code": one.code, "note": bool(one.note)}
    names += [name for name, holds in (told | {"more": one.continued}).items() if holds]
    return "".join(f" {name}" for name in names)


def _data_uri(one: Paragraph) -> str:
    kind = image_type(one.image) if one.image else ""
    return f"data:{kind};base64,{base64.b64encode(one.image.content).decode()}" if one.image and kind else ""
