"""What books are made of: paragraphs, parts, images, ids; text that wants to be more than text; faults."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.book import BookOptions, write_epub, write_html
from pipeline.book.building import book_of
from pipeline.book.content import Table, tabled
from pipeline.book.typography import typeset, visible
from pipeline.errors import OutputError
from pipeline.read import read_document
from pipeline.split import split_document
from pipeline.text import Bead, Bitext, Block, Resource, Sentence, Span

Corpus = Callable[..., Bitext]


def texts(path: Path) -> list[str]:
    """Every text between tags of the book's paragraphs."""
    body = path.read_text(encoding="utf-8").partition("<main")[2]
    return [html.unescape(text) for text in re.findall(r"<span[^>]*>([^<]*)</span>", body)]


def test_hostile_text_stays_text(
    tmp_path: Path, read_in: Callable[..., Any], hostile: tuple[str, ...], corpus: Corpus
) -> None:
    bitext = corpus([(text, text) for text in hostile])
    options = BookOptions(title=hostile[0] + hostile[4], author=hostile[1])
    write_html([bitext], tmp_path / "a.html", options)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\uffff]", (tmp_path / "a.html").read_text(encoding="utf-8"))
    page = read_in(tmp_path / "a.html").page
    shown = page.evaluate("[...document.querySelectorAll('.p span')].map((span) => span.textContent)")
    assert shown == [typeset(" ".join(text.split()), language) for language in ("fr", "en") for text in hostile]
    assert page.evaluate("window.pwned") is None
    assert page.locator("main img, main script").count() == 0
    assert page.evaluate("getComputedStyle(document.querySelector('.p span')).unicodeBidi") == "isolate"


def test_the_policy_lets_nothing_out_or_in(novel: Bitext, tmp_path: Path, chromium: Any) -> None:
    write_html([novel], tmp_path / "a.html")
    page = chromium.new_page()
    page.goto((tmp_path / "a.html").as_uri())
    blocked = """async () => {
      const kinds = [];
      addEventListener("securitypolicyviolation", (event) => kinds.push(event.effectiveDirective));
      await fetch("http://127.0.0.1:9/").catch(() => 0);
      const script = document.createElement("script");
      script.textContent = "window.pwned = 1";
      document.body.append(script);
      for (let i = 0; i < 500 && kinds.length < 2; i++) await new Promise((done) => setTimeout(done, 10));
      return [...kinds, window.pwned];
    }"""
    assert page.evaluate(blocked) == ["connect-src", "script-src-elem", None]
    page.close()
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert not re.search(r"<[^>]*\s(style|on\w+)=", text)
    assert not re.findall(r"https?://", text)


ODD = st.one_of(st.sampled_from("<>&\"' ;{}%aé\x00\u202e\ud800"), st.characters())
ANY = st.text(alphabet=ODD, min_size=1, max_size=30)


@settings(max_examples=20)
@given(pairs=st.lists(st.tuples(ANY, ANY), min_size=1, max_size=6))
def test_any_text_is_shown_and_nothing_else(tmp_path: Path, corpus: Corpus, pairs: list[tuple[str, str]]) -> None:
    write_html([corpus(pairs)], tmp_path / "a.html", BookOptions(title="t"))
    squeezed = ["".join(text.split()) for text in texts(tmp_path / "a.html")]
    for side, language in enumerate(("fr", "en")):
        for pair in pairs:
            wanted = "".join(typeset(" ".join(pair[side].split()), language).split())
            assert not wanted or wanted in squeezed


def test_rows_of_a_block_are_a_paragraph(novel: Bitext) -> None:
    (part,) = book_of([novel], BookOptions()).parts
    assert [(one.kind, one.level, len(one.pairs)) for one in part.paragraphs] == [
        ("heading", 1, 1), ("heading", 2, 1), ("paragraph", 0, 3), ("paragraph", 0, 3),
        ("heading", 2, 1), ("paragraph", 0, 4), ("paragraph", 0, 2),
    ]  # fmt: skip
    inserted = part.paragraphs[5].pairs[2]
    assert (inserted.source, inserted.target) == ("", "Nobody had lived there for eleven years.")


def test_several_bitexts_are_parts(novel: Bitext, tmp_path: Path, read_in: Callable[..., Any], corpus: Corpus) -> None:
    write_html([novel, corpus([("Un.", "One.")]), novel], tmp_path / "three.html", BookOptions(title="Trois"))
    page = read_in(tmp_path / "three.html").page
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((node) => node.id)")
    assert len(ids) == len(set(ids))
    assert page.locator("main h2").all_inner_texts() == ["La Maison des marées", "d", "La Maison des marées"]
    assert page.locator("nav a").count() == 7
    headings = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((node) => +node.tagName[1])")
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))


