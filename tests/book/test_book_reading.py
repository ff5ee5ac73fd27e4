"""Staying in a book: keys that live on, chapters and progress, listening, kept sentences, sides hidden and blurred."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.book import BookOptions, write_html
from pipeline.text import Bitext

pytestmark = pytest.mark.slow
Open = Callable[..., Any]
FOCUS = "document.activeElement.id"
# a browser without voices stands for none: Debian's Chromium has none
VOICES = """
class Utterance { constructor(text) { this.text = text; } }
window.spoken = [];
const voices = [{ lang: "fr-FR", default: true }, { lang: "en-GB" }];
const speech = { speaking: false, getVoices: () => voices, addEventListener() {},
  cancel() { speech.stopped = true; }, speak(words) { window.spoken.push([words.lang, words.rate, words.text]);
    speech.stopped = false; setTimeout(() => speech.stopped || (window.spoken.length < 3 && words.onend()), 5); } };
Object.defineProperty(window, "speechSynthesis", { value: speech });
window.SpeechSynthesisUtterance = Utterance;
"""


@pytest.fixture(scope="module")
def path(novel: Bitext, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("reading") / "reader.html"
    write_html([novel], made, BookOptions(title="La Maison des marées"))
    return made


@pytest.fixture(scope="module")
def long_path(long_novel: Bitext, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("reading") / "long.html"
    write_html([long_novel], made, BookOptions(title="Long"))
    return made


def test_the_contents_take_the_focus_and_arrows_walk_through_them(path: Path, read_in: Open) -> None:
    page = read_in(path).page
    page.keyboard.press("c")
    page.wait_for_function("() => document.activeElement.hash === '#d-marees.b2.s1'")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUS) == "d-marees.b5.s1"
    assert not page.locator("#vv-contents nav").is_visible()


def test_down_goes_on_from_where_one_has_scrolled_to(long_path: Path, read_in: Open) -> None:
    reading = read_in(long_path)
    page = reading.page
    page.keyboard.press("ArrowDown")
    reading.settled()
    page.evaluate("scrollTo(0, 20000)")
    reading.settled().keyboard.press("ArrowDown")
    reading.settled()
    assert page.evaluate("scrollY") > 15_000
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") < 900


def test_shortcuts_live_after_a_menu_closes_and_can_be_switched_off(path: Path, read_in: Open) -> None:
    page = read_in(path).page
    page.locator("#vv-view > summary").click()
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    assert page.evaluate("document.documentElement.dataset.layout") == "paragraphs"
    page.locator("#vv-view > summary").click()
    page.locator(".vv-more > summary").click()
    page.locator("input[name='vv-keys'][value='off']").check(force=True)
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.documentElement.dataset.layout") == "paragraphs"
    assert page.evaluate(FOCUS) == "d-marees.b1.s1"


def test_sentences_to_tap_are_buttons_that_say_whether_they_are_open(path: Path, read_in: Open) -> None:
    page = read_in(path).page
    page.keyboard.press("4")
    page.keyboard.press("ArrowDown")
    first = page.locator("[id='d-marees.b1.s1']")
    assert (first.get_attribute("role"), first.get_attribute("aria-expanded")) == ("button", "false")
    page.keyboard.press(" ")
    assert first.get_attribute("aria-expanded") == "true"
    page.keyboard.press("1")
    assert first.get_attribute("role") is None


def test_chapters_and_progress(long_path: Path, read_in: Open) -> None:
    reading = read_in(long_path)
    page = reading.page
    for chapter in range(1, 5):
        page.get_by_role("button", name="Next chapter").click()
        page.wait_for_function(
            "(n) => document.getElementById('vv-chapter').textContent === 'Chapitre ' + n", arg=chapter
        )
        page.wait_for_timeout(100)  # until the place stands still
    percent = int(page.locator("#vv-percent").inner_text().split()[0])
    assert 40 <= percent <= 60
    page.locator("main").press("[")
    page.wait_for_function("() => document.getElementById('vv-chapter').textContent === 'Chapitre 3'")
    page.evaluate("scrollTo(0, 1e9)")
    page.wait_for_function("() => document.getElementById('vv-percent').textContent === '100 %'")


def test_listening_reads_on_in_the_right_voice(path: Path, read_in: Open) -> None:
    page = read_in(path, before=VOICES).page
    page.locator("#vv-listen > summary").click()
    page.locator("input[name='vv-voice'][value='both']").check(force=True)
    page.locator("input[name='vv-speed'][value='0.7']").check(force=True)
    page.get_by_role("button", name="Read on").click()
    page.wait_for_function("() => window.spoken.length === 3")
    assert page.evaluate("window.spoken") == [
        ["fr-FR", 0.7, "La Maison des marées"], ["en-GB", 0.7, "The House of Tides"], ["fr-FR", 0.7, "I. Le retour"],
    ]  # fmt: skip
    assert page.locator(".on").first.inner_text() == "I. Le retour"


def test_without_voices_there_is_no_listening(path: Path, read_in: Open) -> None:
    page = read_in(path).page
    assert not page.locator("#vv-listen").is_visible()


def test_kept_sentences_stay_and_become_cards_for_anki(path: Path, read_in: Open) -> None:
    page = read_in(path).page
    page.get_by_text("Jeanne descendit").click()
    page.keyboard.press("s")
    page.goto(path.as_uri())
    page.locator("#vv-stars > summary").click()
    assert page.locator("#vv-kept a").all_inner_texts()[0].startswith("Jeanne descendit")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save for Anki").click()
    assert download.value.suggested_filename == "La Maison des marées.anki.txt"
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["#separator:tab", "#html:false"]
    columns = lines[2].removeprefix("#columns:").split("\t")
    assert lines[3] == f"#tags column:{columns.index('Tags') + 1}"
    card = dict(zip(columns, lines[4].split("\t"), strict=True))
    assert card["Target"].startswith("Jeanne was the last")
    assert card["Chapter"] == "I. Le retour"
    assert card["Tags"] == "visavis La_Maison_des_marées"
    page.locator("#vv-kept a").first.click()
    page.keyboard.press("s")
    assert page.locator(".star").count() == 0


def _choose(page: Any, name: str, value: str) -> None:
    page.evaluate(f"document.querySelector(\"input[name='vv-{name}'][value='{value}']\").click()")


def test_either_side_can_be_hidden_swapped_and_blurred(path: Path, read_in: Open) -> None:
    reading = read_in(path)
    page = reading.page
    source, target = page.get_by_text("Jeanne descendit"), page.get_by_text("Jeanne was the last")
    _choose(page, "first", "target")
    assert target.bounding_box()["x"] < source.bounding_box()["x"]
    for key in "23":
        page.keyboard.press(key)
        assert target.bounding_box()["y"] < source.bounding_box()["y"]
    _choose(page, "blur", "target")
    assert target.evaluate("(s) => getComputedStyle(s).filter") != "none"
    source.click()
    assert target.evaluate("(s) => getComputedStyle(s).filter") == "none"
    _choose(page, "sides", "target")
    assert not source.is_visible()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent").startswith("Nothing had changed")
    page.keyboard.press("Enter")
    assert page.locator("#vv-card").inner_text().startswith("Rien n’avait changé")
