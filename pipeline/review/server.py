"""The page's server: what it shows, what it may do, and how every open page hears of it."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.errors import InputError, VisavisError
from pipeline.review.acting import ACTIONS
from pipeline.review.desk import Conflict, Desk, Done
from pipeline.review.helping import Helper
from pipeline.review.projects import write_reviewed
from pipeline.review.reading import served_reader
from pipeline.review.steps import Refused
from pipeline.review.views import SORTS, STATES, Query

_HERE = Path(__file__).parent
_EXPORTS = ("tsv", "xliff", "tmx", "jsonl")
_SIDES = ("source", "target", "both")
_MOST_WAITING = 1_000  # events for one page
_LONGEST = 20_000  # characters of a text that a person sends
Answer = Callable[[Request], Awaitable[Response]]


class Events:
    """What happens at the desk, to every page that listens."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[dict[str, Any] | None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def tell(self, event: dict[str, Any]) -> None:
        """Hand an event on; may be called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._spread, event)

    def end(self) -> None:
        """Let nobody listen any more; called from the loop itself."""
        for queue in list(self._queues):
            queue.put_nowait(None)

    async def listen(self) -> AsyncIterator[str]:
        """Events as they come, in the form of server-sent events."""
        self._loop = asyncio.get_running_loop()
        queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield ": here\n\n"
            while (event := await queue.get()) is not None:
                yield f"data: {json.dumps(event)}\n\n"
        finally:
            self._queues.discard(queue)

    def _spread(self, event: dict[str, Any]) -> None:
        for queue in list(self._queues):
            if queue.qsize() < _MOST_WAITING:
                queue.put_nowait(event)
            else:  # a page that has not listened for long loads anew when it does
                self._queues.discard(queue)
                queue.put_nowait(None)


class Pages:
    """Answers the page's requests."""

    def __init__(self, desk: Desk, helper: Helper, events: Events, *, author: str) -> None:
        self._desk = desk
        self._helper = helper
        self._events = events
        self._author = author

    def routes(self) -> list[Route | Mount]:
        """What can be asked for."""
        return [
            Route("/", self.page),
            Route("/reader", self.reader),
            Route("/export", _told(self.export)),
            Route("/events", self.events),
            Route("/api/state", _told(self.state)),
            Route("/api/view", _told(self.view)),
            Route("/api/rows", _told(self.rows)),
            Route("/api/find", _told(self.find)),
            Route("/api/about", _told(self.about)),
            Route("/api/alternatives", _told(self.alternatives), methods=["POST"]),
            Route("/api/act", _told(self.act), methods=["POST"]),
            Route("/api/undo", _told(self.undo), methods=["POST"]),
            Route("/api/finish", _told(self.finish), methods=["POST"]),
            Mount("/static", StaticFiles(directory=_HERE / "static")),
        ]

    async def page(self, request: Request) -> Response:
        """The page itself, which then asks for the rest."""
        return HTMLResponse(_template("page.html.j2", author=self._author, name=self._desk.project.name))

    async def reader(self, request: Request) -> Response:
        """The job's book, with a pencil on each pair."""
        path = self._desk.project.reader
        if path is None:
            return HTMLResponse(_template("absent.html.j2"), 404)
        page, policy = await run_in_threadpool(served_reader, path)
        return HTMLResponse(page, headers={"content-security-policy": policy})

    async def events(self, request: Request) -> Response:
        """What happens, as it happens."""
        return StreamingResponse(self._events.listen(), media_type="text/event-stream")

    async def state(self, request: Request) -> Any:
        """What stands around the pairs."""
        author = self._who(request.query_params.get("author"))
        await run_in_threadpool(self._desk.load)
        state = await run_in_threadpool(self._desk.state, author)
        return {**state, "links": self._helper.links_words, "author": author, "exports": _EXPORTS}

    async def view(self, request: Request) -> Any:
        """How many pairs a query finds."""
        await run_in_threadpool(self._desk.load)
        return await run_in_threadpool(self._desk.view, _query(request))

    async def rows(self, request: Request) -> Any:
        """Some pairs."""
        start, count = (_number(request, name) for name in ("from", "count"))
        return {"rows": await run_in_threadpool(self._desk.rows, _query(request), start, count)}

    async def find(self, request: Request) -> Any:
        """The place of a pair in a view, or of the next one that is worth a look."""
        id, query = request.query_params.get("id", ""), _query(request)
        if request.query_params.get("what") == "doubtful":
            back = request.query_params.get("back") == "1"
            found = await run_in_threadpool(lambda: self._desk.next_doubtful(query, id, back=back))
            return {"rank": found[0] if found else None, "id": found[1] if found else ""}
        return {"rank": await run_in_threadpool(self._desk.rank, query, id), "id": id}

    async def about(self, request: Request) -> Any:
        """What is worth knowing of a pair: terms, sentences like it; or the links of its words."""
        pair = self._desk.find(request.query_params.get("id", ""))
        if request.query_params.get("what") == "links":
            return {"links": await run_in_threadpool(self._helper.links, pair.source, pair.target), "token": pair.token}
        return await run_in_threadpool(self._helper.about, pair.source, pair.target)

    async def alternatives(self, request: Request) -> Any:
        """Other translations of a sentence."""
        pair = self._desk.find(str((await _body(request)).get("id")))
        return {"alternatives": await run_in_threadpool(self._helper.alternatives, pair.source)}

    async def act(self, request: Request) -> Any:
        """Do something to a pair."""
        body = await _body(request)
        author, what = self._who(body.get("author")), str(body.get("what"))
        if what not in ACTIONS:
            raise InputError(f"nothing is called {what!r}", "Reload the page.")
        given = _given(what, body)
        joins = body["joins"] if isinstance(body.get("joins"), int) else None
        done = await run_in_threadpool(
            lambda: self._desk.act(str(body.get("id")), str(body.get("token")), what, given, author=author, joins=joins)
        )
        return self._done(done, author)

    async def undo(self, request: Request) -> Any:
        """Take a step back, or do it again."""
        body = await _body(request)
        author = self._who(body.get("author"))
        done = await run_in_threadpool(lambda: self._desk.undo(author, again=body.get("again") is True))
        return self._done(done or Done(()), author)

    async def finish(self, request: Request) -> Any:
        """Write everything anew."""
        await _body(request)
        finished = await run_in_threadpool(self._desk.finish)
        self._helper.forget()
        return asdict(finished)

    async def export(self, request: Request) -> Response:
        """Only the reviewed pairs, as a file."""
        kind = request.query_params.get("format", "")
        if kind not in _EXPORTS:
            raise InputError(f"no format {kind!r}", f"Choose one of {', '.join(_EXPORTS)}.")
        with tempfile.TemporaryDirectory(prefix="visavis-") as folder:
            path = Path(folder) / f"reviewed.{kind}"
            await run_in_threadpool(write_reviewed, self._desk.project, path)
            content = path.read_bytes()
        headers = {"content-disposition": f'attachment; filename="reviewed.{kind}"'}
        return Response(content, media_type="application/octet-stream", headers=headers)

    def _who(self, said: Any) -> str:
        name = " ".join(str(said or "").split())[:80]
        return name or self._author

    def _done(self, done: Done, author: str) -> dict[str, Any]:
        return {
            **shown(done),
            "change": done.change,
            "counts": self._desk.counts(),
            "steps": self._desk.steps(author),
            "serial": self._desk.serial,
        }


