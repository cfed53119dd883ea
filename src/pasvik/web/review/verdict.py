"""A signed-in reviewer confirms, rejects or corrects what was read; two at once learn of each other and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pasvik.app.access.review import Verdict, judge
from pasvik.desk.people import Scope
from pasvik.terms.capture import Fault
from pasvik.web import page
from pasvik.web.access.form import allowed, text_of, visitor_of
from pasvik.web.asked import address
from pasvik.web.review.evidence import show, verdict_to_json
from pasvik.web.words import say

FIELDS = ("crossings", "state", "commitment", "lanes", "from", "until")
STATUS = {"conflict": 409, "statement": 404}                    # what a fault's place means; 400 for the rest


def give_verdict(request: Request, form: FormData) -> Response:
    """`POST /statement/{id}/verdict`: back to the words, or the page again with what was typed and one sentence."""
    id = request.path_params["id"]
    held = page.house_of(request).ledger.statement(id)
    if held is None:
        return page.answer_fault(request, say(page.WORDS, "problem.document"), say(page.WORDS, "problem.no_statement"), 404)
    document = held.statement.source.document
    stopped = allowed(request, Scope.WRITE, f"/evidence/{document}")
    if stopped is not None:
        return stopped
    typed = {name: text_of(form, name) for name in ("verdict", "why", "seen", *FIELDS)}
    typed["lanes"] = ",".join(word for word in form.getlist("lanes") if isinstance(word, str))
    given = _judge(request, id, typed)
    if isinstance(given, Fault):
        return show(request, document, given.what, {**typed, "statement": id}, STATUS.get(given.where or "", 400))
    return RedirectResponse(f"{address(None, f'/evidence/{document}')}#list-{given.instead or id}", status_code=303)


def give_verdict_json(request: Request, told: Mapping[str, Any]) -> Response:
    """`POST /statement/{id}/verdict.json`: the same for a program; `lanes` and `crossings` divided by commas."""
    stopped = allowed(request, Scope.WRITE, "/")
    if stopped is not None:
        return stopped
    given = _judge(request, request.path_params["id"], {name: text_of(told, name) for name in ("verdict", "why", "seen", *FIELDS)})
    if isinstance(given, Fault):
        return page.answer_fault(request, "", given.what, STATUS.get(given.where or "", 400))
    return page.answer_json(request, verdict_to_json(given), status=201)


def _judge(request: Request, id: str, typed: Mapping[str, str]) -> Verdict | Fault:
    visitor = visitor_of(request)
    assert visitor is not None
    return judge(page.house_of(request), id, typed["verdict"], visitor.name, typed["why"], typed["seen"] or None, typed)
