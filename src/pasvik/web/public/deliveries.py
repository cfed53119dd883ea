"""News that nobody took yet: what waits, what was given up and why, and a button to try again; for those who mind the house."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pasvik.app.telling.pending import revive, undelivered
from pasvik.desk.people import Scope
from pasvik.web import page
from pasvik.web.access.form import allowed, text_of

PATH = "/deliveries"


def deliveries_page(request: Request) -> Response:
    """`GET /deliveries`, for administrators: channel names and errors are nobody else's business."""
    refusal = allowed(request, Scope.ADMIN, PATH)
    return refusal or page.answer_page(request, "access/deliveries.html", rows=undelivered(page.house_of(request)))


def deliveries_json(request: Request) -> Response:
    """`GET /deliveries.json`: the same for programs."""
    refusal = allowed(request, Scope.ADMIN, PATH)
    if refusal:
        return refusal
    told = [{"event": one.event, "channel": one.channel, "state": one.state, "attempts": one.attempts, "due": one.due.isoformat(),
             "made": one.made.isoformat(), "error": one.error, "title": one.body.get("title")} for one in undelivered(page.house_of(request))]
    return page.answer_json(request, {"deliveries": told})


def try_again(request: Request, form: FormData) -> Response:
    """`POST /deliveries`: what was given up waits again, of one event or all."""
    refusal = allowed(request, Scope.ADMIN, PATH)
    if refusal:
        return refusal
    event = text_of(form, "event")
    revive(page.house_of(request), event or None)
    return RedirectResponse(PATH, status_code=303)
