"""The HTML reader in a real browser: layouts, keys, search, contents, place kept, print, narrow screens."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.book import LAYOUTS, BookOptions, write_html
from pipeline.book.typography import typeset
from pipeline.text import Bitext

pytestmark = pytest.mark.slow
Open = Callable[..., Any]
TITLE = "La Maison des marées"


@pytest.fixture(scope="module")
def path(novel: Bitext, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("book") / "reader.html"
    write_html([novel], made, BookOptions(title=TITLE))
    return made


@pytest.fixture(scope="module")
def long_path(long_novel: Bitext, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("book") / "long.html"
    write_html([long_novel], made, BookOptions(title="Long"))
    return made


BOXES = """() => [...document.querySelectorAll(".p:nth-of-type(3) > *")].map((p) => [...p.children].map((span) => {
  const box = span.getBoundingClientRect();
  return { left: box.left, top: box.top, right: box.right, bottom: box.bottom, width: box.width };
}))"""


def test_side_by_side_puts_each_pair_on_a_row(path: Path, read_in: Open) -> None:
    left, right = read_in(path).page.evaluate(BOXES)
    assert len(left) == len(right) == 3
    for source, target in zip(left, right, strict=True):
        assert abs(source["top"] - target["top"]) < 1
        assert source["right"] < target["left"]
    assert left[0]["bottom"] <= left[1]["top"] < left[0]["bottom"] + 12  # one paragraph: rows close together


def test_paragraphs_stand_under_each_other(path: Path, read_in: Open) -> None:
    reading = read_in(path)
    reading.page.keyboard.press("2")
    left, right = reading.settled().evaluate(BOXES)
    displays = reading.page.evaluate(
        "[...document.querySelectorAll('.p span')].map((s) => getComputedStyle(s).display)"
    )
    assert set(displays) == {"inline"}  # sentences flow on in the line
    assert left[-1]["bottom"] <= right[0]["top"]


def test_sentences_stand_under_each_other(path: Path, read_in: Open) -> None:
    reading = read_in(path)
    reading.page.keyboard.press("3")
    left, right = reading.settled().evaluate(BOXES)
    tops = [box["top"] for pair in zip(left, right, strict=True) for box in pair]
    assert tops == sorted(tops)
    assert len(set(tops)) == len(tops)


def test_source_only_shows_the_translation_on_key_tap_and_hover(path: Path, read_in: Open, novel: Bitext) -> None:
    row = novel.rows()[3]
    shown = typeset(row.target.text, "en")
    reading = read_in(path)
    page = reading.page
    page.select_option("#vv-layout", "source")
    assert page.get_by_text(shown).count() == 1
    assert not page.get_by_text(shown).is_visible()
    sentence = page.locator(f"[id='{row.id}']")
    card = page.locator("#vv-card")
    sentence.hover()
    assert card.inner_text() == shown
    assert card.locator("p").get_attribute("lang") == "en"
    page.mouse.move(2, 890)
    assert not card.is_visible()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert card.is_visible()
    assert card.inner_text() == shown
    assert sentence.get_attribute("aria-describedby") == "vv-card"
    page.keyboard.press("Escape")
    assert not card.is_visible()


def test_source_only_on_a_touch_screen(path: Path, read_in: Open, novel: Bitext) -> None:
    row = novel.rows()[3]
    page = read_in(path, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True).page
    page.select_option("#vv-layout", "source")
    page.locator(f"[id='{row.id}']").tap()
    assert page.locator("#vv-card").inner_text() == typeset(row.target.text, "en")
    page.locator(f"[id='{row.id}']").tap()
    assert not page.locator("#vv-card").is_visible()


def test_hover_links_the_pair_from_either_side(path: Path, read_in: Open) -> None:
    page = read_in(path).page
    page.get_by_text("Jeanne was the last").hover()
    lit = page.locator(".lit").all_inner_texts()
    assert [text[:12] for text in lit] == ["Jeanne desce", "Jeanne was t"]
    page.get_by_text("Rien n’avait changé").hover()
    assert [text[:7] for text in page.locator(".lit").all_inner_texts()] == ["Rien n’", "Nothing"]


def test_arrow_keys_walk_through_every_sentence(path: Path, read_in: Open, novel: Bitext) -> None:
    reading = read_in(path)
    visited = []
    for _ in novel.beads:
        reading.page.keyboard.press("ArrowDown")
        visited.append(reading.page.evaluate("document.activeElement.id"))
    assert visited == [row.id for row in novel.rows()]
    assert reading.settled().locator(f"[id='{visited[-1]}']").is_visible()
    reading.page.keyboard.press("ArrowUp")
    assert reading.page.evaluate("document.activeElement.id") == visited[-2]
    assert len(reading.page.locator(".on").all()) == 2


def test_the_text_is_one_stop_of_the_tab_key(path: Path, read_in: Open, novel: Bitext) -> None:
    page = read_in(path).page
    assert page.locator("main [tabindex='0']").count() == 1
    page.locator("#vv-view > summary").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == novel.rows()[0].id


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("EGLISE", 1),
        ("hesitâ", 2),
        ("Tides", 1),
        ("14 octobre", 1),
        ("le Bihan ?", 1),
        ("l'etais", 1),
        ("maison", 2),
        ("zzz", 0),
    ],
)
def test_search_finds_in_both_languages_whatever_the_accents(path: Path, read_in: Open, query: str, count: int) -> None:
    page = read_in(path).page
    page.keyboard.press("/")
    page.keyboard.insert_text(query)  # at once: no count of a part of it may be taken for its own
    words = f"{count} found" if count else "not found"
    page.wait_for_function("(words) => document.getElementById('vv-count').textContent === words", arg=words)
    ranges = page.evaluate("[...CSS.highlights.get('vv-found')].map((r) => [r.startOffset, r.endOffset])")
    assert len(ranges) == count
    assert all(end - start >= len(query.replace(" ?", "?")) for start, end in ranges)


def test_search_walks_through_its_matches_and_round(path: Path, read_in: Open) -> None:
    page = read_in(path).page
    page.keyboard.press("/")
    page.keyboard.insert_text("maison")
    seen = []
    for key in ("Enter", "Enter", "Enter", "Shift+Enter"):
        page.keyboard.press(key)
        seen.append((page.locator("#vv-count").inner_text(), page.locator(".on").first.inner_text()[:8]))
    first, second = ("1 of 2", "La Maiso"), ("2 of 2", "Elle ouv")
    assert seen == [first, second, first, second]
    page.keyboard.press("Escape")
    page.wait_for_function("() => CSS.highlights.get('vv-found').size === 0")
    assert not page.locator("#vv-query").is_visible()


def test_search_shows_a_match_that_the_layout_hides(path: Path, read_in: Open) -> None:
    page = read_in(path).page
    page.keyboard.press("4")
    page.keyboard.press("/")
    page.keyboard.type("blue rag")
    page.keyboard.press("Enter")
    page.locator("#vv-card").wait_for(state="visible")
    assert "blue rag" in page.locator("#vv-card").inner_text()


def test_contents_lead_to_the_chapters(long_path: Path, read_in: Open) -> None:
    reading = read_in(long_path)
    page = reading.page
    page.keyboard.press("c")
    links = page.locator("nav a")
    assert links.count() == 6
    assert links.nth(4).inner_text().split("\n") == ["Chapitre 5", "Chapter 5"]
    links.nth(4).click()
    page.wait_for_function("() => scrollY > 2000")
    page.wait_for_function(
        "() => { const top = document.querySelectorAll('main h2')[4].firstChild.getBoundingClientRect().top;"
        " return 40 < top && top < 200; }"
    )
    assert not page.locator("#vv-contents nav").is_visible()


def test_layout_place_and_view_are_kept(long_path: Path, read_in: Open) -> None:
    reading = read_in(long_path)
    page = reading.page
    page.keyboard.press("3")
    page.locator("#vv-view > summary").click()
    page.locator("#vv-larger").click()
    page.get_by_label("Dark").check(force=True)
    page.keyboard.press("Escape")
    page.evaluate("location.hash = '#d-long.b150.s1'")
    page.wait_for_function(
        '() => Object.entries(localStorage).some(([key, kept]) => /:/.test(key) && /"at":"d-long.b1/.test(kept))'
    )
    page.goto(long_path.as_uri())
    assert page.evaluate("document.documentElement.dataset.layout") == "sentences"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.locator("#vv-size").text_content() == "110 %"
    page.wait_for_function(
        "() => { const box = document.getElementById('d-long.b150.s1').getBoundingClientRect();"
        " return scrollY > 2000 && box.bottom > -400 && box.top < innerHeight; }"
    )


def test_a_page_whose_storage_is_refused_works(path: Path, read_in: Open) -> None:
    refuse = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException(''); } });"
    reading = read_in(path, before=refuse)
    for key in ("3", "ArrowDown", "ArrowDown", "c", "Escape"):
        reading.page.keyboard.press(key)
    assert reading.settled().locator(".on").count() == 2
    assert reading.page.evaluate("document.documentElement.dataset.layout") == "sentences"


def test_what_others_stored_does_not_break_the_page(path: Path, read_in: Open) -> None:
    foreign = """for (const key of ['visavis', 'visavis:' + document.documentElement?.dataset.book])
      localStorage.setItem(key, '{"size":"x","theme":7,"width":null,"layout":"?","at":{}}')"""
    page = read_in(path, before=foreign).page
    assert page.evaluate("document.documentElement.dataset.theme") is None


def test_uncertain_pairs_are_marked_and_explained(path: Path, read_in: Open) -> None:
    reading = read_in(path)
    page = reading.page
    assert page.locator("main .u").count() == 4
    page.keyboard.press("u")
    page.locator("#vv-card").wait_for(state="visible")
    assert "may not belong together (score 0.31)" in page.locator("#vv-card").inner_text()
    page.keyboard.press("u")
    page.get_by_text("the numbers differ (14 ≠ 4)").wait_for(state="visible")
    assert "2 of them marked as uncertain" in page.locator("footer").inner_text()


def test_sentences_without_counterpart_are_shown_as_such(path: Path, read_in: Open) -> None:
    page = read_in(path).page
    assert page.get_by_text("[not translated]").is_visible()
    assert page.get_by_text("[only in the translation]").is_visible()
    assert page.locator("[id='d-marees-en.b6.s3']").inner_text() == "[only in the translation]"


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_layout_fits_the_screen(path: Path, read_in: Open, width: int, scheme: str) -> None:
    reading = read_in(path, viewport={"width": width, "height": 800}, color_scheme=scheme)
    for key in "1234":
        reading.page.keyboard.press(key)
        assert reading.settled().evaluate("document.documentElement.scrollWidth") <= width
    paper = reading.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    light = sum(int(part) for part in re.findall(r"\d+", paper)[:3]) / 3
    assert light > 230 if scheme == "light" else light < 40
    for menu in ("vv-contents", "vv-search", "vv-view"):
        reading.page.locator(f"#{menu} > summary").click()
        box = reading.page.locator(f"#{menu} .vv-panel").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_narrow_screens_stack_the_columns(path: Path, read_in: Open) -> None:
    left, right = read_in(path, viewport={"width": 360, "height": 740}).page.evaluate(BOXES)
    assert left[-1]["bottom"] <= right[0]["top"]


def test_print_has_both_columns_and_no_bar(path: Path, read_in: Open, tmp_path: Path) -> None:
    reading = read_in(path, color_scheme="dark")
    page = reading.page
    page.emulate_media(media="print")
    assert not page.locator(".vv-bar").is_visible()
    left, right = page.evaluate(BOXES)
    assert abs(left[1]["top"] - right[1]["top"]) < 1
    assert left[1]["right"] < right[1]["left"]
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_a_long_book_is_laid_out_in_pieces(long_path: Path, read_in: Open) -> None:
    page = read_in(long_path).page
    chunks = page.locator(".k")
    assert chunks.count() > 10
    assert chunks.last.evaluate("(k) => getComputedStyle(k).contentVisibility") == "auto"
    guessed = page.evaluate("document.documentElement.scrollHeight")
    true = page.evaluate(
        "(() => { for (const k of document.querySelectorAll('.k')) k.style.contentVisibility = 'visible';"
        " return document.documentElement.scrollHeight; })()"
    )
    assert 0.6 < guessed / true < 1.6
    nodes = page.evaluate("document.querySelectorAll('main *').length")
    assert nodes < 3 * 1206


def test_the_layouts_of_the_options_are_those_of_the_page(novel: Bitext, tmp_path: Path, read_in: Open) -> None:
    for layout in LAYOUTS:
        write_html([novel], tmp_path / f"{layout}.html", BookOptions(layout=layout))
        page = read_in(tmp_path / f"{layout}.html").page
        assert page.locator("#vv-layout").input_value() == layout
