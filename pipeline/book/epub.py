"""The e-book: bitexts as an EPUB 3.3, the same bytes for the same input."""

from __future__ import annotations

import html
import io
import uuid
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from pipeline.book.building import book_of
from pipeline.book.content import Book
from pipeline.book.counterparts import with_letters
from pipeline.book.epub_pages import Page, lines_of, pages_of
from pipeline.book.files import place, template, template_text
from pipeline.book.images import EXTENSIONS, image_type, safe_svg
from pipeline.book.inline import Mark, set_out
from pipeline.book.options import DEFAULTS, BookOptions
from pipeline.text import Bitext, Resource

EPUB_LAYOUTS = ("paragraphs", "sentences", "source", "side-by-side")
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


def write_epub(bitexts: Sequence[Bitext], path: Path, options: BookOptions = DEFAULTS) -> None:
    """Write bitexts as an EPUB, atomically.

    In the layout `source` a ° after each paragraph pops up its translation; `side-by-side` is a table of two columns.
    Raises OutputError where the file cannot be written.

    """
    book = book_of(bitexts, options)
    images = _images(book)
    pages = list(pages_of(book, {resource: image.file for resource, image in images.items()}))
    place(path, _zipped(_files(book, options, pages, list(images.values()))))


def _files(
    book: Book, options: BookOptions, pages: Sequence[Page], images: Sequence[_Image]
) -> Iterator[tuple[str, bytes]]:
    """Every file of the package by its path, in the order they are packed."""
    layout = options.layout_of(EPUB_LAYOUTS)
    cover = _cover(book)
    told = {"book": book, "layout": layout, "pages": pages, "images": images, "cover": cover}
    told |= {"identifier": _identifier(book, layout), "modified": options.modified}
    told |= {"entries": lines_of(book, pages), "doubts": any(pair.doubt for pair in book.pairs)}
    told |= {"set_out": _setter(pages), "words": any(page.words for page in pages), "links": options.links}

    def rendered(name: str, **more: object) -> bytes:
        return template(name).render(told | more).encode("utf-8")

    yield "META-INF/container.xml", _CONTAINER.encode()
    yield "EPUB/package.opf", rendered("epub/package.opf.j2")
    yield "EPUB/nav.xhtml", rendered("epub/nav.xhtml.j2")
    yield "EPUB/book.css", template_text("epub/book.css").encode("utf-8")
    if told["words"]:
        yield "EPUB/words.js", _script().encode("utf-8")
    yield f"EPUB/{cover.file}", cover.content
    yield "EPUB/cover.xhtml", rendered("epub/cover.xhtml.j2")
    yield "EPUB/title.xhtml", rendered("epub/title.xhtml.j2")
    for page in pages:
        yield f"EPUB/{page.file}", rendered("epub/page.xhtml.j2", page=page)
    for image in images:
        yield f"EPUB/{image.file}", image.content


def _script() -> str:
    """Lights up words; what cannot run it shows the book without."""
    inside = with_letters("\n".join(template_text(name) for name in ("words.js", "epub/words.js")))
    return f'(() => {{\n"use strict";\n{inside}}})();\n'


def _setter(pages: Sequence[Page]) -> Callable[[str, Sequence[Mark]], Markup]:
    """Sets a sentence out; calls and ways back lead to the files that their ends are in."""
    files = {pair.id: page.file for page in pages for one in page.paragraphs for pair in one.pairs}
    calls = {
        mark.id: page.file
        for page in pages
        for one in page.paragraphs
        for pair in one.pairs
        for mark in (*pair.source_marks, *pair.target_marks)
        if mark.id
    }

    def call(mark: Mark) -> str:
        if mark.kind == "back":
            return f' <a href="{calls.get(mark.value, "")}#{mark.value}" role="doc-backlink">↩</a>'
        label = html.escape(mark.label)
        if mark.value not in files:
            return f'<sup class="label">{label}</sup>'
        goal = f"{files[mark.value]}#aside-{mark.value}"
        return f'<a class="call" epub:type="noteref" role="doc-noteref" id="{mark.id}" href="{goal}">{label}</a>'

    return lambda text, marks: set_out(text, marks, call)


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
    drawn = template("epub/cover.svg.j2")
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
