"""A run killed at any moment and run again gives the corpus and the books of an unbroken one, byte for byte."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.job import Stopped, run

DRIVER = Path(__file__).parent / "killed_run.py"
KILLS = 10
ENDS = {0, -signal.SIGKILL}


def drive(job, moment: int, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(DRIVER), str(job.folder / "job.yaml"), str(moment)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment})


@pytest.fixture
def expected(job) -> dict[str, bytes]:
    """What an unbroken run gives, in another folder, with another memory."""
    unbroken = type(job)(job.folder / "unbroken", {"inputs": f"[{job.texts}]"})
    unbroken.folder.mkdir()
    unbroken.settings["folder"] = str(job.folder)
    unbroken.run()
    return unbroken.corpus()


@pytest.mark.slow
@pytest.mark.usefixtures("engine_ready")
def test_kills_at_random_moments_lose_and_double_nothing(job, expected) -> None:
    job.config()
    done = drive(job, 0)
    assert done.returncode == 0, done.stderr
    moments = int(done.stdout)
    assert moments > 500
    chosen = random.Random(6)
    killed = 0
    for number in range(KILLS):
        for path in (*job.folder.glob("memory.sqlite*"), *job.results.rglob("*")):
            if path.is_file() and number % 3:  # every third kill hits a run that goes on where another was killed
                path.unlink()
        ended = drive(job, chosen.randrange(1, moments))
        assert ended.returncode in ENDS, ended.stderr
        killed += ended.returncode != 0
        for name, content in job.corpus().items():  # nothing half written is ever visible under its final name
            assert name.endswith(".new") or content == expected[name], name
        if number % 3:
            assert job.run().exit_code == 0
            assert job.corpus() == expected
    job.run()
    assert job.corpus() == expected
    assert killed >= KILLS // 2


@pytest.mark.slow
def test_a_kill_while_the_model_is_converted(job, expected, tmp_path: Path) -> None:
    job.config()
    cache = tmp_path / "cache"
    command = [sys.executable, "-m", "pipeline", "run", str(job.folder / "job.yaml")]
    options = {"env": {**os.environ, "XDG_CACHE_HOME": str(cache)}, "cwd": DRIVER.parents[2]}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **quiet, **options) as process:
        while process.poll() is None and not any(path.is_file() for path in cache.rglob("*")):
            time.sleep(0.01)
        process.kill()
    assert subprocess.run(command, check=False, **quiet, **options).returncode == 0
    assert job.corpus() == expected


@pytest.mark.slow
@pytest.mark.usefixtures("engine_ready")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_ends_with_130_and_goes_on(job, expected, number: int) -> None:
    job.config()
    command = [sys.executable, "-m", "pipeline", "run", str(job.folder / "job.yaml"), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=DRIVER.parents[2]) as process:
        assert process.stdout is not None
        process.stdout.readline()  # the first event: the run is under way
        process.send_signal(number)
        process.communicate()
    assert process.returncode in (0, 130)  # 0 if it was done before the signal came
    assert job.run().exit_code == 0
    assert job.corpus() == expected


def test_stopping_between_documents_keeps_what_is_done(job) -> None:
    def stop(event) -> None:
        if event.document:
            os.kill(os.getpid(), signal.SIGTERM)

    with pytest.raises(Stopped, match="run the job 'small' again"):
        run(job.config("memory=false"), on_event=stop)
    assert job.corpus() == {}
    staged = list((job.results / ".work" / "documents").glob("d-*.zip"))
    assert len(staged) == 1
    assert sum(not one.reasons for one in job.plan("memory=false").documents) == 1
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
