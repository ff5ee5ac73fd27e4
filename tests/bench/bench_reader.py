"""How a novel of 10,000 sentences opens and scrolls in Chromium, next to a plain page of the same text.

Run: .venv/bin/python tests/bench/bench_reader.py [PAIRS]
Prints what word links add to its size, how long a word takes to light up, and, for the reader in each layout and for
two peers (one HTML table; one table a row), the first contentful paint and the median and 95th percentile frame time
while scrolling, in milliseconds, and the ratios to the plain table.
"""

from __future__ import annotations

import html
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from pipeline.book import LAYOUTS, BookOptions, write_epub, write_html
from pipeline.text import Bead, Bitext, Block, Document, Sentence, Span
from pipeline.words import link_bitext

ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
ARGS += ["--disable-sync", "--no-first-run"]
FRENCH = (
    "Le vent tombait avec le soir, et les barques rentraient une à une.",
    "Elle l'attendit longtemps sur le quai, sans impatience, comme on attend une saison.",
    "« Vous ne dites rien ? » demanda-t-il enfin.",
    "Il y avait dans cette maison, fermée depuis onze ans, une odeur de sel, de cendre et de papier qu'aucune fenêtre "
    "ouverte n'avait jamais pu chasser tout à fait.",
)
ENGLISH = (
    "The wind dropped with the evening, and the boats came in one by one.",
    "She waited for him on the quay for a long time, without impatience, as one waits for a season.",
    '"Have you nothing to say?" he asked at last.',
    "In that house, shut up for eleven years, there was a smell of salt, ashes and paper that no open window had ever "
    "been able to drive out altogether.",
)
POINTED = """() => {
  window.worked = [];
  const ask = window.requestAnimationFrame;
  window.requestAnimationFrame = (act) => ask((now) => {
    const start = performance.now(); act(now); window.worked.push(performance.now() - start);
  });
}"""
SCROLL = """() => new Promise((done) => {
  const times = []; let last = performance.now(); let frames = 0;
  const step = (now) => {
    times.push(now - last); last = now;
    scrollBy({ top: 240, behavior: "instant" });
    if (++frames < 240) requestAnimationFrame(step); else done(times.slice(5));
  };
  requestAnimationFrame(step);
})"""


def novel(count: int) -> Bitext:
    """A novel of so many pairs: paragraphs of five, a chapter every 200."""
    sides = []
    for side, (language, lines) in enumerate((("fr", FRENCH), ("en", ENGLISH))):
        prefix = "d-novel" + ("-en" if side else "")
        text, blocks, sentences = "", [], []
        for first in sorted({*range(0, count, 5), *range(1, count, 200)}):
            block, start = f"{prefix}.b{first}", len(text)
            heading = first % 200 == 0
            for i in range(first, min(first + 1 if heading else first + 5 - first % 5, count)):
                line = f"{i}. {lines[i % len(lines)]}"
                sentences.append(Sentence(f"{block}.s{i}", block, Span(len(text), len(text) + len(line)), line))
                text += line + " "
            span = Span(start, len(text) - 1)
            kind, data = ("heading", (("level", "2"),)) if heading else ("paragraph", ())
            blocks.append(Block(block, kind, text[start : span.end], span, data))
        sides.append((Document(prefix, "", language, text, tuple(blocks)), tuple(sentences)))
    beads = tuple(Bead((i,), (i,)) for i in range(count))
    return Bitext(sides[0][0], sides[1][0], sides[0][1], sides[1][1], beads)


def peers(bitext: Bitext) -> dict[str, str]:
    """The same text as one table, and as a table a row."""
    cells = [
        f"<tr><td lang=fr>{html.escape(row.source.text)}<td lang=en>{html.escape(row.target.text)}"
        for row in bitext.rows()
    ]
    head = "<!doctype html><meta charset=utf-8><title>t</title><style>td{width:50%;vertical-align:top}</style>"
    return {
        "one table": f"{head}<table>{''.join(cells)}</table>",
        "table a row": head + "".join(f"<table>{cell}</table>" for cell in cells),
    }


def measure(page: Page, path: Path, prepare: str = "") -> tuple[float, list[float]]:
    """First contentful paint and the times between frames of a scroll, in ms."""
    page.goto(path.as_uri())
    if prepare:
        page.keyboard.press(prepare)
    page.wait_for_timeout(300)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    return paint, page.evaluate(SCROLL)


def pointed(page: Page) -> list[float]:
    """How long the page works for a move of the pointer over words, in ms."""
    page.evaluate(POINTED)
    for i in range(200):
        page.mouse.move(150 + 2 * i, 200 + 2 * i)
        page.wait_for_timeout(20)
    return list(page.evaluate("window.worked"))


def main(count: int) -> None:
    bitext = novel(count)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        started = time.perf_counter()
        write_html([bitext], folder / "plain.html", BookOptions(title="Roman"))
        seconds, plain = time.perf_counter() - started, (folder / "plain.html").stat().st_size
        print(f"{count} pairs written in {seconds:.2f} s, {plain / 1e6:.2f} MB")
        linked = link_bitext(bitext)
        started = time.perf_counter()
        write_html([linked], folder / "reader.html", BookOptions(title="Roman"))
        seconds, size = time.perf_counter() - started, (folder / "reader.html").stat().st_size
        print(f"with word links in {seconds:.2f} s, {size / 1e6:.2f} MB, {size / plain:.3f} of that")
        for name, one in (("plain", bitext), ("linked", linked)):
            write_epub([one], folder / f"{name}.epub")
        sizes = [(folder / f"{name}.epub").stat().st_size for name in ("plain", "linked")]
        print(f"EPUB {sizes[0] / 1e6:.2f} MB, with word links {sizes[1] / sizes[0]:.3f} of that")
        pages = {f"reader, {layout}": (folder / "reader.html", str(i)) for i, layout in enumerate(LAYOUTS, 1)}
        for peer, text in peers(bitext).items():
            (folder / f"{peer}.html").write_text(text, encoding="utf-8")
            pages[peer] = (folder / f"{peer}.html", "")
        pages["without links"] = (folder / "plain.html", "1")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        found = {}
        for title, (path, key) in pages.items():
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            found[title] = measure(page, path, key)
            if path.name == "reader.html" and key == "1":
                times = pointed(page)
                print(f"a word lights up in {statistics.median(times):.2f} ms, at worst {max(times):.2f} ms")
            page.context.close()
        browser.close()
    table = statistics.median(found["one table"][1])
    print(f"{'':24} paint ms  frame median  95 %  median/one table")
    for title, (paint, times) in found.items():
        median, late = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(f"{title:24} {paint:8.0f}  {median:12.1f}  {late:4.0f}  {median / table:6.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
