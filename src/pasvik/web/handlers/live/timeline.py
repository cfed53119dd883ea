"""How much was said on each day, for the little bars of the timeline."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from pasvik.app.story.told import days_told
from pasvik.terms.capture import Fault
from pasvik.web import page


def timeline_json(request: Request) -> Response:
    """`/timeline.json`: days (ISO) with the number of status statements published on them, oldest first; `border` narrows it."""
    asked = page.asked_of(request)
    if isinstance(asked, Fault):
        return page.answer_fault(request, "", asked.what, 400)
    days = days_told(page.house_of(request), asked.question.border, asked.question.basis)
    return page.answer_json(request, {"days": [{"day": day, "told": told} for day, told in days]}, asked)
