"""EPUB 2 and 3 to a document: the spine in order, with chapters, notes and images."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.read.archive import Archive, open_archive
from pipeline.read.assembling import IMAGES, PLACE, Data, Told, document_of_texts
from pipeline.read.attributes import PAGES
from pipeline.read.flow import Event, Flow
from pipeline.read.html import decode_html, page_events
from pipeline.read.left import LeftOut, quoted
from pipeline.read.matter import named_matter
from pipeline.read.xml import local, parse_xml
from pipeline.text import Document, Flag, Kind, Resource

if TYPE_CHECKING:
    from lxml.etree import _Element

_DC = "{http://purl.org/dc/elements/1.1/}"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
# EPUB Open Container Format, 4.3: fonts may be obfuscated, which hides no text
_OBFUSCATION = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_PAGES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/xml")
# what shows that a file is a page, whatever the manifest calls it
_IS_PAGE = re.compile(rb"<(?:!doctype\s+html|html|body|svg)\b", re.I)
_LOOK = 4096  # bytes in which it shows
_META = ("title", "creator", "language", "publisher", "date", "identifier", "rights")


@dataclass(frozen=True, slots=True)
class _Item:
    """An entry of the manifest."""

    name: str
    media_type: str
    properties: str


def read_epub(path: Path, told: Told) -> Document:
    """The document of a book; raises InputError where it is broken as a whole, hostile, or protected.

    A spine item that is missing or broken is told in a flag, and the others are read.
    """
    archive = open_archive(path)
    _refuse_protected(archive)
    package_name = _package_name(archive)
    package = parse_xml(archive.read(package_name), f"{path}: {package_name}")
    items = _manifest(archive, package, package_name)
    starts = _chapter_starts(archive, items, package)
    named = _named_pages(archive, items, package, package_name)
    texts: list[tuple[Kind, str, Data]] = []
    flags = list(told.flags)
    waiting: Data = ()  # images of pages without text, for the block that follows
    left_out, left_aside, characters = Counter[str](), LeftOut(), 0
    for item in _spine(archive, package, items, flags):
        flow = _page(archive, item, starts, flags, left_aside, places=told.whole)
        if what := named.get(item.name):
            flow.texts = [(kind, text, (*data, ("matter", what))) for kind, text, data in flow.texts]
        texts += _with_data(flow.texts, waiting)
        characters += sum(len(text) for _, text, _ in flow.texts)
        told.limits.check(str(path), len(texts), characters)
        left = _resolved(archive, item.name, tuple(flow.waiting))
        waiting = left if flow.texts else (*waiting, *left)
        left_out += flow.left_out
    texts = texts[:-1] + _with_data(texts[-1:], waiting)
    flags += Flow(left_out=left_out, left=left_aside).flags()
    meta = _metadata(package, items)
    images = _images(archive, items, {value for data in (meta, *(one[2] for one in texts)) for value in _named(data)})
    return document_of_texts(texts, replace(told, meta=(*told.meta, *meta), flags=tuple(flags), resources=images))


def _metadata(package: _Element, items: dict[str, _Item]) -> Data:
    """What the book says of itself; `cover` is a resource's name."""
    said = ((local(one), " ".join("".join(map(str, one.itertext())).split())) for one in package.iter(f"{_DC}*"))
    cover = _cover(package, items)
    kept = [(name, value) for name, value in said if name in _META and value]
    return tuple([*kept, ("cover", cover)] if cover else kept)


def _named(data: Data) -> Iterator[str]:
    """The images that data name."""
    return (value for name, value in data if name in ("image", "cover"))


def _spine(archive: Archive, package: _Element, items: dict[str, _Item], flags: list[Flag]) -> Iterator[_Item]:
    """The items to read, in order; what is left out, and why, goes to the flags."""
    read: set[str] = set()
    for reference in package.iter("{*}itemref"):
        id = reference.get("idref") or ""
        item = items.get(id)
        if item is None or item.name not in archive.names:
            flags.append(Flag("spine-item-missing", "warning", f"{id or 'an item without id'} is not in the file"))
        elif item.name in read:
            flags.append(Flag("spine-item-repeated", "warning", f"{item.name} stands in the spine again"))
        elif "nav" in item.properties.split():
            root = _parsed(archive, item.name)
            body = root.find("{*}body") if root is not None else None
            words = " ".join(map(str, body.itertext())) if body is not None else ""
            flags.append(Flag("left-out", "info", f"{item.name}: the table of contents: {quoted(words)}"))
        elif item.media_type not in _PAGES and not _is_page(archive, item):
            flags.append(Flag("spine-item-not-text", "info", f"{item.name} is {item.media_type or 'of no type'}"))
        else:
            read.add(item.name)
            yield item


