"""Who accuses whom and who denies it, as a table of accusers and accused with every word beneath; nothing is judged."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from pasvik.app.story.shape import claims_to_json
from pasvik.app.story.stance import Claims, claims
from pasvik.situation.story.accusations import Charge
from pasvik.terms.capture import Fault
from pasvik.web import page
from pasvik.web.asked import PRESETS, Asked, cited, stepped
from pasvik.web.words import say


def claims_page(request: Request) -> Response:
    """`/claims`: the matrix of one border, or of all."""
    found = _found(request)
    if isinstance(found, Fault):
        return page.answer_fault(request, say(page.WORDS, "problem.bad_request"), found.what, 400)
    asked, told = found
    house = page.house_of(request)
    accusers = tuple(dict.fromkeys(charge.accuser for charge in told.charges))
    accused = tuple(dict.fromkeys(charge.accused for charge in told.charges))
    return page.answer_page(
        request, "story/claims.html", asked, charges=told.charges, told=told.statements, accusers=accusers, accused=accused,
        cells=cells_of(told.charges), borders=page.borders_of(house), presets=PRESETS, back=stepped(asked, "/claims", -1),
        ahead=stepped(asked, "/claims", 1), cite=cited(asked, "/claims", house.ledger.basis()))


def claims_json(request: Request) -> Response:
    """`/claims.json`: the same as JSON."""
    found = _found(request)
    if isinstance(found, Fault):
        return page.answer_fault(request, "", found.what, 400)
    asked, told = found
    return page.answer_json(request, claims_to_json(told), asked)


def cells_of(charges: tuple[Charge, ...]) -> dict[tuple[str, str], tuple[int, int, int]]:
    """For each pair of accuser and accused: its number on the page, how often it is told and how often denied."""
    return {(charge.accuser, charge.accused): (number, len(charge.statements), len(charge.denials))
            for number, charge in enumerate(charges, 1)}


def _found(request: Request) -> tuple[Asked, Claims] | Fault:
    asked = page.asked_of(request)
    if isinstance(asked, Fault):
        return asked
    found = claims(page.house_of(request), asked.question)
    return found if isinstance(found, Fault) else (asked, found)
