"""Only the page itself, on this machine, with its token, is answered; what a text holds stays text."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pipeline.corpus import write_bitexts
from pipeline.review.desk import Desk
from pipeline.review.guarding import LONGEST_BODY, Guard
from pipeline.review.helping import Helper
from pipeline.review.projects import CorpusProject
from pipeline.review.server import Events, Pages, application
from pipeline.text import Bitext, Row, Sentence, Side, Span

TOKEN, PORT = "t" * 43, 8123
HOME = f"127.0.0.1:{PORT}"
HOSTILE = '</script><img src=x onerror="window.pwned=1">{{ 7*7 }}'


def _side(text: str, id: str) -> Side:
    return Side(text, 0, len(text), (Sentence(id, "", Span(0, len(text)), text),))


@pytest.fixture
def app(tmp_path: Path) -> Guard:
    row = Row("d-x.b1.s1", "d-x", "", "paragraph", _side(HOSTILE, "d-x.b1.s1"), _side("Yes.", "d-x-en.b1.s1"))
    write_bitexts([Bitext.from_rows([row])], tmp_path, "jsonl")
    project = CorpusProject(tmp_path / "corpus.jsonl", ("fr", "en"))
    desk = Desk(project, None, clock=lambda: 1.0, on_event=lambda _: None)
    desk.load()
    pages = Pages(desk, Helper(project, ("fr", "en")), Events(), author="Ada")
    return Guard(application(pages), token=TOKEN, port=PORT)


def ask(
    app: Guard, path: str, *, method: str = "GET", host: str = HOME, cookie: str = f"visavis-{PORT}={TOKEN}",
    origin: str | None = None, body: bytes = b"", **headers: str,
) -> tuple[int, dict[str, str], bytes]:  # fmt: skip
    """One request, as an ASGI server hands it on."""
    address, _, query = path.partition("?")
    given = {"host": host, "cookie": cookie, **{name.replace("_", "-"): value for name, value in headers.items()}}
    if method == "POST":
        given = {"content-type": "application/json", "content-length": str(len(body)), **given}
    if origin is not None:
        given["origin"] = origin
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": address, "raw_path": address.encode(), "root_path": "", "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()], "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", PORT),
    }  # fmt: skip
    sent: list[dict[str, Any]] = []
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as beside:  # a browser's test before this one leaves its loop in the main thread
        beside.submit(lambda: asyncio.run(app(scope, receive, send))).result()  # type: ignore[arg-type]
    told = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], told, b"".join(one.get("body", b"") for one in sent[1:])


def act(**facts: object) -> bytes:
    return json.dumps({"id": "d-x.b1.s1", "token": "?", "what": "approve", **facts}).encode()


def test_the_token_comes_in_the_address_once_and_goes_into_a_cookie(app: Guard) -> None:
    status, headers, _ = ask(app, f"/?token={TOKEN}", cookie="")
    assert (status, headers["location"]) == (303, "/")
    cookie = headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert ask(app, "/")[0] == 200


@pytest.mark.parametrize(
    "path",
    ["/", "/api/state", "/api/rows?from=0&count=1", "/static/review.js", "/events", "/export?format=tsv", "/reader"],
)
@pytest.mark.parametrize("cookie", ["", f"visavis-{PORT}=wrong", f"other={TOKEN}", "\x00", f"visavis-{PORT}=" + "é"])
def test_nobody_without_the_token_sees_anything(app: Guard, path: str, cookie: str) -> None:
    status, _, body = ask(app, path, cookie=cookie)
    assert status == 403
    assert b"7*7" not in body
    assert ask(app, "/?token=" + "x" * 43, cookie=cookie)[0] == 403


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", f"127.0.0.1.evil:{PORT}", ""]
)
def test_a_name_bound_to_this_machine_is_refused(app: Guard, host: str) -> None:
    assert ask(app, "/", host=host)[0] == 421
    assert ask(app, f"/?token={TOKEN}", host=host)[0] == 421


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", f"https://{HOME}", "http://127.0.0.1:1", f"http://localhost:{PORT}"]
)
@pytest.mark.parametrize("path", ["/api/act", "/api/undo", "/api/finish", "/api/alternatives"])
def test_other_sites_change_nothing(app: Guard, origin: str | None, path: str) -> None:
    assert ask(app, path, method="POST", origin=origin, body=act())[0] == 403


def test_forms_and_floods_are_refused(app: Guard) -> None:
    here = f"http://{HOME}"
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        assert ask(app, "/api/act", method="POST", origin=here, body=act(), content_type=kind)[0] == 415
    assert ask(app, "/api/act", method="POST", origin=here, body=b"x" * (LONGEST_BODY + 1))[0] == 413
    assert ask(app, "/api/act", method="POST", origin=here, body=act(), content_length="")[0] == 413


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{", b"[" * 100_000, act(what="__class__"), act(what="edit"), act(what="edit", side="x", text="y"),
        act(what="edit", side="target", text=7), act(what="split", side="target", offset="1"),
        act(what="move", side="target", to="../x"), act(what="edit", side="target", text="x" * 20_001),
        act(what="scope", everywhere=1),
    ],
)  # fmt: skip
def test_what_the_page_never_sends_is_answered_and_does_nothing(app: Guard, body: bytes) -> None:
    status, _, told = ask(app, "/api/act", method="POST", origin=f"http://{HOME}", body=body)
    assert status == 422
    assert json.loads(told)["problem"]


def test_a_pair_that_is_no_longer_as_it_was_seen_is_a_conflict(app: Guard) -> None:
    for facts in ({"token": "old"}, {"id": "no such pair"}):
        status, _, _ = ask(app, "/api/act", method="POST", origin=f"http://{HOME}", body=act(**facts))
        assert status == 409


@pytest.mark.parametrize(
    "path", ["/", "/api/state", "/static/review.css", "/static/../pairs.py", "/nowhere", "/export?format=exe"]
)
def test_every_answer_says_what_the_page_may_load(app: Guard, path: str) -> None:
    _, headers, body = ask(app, path)
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert b"class Pair" not in body


def test_the_page_has_no_script_or_style_within(app: Guard) -> None:
    _, _, body = ask(app, "/")
    page = body.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert page.count("<script") == page.count('<script type="module" src="/static/') == 1
    assert " onclick" not in page


@pytest.mark.parametrize("query", ["state=x", "sort=x", "side=x", "text=(&pattern=1", "text=" + "a" * 2_000])
def test_queries_that_nobody_knows(app: Guard, query: str) -> None:
    assert ask(app, f"/api/view?{query}")[0] == 422
    assert ask(app, "/api/rows?from=-1&count=99999999999")[0] == 200


def test_a_second_review_of_the_same_is_refused(tmp_path: Path) -> None:
    from pipeline.errors import OutputError
    from pipeline.review.serving import _alone

    project = CorpusProject(tmp_path / "corpus.jsonl", ("fr", "en"))
    with _alone(project), pytest.raises(OutputError, match="is being reviewed already"), _alone(project):
        pass
    with _alone(project):
        pass