def _is_page(archive: Archive, item: _Item) -> bool:
    """Whether a file is a page by what it holds; books call pages all sorts of things."""
    return item.media_type not in IMAGES[:-1] and bool(_IS_PAGE.search(archive.read(item.name)[:_LOOK]))


def _cover(package: _Element, items: dict[str, _Item]) -> str:
    """The cover's name: EPUB 3 marks the item, EPUB 2 names its id in the metadata."""
    named = {one.get("content") for one in package.iter("{*}meta") if one.get("name") == "cover"}
    found = (item.name for id, item in items.items() if "cover-image" in item.properties.split() or id in named)
    return next(found, "")


def _refuse_protected(archive: Archive) -> None:
    if "META-INF/rights.xml" in archive.names or "META-INF/sinf.xml" in archive.names:
        raise InputError(f"{archive.path} is protected by DRM", "Get the book without DRM; protection is not broken.")
    if "META-INF/encryption.xml" not in archive.names:
        return
    root = parse_xml(archive.read("META-INF/encryption.xml"), f"{archive.path}: META-INF/encryption.xml")
    for data in root.iter("{*}EncryptedData"):
        method = next((one.get("Algorithm") or "" for one in data.iterchildren("{*}EncryptionMethod")), "")
        if method not in _OBFUSCATION:
            what = next((one.get("URI") or "" for one in data.iter("{*}CipherReference")), "its content")
            raise InputError(
                f"{archive.path} is encrypted: {what} by {method or 'an unnamed method'}",
                "Get the book without DRM; protection is not broken.",
            )


def _package_name(archive: Archive) -> str:
    container = parse_xml(archive.read("META-INF/container.xml"), f"{archive.path}: META-INF/container.xml")
    for root in container.iter("{*}rootfile"):
        name = archive.find(root.get("full-path") or "")
        if name:
            return name
    raise InputError(f"{archive.path} names no package that is in it", "Export the book anew.")


def _manifest(archive: Archive, package: _Element, package_name: str) -> dict[str, _Item]:
    return {
        one.get("id") or "": _Item(
            archive.find(one.get("href") or "", base=package_name),
            one.get("media-type") or "",
            one.get("properties") or "",
        )
        for one in package.iter("{*}item")
    }


def _chapter_starts(archive: Archive, items: dict[str, _Item], package: _Element) -> set[tuple[str, str]]:
    """Files, and ids in them, to which the top level of the contents points; EPUB 3's navigation, else EPUB 2's NCX."""
    for item in items.values():
        if "nav" in item.properties.split() and item.name in archive.names:
            root = _parsed(archive, item.name)
            navs = (
                [one for one in root.iter("{*}nav") if one.get(_EPUB_TYPE, "toc") == "toc"] if root is not None else []
            )
            tops = [entry for nav in navs[:1] for entry in nav.iterfind("{*}ol/{*}li")]
            links = [link.get("href") or "" for entry in tops for link in list(entry.iter("{*}a"))[:1]]
            return {(archive.find(link, base=item.name), link.partition("#")[2]) for link in links}
    for item in items.values():
        if item.media_type == "application/x-dtbncx+xml" and item.name in archive.names:
            root = _parsed(archive, item.name)
            points = root.iterfind("{*}navMap/{*}navPoint/{*}content") if root is not None else iter(())
            links = [point.get("src") or "" for point in points]
            return {(archive.find(link, base=item.name), link.partition("#")[2]) for link in links}
    return set()


def _named_pages(archive: Archive, items: dict[str, _Item], package: _Element, base: str) -> dict[str, str]:
    """Files that are no part of the book as a whole, by what EPUB 2's guide and EPUB 3's landmarks call them."""
    found = [(one.get("href") or "", base, one.get("type") or "") for one in package.iterfind("{*}guide/{*}reference")]
    for item in items.values():
        root = _parsed(archive, item.name) if "nav" in item.properties.split() and item.name in archive.names else None
        navs = root.iter("{*}nav") if root is not None else iter(())
        links = (link for nav in navs if nav.get(_EPUB_TYPE) == "landmarks" for link in nav.iter("{*}a"))
        found += [(link.get("href") or "", item.name, link.get(_EPUB_TYPE) or "") for link in links]
    return {
        archive.find(link, base=place): what
        for link, place, name in found
        if "#" not in link and (what := named_matter(name))
    }


