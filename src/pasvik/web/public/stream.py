"""News the moment the ledger hears it, as server-sent events (HTML Living Standard, 9.2), with nothing lost over a broken line."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from pasvik.app import compare
from pasvik.app.clocks import HOME_ZONE
from pasvik.app.public.feeds import item_to_json
from pasvik.app.public.items import Item, changed, join
from pasvik.app.wiring import House
from pasvik.situation.board import instant
from pasvik.terms.capture import Fault
from pasvik.terms.moment import Grain, Moment
from pasvik.terms.question import Question
from pasvik.web import page
from pasvik.web.public.feeds import narrowed, refuse

LOOK_SECONDS = 2.0                                              # how often the ledger's position is looked at
BEAT_SECONDS = 20.0                                             # a comment now and then keeps proxies from closing the line
MOST = 200                                                      # streams of one server at once


async def events(request: Request) -> Response:
    """`/events?border=&crossing=&lane=`: an event `change` for each change of the board; its id is the ledger's position.

    A reader that comes back with Last-Event-ID is told what it missed. The clocks stand at now: the past makes no news.
    """
    found = await run_in_threadpool(narrowed, request)
    if isinstance(found, Fault):
        return refuse(request, found)
    house = page.house_of(request)
    told = request.headers.get("last-event-id", "")
    basis = await run_in_threadpool(house.ledger.basis)
    since = int(told) if told.isascii() and told.isdigit() and len(told) < 16 and int(told) <= basis else basis
    open_now = getattr(request.app.state, "streams", 0)
    if open_now >= MOST:
        return page.answer_json(request, {"fault": f"{MOST} streams are open, and no more are served; read /feed.json instead"}, status=503)
    request.app.state.streams = open_now + 1
    pause = getattr(request.app.state, "look_seconds", LOOK_SECONDS)
    return StreamingResponse(
        _stream(request, house, found[1], since, pause), media_type="text/event-stream", headers={"cache-control": "no-store", "x-accel-buffering": "no"})


async def _stream(request: Request, house: House, asked: Question, since: int, pause: float) -> AsyncIterator[str]:
    quiet = 0.0
    try:
        yield f"retry: 5000\nid: {since}\n: Pasvik is not an official source\n\n"
        while not await request.is_disconnected():
            basis = await run_in_threadpool(house.ledger.basis)
            if basis > since:
                for item in await run_in_threadpool(between, house, asked, since, basis):
                    yield f"id: {basis}\nevent: change\ndata: {json.dumps(item_to_json(item), ensure_ascii=True)}\n\n"
                since, quiet = basis, 0.0
                continue
            await asyncio.sleep(pause)
            quiet += pause
            if quiet >= BEAT_SECONDS:
                yield ": still here\n\n"
                quiet = 0.0
    finally:
        request.app.state.streams -= 1


def between(house: House, asked: Question, old: int, new: int) -> list[Item]:
    """What the board of now tells at ledger position `new` that it did not tell at `old`."""
    asked = replace(asked, at=Moment(house.now(), Grain.MINUTE, HOME_ZONE))
    changes = compare.diff(house, replace(asked, basis=old), replace(asked, basis=new))
    if isinstance(changes, Fault):
        return []
    crossings = house.gazetteer.crossings
    return join(
        changed(crossings[one.crossing], one.before.state if one.before else None, one.after,
                one.after.since.start if one.after.since else instant(asked.at, crossings[one.crossing].zone) or house.now())
        for one in changes if one.after and one.direction == "both" and "state" in one.what)
