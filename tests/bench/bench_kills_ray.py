"""Kill Ray's workers in mid work, over and over, and compare with a run alone: nothing lost, nothing doubled.

    python tests/bench/bench_kills_ray.py [--kills 30] [--workers 2] [--sentences 400]

Every second task loses its worker, by `ray.kill` and by SIGKILL in turn. The engine is the stub of `bench_scale.py`.
"""

from __future__ import annotations

import argparse
import itertools
import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]
os.environ["PYTHONPATH"] = os.pathsep.join([str(HERE), str(HERE.parents[1])])
os.environ["BENCH_COST"] = "5"

from bench_scale import prepared, use_stub, use_workers  # noqa: E402

from pipeline.config import load_config  # noqa: E402
from pipeline.job import run  # noqa: E402
from pipeline.job.runners import afar  # noqa: E402
from pipeline.job.runners import ray as on_ray  # noqa: E402
from pipeline.job.runners.work import Done, Task  # noqa: E402

SHARD = 4  # sentences


def killing(most: int) -> list[str]:
    """Have workers killed at every second task, so many times; gives the list that tells how, as it grows."""
    ray, real = on_ray.ray_module(), on_ray.Actor.do
    calls, killed = itertools.count(), list[str]()

    def kill(hand: Any, pid: int, how: str) -> None:
        ray.kill(hand.actor) if how == "ray.kill" else os.kill(pid, signal.SIGKILL)

    def do(hand: on_ray.Actor, task: Task) -> Done:
        if next(calls) % 2 and len(killed) < most:
            killed.append("SIGKILL" if len(killed) % 2 else "ray.kill")
            threading.Timer(0.01, kill, [hand, ray.get(hand.actor.pid.remote()), killed[-1]]).start()
        return real(hand, task)

    on_ray.Actor.do = do  # type: ignore[method-assign]
    return killed


def made(folder: Path, count: int, on: str, workers: int) -> tuple[bytes, dict[str, int]]:
    """The corpus of a run, and what its report counts."""
    report = run(load_config(prepared(folder, count, on, workers)))
    return (folder / "out" / "corpus.tsv").read_bytes(), report.counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--sentences", type=int, default=400)
    given = parser.parse_args()
    use_stub()
    use_workers("stub")
    afar.LARGEST, afar.SMALLEST = SHARD, 1
    with tempfile.TemporaryDirectory() as folder:
        alone = made(Path(folder, "alone"), given.sentences, "here", 1)
        killed, start = killing(given.kills), time.perf_counter()
        afar_made = made(Path(folder, "afar"), given.sentences, "ray", given.workers)
        seconds = time.perf_counter() - start
    equal = "equal" if afar_made == alone else "OTHER THAN A RUN ALONE"
    hard = killed.count("SIGKILL")
    print(f"{len(killed)} kills ({hard} by SIGKILL), {given.sentences} sentences, {seconds:.0f} s: results {equal}")
    sys.exit(afar_made != alone or len(killed) < given.kills)


if __name__ == "__main__":
    main()
