"""The e-book: bitexts as an EPUB 3.3, the same bytes for the same input."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.book.content import Book, Paragraph, book_of
from pipeline.book.files import place, template, template_text
from pipeline.book.images import EXTENSIONS, image_type, safe_svg
from pipeline.book.options import DEFAULTS, BookOptions
from pipeline.text import Bitext, Resource

LONGEST_PAGE = 400  # pairs; readers of e-books grow slow on larger pages
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a ZIP entry can have
_NAMESPACE = uuid.UUID("6f0f2c5e-0f6b-5d0b-9a53-3a0c2d3f7b11")
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class _Image:
    """An image file of the book; `id` is its manifest id."""

    id: str
    file: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Shown:
    """A paragraph and, if it is one, the file name of its image."""

    paragraph: Paragraph
    image: str = ""


@dataclass(frozen=True, slots=True)
class _Page:
    """One XHTML file of the book; `part` is the title to announce, `opens` whether a part begins here."""

    id: str
    title: str
    part: str
    shown: tuple[_Shown, ...]
    opens: bool = False

    @property
    def file(self) -> str:
        """Its name in the package."""
        return f"{self.id}.xhtml"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the contents with the lines below it."""

    href: str
    level: int
    source: str
    target: str
    below: tuple[_Entry, ...] = ()


def write_epub(bitexts: Sequence[Bitext], path: Path, options: BookOptions = DEFAULTS) -> None:
    """Write bitexts as an EPUB, atomically; it has the layouts `paragraphs` and `sentences`.

    The layouts that only a page with scripts can have become `paragraphs`. Raises OutputError where the file cannot
    be written.
    """
    book = book_of(bitexts, options)
    images = _images(book)
    pages = list(_pages(book, images))
    place(path, _zipped(_files(book, options, pages, list(images.values()))))


def _files(
    book: Book, options: BookOptions, pages: Sequence[_Page], images: Sequence[_Image]
) -> Iterator[tuple[str, bytes]]:
    """Every file of the package by its path, in the order they are packed."""
    layout = "sentences" if options.layout == "sentences" else "paragraphs"
    cover = _cover(book)
    told = {"book": book, "layout": layout, "pages": pages, "images": images, "cover": cover}
    told |= {"identifier": _identifier(book, layout), "modified": options.modified}
    told |= {"entries": _entries(book, pages), "doubts": any(pair.doubt for pair in book.pairs)}

    def rendered(name: str, **more: object) -> bytes:
        return template(name).render(told | more).encode("utf-8")

    yield "META-INF/container.xml", _CONTAINER.encode()
    yield "EPUB/package.opf", rendered("package.opf.j2")
    yield "EPUB/nav.xhtml", rendered("nav.xhtml.j2")
    yield "EPUB/book.css", template_text("book.css").encode("utf-8")
    yield f"EPUB/{cover.file}", cover.content
    yield "EPUB/cover.xhtml", rendered("cover.xhtml.j2")
    yield "EPUB/title.xhtml", rendered("title.xhtml.j2")
    for page in pages:
        yield f"EPUB/{page.file}", rendered("page.xhtml.j2", page=page)
    for image in images:
        yield f"EPUB/{image.file}", image.content


