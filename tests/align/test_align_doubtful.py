"""Checking an alignment by hand: the doubtful stretches, the page, the pairs fixed on it and kept to on a rerun."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.align import read_ladder, suspicious
from pipeline.align.doubtful import doubtful
from pipeline.cli import main
from pipeline.text import Bead

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FRENCH = [
    "Il pleut ce matin.", "Le chat dort.", "Une phrase <b>de trop</b>.", "La porte est fermée.", "Elle lit un livre.",
]  # fmt: skip
ENGLISH = [
    "It is raining this morning.", "The cat is asleep.", "The door is closed.", "Nothing of it.", "She reads a book.",
]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.floats(0, 1)), max_size=20))
def test_stretches_hold_what_is_suspicious_and_the_worst_comes_first(told: list[tuple[int, int, float]]) -> None:
    beads = [Bead(tuple(range(a)), tuple(range(b)), score) for a, b, score in told if a or b]
    found = doubtful(beads)
    assert [one.doubt for one in found] == sorted((one.doubt for one in found), reverse=True)
    inside = {place for one in found for place in range(one.first, one.last)}
    assert inside >= set(suspicious(beads))
    assert all({one.first, one.last - 1} <= set(suspicious(beads)) for one in found)
    assert doubtful(beads, suspicious(beads)) == []


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.fr").write_text("\n".join(FRENCH), encoding="utf-8")
    (tmp_path / "a.en").write_text("\n".join(ENGLISH), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def align(*more: str) -> None:
    assert main(["align", "--lines", "a.fr", "a.en", "--html", "check.html", *more]) == 0


def test_pairs_fixed_beside_the_page_are_kept_to(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    align()
    assert "keeping to" not in capfd.readouterr().err
    page = (texts / "check.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;de trop" in page
    assert 'data-saved="check.anchors.tsv"' in page
    assert 'data-held=""' in page
    (texts / "check.anchors.tsv").write_text("2\t3\n", encoding="utf-8")
    align("--ladder", "a.ladder")
    assert "keeping to the pairs of check.anchors.tsv" in capfd.readouterr().err
    beads = read_ladder((texts / "a.ladder").read_text(encoding="utf-8"))
    assert any(2 in bead.source and 3 in bead.target for bead in beads)
    assert 'data-held="2 3"' in (texts / "check.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_pair_is_fixed_and_saved_in_a_browser(texts: Path, chromium: Browser) -> None:
    align()
    context = chromium.new_context(accept_downloads=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))
    page.goto((texts / "check.html").as_uri())
    page.click("button[data-side='0'][data-n='2']")
    page.click("button[data-side='1'][data-n='3']")
    page.click("button[data-side='0'][data-n='1']")
    page.click("button[data-side='1'][data-n='4']")
    assert "would cross" in (page.text_content("output") or "")
    with page.expect_download() as download:
        page.click("#save")
    assert download.value.suggested_filename == "check.anchors.tsv"
    assert Path(download.value.path()).read_text(encoding="utf-8") == "2\t3\n"
    context.close()
    assert wrong == []
