"""What this record is and how it may be used: the about page and the list of the API's addresses."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from pasvik.web import page


def about_page(request: Request) -> Response:
    """`/about`: what this is, how a state is settled, licences, official pages."""
    return page.answer_page(request, "about.html", presets=())


def api_page(request: Request) -> Response:
    """`/api`: every JSON address with its parameters, drawn from the OpenAPI description; nothing is loaded from elsewhere."""
    calls = [
        {"path": path, "method": method.upper(), "summary": call["summary"], "takes": [given["name"] for given in call.get("parameters", ())]}
        for path, methods in sorted(request.app.openapi()["paths"].items()) for method, call in methods.items()]
    return page.answer_page(request, "api.html", calls=calls)
