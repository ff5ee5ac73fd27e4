"""A review on the way to a browser: a socket of this machine, a token, a lock, and a clean end."""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.documents.judging import judge_between
from pipeline.errors import InputError, OutputError, VisavisError
from pipeline.files import open_own
from pipeline.review.desk import Desk, Done
from pipeline.review.helping import Helper
from pipeline.review.projects import Project

HOST = "127.0.0.1"
_PATIENCE = 3.0  # seconds until the page opens, whether all is read or not


def serve(project: Project, *, port: int, author: str, on_ready: Callable[[str], None]) -> None:
    """Serve a review on this machine until the process is asked to end; `on_ready` hears the address to open.

    Raises InputError for what cannot be reviewed, OutputError where the port is taken or somebody reviews it already.
    """
    try:
        import uvicorn

        from pipeline.review.guarding import Guard
        from pipeline.review.server import Events, Pages, application, shown
    except ImportError as error:
        raise InputError(
            f"the review needs {error.name}, which is not installed", "Install it: pip install 'visavis[review]'"
        ) from error
    events = Events()
    with _alone(project), _bound(port) as bound:
        number = bound.getsockname()[1]

        def tell(done: Done) -> None:
            events.tell({**shown(done), "counts": desk.counts(), "serial": desk.serial})

        judge = judge_between(*project.languages, glossary=project.glossary)
        desk = Desk(project, judge, clock=time.time, on_event=tell)
        _begin(desk)
        token, address = secrets.token_urlsafe(32), f"http://{HOST}:{number}"
        pages = Pages(desk, Helper(project, project.languages), events, author=author)
        app = Guard(application(pages), token=token, port=number)
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", server_header=False, timeout_graceful_shutdown=1
        )

        class Server(uvicorn.Server):
            async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
                events.end()  # else the pages that listen would have to be cut off
                await super().shutdown(sockets)

        on_ready(f"{address}/?token={token}")
        try:
            Server(config).run(sockets=[bound])
        finally:
            desk.close()


def _begin(desk: Desk) -> None:
    """Read the documents, a big text while the page opens already; raises InputError for what shows at once."""
    faults: list[VisavisError] = []

    def load() -> None:
        try:
            desk.load()
            desk.warm()
        except VisavisError as error:  # the page asks again, and tells it
            faults.append(error)

    thread = threading.Thread(target=load, name="visavis-review", daemon=True)
    thread.start()
    thread.join(_PATIENCE)
    if faults:
        desk.close()
        raise faults[0]


@contextmanager
def _bound(port: int) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((HOST, port))
            bound.listen()  # a browser may come before the server is up: it waits
        except (OSError, OverflowError) as error:
            raise OutputError(f"port {port} cannot be used: {error}", "Give another --port, or none.") from error
        yield bound


@contextmanager
def _alone(project: Project) -> Iterator[None]:
    """Hold the lock of a review; the kernel lets go of it when the process ends, however it ends."""
    path = project.store.with_name(f".{project.store.name}.lock")
    try:
        descriptor = open_own(Path(path), os.O_RDWR)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}", "Check the folder and its permissions.") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise OutputError(
                f"{project.name} is being reviewed already", "Open the address that the other visavis review printed."
            ) from error
        yield
    finally:
        os.close(descriptor)
