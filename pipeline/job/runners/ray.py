"""Workers on a Ray cluster: an actor each, that holds a loaded model; Ray is imported when a job asks for it."""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any, cast

from pipeline.errors import ConfigError
from pipeline.job.runners.crew import Gone, Lost
from pipeline.job.runners.work import Brief, Done, Task, Worker

PATIENCE = 600.0  # seconds that a worker is waited for, where the cluster has no place for it
_STEP = 1.0  # seconds between two looks at whether the crew is dismissed
STORE = 200_000_000  # bytes of a local cluster's object store


def ray_module() -> Any:
    """Ray; raises ConfigError where it is not installed."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anyone
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    logging.getLogger("ray").setLevel(logging.ERROR)  # what it says of itself is no matter of the job's
    try:
        return importlib.import_module("ray")
    except ImportError as error:
        raise ConfigError("`on: ray` needs Ray, which is not installed", "Run: pip install 'visavis[ray]'") from error


@contextlib.contextmanager
def cluster(address: str, workers: int, threads: int) -> Iterator[int]:
    """Be part of a cluster; `local` makes one on this machine. Gives how many workers it has place for.

    A cluster that this process is part of already is used, and left as it is. Raises ConfigError where there is none.
    """
    ray = ray_module()
    ours = not ray.is_initialized()
    if ours:
        _begin(ray, address, workers * threads)
    try:
        yield workers or max(1, int(ray.cluster_resources().get("CPU", 1)) // threads)
    finally:
        if ours:
            ray.shutdown()


def _begin(ray: Any, address: str, cores: int) -> None:
    quiet = {"log_to_driver": False, "logging_level": "error", "configure_logging": False}
    with _signals_kept():
        try:
            if address == "local":
                ray.init(
                    address="local",
                    num_cpus=cores or None,
                    include_dashboard=False,
                    object_store_memory=STORE,
                    _node_ip_address="127.0.0.1",
                    **quiet,
                )
            else:
                ray.init(address=address, **quiet)
        except (ConnectionError, ValueError, RuntimeError, TimeoutError, ImportError) as error:
            raise ConfigError(
                f"no Ray cluster at {address!r}: {str(error).partition(chr(10))[0]}",
                "Start one (`ray start --head`), give its address, or say `address: local`.",
            ) from error


@contextlib.contextmanager
def _signals_kept() -> Iterator[None]:
    """Keep what SIGINT and SIGTERM do, which Ray would take over."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Actor:
    """A worker as an actor; its process ends with the job."""

    def __init__(self, threads: int, *, gpu: bool = False, worker: type[Worker] = Worker) -> None:
        self._ray = ray_module()
        options = {"num_cpus": threads, "max_restarts": 0, "max_task_retries": 0, "num_gpus": int(gpu)}
        self.actor = self._ray.remote(**options)(worker).remote()
        self._dismissed = False
        self._begun = False

    def hello(self) -> dict[str, str]:
        """What it is."""
        return cast("dict[str, str]", self._asked("hello"))

    def equip(self, brief: Brief) -> dict[str, str]:
        """Tell it the job."""
        return cast("dict[str, str]", self._asked("equip", brief))

    def do(self, task: Task) -> Done:
        """Do a task."""
        return cast(Done, self._asked("do", task))

    def dismiss(self) -> None:
        """End it."""
        self._dismissed = True
        with contextlib.suppress(Exception):  # it may be gone, and the cluster with it
            self._ray.kill(self.actor)

    def _asked(self, name: str, *given: Any) -> Any:
        failures = self._ray.exceptions
        start = time.monotonic()
        try:
            answer = getattr(self.actor, name).remote(*given)
            while not self._ray.wait([answer], timeout=_STEP)[0]:
                if self._dismissed:
                    raise Gone("the worker is dismissed")
                if not self._begun and time.monotonic() - start > PATIENCE:
                    raise Lost(f"no worker came within {PATIENCE:.0f} s", "See `ray status`; ask for fewer workers.")
            value = self._ray.get(answer)
        except failures.RayTaskError as error:
            raise error.cause if isinstance(error.cause, Exception) else Gone(str(error)) from error
        except failures.RayError as error:
            raise Gone(str(error).strip().rpartition("\n")[2]) from error
        self._begun = True
        return value
