"""How soon a book of 10,000 pairs is seen, and how big it is, against an older version of this code.

    python tests/bench/bench_paint.py BEFORE [PAIRS] [ROUNDS]

BEFORE is a working tree of the older version (`git worktree add`). Both write the same novel, each with its own code
and its own `bench_reader.py`; this one also as jobs do it, with word links. The pages are then opened in Chromium in
turn, each in a fresh context, ROUNDS times. Prints sizes, first contentful paint (median, least)
and the time that the page's thread has worked (median), in ms, with ratios; on a busy machine the latter tells more.
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


def paint(browser: Browser, path: Path) -> tuple[float, float]:
    """First contentful paint of a page in a fresh context, and how long its thread has worked soon after."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
    session.send("Performance.enable")
    page.goto(path.as_uri())
    page.wait_for_timeout(200)
    time = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    worked = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    context.close()
    return float(time), 1000 * float(worked["TaskDuration"])


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
        times: dict[str, list[tuple[float, float]]] = {title: [] for title in pages}
        for _ in range(rounds):
            for title, path in pages.items():
                times[title].append(paint(browser, path))
        browser.close()
        size, usual = pages["before"].stat().st_size, _medians(times["before"])
        print(f"{count} pairs, {rounds} rounds{'':10} MB  ratio  paint ms  least  ratio  worked ms  ratio")
        for title, path in pages.items():
            mine, (seen, worked) = path.stat().st_size, _medians(times[title])
            print(f"{title:28} {mine / 1e6:6.2f} {mine / size:6.3f} {seen:9.0f} {min(times[title])[0]:6.0f} "
                  f"{seen / usual[0]:6.3f} {worked:10.0f} {worked / usual[1]:6.3f}")  # fmt: skip


def _medians(times: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(seen for seen, _ in times), statistics.median(worked for _, worked in times)


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[2:4]]
    main(Path(sys.argv[1]).resolve(), *[*numbers, *(10_000, 9)[len(numbers) :]])
