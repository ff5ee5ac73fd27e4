"""Who may ask: this machine's browser that was given the token, from the page itself; everybody else is refused."""

from __future__ import annotations

import secrets
from http.cookies import SimpleCookie
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
LONGEST_BODY = 1 << 20  # bytes
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Guard:
    """Lets a request through if its Host is ours, its cookie holds the token and, to change things, its Origin is ours.

    The Host keeps out names that were bound to 127.0.0.1 (DNS rebinding), the Origin and the cookie (SameSite=Strict)
    posts of other sites. The token comes in the address once, and goes into the cookie.
    """

    def __init__(self, app: ASGIApp, *, token: str, port: int) -> None:
        self._app = app
        self._token = token
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        self._cookie = f"visavis-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        answer = self._refusal(scope, headers) or self._entry(scope)
        if answer is None and not self._is_known(headers):
            answer = PlainTextResponse("Open the address that visavis review has printed.", 403)
        await (answer or self._app)(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> PlainTextResponse | None:
        host = headers.get("host", "")
        if host not in self._hosts:
            return PlainTextResponse("This page is served to this machine only.", 421)
        if scope["method"] in ("GET", "HEAD"):
            return None
        if headers.get("origin") != f"http://{host}":
            return PlainTextResponse("Only the page itself may change anything.", 403)
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return PlainTextResponse("JSON, please.", 415)
        if not headers.get("content-length", "").isdigit() or int(headers["content-length"]) > LONGEST_BODY:
            return PlainTextResponse("That is too much at once.", 413)
        return None

    def _entry(self, scope: Scope) -> RedirectResponse | None:
        """The way in: the token in the address becomes a cookie, and leaves the address."""
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["path"] != "/" or not secrets.compare_digest(given.encode(), self._token.encode()):
            return None
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._cookie, self._token, httponly=True, samesite="strict", path="/")
        return answer

    def _is_known(self, headers: dict[str, str]) -> bool:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self._cookie)
        except Exception:  # whatever http.cookies makes of a header that is none
            return False
        return found is not None and secrets.compare_digest(found.value.encode(), self._token.encode())


def _with_headers(send: Send) -> Send:
    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message.get("headers", [])}
            wanted = {**_HEADERS, "content-security-policy": POLICY}
            message["headers"] = [
                *message.get("headers", []),
                *((name.encode(), value.encode()) for name, value in wanted.items() if name.encode() not in given),
            ]
        await send(message)

    return told
