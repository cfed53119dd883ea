"""What the record covers: whom it has heard and who is silent, the sources that are watched, languages, and the reader's measured score."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from pasvik.app.gather.coverage import Watched, coverage
from pasvik.app.story.heard import Heard, heard, heard_to_json
from pasvik.sources.due import Health
from pasvik.web import page


def coverage_page(request: Request) -> Response:
    """`/coverage`: the page."""
    house = page.house_of(request)
    now = house.now()
    watched = coverage(house.settings, now, 20)
    return page.answer_page(
        request, "review/coverage.html", heard=_heard(request), sources=sorted(watched.on, key=_worst_first), off=len(watched.sources) - len(watched.on),
        events=watched.events, borders=page.borders_of(house), now=now)


def coverage_json(request: Request) -> Response:
    """`/coverage.json`: the same."""
    house = page.house_of(request)
    watched = [{"id": one.card.id, "publisher": one.card.publisher, "country": one.card.country, "language": one.card.language,
                "health": str(one.health), "last_visit": one.visits.last_ok.isoformat() if one.visits.last_ok else None,
                "last_item": one.visits.last_item.isoformat() if one.visits.last_item else None} for one in coverage(house.settings, house.now()).on]
    return page.answer_json(request, {**heard_to_json(_heard(request)), "sources": watched})


def _heard(request: Request) -> Heard:
    """Worked out once for each position of the ledger: it looks at many documents."""
    house = page.house_of(request)
    kept: Heard | None = getattr(request.app.state, "heard", None)
    day = f"{house.now():%Y-%m-%d}"
    if kept is None or kept.basis != house.ledger.basis() or request.app.state.heard_day != day:
        kept = heard(house)
        request.app.state.heard, request.app.state.heard_day = kept, day
    return kept


def _worst_first(one: Watched) -> tuple[int, str]:
    order = (Health.FAILING, Health.SILENT, Health.DRIFTING, Health.NEW, Health.WELL)
    return order.index(one.health), one.card.id
