"""The addresses of the what-if page, and the call of its JSON as the API describes it."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Query
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pasvik.web import schema
from pasvik.web.whatif.handler import whatif_json, whatif_page

ROUTES = (Route("/whatif", whatif_page),)
Moved = Annotated[list[str] | None, Query(description="Crossings by id, again for each: close=salla, restrict=salla@0.5, hours=salla@10:00-14:00, "
                                          "steer=salla:blocked")]
Day = Annotated[str | None, Query(description="ISO 8601 day or time")]


def add_calls(app: FastAPI) -> None:
    """`/whatif.json`; the parameters stand here for the description, the handler reads them from the address."""

    @app.get("/whatif.json", summary="What if crossings shut or open: ranges over steering, and how such sums did in the past",
             responses=schema.answers(schema.WHATIF))
    def whatif_call(request: Request, close: Moved = None, reopen: Moved = None, restrict: Moved = None, hours: Moved = None, steer: Moved = None,
                    begins: Annotated[str | None, Query(alias="from", description="First day of the moves")] = None, until: Day = None, known: Day = None,
                    basis: str | None = None, lane: str | None = None, demand: str | None = None, days: str | None = None, seed: str | None = None) -> Response:
        return whatif_json(request)
