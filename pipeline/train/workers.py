"""The processes that train: started, listened to, stopped; one single-threaded process a core.

Two threads of one process beside another busy process wait for each other at every barrier; two processes do not.
"""

from __future__ import annotations

import ctypes.util
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import ModelError
from pipeline.train.report import TrainEvent
from pipeline.train.settled import Settled

_ENTRY = "pipeline.train.worker"


def train_leg(settled: Settled, leg: int, on_event: Callable[[TrainEvent], None], *, lock: int) -> None:
    """Let all workers train up to `leg` tokens; an interruption lets them write a checkpoint first.

    They inherit the file descriptor `lock`: the run's folder stays locked while any of them lives.

    Raises ModelError, with what a worker last said, when one fails.
    """
    folder = settled.config.work
    with tempfile.TemporaryDirectory(prefix="visavis-") as meeting:
        store = str(Path(meeting) / "store")
        workers = [_start(settled, rank, store, leg, lock) for rank in range(settled.workers)]
        try:
            for worker in workers[1:]:
                threading.Thread(target=_end_with, args=(worker, workers[0]), daemon=True).start()
            _listen(workers[0], on_event)
            codes = [worker.wait() for worker in reversed(workers)][::-1]
        finally:
            _stop(workers)
    if any(codes):
        raise _failure(folder, codes)


def _start(settled: Settled, rank: int, store: str, leg: int, lock: int) -> subprocess.Popen[str]:
    folder, package = settled.config.work, Path(__file__).parents[2]
    with (folder / f"worker-{rank}.log").open("w", encoding="utf-8") as log:
        return subprocess.Popen(
            [sys.executable, "-m", _ENTRY, str(folder), str(rank), store, str(leg)],
            env=_environment(package, settled),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if rank == 0 else log,
            stderr=log,
            pass_fds=(lock,),
            text=True,
            encoding="utf-8",
        )


def _environment(package: Path, settled: Settled) -> dict[str, str]:
    """The user's environment, and what training needs before a process starts."""
    paths = [str(package), os.environ.get("PYTHONPATH", "")]
    made = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    if settled.device == "cpu":
        made |= {"OMP_NUM_THREADS": "1", "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "16384"}
    if sys.platform == "linux":
        made.setdefault("GLOO_SOCKET_IFNAME", "lo")  # the workers are on one machine
        jemalloc = ctypes.util.find_library("jemalloc")  # keeps freed memory at hand: an eighth faster, if it is there
        if jemalloc and "LD_PRELOAD" not in made:
            # it keeps it for seconds only: without a limit a worker, whose batches have many shapes, grew to 21 GB
            made |= {"LD_PRELOAD": jemalloc, "MALLOC_CONF": "dirty_decay_ms:5000,muzzy_decay_ms:5000"}
    return made


def _end_with(worker: subprocess.Popen[str], first: subprocess.Popen[str]) -> None:
    """End the first worker when another has failed, for which it would wait in vain."""
    if worker.wait() and first.poll() is None:
        first.kill()


def _listen(first: subprocess.Popen[str], on_event: Callable[[TrainEvent], None]) -> None:
    for line in first.stdout or ():
        on_event(TrainEvent(**json.loads(line)))


def _stop(workers: list[subprocess.Popen[str]]) -> None:
    """Ask all workers to stop, which they do after their step and a checkpoint; let none outlive this."""
    for worker in workers:
        if worker.poll() is None:
            worker.send_signal(signal.SIGTERM)
    for worker in workers:
        try:
            worker.wait(timeout=120)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
        if worker.stdout:
            worker.stdout.close()


def _failure(folder: Path, codes: list[int]) -> ModelError:
    rank = max(range(len(codes)), key=lambda one: (codes[one] > 0, codes[one] != 0))  # not one that was killed after
    log = folder / f"worker-{rank}.log"
    said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:] or ["nothing"]
    how = f"was ended by signal {-codes[rank]}" if codes[rank] < 0 else f"ended with code {codes[rank]}"
    return ModelError(
        f"training worker {rank} {how} and said: {said[0]}",
        f"Look into {log}; with too little memory lower `batch_tokens` or `workers`. Run again to go on.",
    )
