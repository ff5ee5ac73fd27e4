"""WCAG 2.2 AA by axe-core, in both colour schemes, wide and narrow, in every layout and with every panel open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.book import BookOptions, write_html
from pipeline.text import Bitext

pytestmark = pytest.mark.slow
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_no_violations(
    novel: Bitext, tmp_path: Path, read_in: Callable[..., Any], axe: str, scheme: str, width: int
) -> None:
    write_html([novel, novel], tmp_path / "reader.html", BookOptions(title="La Maison des marées", author="X"))
    reading = read_in(tmp_path / "reader.html", viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = reading.page
    page.evaluate(axe)
    states = [("1", "ArrowDown"), ("2", "u"), ("3", "ArrowDown"), ("4", "Enter"), ("s", "c"), ("Escape", "/")]
    for keys in states if width > 360 else states[-3:]:
        for key in keys:
            page.keyboard.press(key)
        assert _violations(reading.settled()) == [], keys
    page.keyboard.press("Escape")
    page.locator("#vv-stars > summary").click()
    assert _violations(reading.settled()) == []
    page.locator("#vv-view > summary").click()
    page.locator(".vv-more > summary").click()
    assert _violations(reading.settled()) == []
    page.locator("input[name='vv-theme'][value='sepia']").check(force=True)
    page.keyboard.press("Escape")
    assert _violations(reading.settled()) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_figures_have_no_violations(
    pages: dict[str, bytes], tmp_path: Path, read_in: Callable[..., Any], axe: str, scheme: str
) -> None:
    for name, page in pages.items():
        (tmp_path / f"{name}.html").write_bytes(page)
        for width in (360, 1440):
            view = {"width": width, "height": 900}
            reading = read_in(tmp_path / f"{name}.html", viewport=view, color_scheme=scheme)
            reading.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            assert reading.page.evaluate("document.documentElement.scrollWidth") <= width, name
            reading.page.evaluate(axe)
            assert _violations(reading.settled()) == [], name


def _violations(page: Any) -> list[tuple[str, str]]:
    found = page.evaluate("(tags) => axe.run({ runOnly: tags })", TAGS)
    return [(one["id"], node["html"] + node["failureSummary"]) for one in found["violations"] for node in one["nodes"]]
