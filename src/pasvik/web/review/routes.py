"""The addresses of evidence, reading and reviewing, for people and for programs; `web/routes.py` puts them beside the pages."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pasvik.app.access.review import Word
from pasvik.web import schema
from pasvik.web.access.form import posting, posting_json
from pasvik.web.review import coverage, evidence, read, verdict
from pasvik.web.schema import KEPT, TEXT, VERDICT, Schema

ROUTES = (
    Route("/evidence/{id}", evidence.evidence_page),
    Route("/sources", evidence.sources_page),
    Route("/coverage", coverage.coverage_page),
    Route("/read", read.read_page, methods=["GET"]),
    Route("/read", posting(read.show_reading, read.MOST_BYTES, read.too_long), methods=["POST"]),
    Route("/keep", posting(read.keep, read.MOST_KEPT, read.too_long), methods=["POST"]),
    Route("/statement/{id}/verdict", posting(verdict.give_verdict), methods=["POST"]),
)
SENT: Schema = {"type": "object", "required": ["text"], "properties": dict.fromkeys(read.FIELDS, TEXT)}
JUDGED: Schema = {
    "type": "object", "required": ["verdict"],
    "properties": {"verdict": {"type": "string", "enum": list(Word)}, **dict.fromkeys(("why", "seen", *verdict.FIELDS), TEXT)}}


def add_calls(app: FastAPI) -> None:
    """The same for programs, with their description."""

    @app.get("/evidence/{id}.json", summary="One document: text, statements, puzzles, verdicts", responses=schema.answers(schema.EVIDENCE))
    def evidence_json(request: Request, id: str) -> Response:
        return evidence.evidence_json(request)

    @app.get("/coverage.json", summary="Whom the record has heard, who is silent, and how well the reader reads",
             responses=schema.answers(schema.HEARD))
    def coverage_json(request: Request) -> Response:
        return coverage.coverage_json(request)

    @app.post("/read.json", summary="What a text would claim; nothing is kept", openapi_extra=_body(SENT),
              responses=schema.answers(schema.READING, 413))
    async def read_json(request: Request) -> Response:
        answer: Response = await posting_json(read.read_json, read.MOST_BYTES)(request)
        return answer

    @app.post("/keep.json", summary="Read a text and keep it (a key with write)", status_code=201, openapi_extra=_body(SENT, is_guarded=True),
              responses=schema.answers(KEPT, 201, 401, 403, 413))
    async def keep_json(request: Request) -> Response:
        answer: Response = await posting_json(read.keep_json, read.MOST_BYTES)(request)
        return answer

    @app.post("/statement/{id}/verdict.json", summary="Confirm, reject or correct what was read (a key with write)", status_code=201,
              openapi_extra=_body(JUDGED, is_guarded=True), responses=schema.answers(VERDICT, 201, 401, 403, 409, 413))
    async def verdict_json(request: Request, id: str) -> Response:
        answer: Response = await posting_json(verdict.give_verdict_json)(request)
        return answer


def _body(shape: Schema, is_guarded: bool = False) -> dict[str, Any]:
    told: dict[str, Any] = {"requestBody": {"required": True, "content": {"application/json": {"schema": shape}}}}
    return {**told, "security": [{"key": []}]} if is_guarded else told