def _parsed(archive: Archive, name: str) -> _Element | None:
    try:
        return parse_xml(archive.read(name), name)
    except InputError:
        return None


def _page(
    archive: Archive, item: _Item, starts: set[tuple[str, str]], flags: list[Flag], left: LeftOut, *, places: bool
) -> Flow:
    """The blocks of one file of the spine, its images named as in the archive; none if it is broken, which is told."""
    flow = Flow(
        everything=True, chapters=frozenset(id for name, id in starts if name == item.name and id), places=places,
        left=left, file=item.name,
    )  # fmt: skip
    try:
        flow.take(_tolerant(archive.read(item.name), f"{archive.path}: {item.name}", flags))
    except InputError as error:
        flags.append(Flag("spine-item-broken", "warning", error.problem))
        return Flow()
    texts = [(kind, text, _resolved(archive, item.name, data)) for kind, text, data in flow.texts]
    if not starts and not any(("chapter", "1") in data for _, _, data in texts):
        texts = _marked(texts, next((i for i, (kind, _, _) in enumerate(texts) if kind == "heading"), None))
    elif (item.name, "") in starts:
        texts = _marked(texts, 0 if texts else None)
    beside = PAGES.texts(decode_html(archive.read(item.name), item.name).text, item.name) if places else []
    flow.texts = [*texts, *beside]
    return flow


def _with_data(texts: list[tuple[Kind, str, Data]], data: Data) -> list[tuple[Kind, str, Data]]:
    """The texts, with data given to the first."""
    if not texts or not data:
        return texts
    kind, text, known = texts[0]
    return [(kind, text, (*known, *data)), *texts[1:]]


def _marked(texts: list[tuple[Kind, str, Data]], at: int | None) -> list[tuple[Kind, str, Data]]:
    if at is None or ("chapter", "1") in texts[at][2]:
        return texts
    kind, text, data = texts[at]
    return [*texts[:at], (kind, text, (*data, ("chapter", "1"))), *texts[at + 1 :]]


def _tolerant(raw: bytes, name: str, flags: list[Flag]) -> Iterator[Event]:
    """A page's events; one that is no XML, but HTML with its named characters, is mended by parsing it as HTML."""
    from lxml import etree

    try:
        root = parse_xml(raw, name, huge=True)
        if not any(isinstance(one, etree._Entity) for one in root.iter(etree.Entity)):
            return _events(root)
    except InputError as error:
        if b"<!ENTITY" in raw:
            raise
        flags.append(Flag("spine-item-mended", "warning", error.problem))
    return page_events(decode_html(raw, name).text, name)


def _events(root: _Element) -> Iterator[Event]:
    """A tree's events; names without namespace, attributes as HTML spells them."""
    from lxml import etree

    for what, element in etree.iterwalk(root, events=("start", "end")):
        name = local(element).lower()
        if name and what == "start":
            attributes = {_attribute(str(key)): str(value) for key, value in element.attrib.items()}
            yield Event("open", name, attributes)
            if element.text:
                yield Event("text", element.text)
        elif what == "end":
            if name:
                yield Event("close", name)
            if element.tail and element is not root:
                yield Event("text", element.tail)


def _attribute(key: str) -> str:
    namespace, _, name = key.rpartition("}")
    return {"{http://www.idpf.org/2007/ops": "epub:", "{http://www.w3.org/1999/xlink": "xlink:"}.get(
        namespace, ""
    ) + name


def _resolved(archive: Archive, base: str, data: Data) -> Data:
    return tuple(_within(archive, base, *one) for one in data)


def _within(archive: Archive, base: str, name: str, value: str) -> tuple[str, str]:
    """A piece of data as it is said of a page by the whole book: images and places get the names of their files."""
    if name == PLACE:
        return name, value if "@" in value else f"{base}:{value}"
    return (name, archive.find(value, base=base) or value) if name == "image" else (name, value)


def _images(archive: Archive, items: dict[str, _Item], used: set[str]) -> tuple[Resource, ...]:
    """The images that blocks show, and the cover."""
    kept = [
        item
        for item in items.values()
        if item.media_type in IMAGES and item.name in archive.names and item.name in used
    ]
    return tuple(Resource(item.name, item.media_type, archive.read(item.name)) for item in kept)
