"""Announced changes and announced ends as an iCalendar (RFC 5545) that a planner's calendar can subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from pasvik.app.public.items import whole_road
from pasvik.app.public.notice import NOT_OFFICIAL, clean
from pasvik.situation.cell.because import say_change, say_lanes
from pasvik.terms.capture import digest
from pasvik.terms.moment import Grain, Moment
from pasvik.terms.place import Crossing, Lane
from pasvik.terms.status import Cell

Dated = tuple[Crossing, str, str, Moment, str]                 # crossing, what, who, when, id of the statement behind it


def calendar(pairs: Iterable[tuple[Crossing, Cell]], asked: datetime, base_url: str) -> bytes:
    """One event per announced start or end that lies after `asked` (UTC); lanes of which the same is announced share one.

    A plan is tentative, an order confirmed; the state itself is never guessed past an announced end.
    """
    made = Calendar()
    made.add("prodid", "-//Pasvik//announced changes at border crossings//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Announced changes at border crossings")
    together: dict[Dated, tuple[list[Lane], bool]] = {}
    for crossing, cell in pairs:
        for what, who, when, statement, is_firm in _dated(cell):
            if when.end > asked:
                lanes, _ = together.setdefault((crossing, what, who, when, statement), ([], is_firm))
                lanes.append(cell.lane)
    for (crossing, what, who, when, statement), (lanes, is_firm) in together.items():
        made.add_component(_event(crossing, what, who, when, statement, lanes, is_firm, asked, base_url))
    text: bytes = made.to_ical()
    return text


def _dated(cell: Cell) -> Iterable[tuple[str, str, Moment, str, bool]]:
    """What has a date of its own: planned changes, and the announced end of what holds."""
    for plan in cell.pending:
        if plan.start and plan.commitment not in ("ruled_out", "ended"):
            who = plan.speaker.name if plan.speaker else ""
            yield say_change(plan.state, plan.commitment), who, plan.start, plan.statement, plan.commitment == "ordered"
    if cell.until and cell.supports:
        yield f"announced end of: {cell.state}", cell.by_word_of or "", cell.until, cell.supports[0], True


def _event(crossing: Crossing, what: str, who: str, when: Moment, statement: str, lanes: list[Lane], is_firm: bool, asked: datetime,
           base_url: str) -> Event:
    event = Event()
    key = digest("\x1f".join((crossing.id, what, when.iso(), statement)).encode())[:24]
    event.add("uid", f"{key}@pasvik")
    event.add("dtstamp", asked.astimezone(UTC).replace(microsecond=0))
    if when.grain is Grain.MINUTE:
        event.add("dtstart", when.start)
        event.add("dtend", when.start + timedelta(minutes=1))
    else:
        event.add("dtstart", when.local.date())
        event.add("dtend", when.local.date() + timedelta(days=1))
    event.add("summary", clean(f"{crossing.name}: {what} ({say_lanes(whole_road(lanes))})"))
    event.add("description", clean(f"By word of {who or 'nobody named'}. {NOT_OFFICIAL} {base_url}crossing/{crossing.id}"))
    event.add("url", f"{base_url}crossing/{crossing.id}")
    event.add("status", "CONFIRMED" if is_firm else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    if crossing.lat is not None and crossing.lon is not None:
        event.add("geo", (crossing.lat, crossing.lon))
    return event