def shown(done: Done) -> dict[str, Any]:
    """What happened, for the page."""
    return {"rows": [pair.shown() for pair in done.pairs], "reshaped": done.reshaped, "focus": done.focus}


def application(pages: Pages) -> Starlette:
    """The application, without its guard."""
    return Starlette(routes=pages.routes())


def _told(answer: Callable[[Request], Awaitable[Any]]) -> Answer:
    """An answer whose errors are told as JSON, in two sentences."""

    async def told(request: Request) -> Response:
        try:
            made = await answer(request)
        except Conflict as error:
            return JSONResponse({"conflict": str(error)}, 409)
        except Refused as error:
            return JSONResponse({"problem": str(error), "remedy": ""}, 422)
        except VisavisError as error:
            return JSONResponse({"problem": error.problem, "remedy": error.remedy}, 422)
        return made if isinstance(made, Response) else JSONResponse(made)

    return told


def _query(request: Request) -> Query:
    """The query of a request; raises InputError for words that nobody knows."""
    given = {name: request.query_params[name] for name in Query.__dataclass_fields__ if name in request.query_params}
    query = replace(Query(), **{**given, "pattern": given.get("pattern") == "1"})  # type: ignore[arg-type]
    if query.state not in STATES or query.sort not in SORTS or query.side not in _SIDES:
        raise InputError(f"nobody knows how to show {query.state!r} by {query.sort!r}", "Reload the page.")
    return query


def _number(request: Request, name: str) -> int:
    value = request.query_params.get(name, "0")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


async def _body(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise InputError("the page sent no JSON", "Reload it.") from error
    if not isinstance(body, dict):
        raise InputError("the page sent no object", "Reload it.")
    return body


def _given(what: str, body: dict[str, Any]) -> dict[str, Any]:
    """What belongs to an action, of the right kinds; raises InputError."""
    given: dict[str, Any] = {
        name: body[name] for name in ("side", "text", "offset", "to", "with", "everywhere", "on") if name in body
    }
    text, offset = given.get("text", ""), given.get("offset", 0)
    needs_side = what in ("edit", "split", "move")
    wrong = (
        (needs_side and given.get("side") not in ("source", "target"))
        or not isinstance(text, str)
        or type(offset) is not int
        or (what in ("edit", "comment") and "text" not in given)
        or (what == "move" and given.get("to") not in ("next", "previous"))
        or (what == "scope" and type(given.get("everywhere")) is not bool)
    )
    if wrong or len(text) > _LONGEST:
        raise InputError(f"this is not how to {what} a pair", f"Send at most {_LONGEST:,} characters; reload the page.")
    if "text" in given:  # half a surrogate pair, which no file can hold, and line breaks, which no pair has
        given["text"] = " ".join(text.encode("utf-8", "replace").decode().splitlines())
    return given


def _template(file: str, **facts: Any) -> str:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template(file).render(**facts)
