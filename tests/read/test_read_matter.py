"""What frames a book in e-books and web pages: set aside or kept, by names, classes, guides and landmarks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pipeline.read import read_document
from pipeline.text import Document

BOOK = "<h1>Chapitre I</h1><p>Il pleut<a href='#n1'>1</a>.</p><p id='n1'>1. Depuis hier. <a href='#c1'>↩</a></p>"


def page(tmp_path: Path, body: str, head: str = "") -> Path:
    path = tmp_path / "page.html"
    path.write_text(f"<html><head><title>Le val</title>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("frame", "what"),
    [
        ("<section role='doc-toc'><p>Chapitre I</p></section>", "contents"),
        ("<section epub:type='frontmatter imprint'><p>Paris, chez Lemerre</p></section>", "imprint"),
        ("<div class='colophon'><p>Achevé d'imprimer en mai.</p></div>", "colophon"),
        ("<section class='pg-boilerplate pgheader' id='pg-header'><h2>The eBook</h2></section>", "licence"),
        ("<div class='copyright'><p>© 1998</p></div>", "copyright"),
    ],
)
def test_parts_of_a_page_by_their_names(
    tmp_path: Path, frame: str, what: str, lawful: Callable[[Document], Document]
) -> None:
    path = page(tmp_path, frame + BOOK)
    document = lawful(read_document(path))
    assert document.blocks[0].kind == "matter"
    assert dict(document.blocks[0].data) == {"matter": what}
    assert [block.text for block in document.blocks[1:]] == ["Chapitre I", "Il pleut1.", "1. Depuis hier."]
    assert {flag.name: flag.detail for flag in document.flags} == {
        "set-aside": f"blocks that are no part of the book: {what} 1",
    }
    kept = read_document(path, matter="keep")
    assert [block.kind for block in kept.blocks[1:]] == [block.kind for block in document.blocks[1:]]
    assert kept.blocks[0].kind in ("paragraph", "heading")


def test_a_page_that_is_all_frame_is_text(tmp_path: Path) -> None:
    document = read_document(page(tmp_path, "<div class='copyright'><p>Tous droits réservés.</p></div>"))
    assert [block.kind for block in document.blocks] == ["paragraph"]


def test_page_numbers_leave_their_sentence_whole(tmp_path: Path) -> None:
    body = (
        "<p>Il pleuvait <span class='pagenum'>[Pg 57]</span>depuis trois jours.</p>"
        "<div role='doc-pagebreak'>58</div><p>Personne <span epub:type='pagebreak' id='p59'>59</span> ne vint.</p>"
    )
    document = read_document(page(tmp_path, body))
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("paragraph", "Il pleuvait depuis trois jours."), ("page", "[Pg 57]"), ("page", "58"),
        ("paragraph", "Personne ne vint."), ("page", "59"),
    ]  # fmt: skip


def test_a_page_says_its_author(tmp_path: Path) -> None:
    document = read_document(page(tmp_path, BOOK, "<meta name='author' content='Anne Onyme'/>"))
    assert document.meta == (("title", "Le val"), ("author", "Anne Onyme"))


@pytest.mark.parametrize("told", ["guide", "landmarks"])
def test_pages_of_an_e_book_by_its_guide_and_its_landmarks(
    tmp_path: Path,
    told: str,
    files: dict[str, str | bytes],
    zip_to: Callable[[Path, Mapping[str, str | bytes]], Path],
) -> None:
    if told == "guide":
        guide = '<guide><reference type="copyright-page" href="two.xhtml"/></guide></package>'
        files["OEBPS/content.opf"] = str(files["OEBPS/content.opf"]).replace("</package>", guide)
    else:
        marks = (
            "<nav epub:type='landmarks'><ol><li><a epub:type='copyright-page' href='two.xhtml'>x</a></li></ol></nav>"
        )
        files["OEBPS/nav.xhtml"] = str(files["OEBPS/nav.xhtml"]).replace("</body>", marks + "</body>")
    path = zip_to(tmp_path / "book.epub", files)
    assert [block.text for block in read_document(path).blocks if block.kind == "matter"] == [
        "Deux", "pain", "vin", "a", "b", "Fin.",
    ]  # fmt: skip
    assert not [block for block in read_document(path, matter="keep").blocks if block.kind == "matter"]
