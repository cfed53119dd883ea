"""Answers given lately are given again while the ledger and the minute are the same: a board is a function of its clocks and the basis."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from pasvik.web import page
from pasvik.web.access.form import visitor_of
from pasvik.web.words import SPOKEN, carried

MOST = 64                                                       # answers kept, up to about 300 kB each
Handler = Callable[[Request], Response]


class Memory:
    """The answers of one house, the one asked for longest ago going first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Any, ...], tuple[bytes, dict[str, str]]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[Any, ...]) -> tuple[bytes, dict[str, str]] | None:
        """Body and headers of a kept answer."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: tuple[Any, ...], body: bytes, headers: dict[str, str]) -> None:
        """Keep an answer, and let the oldest go."""
        with self._lock:
            self._kept[key] = body, headers
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)


def remembered(handler: Handler) -> Handler:
    """A handler whose answers depend on nothing but its address, the language, the ledger's basis and the minute. Signed-in people get their own."""

    def answer(request: Request) -> Response:
        if visitor_of(request) is not None:
            return handler(request)
        house, memory = page.house_of(request), request.app.state.memory
        key = (request.url.path, request.url.query, SPOKEN.language, carried(), house.ledger.basis(), f"{house.now():%Y%m%d%H%M}")
        held = memory.get(key)
        if held is None:
            made = handler(request)
            if made.status_code == 200:
                memory.keep(key, bytes(made.body), dict(made.headers))
            return made
        body, headers = held
        if headers.get("etag", "-") in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={name: headers[name] for name in ("etag", "cache-control", "vary") if name in headers})
        return Response(body, headers=headers)
    return answer
