"""Paste a text, drop a file or name an address, and see at once what would be claimed; only then, keep it or let it go."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pasvik.app import answer, collect
from pasvik.app.access.fetch import fetch_page, open_fetcher
from pasvik.desk.people import Scope
from pasvik.terms.capture import Fault
from pasvik.terms.interchange import reading_to_json
from pasvik.terms.statement import Reading
from pasvik.web import page
from pasvik.web.access.form import allowed, text_of, visitor_of
from pasvik.web.asked import address
from pasvik.web.review.evidence import in_order, marked, numbers_of
from pasvik.web.words import say

MOST_TEXT = 1_000_000                                           # bytes of a pasted text
MOST_FILE = 5_000_000                                           # bytes of a file
MOST_BYTES = MOST_FILE + 500_000                                # of one form, as it is sent
MOST_KEPT = MOST_FILE * 4 // 3 + 500_000                        # of a form that sends a file again, as base64
FIELDS = ("text", "published", "publisher", "url")


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that was sent and not kept: its bytes, the name of its file, and what its sender says of it."""

    data: bytes
    name: str
    filled: Mapping[str, str]


def read_page(request: Request) -> Response:
    """`GET /read`: the empty form."""
    return _form(request, dict.fromkeys(FIELDS, ""), None, 200)


def show_reading(request: Request, form: FormData) -> Response:
    """`POST /read`: the claims of what was sent. A fault is told above the form, which keeps what was typed."""
    filled = {name: text_of(form, name) for name in FIELDS}
    draft = _draft(request, form, filled)
    if isinstance(draft, Fault):
        return _form(request, filled, draft.what, 413 if draft.where == "size" else 400)
    filled = dict(draft.filled)
    found = answer.preview(
        page.house_of(request), draft.data, draft.name, filled["published"] or None, filled["publisher"] or None, filled["url"] or None)
    if isinstance(found, Fault):
        return _form(request, filled, found.what, 400)
    document, reading = found
    statements = in_order(reading.statements)
    visitor = visitor_of(request)
    return page.answer_page(
        request, "review/read.html", filled=filled, problem=None, document=document, statements=statements, puzzles=reading.puzzles,
        pieces=marked(document.text, statements, reading.puzzles), numbers=numbers_of(statements), name=draft.name,
        data=base64.b64encode(draft.data).decode() if visitor and visitor.may(Scope.WRITE) else None)


def keep(request: Request, form: FormData) -> Response:
    """`POST /keep`: what was shown is read once more and kept; on to its page."""
    stopped = allowed(request, Scope.WRITE, "/read")
    if stopped is not None:
        return stopped
    filled = {name: text_of(form, name) for name in FIELDS}
    try:
        data = base64.b64decode(text_of(form, "data"), validate=True)
    except (binascii.Error, ValueError):
        return _form(request, filled, say(page.WORDS, "read.broken"), 400)
    if not data:
        return _form(request, filled, say(page.WORDS, "read.empty"), 400)
    added = collect.add(page.house_of(request), data, _file_name(text_of(form, "name")), filled["published"] or None,
                        filled["publisher"] or None, filled["url"] or None)
    if isinstance(added, Fault):
        return _form(request, filled, added.what, 400)
    return RedirectResponse(address(None, f"/evidence/{added.document}"), status_code=303)


def read_json(request: Request, told: Mapping[str, Any]) -> Response:
    """`POST /read.json`: what a text would claim; nothing is kept."""
    data = text_of(told, "text").encode("utf-8", "replace")
    fault = _measured(data, MOST_TEXT)
    if fault is not None:
        return page.answer_fault(request, "", fault.what, 413 if fault.where == "size" else 400)
    found = answer.preview(page.house_of(request), data, "sent.txt", *_about(told))
    if isinstance(found, Fault):
        return page.answer_fault(request, "", found.what, 400)
    document, reading = found
    return page.answer_json(request, reading_to_json(document, Reading(in_order(reading.statements), reading.puzzles)))


