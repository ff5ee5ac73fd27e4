"""The reader: a book as one self-contained web page."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from pipeline.book.content import LONGEST_PARAGRAPH, Book, Pair, Paragraph, book_of, cut_long
from pipeline.book.files import place, template, template_text
from pipeline.book.images import image_type
from pipeline.book.options import DEFAULTS, BookOptions
from pipeline.text import Bitext

CHUNK_PAIRS = 50  # pairs that the browser lays out, or leaves out, at once (content-visibility)
_LAYOUT_NAMES = (
    ("side-by-side", "Side by side"),
    ("paragraphs", "Paragraph by paragraph"),
    ("sentences", "Sentence by sentence"),
    ("source", "Translation on tap"),
)
_CHOICES = (
    ("width", "Width", "medium", (("narrow", "Narrow"), ("medium", "Medium"), ("wide", "Wide"))),
    ("theme", "Colours", "auto", (("auto", "Auto"), ("light", "Light"), ("dark", "Dark"))),
)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A paragraph as the template writes it."""

    pairs: tuple[Pair, ...]
    level: int
    style: str
    image: str = ""
    alt: str = ""
    part: str = ""
    part_title: str = ""


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Paragraphs that are laid out together; the counts let the page guess their height."""

    paragraphs: tuple[_Shown, ...]
    pairs: int
    characters: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the contents."""

    id: str
    level: int
    source: str
    target: str


def write_html(bitexts: Sequence[Bitext], path: Path, options: BookOptions = DEFAULTS) -> None:
    """Write bitexts as one HTML file that needs no network, atomically.

    Raises OutputError where the file cannot be written.
    """
    book = book_of(bitexts, options)
    place(path, _page(book, options).encode("utf-8"))


def _page(book: Book, options: BookOptions) -> str:
    style, early, script = Markup(_style_sheet()), Markup(template_text("early.js")), Markup(template_text("reader.js"))
    pairs = list(book.pairs)
    return template("reader.html.j2").render(
        book=book,
        key=_key(book, pairs),
        layout=options.layout,
        layouts=_LAYOUT_NAMES,
        choices=_CHOICES,
        policy=_policy(style, early, script),
        style=style,
        early=early,
        script=script,
        contents=list(_contents(book)),
        titled=_opens_with_title(book),
        chunks=_chunks(book),
        count=len(pairs),
        doubts=sum(bool(pair.doubt) for pair in pairs),
    )


def _style_sheet() -> str:
    """The stylesheet; in the layout `sentences` the nth span of either side stands in the nth place."""
    places = range(1, LONGEST_PARAGRAPH + 1)
    order = "\n".join(f'[data-layout="sentences"] .p > * > :nth-child({n}) {{ order: {n}; }}' for n in places)
    return template_text("reader.css").replace("/* ORDER */", order)


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


def _opens_with_title(book: Book) -> bool:
    """Whether the text itself begins with the book's title as its top heading."""
    return len(book.parts) == 1 and book.parts[0].opens_with(book.title)


def _contents(book: Book) -> Iterator[_Entry]:
    """Parts and headings down to the third level; nothing for a book with a single one."""
    entries = []
    for part in book.parts:
        announced = book.announces(part)
        if announced:
            entries.append(_Entry(part.id, 1, part.title, ""))
        for one in part.paragraphs:
            if 0 < one.level <= 3:
                entries.append(_Entry(one.pairs[0].id, one.level + announced, one.source, one.target))
    if len(entries) > 1:
        top = min(entry.level for entry in entries) - 1
        yield from (_Entry(one.id, one.level - top, one.source, one.target) for one in entries)


def _chunks(book: Book) -> Iterator[_Chunk]:
    waiting: list[_Shown] = []
    for shown in _shown(book):
        waiting.append(shown)
        if sum(len(one.pairs) for one in waiting) >= CHUNK_PAIRS:
            yield _chunk(waiting)
            waiting = []
    if waiting:
        yield _chunk(waiting)


def _chunk(paragraphs: Sequence[_Shown]) -> _Chunk:
    pairs = [pair for one in paragraphs for pair in one.pairs]
    return _Chunk(tuple(paragraphs), len(pairs), sum(len(pair.source) for pair in pairs))


def _shown(book: Book) -> Iterator[_Shown]:
    titled = _opens_with_title(book)
    for part in book.parts:
        opening = part if book.announces(part) else None
        shift = (0 if titled else 1) + bool(opening)
        for one in cut_long(part.paragraphs):
            image = _data_uri(one) if one.image else ""
            if one.image and not image:
                continue
            yield _Shown(
                pairs=one.pairs,
                level=min(one.level + shift, 6) if one.level and not one.continued else 0,
                style=_style(one, titled),
                image=image,
                alt=one.alt,
                part=opening.id if opening else "",
                part_title=opening.title if opening else "",
            )
            opening = None


def _style(one: Paragraph, titled: bool) -> str:
    names: list[str] = [one.kind] if one.kind != "paragraph" else []
    if one.level:
        names.append(f"l{one.level + (0 if titled else 1)}")
    if one.row and not one.continued:
        names.append("row")
    if one.continued:
        names.append("more")
    return "".join(f" {name}" for name in names)


def _data_uri(one: Paragraph) -> str:
    assert one.image is not None
    kind = image_type(one.image)
    return f"data:{kind};base64,{base64.b64encode(one.image.content).decode()}" if kind else ""
