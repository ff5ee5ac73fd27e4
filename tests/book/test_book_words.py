"""Words light up their counterparts: the form that says which, readers and e-books in Chromium."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.book import BookOptions, write_epub, write_html
from pipeline.book.counterparts import _form, counterparts
from pipeline.documents.pairing import PairingOptions, pair_files
from pipeline.text import Bitext
from pipeline.words import link_bitext

from .test_book_axe import TAGS
from .test_book_epub import check

Open = Callable[..., Any]
LIT = "['vv-word', 'vv-twin'].map((name) => [...CSS.highlights.get(name)].map(String).join(' '))"
WHERE = """([id, word, side]) => {
  let span = document.getElementById(id);
  if (side) span = span.parentNode.parentNode.children[1].children[[...span.parentNode.children].indexOf(span)];
  const range = document.createRange();
  const at = span.firstChild.data.indexOf(word);
  range.setStart(span.firstChild, at);
  range.setEnd(span.firstChild, at + word.length);
  const box = range.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
}"""


def decoded(form: str, count: int) -> list[list[int]]:
    """What the pages' script makes of a form."""
    found: list[list[int]] = []
    expected = 0
    for more, sign in re.findall(r"(\+?)(~-?\d+(?=\.)|[-0-9A-Za-z])\.?", form):
        if not more:
            found.append([])
        if sign != "-":
            distance = int(sign[1:]) if sign[0] == "~" else "0123456789".find(sign) - 20
            if sign.isalpha():
                distance = ord(sign) - (ord("A") - 10 if sign.isupper() else ord("a") - 36) - 20
            found[-1].append(expected + distance)
            expected = found[-1][-1] + 1
    return [*found, *([] for _ in range(count - len(found)))]


@given(st.lists(st.sets(st.integers(0, 300), max_size=3).map(sorted), max_size=40))
def test_the_form_says_what_goes_together(found: list[list[int]]) -> None:
    assert decoded(_form(found), len(found)) == found


def test_typesetting_changes_no_word(novel: Bitext) -> None:
    row = link_bitext(novel).rows()[2]
    plain = counterparts(row, row.source.text, row.target.text)
    assert counterparts(row, row.source.text.replace("'", "’"), row.target.text) == plain != ""
    assert counterparts(row, "Autre chose.", row.target.text) == ""
    assert counterparts(novel.rows()[2], row.source.text, row.target.text) == ""


def test_a_book_without_links_has_none_of_it(novel: Bitext, tmp_path: Path) -> None:
    write_html([novel], tmp_path / "a.html")
    assert 'id="vv-words"' not in (tmp_path / "a.html").read_text(encoding="utf-8")
    write_epub([novel], tmp_path / "a.epub")
    with zipfile.ZipFile(tmp_path / "a.epub") as package:
        assert "EPUB/words.js" not in package.namelist()
        assert b"scripted" not in package.read("EPUB/package.opf")


