"""Paste a text and see at once what would be claimed, with its words in place; nothing is kept."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from pasvik.app import answer
from pasvik.terms.capture import Fault
from pasvik.web import page
from pasvik.web.handlers.evidence import in_order, marked, numbers_of
from pasvik.web.words import say

MOST_BYTES = 1_000_000                                          # of one form, as it is sent
FIELDS = ("text", "published", "publisher", "url")


def read_page(request: Request) -> Response:
    """`GET /read`: the empty form."""
    return page.answer_page(request, "read.html", filled=dict.fromkeys(FIELDS, ""), problem=None, document=None)


async def body_of(request: Request) -> bytes | None:
    """The body up to the limit, None where it is longer; never more than the limit is held in memory."""
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > MOST_BYTES:
            return None
    return bytes(held)


def show_reading(request: Request, form: FormData) -> Response:
    """`POST /read`: the claims of the text that was sent. A fault is told above the form, which keeps what was typed."""
    filled = {name: value if isinstance(value := form.get(name, ""), str) else "" for name in FIELDS}
    if not filled["text"].strip():
        return refused(request, filled, say(page.WORDS, "read.empty"), 400)
    found = answer.preview(
        page.house_of(request), filled["text"].encode("utf-8", "replace"), "pasted.txt", filled["published"] or None,
        filled["publisher"] or None, filled["url"] or None)
    if isinstance(found, Fault):
        return refused(request, filled, found.what, 400)
    document, reading = found
    statements = in_order(reading.statements)
    return page.answer_page(
        request, "read.html", filled=filled, problem=None, document=document, statements=statements, puzzles=reading.puzzles,
        pieces=marked(document.text, statements, reading.puzzles), numbers=numbers_of(statements))


def refused(request: Request, filled: dict[str, str], problem: str, status: int) -> Response:
    """The form again with one sentence about what is wrong."""
    return page.answer_page(request, "read.html", status=status, filled=filled, problem=problem, document=None)


def too_long(request: Request, size: str) -> Response:
    """413: a text that we do not read here."""
    told = say(page.WORDS, "read.too_long", size=size, most=f"{MOST_BYTES // 1000:,} kB")
    return refused(request, dict.fromkeys(FIELDS, ""), told, 413)
