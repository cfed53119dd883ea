"""Puts one question to a language model's server over HTTP and brings back its answer, or one sentence that says why there is none."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException, HTTPResponse
from typing import IO, Any
from urllib.parse import urlsplit

from pasvik.terms.capture import Fault

LARGEST_ANSWER = 2_000_000                                      # bytes; a longer answer is no answer
AGAIN = frozenset({429, 500, 502, 503, 504})                    # such an answer is worth one more try
PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server. url: its base (…/v1) or the whole address of chat/completions. key: sent as a bearer token, never shown.

    timeout: seconds for one try, from first byte to last; longest_wait: the most seconds that a server may ask us to wait before the second.
    """

    url: str
    name: str
    key: str | None = field(default=None, repr=False)
    timeout: float = 120.0
    longest_wait: float = 20.0

    @property
    def address(self) -> str:
        """Where questions go."""
        base = self.url.rstrip("/")
        return base if base.endswith("/chat/completions") else f"{base}/chat/completions"


class _NoTurns(urllib.request.HTTPRedirectHandler):
    """A server that sends us elsewhere is not followed: the key and the text were meant for this one."""

    def redirect_request(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoTurns)


def ask(endpoint: Endpoint, body: bytes) -> bytes | Fault:
    """The whole body of a 200 answer, as it came. One more try after 429 or 5xx, not before the server's Retry-After (capped); then a Fault."""
    if not _is_address(endpoint.address):
        return Fault(f"PASVIK_MODEL_URL: {_shown(endpoint.url)!r} is no http or https address", "model")
    if endpoint.key and not (endpoint.key.isascii() and endpoint.key.isprintable()):
        return Fault("the model's key holds signs that no header can carry", "model")       # and it is not shown, which an exception would do
    told = _try(endpoint, body)
    if isinstance(told, float):
        time.sleep(told)
        told = _try(endpoint, body, last=True)
    return told if not isinstance(told, float) else Fault("the model's server asks to wait", "model")


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _try(endpoint: Endpoint, body: bytes, last: bool = False) -> bytes | Fault | float:
    """The answer; a Fault; or, unless it is the last try, the seconds to wait before another."""
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "pasvik"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    until = time.monotonic() + endpoint.timeout
    try:
        with _OPENER.open(urllib.request.Request(endpoint.address, body, headers, method="POST"), timeout=endpoint.timeout) as answer:
            return _read(answer, until)
    except urllib.error.HTTPError as refused:
        with refused:
            if refused.code in AGAIN and not last:
                return _wait(refused.headers, endpoint.longest_wait)
            return Fault(f"the model's server answered {refused.code}{_reason(refused)}", "model")
    except TimeoutError:
        return Fault(f"the model's server did not answer within {endpoint.timeout:g} seconds", "model")
    except (OSError, HTTPException, ValueError) as broken:      # ValueError: an address that no request line can hold
        why = getattr(broken, "reason", None) or broken
        if isinstance(why, TimeoutError):
            return Fault(f"the model's server did not answer within {endpoint.timeout:g} seconds", "model")
        return Fault(f"the model's server broke off or cannot be reached: {_shown(str(why) or type(why).__name__)}", "model")


def _read(answer: HTTPResponse, until: float) -> bytes | Fault:
    """The body piece by piece, so that a slow or endless server is left in time."""
    found, size = [], 0
    while piece := answer.read1(PIECE):
        found.append(piece)
        size += len(piece)
        if size > LARGEST_ANSWER:
            return Fault(f"the model's answer is larger than {LARGEST_ANSWER // 1_000_000} MB", "model")
        if time.monotonic() > until:
            raise TimeoutError
    told = answer.headers.get("Content-Length", "")
    if told.isdigit() and int(told) != size:
        return Fault(f"the model's server broke off after {size} of {told} bytes", "model")
    return b"".join(found)


def _wait(headers: Message, longest: float) -> float:
    """Seconds to wait: Retry-After in seconds where the server gives it, else one; never more than the longest."""
    told = (headers.get("Retry-After") or "").strip()
    return min(float(told) if told.isascii() and told.isdigit() else 1.0, longest)


def _reason(refused: urllib.error.HTTPError) -> str:
    """What the server says of it, shortened and on one line."""
    try:
        said = refused.read(4_000)
        told = json.loads(said)
        words = told["error"]["message"] if isinstance(told["error"], dict) else told["error"]
    except (OSError, HTTPException, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return f" {refused.reason}" if refused.reason else ""
    return f": {_shown(str(words))}"


def _shown(words: str) -> str:
    """Words from outside on one short line, without signs that a terminal would obey."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())[:160]
