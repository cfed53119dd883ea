"""News as Atom and JSON Feed, announced changes as a calendar, the board as a map layer; all narrowed by the words in the address."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from pasvik.app import answer
from pasvik.app.clocks import HOME_ZONE, instant
from pasvik.app.public import calendar as calendars
from pasvik.app.public import feeds
from pasvik.app.public.features import collection
from pasvik.app.public.items import Item, news
from pasvik.terms.capture import Fault
from pasvik.terms.question import Question
from pasvik.web import page
from pasvik.web.asked import Asked, cited


def narrowed(request: Request) -> tuple[Asked, Question] | Fault:
    """The question in the address, with `crossing` where one is named: by id or any of its names."""
    asked = page.asked_of(request)
    if isinstance(asked, Fault):
        return asked
    words = request.query_params.get("crossing", "").strip()
    if not words:
        return asked, asked.question
    found = answer.find_crossing(page.house_of(request), words[:200])
    return found if isinstance(found, Fault) else (asked, replace(asked.question, crossing=found.id))


def atom_feed(request: Request) -> Response:
    """`/feed.atom?border=&crossing=&lane=&since=`: what changed and what was announced, as Atom."""
    found = _news(request)
    if isinstance(found, Fault):
        return refuse(request, found)
    items, channel = found
    return page.answer_bytes(request, feeds.atom(items, channel), "application/atom+xml; charset=utf-8")


def json_feed(request: Request) -> Response:
    """`/feed.json`: the same as JSON Feed."""
    found = _news(request)
    if isinstance(found, Fault):
        return refuse(request, found)
    return page.answer_bytes(request, packed(feeds.json_feed(*found)), "application/feed+json")


def calendar(request: Request) -> Response:
    """`/calendar.ics`: announced starts and ends as events."""
    found = narrowed(request)
    if isinstance(found, Fault):
        return refuse(request, found)
    asked, question = found
    house = page.house_of(request)
    drawn = answer.board(house, question)
    if isinstance(drawn, Fault):
        return refuse(request, drawn)
    pairs = ((house.gazetteer.crossings[cell.crossing], cell) for cell in drawn.cells if cell.direction == "both")
    at = instant(question.at, HOME_ZONE) or asked.now
    return page.answer_bytes(request, calendars.calendar(pairs, at, base_of(request)), "text/calendar; charset=utf-8")


def geojson(request: Request) -> Response:
    """`/board.geojson`: the board as a FeatureCollection."""
    found = narrowed(request)
    if isinstance(found, Fault):
        return refuse(request, found)
    asked, question = found
    house = page.house_of(request)
    drawn, chosen = answer.board(house, question), answer.crossings_asked(house, question)
    if isinstance(drawn, Fault):
        return refuse(request, drawn)
    assert not isinstance(chosen, Fault)                        # the board would have refused it
    return page.answer_bytes(request, packed(collection(drawn, chosen)), "application/geo+json", asked)


def base_of(request: Request) -> str:
    """Where this site begins, as the caller reached it, with a slash at the end."""
    return str(request.base_url)


def packed(value: Any) -> bytes:
    """JSON in UTF-8; half a surrogate pair is escaped, for no encoding can carry it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def refuse(request: Request, fault: Fault) -> Response:
    """What cannot be answered, as JSON: 404 for a place that is not there, else 400."""
    return page.answer_json(request, {"fault": fault.what}, status=404 if fault.where == "crossing" else 400)


def _news(request: Request) -> tuple[tuple[Item, ...], feeds.Channel] | Fault:
    found = narrowed(request)
    if isinstance(found, Fault):
        return found
    asked, question = found
    house = page.house_of(request)
    items = news(house, question, asked.since.start if asked.since else None)
    if isinstance(items, Fault):
        return items
    place = house.gazetteer.crossings[question.crossing].name if question.crossing else question.border
    title = "Pasvik: what changed at " + (place or "the crossings") + (f", {question.lane}" if question.lane else "")
    base = base_of(request)
    people = f"{base}crossing/{question.crossing}" if question.crossing else base.rstrip("/") + cited(asked, "/", house.ledger.basis())
    return items, feeds.Channel(title, str(request.url), people, base, asked.now)
