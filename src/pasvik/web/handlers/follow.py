"""What was announced and what came of it, crossing by crossing: openings, closures, transfers, and whether the people add up."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from pasvik.app.story.follow import Followed, follow
from pasvik.app.story.shape import followed_to_json
from pasvik.terms.capture import Fault
from pasvik.web import page
from pasvik.web.asked import PRESETS, Asked, cited, stepped
from pasvik.web.words import say


def follow_page(request: Request) -> Response:
    """`/follow`: every crossing of which something was announced or counted; those with people first opened."""
    found = _found(request)
    if isinstance(found, Fault):
        return page.answer_fault(request, say(page.WORDS, "problem.bad_request"), found.what, 400)
    asked, followed = found
    house = page.house_of(request)
    return page.answer_page(
        request, "story/follow.html", asked, followed=followed, borders=page.borders_of(house), presets=PRESETS,
        back=stepped(asked, "/follow", -1), ahead=stepped(asked, "/follow", 1), cite=cited(asked, "/follow", house.ledger.basis()))


def follow_json(request: Request) -> Response:
    """`/follow.json`: the same as JSON; `border` and `lane` narrow it."""
    found = _found(request)
    if isinstance(found, Fault):
        return page.answer_fault(request, "", found.what, 400)
    asked, followed = found
    return page.answer_json(request, [followed_to_json(one) for one in followed], asked)


def _found(request: Request) -> tuple[Asked, tuple[Followed, ...]] | Fault:
    asked = page.asked_of(request)
    if isinstance(asked, Fault):
        return asked
    found = follow(page.house_of(request), replace(asked.question, crossing=None))
    return found if isinstance(found, Fault) else (asked, found)
