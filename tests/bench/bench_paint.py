"""How soon a book of 10,000 pairs is seen, and how big it is, against an older version of this code.

    python tests/bench/bench_paint.py BEFORE [PAIRS] [ROUNDS]

BEFORE is a working tree of the older version (`git worktree add`). Both write the same novel, each with its own code
and its own `bench_reader.py`; this one also as jobs do it, with word links. The pages are then opened in Chromium in
turn, each in a fresh context, ROUNDS times. Prints sizes, first contentful paint (median, least, in ms) and ratios.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parents[2]
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WRITE = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
spec = spec_from_file_location("bench_reader", "tests/bench/bench_reader.py")
bench = module_from_spec(spec)
spec.loader.exec_module(bench)
made = bench.novel(int(sys.argv[2]))
if sys.argv[3] == "linked":
    from pipeline.words import link_bitext
    made = link_bitext(made)
from pipeline.book import BookOptions, write_html
write_html([made], Path(sys.argv[1]), BookOptions(title="Roman"))
"""


def written(tree: Path, path: Path, count: int, how: str = "plain") -> Path:
    """The novel, written by the code of a working tree."""
    command = [sys.executable, "-c", WRITE, str(path), str(count), how]
    subprocess.run(command, check=True, cwd=tree, env={"PYTHONPATH": str(tree), "PATH": "/usr/bin:/bin"})
    return path


def paint(browser: Browser, path: Path) -> float:
    """First contentful paint of a page in a fresh context, in ms."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_timeout(200)
    time = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return float(time)


def main(before: Path, count: int, rounds: int) -> None:
    """Write, open in turn, compare."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        pages = {
            "before": written(before, folder / "before.html", count),
            "now": written(HERE, folder / "now.html", count),
            "now, with word links": written(HERE, folder / "linked.html", count, "linked"),
        }
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        paint(browser, pages["before"])  # the browser's own start
        times: dict[str, list[float]] = {title: [] for title in pages}
        for _ in range(rounds):
            for title, path in pages.items():
                times[title].append(paint(browser, path))
        browser.close()
        size, usual = pages["before"].stat().st_size, statistics.median(times["before"])
        print(f"{count} pairs, {rounds} rounds{'':10} MB  ratio  paint ms  least  ratio")
        for title, path in pages.items():
            mine, median = path.stat().st_size, statistics.median(times[title])
            print(f"{title:28} {mine / 1e6:6.2f} {mine / size:6.3f} {median:9.0f} {min(times[title]):6.0f} "
                  f"{median / usual:6.3f}")  # fmt: skip


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[2:4]]
    main(Path(sys.argv[1]).resolve(), *[*numbers, *(10_000, 9)[len(numbers) :]])