def keep_json(request: Request, told: Mapping[str, Any]) -> Response:
    """`POST /keep.json`: read a text and keep it; sent twice it is kept once."""
    stopped = allowed(request, Scope.WRITE, "/read")
    if stopped is not None:
        return stopped
    data = text_of(told, "text").encode("utf-8", "replace")
    fault = _measured(data, MOST_TEXT)
    if fault is not None:
        return page.answer_fault(request, "", fault.what, 413 if fault.where == "size" else 400)
    added = collect.add(page.house_of(request), data, "sent.txt", *_about(told))
    if isinstance(added, Fault):
        return page.answer_fault(request, "", added.what, 400)
    kept = {"document": added.document, "new": added.new, "known": added.known, "puzzles": added.puzzles, "basis": added.basis,
            "dated": added.is_dated}
    return page.answer_json(request, kept, status=201 if added.new else 200)


def _draft(request: Request, form: FormData, filled: Mapping[str, str]) -> Draft | Fault:
    """What was sent: a file where there is one, else the page at an address, else the pasted text."""
    address = text_of(form, "address").strip()
    if address and not filled["text"].strip():
        return _fetched(request, address, filled)
    file = form.get("file")
    if isinstance(file, UploadFile) and file.filename:
        data = file.file.read()
        return _measured(data, MOST_FILE) or Draft(data, _file_name(file.filename), filled)
    data = filled["text"].encode("utf-8", "replace")
    return _measured(data, MOST_TEXT) or Draft(data, "pasted.txt", filled)


def may_fetch(request: Request) -> bool:
    """Whether this visitor may have a page fetched: only a reviewer, and only where the house allows it."""
    visitor = visitor_of(request)
    return page.house_of(request).settings.access.fetch and visitor is not None and visitor.may(Scope.WRITE)


def _fetched(request: Request, address: str, filled: Mapping[str, str]) -> Draft | Fault:
    if not may_fetch(request):
        return Fault(say(page.WORDS, "read.no_fetch"), "address")
    if getattr(request.app.state, "fetcher", None) is None:
        request.app.state.fetcher = open_fetcher(page.house_of(request))
    found = fetch_page(request.app.state.fetcher, address[:2000])
    if isinstance(found, Fault):
        return found
    return _measured(found.data, MOST_FILE) or Draft(found.data, found.name, {**filled, "url": filled["url"] or found.url})


def _measured(data: bytes, most: int) -> Fault | None:
    if not data.strip():
        return Fault(say(page.WORDS, "read.empty"), "text")
    if len(data) > most:
        told = say(page.WORDS, "read.too_long", size=f"{len(data) / 1_000_000:.1f} MB", most=f"{most // 1_000_000} MB")
        return Fault(told, "size")
    return None


def _about(told: Mapping[str, Any]) -> tuple[str | None, str | None, str | None]:
    return text_of(told, "published") or None, text_of(told, "publisher") or None, text_of(told, "url") or None


def _file_name(words: str) -> str:
    """The last part of a file's name, which tells its kind; never a path."""
    return words.replace("\\", "/").rpartition("/")[2][-80:] or "sent.txt"


def too_long(request: Request, most_bytes: int) -> Response:
    """413: more than we read here; nothing of it was held."""
    sent = request.headers.get("content-length", "")
    size = f"{int(sent) / 1_000_000:.1f} MB" if sent.isascii() and sent.isdigit() and len(sent) < 15 else say(page.WORDS, "read.more")
    told = say(page.WORDS, "read.too_long", size=size, most=f"{MOST_FILE // 1_000_000} MB")
    return _form(request, dict.fromkeys(FIELDS, ""), told, 413)


def _form(request: Request, filled: Mapping[str, str], problem: str | None, status: int) -> Response:
    return page.answer_page(
        request, "review/read.html", status=status, filled=filled, problem=problem, document=None, may_fetch=may_fetch(request))
