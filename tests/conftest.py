"""What every test runs under: loopback sockets only, reproducible properties, and no model hub."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

settings.register_profile(
    "project",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("project")

_real_connect = socket.socket.connect


def _loopback_only(self: socket.socket, address: object) -> None:
    """Let a test reach this machine, and nothing else."""
    if self.family in (socket.AF_INET, socket.AF_INET6):
        host = str(address[0])  # type: ignore[index]
        if host not in {"localhost", "::1"} and not host.startswith("127."):
            raise AssertionError(f"a test opened a connection to {host}; only loopback is allowed")
    _real_connect(self, address)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", _loopback_only)


@pytest.fixture(scope="session")
def pages() -> dict[str, bytes]:
    """The pages of figures by kind, of values that a run, a training, an evaluation and a comparison might have."""
    from pipeline.pages.charts import Bins, Cell
    from pipeline.pages.comparing import ChangeShown, ComparisonPage
    from pipeline.pages.evaluating import EvaluationPage, Measured, Shown
    from pipeline.pages.running import DocumentLine, Example, FlagShown, JobPage, Problem
    from pipeline.pages.shelf import ShelfPage, Volume
    from pipeline.pages.training import CorpusLine, Moment, ScoreShown, TrainingPage

    nasty = '<img src=x onerror="window.pwned = 1"> & "{{ 7 * 7 }}" \udc80'
    bins = Bins("Score: how probable a pair is", (0, 1, 0, 7, 12000), ((0.0, "0"), (1.0, "1")), dashed=0.5)
    example = Example("d-a.b1.s1", 0.31, nasty, "Twelve boats.", "numbers: 14 ≠ 4", "reader.html#d-a.b1.s1")
    cells = tuple(Cell(share, f"{share}", "reader.html#d-a.b1.s1" if share else "") for share in (0, 0.2, 0.5, 1))
    job = JobPage(
        "Le phare", "2026-11-28T11:00:00+00:00", "1 document, 4 sentences; 2.0 s", "Done.", True, ("fr", "en"),
        figures=(("sentences", 12345),), books=(("reader.html", "reader.html"),), failed=(Problem(nasty, "x", "y"),),
        aside=(Problem("a.xyz", "of no format that is read"),), said=("a.txt: encoding: cp1252",),
        documents=(DocumentLine("a.txt", 4, 2, cells, "reader.html", ("input changed",)),), total=2,
        histograms=(bins,), flags=(FlagShown("numbers", 1, "warning", "The numbers differ", "Look.", (example,)),),
        worst=(example,), rejected=(("duplicate", 3),), rejected_rows=(example,),
        rejected_file="details/rejected.tsv", timings=(("translate", 61.0), ("write", 0.5)), decoded=4, remembered=9,
        signature="a:b|c:d",
    )  # fmt: skip
    scores = tuple(
        ScoreShown("", tokens, 20 + tokens / 1e6, 45 + tokens / 1e6, 500, ("BLEU|x",)) for tokens in (0, 10**6)
    )
    training = TrainingPage(
        "en maison", "It goes on.", "outputs/models/x/model",
        tuple(Moment(1000 * i, 5 / i, 1e-4 * i, 3000.0 + i) for i in range(1, 90)), scores,
        (("dev, before", scores[0]), ("dev, after", scores[1])),
        (CorpusLine("news", "x.tsv", "CC0", 1.0, 12, (("too long", 3),)), CorpusLine("y", "y", "?", 1, 0, (), "no")),
    )  # fmt: skip
    measured = Measured("BLEU", 31.0, 29.5, 32.5, "BLEU|x", 30.0, 0.041, 0.97, bins)
    shown = Shown(3, 12.5, nasty, "the cat sleeps here", "the dog sleeps", "a cat slept here")
    evaluation = EvaluationPage("built-in", "other", 200, 1000, (measured,), bins, (shown,))
    change = ChangeShown("changed", "d-a.b1.s1", nasty, "five pounds", "five books", 61.2, ("numbers",), ("loop",))
    comparison = ComparisonPage("a", "b", "3 the same", ("beam: 1 → 2",), (("loop", 1, 2),), bins, "chrF|x", (change,))
    volumes = [Volume("Le phare", "X", "a.txt", "fr", 4, (("HTML", "books/a b.html"), ("EPUB", "books/a b.epub")))]
    made = {"job": job, "training": training, "evaluation": evaluation, "comparison": comparison}
    return {name: page.html() for name, page in made.items()} | {"shelf": ShelfPage("Texts", volumes).html()}


CHROMIUM = "/usr/bin/chromium"
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
AXE = "4.14.1"
_NODE = Path(__file__).parent / "book"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, with everything off that would call home."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core's script, installed by npm into an ignored folder the first time."""
    script = _NODE / "node_modules" / "axe-core" / "axe.min.js"
    package = script.parent / "package.json"
    if not package.exists() or f'"version": "{AXE}"' not in package.read_text(encoding="utf-8"):
        npm = shutil.which("npm")
        if npm is None:
            pytest.fail("npm is not installed, and without it axe-core cannot be: install Debian's npm")
        options = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        command = [npm, "install", f"axe-core@{AXE}", "--prefix", str(_NODE), *options]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, f"npm could not install axe-core@{AXE}:\n{done.stderr}"
    text = script.read_text(encoding="utf-8")
    assert hashlib.sha256(text.encode()).hexdigest() == SHA256, "axe-core is not the version that was pinned"
    return text


SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
