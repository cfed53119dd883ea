"""Every address of the site on one page, and `create`, which makes the server's app from the environment."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any

from fastapi import FastAPI, Query
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pasvik.app.settings import settings_from
from pasvik.app.wiring import House, open_desk, open_house
from pasvik.terms.capture import Trouble
from pasvik.web import page, schema
from pasvik.web.access.gate import Gate, Toll
from pasvik.web.access.memory import Memory, remembered
from pasvik.web.access.routes import ROUTES as ACCESS
from pasvik.web.armour import HEADERS, Armour
from pasvik.web.handlers import about, board, changes, claims, crossing, follow
from pasvik.web.handlers.live import timeline
from pasvik.web.place.routes import ROUTES as PLACE
from pasvik.web.public.routes import ROUTES as PUBLIC
from pasvik.web.review.routes import ROUTES as REVIEW
from pasvik.web.review.routes import add_calls
from pasvik.web.whatif import routes as whatif
from pasvik.web.words import say

STATIC = Path(__file__).parent / "static"
At = Annotated[str | None, Query(description="When it holds: ISO 8601 date or time; a bare date means noon at the crossing; left out: now")]
Known = Annotated[str | None, Query(description="Only what had been published by then; left out: no limit")]
Basis = Annotated[str | None, Query(description="Only what the ledger held at this position; left out: no limit")]
Since = Annotated[str | None, Query(description="Changes since this day or time; left out: a week before `at`")]
Border = Annotated[str | None, Query(description="Two ISO codes, such as FI-RU, or one country")]
Lane = Annotated[str | None, Query(description="car, truck, bus, pedestrian, bicycle, rail_passenger, rail_freight or asylum")]


def create(house: House | None = None, landing: str | None = None) -> FastAPI:
    """The app. house: opened from the environment if left out; landing: the query that `/` opens on (PASVIK_LANDING), "" for today."""
    app = FastAPI(
        title="Pasvik", summary="Which crossings are open, for whom, since when, and who says so", version=_version(),
        docs_url=None, redoc_url=None, openapi_url="/openapi.json", license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"})
    app.state.house = house if house is not None else open_house(settings_from())
    access = app.state.house.settings.access
    app.state.desk = open_desk(app.state.house.settings)
    app.state.toll = Toll(access)
    app.state.memory = Memory()
    app.state.landing = os.environ.get("PASVIK_LANDING", "") if landing is None else landing
    _json_routes(app)
    add_calls(app)
    whatif.add_calls(app)
    app.router.routes.extend([
        Route("/", remembered(board.board_page)),
        Route("/crossing/{id}", remembered(crossing.crossing_page)),
        Route("/changes", remembered(changes.changes_page)),
        Route("/follow", remembered(follow.follow_page)),
        Route("/claims", remembered(claims.claims_page)),
        Route("/find", crossing.find),
        Route("/about", about.about_page),
        Route("/api", about.api_page),
        *PLACE,
        *PUBLIC,
        *ACCESS,
        *REVIEW,
        *whatif.ROUTES,
        Mount("/static", Fixed(directory=STATIC)),
    ])
    app.add_middleware(Gate, access=access, desk=app.state.desk, toll=app.state.toll, now=app.state.house.now)
    app.add_middleware(Armour)
    app.add_exception_handler(HTTPException, _refuse)
    app.add_exception_handler(RequestValidationError, _refuse)
    app.add_exception_handler(Trouble, _broken)
    app.add_exception_handler(Exception, _broken)
    return app


def _json_routes(app: FastAPI) -> None:
    """The JSON behind the pages; the parameters stand here for the description, the handlers read them from the address."""

    @app.get("/board.json", summary="The board: every crossing and kind of traffic", responses=schema.answers(schema.BOARD))
    def board_json(request: Request, at: At = None, known: Known = None, basis: Basis = None, border: Border = None,
                   lane: Lane = None) -> Response:
        return remembered(board.board_json)(request)

    @app.get("/crossing/{id}.json", summary="One crossing: cells, history, counts, claims", responses=schema.answers(schema.CROSSING))
    def crossing_json(request: Request, id: str, at: At = None, known: Known = None, basis: Basis = None) -> Response:
        return remembered(crossing.crossing_json)(request)

    @app.get("/why/{id}.json", summary="How each cell of a crossing was settled", responses=schema.answers(schema.WHY))
    def why_json(request: Request, id: str, lane: Lane = None, at: At = None, known: Known = None, basis: Basis = None) -> Response:
        return crossing.why_json(request)

    @app.get("/changes.json", summary="What changed since a day, on the board and among governments", responses=schema.answers(schema.CHANGES))
    def changes_json(request: Request, since: Since = None, at: At = None, known: Known = None, basis: Basis = None, border: Border = None,
                     lane: Lane = None) -> Response:
        return remembered(changes.changes_json)(request)

    @app.get("/follow.json", summary="What was announced, and what came of it", responses=schema.answers(schema.FOLLOW))
    def follow_json(request: Request, at: At = None, known: Known = None, basis: Basis = None, border: Border = None,
                    lane: Lane = None) -> Response:
        return remembered(follow.follow_json)(request)

    @app.get("/claims.json", summary="Who accuses whom, and who denies it", responses=schema.answers(schema.CLAIMS))
    def claims_json(request: Request, at: At = None, known: Known = None, basis: Basis = None, border: Border = None) -> Response:
        return remembered(claims.claims_json)(request)

    @app.get("/timeline.json", summary="How many statements on the state of crossings were published on each day",
             responses=schema.answers(schema.TIMELINE))
    def timeline_json(request: Request, basis: Basis = None, border: Border = None) -> Response:
        return timeline.timeline_json(request)


class Fixed(StaticFiles):
    """The files that pages ask for. A browser asks each time whether one has changed, so that a newer Pasvik never meets an older script."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """The file, or that it is the one the browser has."""
        answer = super().file_response(*args, **kwargs)
        answer.headers.setdefault("cache-control", page.ASK_AGAIN)
        return answer


def _version() -> str:
    try:
        return version("pasvik")
    except PackageNotFoundError:                                # run straight from a folder of sources
        return "0"


def _refuse(request: Request, fault: Exception) -> Response:
    """What the router itself refuses: no such address, a method that an address does not take."""
    status = fault.status_code if isinstance(fault, HTTPException) else 400
    if status == 404:
        return page.answer_fault(request, say(page.WORDS, "problem.not_found"),
                                 say(page.WORDS, "problem.not_found_text", path=request.url.path[:200]), 404)
    title = "problem.method" if status == 405 else "problem.bad_request"
    told = str(fault.detail) if isinstance(fault, HTTPException) else say(page.WORDS, "problem.bad_request")
    return page.answer_fault(request, say(page.WORDS, title), told, status)


def _broken(request: Request, fault: Exception) -> Response:
    """A broken machine: trouble that we know is told in its sentence, the rest is left to the server's log."""
    known = isinstance(fault, Trouble)
    told = str(fault) if known else say(page.WORDS, "problem.server_text")
    answer = page.answer_fault(request, say(page.WORDS, "problem.server"), told, 503 if known else 500)
    for name, value in HEADERS:                                 # this answer is given outside the armour
        answer.headers.setdefault(name.decode(), value.decode())
    return answer
