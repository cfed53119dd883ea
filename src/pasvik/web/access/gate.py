"""The gate before every page: how often may they ask, who are they, does this form come from our own page, may they read at all."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote, urlsplit

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pasvik.app.settings import Access
from pasvik.desk.people import Visitor
from pasvik.desk.store import Desk
from pasvik.terms.capture import Trouble
from pasvik.web import page
from pasvik.web.words import answer_in, say

COOKIE = "pasvik_session"
SAFE = ("GET", "HEAD", "OPTIONS")
DOORS = ("/sign-in", "/static/", "/oidc/", "/about")            # what may be seen from outside a closed house


class Toll:
    """How often one address may ask: reads, writes and signings-in are counted apart, in the memory of this process."""

    def __init__(self, access: Access) -> None:
        self.limiter = MovingWindowRateLimiter(MemoryStorage())
        self.reads, self.writes, self.signings = (_limit(words) for words in (access.limit_read, access.limit_write, access.limit_sign_in))

    def refuses(self, scope: Scope) -> bool:
        """Whether this asking is one too many. Who sits at this very machine is counted only where a password is tried."""
        who = network_of(scope)
        if scope["method"] not in SAFE and scope["path"] == "/sign-in":
            return not self.limiter.hit(self.signings, "sign-in", who)
        if is_here(scope):
            return False
        kind, limit = ("read", self.reads) if scope["method"] in SAFE else ("write", self.writes)
        return not self.limiter.hit(limit, kind, who)

    def refuses_account(self, name: str) -> bool:
        """The same for one account, from wherever it is tried."""
        return not self.limiter.hit(self.signings, "account", name)


class Gate:
    """ASGI middleware. What it learns of the visitor stands in `request.state.visitor` (a Visitor, or None)."""

    def __init__(self, app: ASGIApp, access: Access, desk: Desk, toll: Toll, now: Callable[[], datetime]) -> None:
        self.app, self.access, self.desk, self.toll, self.now = app, access, desk, toll, now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        request.state.visitor = None
        answer_in(request.query_params.get("lang"), request.headers.get("accept-language"))
        refusal = await self._refusal(request)
        await (refusal or self.app)(scope, receive, send)

    async def _refusal(self, request: Request) -> Response | None:
        try:
            return await self._weighed(request)
        except Trouble as broken:
            return await _answer(request, say(page.WORDS, "problem.server"), str(broken), 503)

    async def _weighed(self, request: Request) -> Response | None:
        if self.toll.refuses(request.scope):
            return await _told(request, "problem.often", "problem.often_text", 429, {"retry-after": "60"})
        if not request.url.path.startswith("/static/"):
            request.state.visitor = await self._visitor(request)
        visitor: Visitor | None = request.state.visitor
        if request.method not in SAFE and not (visitor and visitor.by_token) and not is_ours(request):
            return await _told(request, "problem.foreign", "problem.foreign_text", 403)
        if visitor is None and self._is_closed(request.scope) and not request.url.path.startswith(DOORS):
            if is_for_programs(request.url.path) or request.method not in SAFE:
                return await _told(request, "problem.closed", "problem.closed_text", 401, {"www-authenticate": "Bearer"})
            there = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/sign-in?next={quote(there, safe='/')}", status_code=303)
        return None

    async def _visitor(self, request: Request) -> Visitor | None:
        word, _, key = request.headers.get("authorization", "").partition(" ")
        if word.lower() == "bearer":
            return await run_in_threadpool(self.desk.by_token, key.strip(), self.now())
        cookie = request.cookies.get(COOKIE)
        return await run_in_threadpool(self.desk.by_session, cookie, self.now()) if cookie else None

    def _is_closed(self, scope: Scope) -> bool:
        return self.access.read == "closed" or (self.access.read is None and not is_here(scope))


def is_for_programs(path: str) -> bool:
    """Whether an address is one that programs ask: a file by its ending, the map layers, the stream of events."""
    return "." in path.rpartition("/")[2] or path.startswith(("/ogc", "/events"))


def is_here(scope: Scope) -> bool:
    """Whether the asking comes from this machine itself: the loopback, a local socket, or no network at all."""
    client = scope.get("client")
    if not client:
        return True
    try:
        return ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return True                                             # a name without a network, as in tests


def network_of(scope: Scope) -> str:
    """Whom to count: an IPv4 address, or the /64 of an IPv6 address, of which one house holds all."""
    client = scope.get("client")
    try:
        address = ipaddress.ip_address(client[0] if client else "")
    except ValueError:
        return "here"
    return str(address) if address.version == 4 else str(ipaddress.ip_network(f"{address}/64", strict=False))


def is_ours(request: Request) -> bool:
    """Whether a form was sent by a page of ours: by what the browser itself says of the sender, which no page can forge.

    What is neither said nor named an origin was not sent by a browser, and carries no cookie that a stranger could ride on.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc == request.headers.get("host", "")
    except ValueError:
        return False


async def _told(request: Request, title: str, what: str, status: int, headers: dict[str, str] | None = None) -> Response:
    answer = await _answer(request, say(page.WORDS, title), say(page.WORDS, what), status)
    answer.headers.update(headers or {})
    return answer


async def _answer(request: Request, title: str, what: str, status: int) -> Response:
    return await run_in_threadpool(page.answer_fault, request, title, what, status)


def _limit(words: str) -> RateLimitItem:
    try:
        return parse(words)
    except ValueError as bad:
        raise Trouble(f"a limit is written as 600/minute, not {words!r}") from bad
