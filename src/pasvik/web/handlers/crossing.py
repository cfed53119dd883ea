"""One crossing: what holds for each kind of traffic, how that was settled, and everything that has been said about it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pasvik.app import answer
from pasvik.app.answer import CrossingPage, Why
from pasvik.app.public.features import linked
from pasvik.app.story.film import film
from pasvik.app.wiring import House
from pasvik.terms.capture import Fault
from pasvik.terms.interchange import source_to_json, statement_to_json
from pasvik.terms.place import Crossing
from pasvik.terms.statement import Statement
from pasvik.terms.status import cell_to_json
from pasvik.web import page
from pasvik.web.asked import PRESETS, address, cited, stepped
from pasvik.web.handlers.board import row_of
from pasvik.web.handlers.days import days_around
from pasvik.web.place.bars import picture
from pasvik.web.place.cite import citation_of, plain
from pasvik.web.place.counts import series_of
from pasvik.web.words import say


def crossing_page(request: Request) -> Response:
    """`/crossing/{id}`: status, settling and history as a page."""
    asked = page.asked_of(request)
    if isinstance(asked, Fault):
        return page.answer_fault(request, say(page.WORDS, "problem.bad_request"), asked.what, 400)
    found = answer.crossing_page(page.house_of(request), request.path_params["id"], asked.question)
    if isinstance(found, Fault):
        return no_such_crossing(request, request.path_params["id"], found)
    if found.crossing.id != request.path_params["id"]:          # any spelling leads there, one address stays
        return RedirectResponse(address(asked, f"/crossing/{found.crossing.id}"), status_code=302)
    row = row_of(found.crossing, found.cells, asked)
    days = days_around(page.house_of(request), found.crossing, row.lines[0].cell.lane, asked) if row.lines else ()
    told = {statement.id: statement for statement in (*found.history, *found.counts, *found.said)}
    over_time = film(page.house_of(request), found, row.lines[0].cell.lane, asked.question) if row.lines else None
    return page.answer_page(
        request, "crossing.html", asked, crossing=found.crossing, row=row, history=found.history, counts=found.counts, said=found.said,
        told=told, days=days, film=over_time, picture=picture(over_time, found.crossing.zone) if over_time else None,
        series=series_of(found.counts, found.crossing.id), citation=plain(citation_of(request, asked, found.crossing)),
        presets=PRESETS, official=found.crossing.countries, sources=source_notes(found.crossing),
        back=stepped(asked, request.url.path, -1), ahead=stepped(asked, request.url.path, 1),
        cite=cited(asked, request.url.path, page.house_of(request).ledger.basis()),
        linked=linked(found.crossing, found.cells, f"{request.base_url}crossing/{found.crossing.id}"))


def crossing_json(request: Request) -> Response:
    """`/crossing/{id}.json`: the same as JSON."""
    asked = page.asked_of(request)
    if isinstance(asked, Fault):
        return page.answer_fault(request, "", asked.what, 400)
    found = answer.crossing_page(page.house_of(request), request.path_params["id"], asked.question)
    if isinstance(found, Fault):
        return no_such_crossing(request, request.path_params["id"], found)
    return page.answer_json(request, page_to_json(found), asked)


def why_json(request: Request) -> Response:
    """`/why/{id}.json?lane=`: how each cell was settled, with the statements for and against and their words."""
    asked = page.asked_of(request)
    if isinstance(asked, Fault):
        return page.answer_fault(request, "", asked.what, 400)
    found = answer.why(page.house_of(request), request.path_params["id"], asked.question)
    if isinstance(found, Fault) and found.where == "lane":
        return page.answer_fault(request, "", found.what, 400)
    if isinstance(found, Fault):
        return no_such_crossing(request, request.path_params["id"], found)
    return page.answer_json(request, [why_to_json(one) for one in found], asked)


def find(request: Request) -> Response:
    """`/find?q=`: from any spelling of a name to its crossing."""
    asked = page.asked_of(request)
    words = request.query_params.get("q", "").strip()
    if isinstance(asked, Fault):
        return page.answer_fault(request, say(page.WORDS, "problem.bad_request"), asked.what, 400)
    if not words:
        return RedirectResponse(address(asked, "/"), status_code=302)
    found = answer.find_crossing(page.house_of(request), words[:200])
    if isinstance(found, Fault):
        return no_such_crossing(request, words[:200], found)
    return RedirectResponse(address(asked, f"/crossing/{found.id}"), status_code=302)


def no_such_crossing(request: Request, words: str, fault: Fault) -> Response:
    """404 with the crossings whose id or name stands in the sentence, so that they can be clicked."""
    return page.answer_fault(request, say(page.WORDS, "problem.crossing"), fault.what, 404, similar_in(page.house_of(request), fault.what))


def similar_in(house: House, sentence: str) -> tuple[Crossing, ...]:
    """The crossings that a did-you-mean sentence names by their id in brackets."""
    return tuple(crossing for crossing in house.gazetteer.crossings.values() if f"({crossing.id})" in sentence)[:6]


def source_notes(crossing: Crossing) -> tuple[tuple[str, str | None], ...]:
    """Where the facts of a place come from: the words, and the address in them where there is one."""
    return tuple((note, next((link for word in note.split() if (link := page.web_link(word.strip(";,()")))), None))
                 for note in crossing.sources)


def page_to_json(found: CrossingPage) -> dict[str, object]:
    """Crossing, cells and statements; the fields of docs/board.md and docs/statements.md."""
    return {
        "crossing": place_to_json(found.crossing), "cells": [cell_to_json(cell) for cell in found.cells],
        "history": [sourced(one) for one in found.history], "counts": [sourced(one) for one in found.counts],
        "said": [sourced(one) for one in found.said]}


def place_to_json(crossing: Crossing) -> dict[str, object]:
    """A crossing with both sides; degrees are WGS 84."""
    sides = [{"country": side.country, "name": side.name, "local_name": side.local_name} for side in (crossing.side_a, crossing.side_b)]
    return {
        "id": crossing.id, "name": crossing.name, "border": crossing.border, "sides": sides, "lat": crossing.lat, "lon": crossing.lon,
        "lanes": [str(lane) for lane in sorted(crossing.lanes)], "international": crossing.international, "zone": crossing.zone,
        "road": crossing.road, "hours": crossing.hours, "opened": crossing.opened, "abolished": crossing.abolished,
        "aliases": list(crossing.aliases)}


def why_to_json(why: Why) -> dict[str, object]:
    """One cell with the statements its ids name."""
    return {
        "cell": cell_to_json(why.cell), "for": [sourced(one) for one in why.supports], "against": [sourced(one) for one in why.against],
        "unconfirmed": [sourced(one) for one in why.unconfirmed], "pending": [sourced(one) for one in why.pending]}


def sourced(statement: Statement) -> dict[str, object]:
    """A statement with where and when it was published."""
    return {**statement_to_json(statement), "source": source_to_json(statement.source)}