def _zipped(files: Iterator[tuple[str, bytes]]) -> bytes:
    """The package as OCF wants it (EPUB 3.3, 4.2.2): `mimetype` first and stored; nothing of it depends on the day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(_entry_info("mimetype", zipfile.ZIP_STORED), b"application/epub+zip")
        for name, content in files:
            package.writestr(_entry_info(name, zipfile.ZIP_DEFLATED), content)
    return buffer.getvalue()


def _entry_info(name: str, compression: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = compression
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info


def _identifier(book: Book, layout: str) -> str:
    """A name that follows from what is in the book (RFC 9562, 5.5)."""
    told = [book.title, book.author, book.source.tag, book.target.tag, layout]
    told += [text for pair in book.pairs for text in (pair.source, pair.target)]
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, chr(0).join(told))}"


def _cover(book: Book) -> _Image:
    """The cover chosen, if it is an image, else one drawn from the title."""
    chosen = _image(book.cover, "cover-image", "cover") if book.cover else None
    drawn = template("cover.svg.j2")
    return chosen or _Image(
        "cover-image",
        "cover.svg",
        "image/svg+xml",
        drawn.render(book=book, lines=_cover_lines(book.title)).encode("utf-8"),
    )


def _cover_lines(title: str, width: int = 18, most: int = 7) -> list[str]:
    """A title broken into short lines; what is too long for a cover ends in an ellipsis."""
    lines = [""]
    for word in title.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= width or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    fit = [line if len(line) <= 24 else line[:23] + "…" for line in lines]
    return fit if len(fit) <= most else [*fit[: most - 1], "…"]


def _images(book: Book) -> dict[Resource, _Image]:
    """The images that the text shows, each once, in order."""
    found: dict[Resource, _Image] = {}
    for part in book.parts:
        for paragraph in part.paragraphs:
            if paragraph.image and paragraph.image not in found:
                number = len(found) + 1
                image = _image(paragraph.image, f"image-{number}", f"images/{number:04}")
                if image:
                    found[paragraph.image] = image
    return found


def _image(resource: Resource, id: str, stem: str) -> _Image | None:
    kind = image_type(resource)
    content = safe_svg(resource.content) if kind == "image/svg+xml" else resource.content
    return _Image(id, f"{stem}.{EXTENSIONS[kind]}", kind, content) if kind and content else None


def _pages(book: Book, images: dict[Resource, _Image]) -> Iterator[_Page]:
    """The text as files: one a chapter, a very long chapter in several."""
    number = 0
    for part in book.parts:
        opening, first = (part.title if book.announces(part) else ""), True
        for chapter in _chapters(part.paragraphs):
            number += 1
            heading = next((one for one in chapter if one.level), None)
            title = (heading.source or heading.target) if heading else part.title
            shown = tuple(
                _Shown(one, images[one.image].file if one.image else "") for one in chapter if _has(one, images)
            )
            yield _Page(f"page-{number:04}", title, opening, shown, opens=first)
            opening, first = "", False


def _has(one: Paragraph, images: dict[Resource, _Image]) -> bool:
    return one.image in images if one.image else bool(one.pairs)


def _chapters(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Paragraphs by chapter; a title right before a chapter's heading stays on the same page."""
    chapter: list[Paragraph] = []
    for one in (piece for paragraph in paragraphs for piece in _pieces(paragraph)):
        full = sum(len(other.pairs) for other in chapter) >= LONGEST_PAGE
        if chapter and (full or (one.chapter and not all(other.level for other in chapter))):
            yield chapter
            chapter = []
        chapter.append(one)
    yield chapter


def _pieces(paragraph: Paragraph) -> Iterator[Paragraph]:
    """A paragraph longer than a page, in several."""
    yield replace(paragraph, pairs=paragraph.pairs[:LONGEST_PAGE])
    for start in range(LONGEST_PAGE, len(paragraph.pairs), LONGEST_PAGE):
        rest = paragraph.pairs[start : start + LONGEST_PAGE]
        yield replace(paragraph, pairs=rest, continued=True, chapter=False, image=None)


def _entries(book: Book, pages: Sequence[_Page]) -> tuple[_Entry, ...]:
    """The contents: parts and headings down to the third level, nested; at least one line, as nav must have it."""
    announced = False
    flat: list[_Entry] = []
    for page in pages:
        if page.opens:
            announced = bool(page.part)
        if page.part:
            flat.append(_Entry(page.file, 1, page.part, ""))
        flat += [
            _Entry(f"{page.file}#{one.pairs[0].id}", one.level + announced, one.source, one.target)
            for one in (shown.paragraph for shown in page.shown)
            if 0 < one.level <= 3 and not one.continued
        ]
    return _nested(flat) or (_Entry(pages[0].file if pages else "title.xhtml", 1, book.title, ""),)


def _nested(flat: Sequence[_Entry]) -> tuple[_Entry, ...]:
    made: list[_Entry] = []
    start = 0
    while start < len(flat):
        end = start + 1
        while end < len(flat) and flat[end].level > flat[start].level:
            end += 1
        made.append(replace(flat[start], below=_nested(flat[start + 1 : end])))
        start = end
    return tuple(made)
