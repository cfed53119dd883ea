"""The body of a form or of a program's JSON, read up to a limit, and the guards that a writing page asks first."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pasvik.desk.people import Scope, Visitor
from pasvik.terms.capture import Fault
from pasvik.web import page
from pasvik.web.words import say

SMALL = 64_000                                                  # bytes of a form without a text in it


def visitor_of(request: Request) -> Visitor | None:
    """Who asks, as the gate found."""
    found: Visitor | None = getattr(request.state, "visitor", None)
    return found


def allowed(request: Request, scope: Scope, back: str) -> Response | None:
    """None where the visitor has the scope; else what to answer: the way to sign in (and back), or a refusal."""
    visitor = visitor_of(request)
    if visitor is not None and visitor.may(scope):
        return None
    if visitor is not None:
        return page.answer_fault(request, say(page.WORDS, "problem.scope"), say(page.WORDS, "problem.scope_text", scope=str(scope)), 403)
    if page.is_json(request):
        return page.answer_fault(request, "", say(page.WORDS, "problem.closed_text"), 401)
    return RedirectResponse(f"/sign-in?next={quote(back, safe='/')}", status_code=303)


def posting(
    handler: Callable[[Request, FormData], Response], most_bytes: int = SMALL,
    too_much: Callable[[Request, int], Response] | None = None,
) -> Callable[[Request], Any]:
    """An address that takes a form: its body is read up to a limit, then the handler runs beside the others."""

    async def take(request: Request) -> Response:
        body = await body_of(request, most_bytes)
        if body is None:
            return await run_in_threadpool(too_much or too_large, request, most_bytes)

        async def again() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        try:
            form = await Request(request.scope, again).form(max_part_size=most_bytes)
        except HTTPException as bad:                            # a broken multipart body
            return await run_in_threadpool(page.answer_fault, request, say(page.WORDS, "problem.bad_request"), str(bad.detail), 400)
        return await run_in_threadpool(handler, request, form)

    return take


def posting_json(handler: Callable[[Request, Mapping[str, Any]], Response], most_bytes: int = SMALL) -> Callable[[Request], Any]:
    """The same for a program that sends one JSON object."""

    async def take(request: Request) -> Response:
        body = await body_of(request, most_bytes)
        if body is None:
            return await run_in_threadpool(too_large, request, most_bytes)
        told = object_of(body)
        if isinstance(told, Fault):
            return await run_in_threadpool(page.answer_fault, request, say(page.WORDS, "problem.bad_request"), told.what, 400)
        return await run_in_threadpool(handler, request, told)

    return take


def object_of(body: bytes) -> Mapping[str, Any] | Fault:
    """One JSON object, or a sentence."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return Fault("the body is not JSON", "body")
    return told if isinstance(told, dict) else Fault("the body must be one JSON object", "body")


async def body_of(request: Request, most_bytes: int) -> bytes | None:
    """The body up to the limit, None where it is longer; never more than the limit is held in memory."""
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > most_bytes:
            return None
    return bytes(held)


def too_large(request: Request, most_bytes: int) -> Response:
    """413 in one sentence."""
    told = say(page.WORDS, "problem.large_text", most=f"{most_bytes / 1_000_000:g} MB")
    return page.answer_fault(request, say(page.WORDS, "problem.large"), told, 413)


def text_of(form: FormData | Mapping[str, Any], name: str) -> str:
    """A field as text; what is missing or no text is empty."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