@pytest.fixture(scope="module")
def path(novel: Bitext, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("words") / "reader.html"
    write_html([link_bitext(novel)], made, BookOptions(title="La Maison des marées"))
    return made


@pytest.mark.slow
def test_a_word_pointed_at_lights_up_what_it_became(path: Path, read_in: Open) -> None:
    reading = read_in(path)
    page = reading.page
    text = page.inner_text("main")
    for word, side, lit in (
        ("parapluie", 0, ["parapluie", "umbrella"]),
        ("umbrella", 1, ["umbrella", "parapluie"]),
        ("pas", 0, ["pas", "not"]),
    ):
        page.mouse.move(*page.evaluate(WHERE, ["d-marees.b3.s2", word, side]))
        assert reading.settled().evaluate(LIT) == lit
    page.mouse.move(5, 300)
    assert reading.settled().evaluate(LIT) == ["", ""]
    assert page.inner_text("main") == text
    assert page.locator("main span span").count() == 0  # read aloud as before


@pytest.mark.slow
def test_keys_step_from_word_to_word_and_tell_them(path: Path, read_in: Open) -> None:
    reading = read_in(path)
    page = reading.page
    for _ in range(3):
        page.keyboard.press("w")
    assert reading.settled().evaluate(LIT)[1] == page.inner_text("#vv-said").split(": ")[1].replace(",", "")
    assert page.locator("#vv-said span").first.get_attribute("lang") == "fr"
    for _ in range(4):  # on into the next sentence
        page.keyboard.press("w")
    assert page.evaluate("document.activeElement.id") == "d-marees.b2.s1"
    page.keyboard.press("W")
    page.keyboard.press("Escape")
    assert reading.settled().evaluate(LIT) == ["", ""]
    page.keyboard.press("4")  # where the other side is hidden, it lights up in the card
    page.keyboard.press("w")
    assert reading.settled().evaluate(LIT)[1]
    assert page.locator("#vv-card").is_visible()
    page.keyboard.press("ArrowDown")
    assert reading.settled().evaluate(LIT) == ["", ""]


@pytest.mark.slow
def test_tapped_words_stay_lit_and_all_of_it_can_be_switched_off(path: Path, read_in: Open) -> None:
    reading = read_in(path, has_touch=True, viewport={"width": 400, "height": 800})
    page = reading.page
    page.touchscreen.tap(*page.evaluate(WHERE, ["d-marees.b3.s1", "église", 0]))
    assert reading.settled().evaluate(LIT) == ["église", "church"]
    page.evaluate("document.documentElement.dataset.words = 'off'")
    page.touchscreen.tap(*page.evaluate(WHERE, ["d-marees.b3.s1", "pluie", 0]))
    assert "pluie" not in reading.settled().evaluate(LIT)[0]


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["paragraphs", "side-by-side", "source"])
def test_the_e_book_lights_up_words_and_is_valid(novel: Bitext, tmp_path: Path, read_in: Open, layout: str) -> None:
    write_epub([link_bitext(novel)], tmp_path / "a.epub", BookOptions(layout=layout))
    if layout == "source":
        check(tmp_path / "a.epub")
    with zipfile.ZipFile(tmp_path / "a.epub") as package:
        package.extractall(tmp_path / "a")
    reading = read_in(tmp_path / "a" / "EPUB" / "page-0001.xhtml")
    reading.page.mouse.move(*reading.page.evaluate(WHERE, ["d-marees.b3.s2", "parapluie", 0]))
    assert reading.settled().evaluate(LIT) == ["parapluie", "umbrella"]


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("chinese")
    (made / "a.de").write_text("Der alte Mann liest heute ein Buch im Park.\n", encoding="utf-8")
    (made / "a.zh").write_text("今天老人在公园里看书。\n", encoding="utf-8")
    read = pair_files(made / "a.de", made / "a.zh", PairingOptions(), languages=("de", "zh"), lines=True)
    write_html([link_bitext(read)], made / "reader.html", BookOptions(links="word vectors"))
    return made / "reader.html"


@pytest.mark.slow
def test_words_without_spaces_light_up_whole_and_are_told_whole(chinese: Path, read_in: Open, axe: str) -> None:
    reading = read_in(chinese)
    page = reading.page
    page.evaluate(axe)
    told = []
    for _ in range(12):
        page.keyboard.press("w")
        told.append(page.inner_text("#vv-said"))
        if told[-1].startswith("Park"):
            assert reading.settled().evaluate(LIT)[1].replace(" ", "") == "公园"
            assert _violations(page) == []
    assert {"heute: 今天", "Park: 公园"} <= set(told)
    assert page.locator("#vv-said span").last.get_attribute("lang") == "zh"
    assert "found by a machine, with word vectors" in page.inner_text("footer")


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lit_words_break_no_rule_of_access(path: Path, read_in: Open, axe: str, scheme: str) -> None:
    reading = read_in(path, color_scheme=scheme)
    page = reading.page
    page.evaluate(axe)
    for keys in ("www", "4w", "1W"):
        for key in keys:
            page.keyboard.press(key)
        assert reading.settled().evaluate(LIT)[1]
        assert _violations(page) == []
        assert page.locator("#vv-said").get_attribute("role") == "status"  # read out without taking the focus
        assert page.evaluate("document.activeElement.closest('main') !== null")


def _violations(page: Any) -> list[str]:
    found = page.evaluate("(tags) => axe.run({ runOnly: tags })", TAGS)
    return [one["id"] for one in found["violations"]]
