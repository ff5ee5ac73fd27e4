"""The same job on Ray: equal results, whatever is killed; Ray is not imported unless asked."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.job.runners import ray as on_ray
from pipeline.job.runners.work import Done, Task

ROOT = Path(__file__).parents[2]
KILLS = 5
RAY = ("runner.on=ray", "runner.workers=2")


@pytest.fixture
def ray():
    """A cluster on this machine, for one test."""
    module = on_ray.ray_module()
    with on_ray.cluster("local", 2, 1):
        yield module


@pytest.mark.slow
@pytest.mark.usefixtures("engine_ready")
def test_workers_killed_in_mid_work_change_nothing(several, monkeypatch, ray) -> None:
    alone = several.run().counts
    expected = several.corpus()
    several.clean()
    calls, killed = itertools.count(), list[str]()
    real = on_ray.Actor.do

    def kill(hand: on_ray.Actor, pid: int, *, softly: bool) -> None:
        ray.kill(hand.actor) if softly else os.kill(pid, signal.SIGKILL)

    def do(hand: on_ray.Actor, task: Task) -> Done:
        number = next(calls)
        if number % 2 and len(killed) < KILLS:
            pid = ray.get(hand.actor.pid.remote())
            softly = bool(len(killed) % 2)
            killed.append("softly" if softly else "hard")
            threading.Timer(0.02, kill, [hand, pid], {"softly": softly}).start()
            time.sleep(0.01)
        return real(hand, task)

    monkeypatch.setattr(on_ray.Actor, "do", do)
    report = several.run(*RAY)
    assert len(killed) == KILLS
    assert several.corpus() == expected
    assert report.counts == alone
    assert several.run(*RAY).counts["decoded"] == 0


@pytest.mark.slow
@pytest.mark.usefixtures("engine_ready")
def test_a_driver_that_is_killed_goes_on_when_started_again(several) -> None:
    several.run()
    expected = several.corpus()
    several.clean()
    several.config()
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "run",
        str(several.folder / "job.yaml"),
        "--on",
        "ray",
        "--workers",
        "2",
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": ROOT}
    with subprocess.Popen(command, **quiet) as process:
        until = time.monotonic() + 100
        log = several.results / "details" / "log.jsonl"
        while process.poll() is None and time.monotonic() < until and not log.is_file():
            time.sleep(0.05)
        time.sleep(8)
        process.kill()
    for _ in range(2):
        assert subprocess.run(command, check=False, **quiet).returncode == 0
        assert several.corpus() == expected


def test_ray_is_not_imported_unless_asked() -> None:
    code = "import sys, pipeline.job.run, pipeline.job.runners.crewed; assert 'ray' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_what_is_absent_is_told(job, monkeypatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("importlib.import_module", absent)
    with pytest.raises(ConfigError, match=r"needs Ray.*\n.*visavis\[ray\]"):
        job.run(*RAY)
