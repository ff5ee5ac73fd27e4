"""Workers on this machine: a process each, that reads tasks from its input and writes results to its output."""

from __future__ import annotations

import contextlib
import os
import pickle
import struct
import subprocess
import sys
from typing import Any, BinaryIO, cast

from pipeline.files import PACKAGE
from pipeline.job.runners.crew import Gone
from pipeline.job.runners.work import Brief, Done, Task, Worker

_LENGTH = struct.Struct(">Q")
_SERVE = "from pipeline.job.runners.processes import serve; serve({worker!r})"
WORKER = f"{Worker.__module__}:{Worker.__qualname__}"


class Process:
    """A worker in a process of its own; it ends when this one does, however that ends."""

    def __init__(self, threads: int, worker: str = WORKER) -> None:
        paths = os.pathsep.join(filter(None, (str(PACKAGE.parent), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVE.format(worker=worker)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the one that people see
            env={**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": str(threads)},
        )
        self.pid = self._process.pid

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
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _asked(self, name: str, *given: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            _send(cast(BinaryIO, self._process.stdin), (name, given))
            answer = _receive(cast(BinaryIO, self._process.stdout))
        except (OSError, EOFError, ValueError, pickle.UnpicklingError) as error:
            raise Gone(f"the worker process {self.pid} ended ({type(error).__name__})") from error
        if isinstance(answer, Exception):
            raise answer
        return answer


def serve(name: str) -> None:
    """Be a worker, until nothing more comes in."""
    from importlib import import_module

    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is no result
    module, _, kind = name.partition(":")
    worker = getattr(import_module(module), kind)()
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            method, given = _receive(incoming)
            try:
                answer = getattr(worker, method)(*given)
            except Exception as error:
                answer = error
            _send(outgoing, answer)


def _send(stream: BinaryIO, value: Any) -> None:
    raw = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(raw)) + raw)
    stream.flush()


def _receive(stream: BinaryIO) -> Any:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    size = _LENGTH.unpack(head)[0]
    raw = stream.read(size)
    if len(raw) < size:
        raise EOFError
    return pickle.loads(raw)
