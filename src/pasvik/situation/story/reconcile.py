"""Announced against observed: did what was said to come, come? And do the people at a crossing add up?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pasvik.situation.authority import Rules
from pasvik.situation.cell.because import say_instant, say_moment, say_published
from pasvik.situation.settle import Hearing, settle_lane
from pasvik.situation.utterance import LONG_AGO, Utterance, told_at
from pasvik.terms.claim import Commitment, Count, Movement, Number, State
from pasvik.terms.moment import Span
from pasvik.terms.place import ROAD_LANES, Crossing, Lane, lanes_of
from pasvik.terms.statement import Statement

PLANNED = ("planned_transfer",)
SEEN = ("arrived", "transferred", "turned_back", "returned")
LEFT = ("left_for", "staying", "returned")
WITHIN = timedelta(days=4)                                      # a transfer announced is seen so soon, or was not seen
SETTLES = timedelta(hours=6)                                    # so long after its start an order is looked at
NEAR = 0.2                                                      # a count that differs by no more is the same group, with a doubt


@dataclass(frozen=True, slots=True)
class Match:
    """An announcement and what was later told of it. verdict: came_true, differs, did_not or not_seen; doubt: in words, "" = none."""

    announced: Statement
    observed: tuple[str, ...]                                   # statement ids
    verdict: str
    words: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """People at a crossing between two instants: how many were said to queue, and what became of how many.

    queue: the last figure told for those waiting, None where none was; difference: accounted - queue.
    """

    crossing: str
    queue: int | None
    crossed: int
    moved_on: int
    left: int
    accounted: int
    difference: int | None
    statements: tuple[str, ...]
    words: str


def follow_people(statements: Sequence[Statement], crossing: Crossing) -> tuple[Match, ...]:
    """Each announced transfer to or from the crossing, matched with the count nearest in number that was seen at its destination."""
    plans = [s for s in statements if isinstance(s.claim, Movement) and s.claim.fate in PLANNED and s.claim.people.count is not None
             and crossing.id in (s.claim.origin, s.claim.destination)]
    return tuple(_follow_plan(plan, statements, crossing.zone) for plan in sorted(plans, key=lambda s: (_day_of(s), s.id)))


def _follow_plan(plan: Statement, statements: Sequence[Statement], zone: str) -> Match:
    claim = plan.claim
    assert isinstance(claim, Movement)
    planned, begins = claim.people.count or 0, _day_of(plan)
    seen = [s for s in statements if _seen_at(s, claim.destination) and timedelta(-1) <= _day_of(s) - begins <= WITHIN]
    what = f"{planned} people announced for {claim.destination} on {_say_day(plan, zone)}"
    if not seen:
        return Match(plan, (), "not_seen", f"{what}; nothing is known to have been counted there")
    best = min(seen, key=lambda s: (abs(_number(s) - planned), abs(_day_of(s) - begins), s.id))
    found = _number(best)
    alike = tuple(s.id for s in seen if _number(s) == found and _day_of(s) == _day_of(best))
    words = f"{what}; {found} counted there on {_say_day(best, zone)}"
    if found == planned:
        doubt = "" if best.speaker or isinstance(best.claim, Count) else "told by nobody in office"
        return Match(plan, alike, "came_true", words, doubt)
    if abs(found - planned) <= NEAR * planned:
        return Match(plan, alike, "differs", words, f"the numbers differ by {abs(found - planned)}: perhaps not the same group")
    return Match(plan, alike, "differs", words, "the numbers are far apart: probably not the same group")


def _seen_at(statement: Statement, place: str | None) -> bool:
    claim = statement.claim
    if isinstance(claim, Movement):
        return claim.destination == place and claim.fate in SEEN and claim.people.count is not None
    return isinstance(claim, Count) and claim.crossings == (place,) and claim.what in ("arrivals", "crossings") and not claim.vehicles \
        and claim.people.count is not None


def follow_orders(hearing: Hearing, lane: Lane, book: Rules) -> tuple[Match, ...]:
    """Each announced opening and closure with a date, against what is known to have held some hours after it."""
    dated = [u for u in hearing.said if u.claim.commitment in (Commitment.ORDERED, Commitment.PLANNED) and u.claim.span.start
             and u.told and u.begins and u.begins > u.told and (lane in u.claim.lanes or lane in lanes_of(u.claim.lanes) & set(ROAD_LANES))]
    return tuple(_follow_order(u, hearing, lane, book) for u in dated)


def _follow_order(u: Utterance, hearing: Hearing, lane: Lane, book: Rules) -> Match:
    zone = hearing.crossing.zone
    begins = u.begins or LONG_AGO
    found = settle_lane(hearing, lane, begins + SETTLES, book)
    others = tuple(i for i in found.supports if i != u.statement.id)
    words = f"{u.claim.state} announced for {say_instant(begins, zone)}; {found.state} then"
    if found.state in (State.UNKNOWN, State.LAPSED):
        return Match(u.statement, (), "not_seen", words)
    if found.state is u.claim.state:
        return Match(u.statement, others, "came_true", words, "" if others else "by the announcement alone: nobody is known to have looked")
    return Match(u.statement, found.supports, "did_not", words)


def balance(crossing: str, statements: Iterable[Statement], begins: datetime, ends: datetime) -> Balance:
    """Whether those said to wait at a crossing are accounted for between two instants (UTC): crossed, moved on, left or stayed."""
    within = sorted((s for s in statements if begins <= _day_of(s) < ends), key=lambda s: (_day_of(s), s.id))
    waiting = [s for s in within if isinstance(s.claim, Count) and s.claim.what == "waiting" and crossing in s.claim.crossings]
    crossed = _without_overlap([s for s in within if _seen_at(s, crossing) and isinstance(s.claim, Count)])
    moved = _once([s for s in within if isinstance(s.claim, Movement) and s.claim.origin == crossing and s.claim.fate in PLANNED])
    left = _once([s for s in within if isinstance(s.claim, Movement) and s.claim.fate in LEFT and s.claim.origin in (crossing, None)])
    queue = _number(waiting[-1]) if waiting else None
    gone, on, stayed = (sum(map(_number, part)) for part in (crossed, moved, left))
    accounted = gone + on + stayed
    difference = None if queue is None else accounted - queue
    words = f"{gone} crossed + {on} moved on + {stayed} left or stayed = {accounted}; {_compared(queue, difference)}"
    ids = tuple(s.id for s in (*waiting[-1:], *crossed, *moved, *left))
    return Balance(crossing, queue, gone, on, stayed, accounted, difference, ids, words)


def _compared(queue: int | None, difference: int | None) -> str:
    if queue is None or difference is None:
        return "nobody told how many waited"
    if difference == 0:
        return f"{queue} were said to wait: it adds up"
    return f"{queue} were said to wait: {abs(difference)} {'more' if difference > 0 else 'fewer'}"


def _span(statement: Statement) -> Span:
    claim = statement.claim
    return claim.when if isinstance(claim, Movement) else claim.span if isinstance(claim, Count) else Span()


def _day_of(statement: Statement) -> datetime:
    """When it happened: the moment told, else when it was published."""
    start = _span(statement).start
    return start.start if start else told_at(statement) or LONG_AGO


def _say_day(statement: Statement, zone: str) -> str:
    start = _span(statement).start
    return say_moment(start) if start else say_published(statement.source.published, zone)


def _number(statement: Statement) -> int:
    people = getattr(statement.claim, "people", Number())
    return people.count if people.count is not None else people.min or 0


def _without_overlap(counts: list[Statement]) -> list[Statement]:
    """Counts of different times: single days before longer periods, and no period that holds a day already counted."""
    taken: list[Statement] = []
    spans: list[tuple[datetime, datetime]] = []
    for count in sorted(counts, key=lambda s: (_length(s), _day_of(s), -s.confidence, s.id)):
        start, end = _day_of(count), _day_of(count) + _length(count)
        if all(end <= other or start >= stop for other, stop in spans):
            taken.append(count)
            spans.append((start, end))
    return sorted(taken, key=lambda s: (_day_of(s), s.id))


def _length(statement: Statement) -> timedelta:
    span = _span(statement)
    return span.stop - span.start.start if span.start and span.stop and span.stop > span.start.start else timedelta(days=1)


def _once(movements: list[Statement]) -> list[Statement]:
    """Movements told twice are one: the same number from the same place to the same place with the same fate."""
    found: dict[object, Statement] = {}
    for movement in movements:
        claim = movement.claim
        assert isinstance(claim, Movement)
        found.setdefault((claim.people.count, claim.origin, claim.destination, claim.fate), movement)
    return list(found.values())
