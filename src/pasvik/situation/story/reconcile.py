"""Announced against observed: did the transfers, openings and closures that were said to come, come?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pasvik.situation.authority import Rules
from pasvik.situation.cell.because import say_instant
from pasvik.situation.settle import Hearing, settle_lane
from pasvik.situation.story.people import PLANNED, day_of, local_day, number, once, say_day, seen_at
from pasvik.situation.utterance import LONG_AGO, Utterance
from pasvik.terms.claim import Commitment, Count, Movement, State
from pasvik.terms.place import ROAD_LANES, Crossing, Lane, lanes_of
from pasvik.terms.statement import Statement

WITHIN = 4                                                      # days: a transfer announced is seen so soon, or was not seen
SETTLES = timedelta(hours=6)                                    # so long after its start an order is looked at
NEAR = 0.2                                                      # a count that differs by no more is the same group, with a doubt


@dataclass(frozen=True, slots=True)
class Match:
    """An announcement and what was later told of it. verdict: came_true, differs, did_not, not_seen or awaited; doubt: in words, "" = none."""

    announced: Statement
    observed: tuple[str, ...]                                   # statement ids
    verdict: str
    words: str
    doubt: str = ""


def follow_people(statements: Sequence[Statement], crossing: Crossing) -> tuple[Match, ...]:
    """Each announced transfer to or from the crossing, matched with the count nearest in number that was seen at its destination."""
    plans = [s for s in statements if isinstance(s.claim, Movement) and s.claim.fate in PLANNED and s.claim.people.count is not None
             and crossing.id in (s.claim.origin, s.claim.destination)]
    plans.sort(key=lambda s: (day_of(s), s.id))
    return tuple(_follow_plan(plan, statements, crossing.zone) for plan in once(plans))


def _follow_plan(plan: Statement, statements: Sequence[Statement], zone: str) -> Match:
    claim = plan.claim
    assert isinstance(claim, Movement)
    planned, begins = claim.people.count or 0, day_of(plan)
    seen = [s for s in statements if seen_at(s, claim.destination) and number(s) and 0 <= (local_day(s) - local_day(plan)).days <= WITHIN]
    what = f"{planned} people announced for {claim.destination} on {say_day(plan, zone)}"
    if not seen:
        return Match(plan, (), "not_seen", f"{what}; nothing is known to have been counted there")
    best = min(seen, key=lambda s: (abs(number(s) - planned), abs(day_of(s) - begins), s.id))
    found = number(best)
    alike = tuple(s.id for s in seen if number(s) == found and day_of(s) == day_of(best))
    words = f"{what}; {found} counted there on {say_day(best, zone)}"
    if found == planned:
        doubt = "" if best.speaker or isinstance(best.claim, Count) else "told by nobody in office"
        return Match(plan, alike, "came_true", words, doubt)
    if abs(found - planned) <= NEAR * planned:
        return Match(plan, alike, "differs", words, f"the numbers differ by {abs(found - planned)}: perhaps not the same group")
    return Match(plan, alike, "differs", words, "the numbers are far apart: probably not the same group")


def follow_orders(hearing: Hearing, lane: Lane, book: Rules, at: datetime | None = None) -> tuple[Match, ...]:
    """Each announced opening and closure with a date, against what is known to have held some hours after it.

    at (UTC): what was announced for later is awaited still; None = everything announced has had its time.
    """
    dated = [u for u in hearing.said if u.claim.commitment in (Commitment.ORDERED, Commitment.PLANNED) and u.claim.span.start
             and u.told and u.begins and u.begins > u.told and (lane in u.claim.lanes or lane in lanes_of(u.claim.lanes) & set(ROAD_LANES))]
    return tuple(_follow_order(u, hearing, lane, book, at) for u in dated)


def _follow_order(u: Utterance, hearing: Hearing, lane: Lane, book: Rules, at: datetime | None) -> Match:
    zone = hearing.crossing.zone
    begins = u.begins or LONG_AGO
    if at is not None and at < begins + SETTLES:
        return Match(u.statement, (), "awaited", f"{u.claim.state} announced for {say_instant(begins, zone)}, which has yet to come")
    found = settle_lane(hearing, lane, begins + SETTLES, book)
    others = tuple(i for i in found.supports if i != u.statement.id)
    words = f"{u.claim.state} announced for {say_instant(begins, zone)}; {found.state} then"
    if found.state in (State.UNKNOWN, State.LAPSED):
        return Match(u.statement, (), "not_seen", words)
    if found.state is u.claim.state:
        return Match(u.statement, others, "came_true", words, "" if others else "by the announcement alone: nobody is known to have looked")
    return Match(u.statement, found.supports, "did_not", words)
