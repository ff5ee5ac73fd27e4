"""Pages of figures: charts that draw what they are given, words that changed, nothing that is run or fetched."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pages.charts import Bins, Cell, Series, curves, histogram, strip
from pipeline.pages.telling import clock
from pipeline.pages.wording import differences

NUMBERS = st.floats(-1e12, 1e12, allow_nan=False)


@pytest.mark.parametrize("name", ["job", "training", "evaluation", "comparison", "shelf"])
def test_pages_are_whole_fetch_nothing_and_run_nothing(pages: dict[str, bytes], name: str) -> None:
    text = pages[name].decode("utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert text.rstrip().endswith("</html>")
    assert "<img" not in text
    assert "<script" not in text
    assert re.findall(r'(?:src|href)="(?!reader|report|details|books|#)[^"]*"', text) == []
    assert "default-src 'none'" in text
    assert " style=" not in text  # its policy would not allow it


def test_the_pages_say_what_they_are_for(pages: dict[str, bytes]) -> None:
    assert b"12,345" in pages["job"]
    assert b"1 min 01 s" in pages["job"]
    assert "&lt;img src=x" in pages["job"].decode()
    assert pages["training"].count(b"<svg") == 4
    assert b"97.0 % of the draws; p = 0.041" in pages["evaluation"]
    assert b"five <del>pounds</del><ins>books</ins>" in pages["comparison"]
    assert b'href="books/a%20b.epub"' in pages["shelf"]


@given(st.text(alphabet="ab ,.é", max_size=30), st.text(alphabet="ab ,.é", max_size=30))
def test_the_pieces_of_a_difference_make_both_texts(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(one.text for one in pieces if one.kind != "come") == before
    assert "".join(one.text for one in pieces if one.kind != "gone") == after
    assert all(one.text for one in pieces)


def test_words_that_changed_side_by_side_are_one_change() -> None:
    told = [(one.kind, one.text) for one in differences("the old dog sleeps", "the young cat sleeps")]
    assert told == [("same", "the "), ("gone", "old dog"), ("come", "young cat"), ("same", " sleeps")]


@given(st.lists(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=5), max_size=3))
def test_curves_draw_any_numbers_within_their_frame(points: list[list[tuple[float, float]]]) -> None:
    made = curves([Series("<a>", tuple(one)) for one in points], "curves & such", x=str, y=str)
    if not made:
        assert not any(points)
        return
    for circle in ElementTree.fromstring(str(made)).iter("circle"):
        assert -1 <= float(circle.get("cx", "nan")) <= 641
        assert -1 <= float(circle.get("cy", "nan")) <= 241


@given(st.lists(st.integers(0, 10**9), max_size=30), st.lists(st.floats(0, 1), max_size=20))
def test_histograms_and_strips_are_sound_svg(counts: list[int], shares: list[float]) -> None:
    drawn = ElementTree.fromstring(str(histogram(Bins("a", tuple(counts), ((0.0, "<"), (1.0, "1"))))))
    heights = [float(one.get("height", "nan")) for one in drawn.iter("rect")]
    assert len([one for one in heights if one]) == sum(map(bool, counts))
    assert all(height <= 92 for height in heights)
    cells = ElementTree.fromstring(str(strip([Cell(one, '"x"', "a#b") for one in shares], "a<b")))
    kinds = [one.get("class") for one in cells.iter("rect")]
    assert [kind != "w0" for kind in kinds] == [one > 0 for one in shares]


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.04, "0.0 s"), (9.96, "10.0 s"), (59, "59 s"), (61, "1 min 01 s"), (7260, "2 h 01 min")]
)
def test_durations(seconds: float, told: str) -> None:
    assert clock(seconds) == told
