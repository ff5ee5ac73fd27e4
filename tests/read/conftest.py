"""EPUB and other files made for the tests, and the law that all readers keep."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pipeline.text import Document

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PAGE = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{}</body></html>'


def package(items: str, spine: str) -> str:
    """A package document with these manifest items and this spine."""
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Le phare</dc:title>'
        "<dc:creator>Anne Onyme</dc:creator><dc:language>fr</dc:language></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """A ZIP container with these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return path


def novel() -> dict[str, str | bytes]:
    """Two chapters, the second before the first in the manifest; a note, an image, a list, a table, contents."""
    items = (
        '<item id="two" href="two.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="one" href="one%20un.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="pic" href="i/phare.png" media-type="image/png" properties="cover-image"/>'
    )
    one = (
        "<h1>Chapitre premier</h1><p>Le phare<sup><a epub:type='noteref' href='#n1'>1</a></sup> brille,\n  la nuit.</p>"
        "<img src='i/phare.png' alt='Un phare'/><p>Il pleut.</p>"
        "<aside epub:type='footnote' id='n1'><p>Une note.</p></aside>"
    )
    two = (
        "<h2 id='c2'>Deux</h2><ul><li>pain</li><li>vin</li></ul><table><tr><td>a</td><td>b</td></tr></table><p>Fin.</p>"
    )
    nav = (
        "<nav epub:type='toc'><ol><li><a href='one%20un.xhtml'>Un</a></li>"
        "<li><a href='two.xhtml#c2'>Deux</a><ol><li><a href='two.xhtml#deep'>x</a></li></ol></li></ol></nav>"
    )
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/content.opf": package(items, '<itemref idref="one"/><itemref idref="two"/>'),
        "OEBPS/one un.xhtml": PAGE.format(one),
        "OEBPS/two.xhtml": PAGE.format(two),
        "OEBPS/nav.xhtml": PAGE.format(nav),
        "OEBPS/i/phare.png": b"\x89PNG\r\n\x1a\n",
    }


@pytest.fixture
def files() -> dict[str, str | bytes]:
    """The files of a small book."""
    return novel()


@pytest.fixture
def zip_to() -> Callable[[Path, Mapping[str, str | bytes]], Path]:
    """Makes a ZIP container."""
    return zipped


@pytest.fixture
def lawful() -> Callable[[Document], Document]:
    """Asserts that blocks are in order, that their text is the document's, with only white space between."""

    def check(document: Document) -> Document:
        end = 0
        for block in document.blocks:
            assert document.text[block.span.start : block.span.end] == block.text
            assert block.text == block.text.strip() != ""
            assert not document.text[end : block.span.start].strip()
            end = block.span.end
        assert not document.text[end:].strip()
        assert len({block.id for block in document.blocks}) == len(document.blocks)
        return document

    return check
