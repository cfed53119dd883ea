"""The guards at the gate: headers that keep a page to itself, and friendly pages for what cannot be answered."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A document's text may hold anything, so nothing in a page may run, load or be sent elsewhere, even if escaping failed.
POLICY = "; ".join((
    "default-src 'none'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "script-src 'self'", "connect-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"))
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"geolocation=(), camera=(), microphone=()"),
    (b"x-frame-options", b"DENY"),
)


class Armour:
    """ASGI middleware: every answer, also one that tells of a fault, leaves with these headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _arm(message)
            await send(message)

        await self.app(scope, receive, guarded if scope["type"] == "http" else send)


def _arm(message: MutableMapping[str, Any]) -> None:
    held = {name.lower() for name, _ in message.get("headers", ())}
    message["headers"] = [*message.get("headers", ()), *(pair for pair in HEADERS if pair[0] not in held)]
