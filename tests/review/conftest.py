"""A review on its real server, in a process of its own, with Debian's Chromium to work in it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]


class Served:
    """A running `visavis review`; `address` holds the token."""

    def __init__(self, folder: Path, *what: str, log: Path) -> None:
        self.log = log
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"}
        command = [sys.executable, "-m", "pipeline", "review", *what, "--no-browser", "--author", "Ada"]
        self.process = subprocess.Popen(command, cwd=folder, stderr=log.open("wb"), env=environment)
        end = time.monotonic() + 120
        while not (found := re.search(r"http://\S+", log.read_text())):
            assert self.process.poll() is None, log.read_text()
            assert time.monotonic() < end, "the server does not start"
            time.sleep(0.05)
        self.address = found[0]
        self.home = self.address.partition("?")[0]
        self.token = self.address.partition("token=")[2]
        self.port = int(re.search(r":(\d+)/", self.address)[1])

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(30)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Start reviews; all are ended afterwards."""
    started: list[Served] = []

    def start(folder: Path, *what: str) -> Served:
        started.append(Served(folder, *what, log=tmp_path / f"server-{len(started)}.log"))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait(30)
        assert "Traceback" not in one.log.read_text()


class Desk:
    """A review open in a browser of its own."""

    def __init__(self, browser: Browser, served: Served, at: str = "", **context: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **context})
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.faults: list[str] = []
        self.requests: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: self.faults.append(message.text))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(served.address + at)
        self.page.wait_for_selector(".pair")

    def pair(self, number: int) -> Any:
        return self.page.locator(f'.pair[aria-posinset="{number}"]')

    def open(self, number: int) -> Any:
        self.pair(number).click(position={"x": 8, "y": 8})
        self.page.wait_for_selector(".pair.open")
        return self.page.locator(".pair.open")

    def write(self, number: int, text: str) -> None:
        self.open(number)
        self.page.get_by_role("textbox", name="Translation").fill(text)
        self.saved()

    def saved(self) -> None:
        self.page.locator(".pair.open .state", has_text="saved").wait_for()

    def tool(self, name: str) -> None:
        self.page.locator(".pair.open button", has_text=name).first.click()

    def pairing(self, group: str, name: str) -> None:
        if self.page.locator(".pairing:visible").count() == 0:
            self.tool("Pairing")
        self.page.get_by_role("group", name=group, exact=True).get_by_role("button", name=name).click()

    def texts(self) -> list[tuple[str, str]]:
        """Every pair that is shown, open or not."""
        return [
            tuple(pair)
            for pair in self.page.evaluate(
                "[...document.querySelectorAll('.pair')].map((pair) => ['source', 'target'].map((name) => {"
                " const side = pair.querySelector('.side.' + name); const area = side.querySelector('textarea');"
                " return area ? area.value : side.textContent; }))"
            )
        ]

    def until(self, script: str) -> None:
        """Wait for something; the page's policy lets Playwright itself evaluate nothing within."""
        end = time.monotonic() + 30
        while not self.page.evaluate(script):
            assert time.monotonic() < end, script
            self.page.wait_for_timeout(50)


@pytest.fixture
def sit(chromium: Browser) -> Iterator[Callable[..., Desk]]:
    """Open reviews in contexts of their own; afterwards nothing may have gone wrong in any of them."""
    opened: list[Desk] = []

    def open_desk(served: Served, at: str = "", **context: Any) -> Desk:
        opened.append(Desk(chromium, served, at, **context))
        return opened[-1]

    yield open_desk
    for one in opened:
        one.context.close()
        assert [fault for fault in one.faults if "409 (Conflict)" not in fault and "422" not in fault] == []
        assert [url for url in one.requests if not re.match(r"http://127\.0\.0\.1:\d+/|data:|blob:", url)] == []