def test_a_corpus_without_blocks_makes_a_book(tmp_path: Path, corpus: Corpus) -> None:
    bitext = corpus([("Un.", "One."), ("Deux.", "Two.")])
    write_html([bitext], tmp_path / "a.html")
    assert texts(tmp_path / "a.html")[:4] == ["Un.", "Deux.", "One.", "Two."]


def test_images_stand_behind_their_blocks(tmp_path: Path, corpus: Corpus, png: bytes) -> None:
    behind = (("image", "b.png"), ("image", "gone.png"), ("image", "no"))
    blocks = (
        Block("d.b0", "paragraph", "Avant", Span(0, 5), (("image", "a.png"), ("alt", "Une <île>"))),
        Block("d.b1", "paragraph", "Un. Deux.", Span(6, 15), behind),
    )
    files = {"a.png": png, "b.png": png, "no": b"MZ"}
    images = tuple(Resource(name, "image/png", content) for name, content in files.items())
    bitext = corpus([("Un.", "One."), ("Deux.", "Two.")], blocks=blocks, resources=images)
    write_html([bitext], tmp_path / "a.html")
    body = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert body.count("data:image/png;base64,") == 2
    assert body.index('alt="Une &lt;île&gt;"') < body.index(">Un.<") < body.index('alt=""')


def test_a_table_is_a_table(tmp_path: Path, read_in: Callable[..., Any]) -> None:
    (tmp_path / "a.md").write_text(
        "Avant.\n\n| Un | Deux |\n|---|---|\n| Trois | Quatre |\n\nAprès.\n", encoding="utf-8"
    )
    document = read_document(tmp_path / "a.md")
    sentences = split_document(document)
    beads = tuple(Bead((i,), (i,)) for i in range(len(sentences)))
    bitext = Bitext(document, document, sentences, sentences, beads)
    (part,) = book_of([bitext], BookOptions()).parts
    before, table, after = tabled(part.paragraphs)
    assert isinstance(table, Table)
    assert [[cell[0].source for cell in row] for row in table.rows] == [["Un", "Deux"], ["Trois", "Quatre"]]
    assert [getattr(one, "source", "") for one in (before, after)] == ["Avant.", "Après."]
    write_html([bitext], tmp_path / "a.html")
    cells = read_in(tmp_path / "a.html").page.locator("td")
    assert [text.split()[0] for text in cells.all_inner_texts()] == ["Un", "Deux", "Trois", "Quatre"]


def test_ids_are_kept_where_legal_and_made_legal_where_not(tmp_path: Path, corpus: Corpus) -> None:
    bitext = corpus([("Un.", "One.")])
    odd = Sentence('1 "x">é', "b", Span(0, 3), "Un.")
    strange = Bitext(bitext.source, bitext.target, (odd,), bitext.target_sentences, bitext.beads)
    write_html([bitext, strange], tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert 'id="d.b1.s0"' in text
    assert 'id="d-1--x---"' in text


def test_the_same_bitext_gives_the_same_bytes(novel: Bitext, tmp_path: Path) -> None:
    for write, name in ((write_html, "a.html"), (write_epub, "a.epub")):
        write([novel], tmp_path / name)
        write([novel], tmp_path / f"b-{name}")
        assert (tmp_path / name).read_bytes() == (tmp_path / f"b-{name}").read_bytes()


def test_an_empty_book_is_a_book(tmp_path: Path, read_in: Callable[..., Any]) -> None:
    write_html([], tmp_path / "empty.html")
    page = read_in(tmp_path / "empty.html").page
    for key in ("ArrowDown", "3", "u", "/", "x", "Enter"):
        page.keyboard.press(key)
    assert page.locator("h1").inner_text() == "Untitled"


def test_faults_are_told(novel: Bitext, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot be written"):
        write_html([novel], tmp_path / "file" / "a.html")
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        write_html([novel], tmp_path / "folder.html")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file", "folder.html"]
    with pytest.raises(OutputError, match="'poem'"):
        BookOptions(layout="poem")
    with pytest.raises(OutputError, match="yesterday"):
        BookOptions(date="yesterday")


def test_visible_text_is_legal_xml(hostile: tuple[str, ...]) -> None:
    for text in hostile:
        element = etree.Element("p")
        element.text = visible(text)
