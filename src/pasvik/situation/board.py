"""The whole board: every crossing and every lane it can serve, those of which nobody spoke among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from pasvik.situation.authority import Rules
from pasvik.situation.cell.presumption import ON_FOOT_OR_WHEELS, Named, arranged, in_force, presumed
from pasvik.situation.settle import Hearing, hear, settle_lane
from pasvik.terms.claim import State, Status
from pasvik.terms.moment import Grain, Moment, zone_info
from pasvik.terms.place import ROAD_LANES, Crossing, Lane
from pasvik.terms.question import Question
from pasvik.terms.statement import Statement
from pasvik.terms.status import Board, Cell


def board(crossings: Iterable[Crossing], statements: Iterable[Statement], question: Question, book: Rules) -> Board:
    """All cells that the question asks for, in the order of the crossings, which may hold the border's others too.

    statements: everything the ledger held by `question.basis` and that was published by `question.known`; only status
    statements count. A bare date in `question.at` means noon of that day at each crossing.
    """
    places = {crossing.id: crossing for crossing in crossings}
    asked = [c for c in places.values() if question.crossing in (None, c.id) and question.border in (None, c.border)]
    told = list(statements)
    by_crossing = statements_by_crossing(list(places.values()), told)
    named = arranged(asked, told, book)

    def heard_at(crossing: Crossing) -> Hearing:
        return hear(crossing, by_crossing[crossing.id], instant(question.at, crossing.zone), book)

    hearings = {crossing.id: heard_at(crossing) for crossing in asked}

    def is_shut(point: str) -> bool:
        if point not in places:
            return False
        heard = hearings[point] = hearings.get(point) or heard_at(places[point])
        return nobody_passes(heard, instant(question.at, places[point].zone), book)

    cells: list[Cell] = []
    for crossing in asked:
        at = instant(question.at, crossing.zone)
        points = in_force(named.get(crossing.border, ()), at, is_shut)
        cells += cells_of(hearings[crossing.id], at, question.lane, book, points)
    return Board(question.at, question.known, question.basis, tuple(cells))


def nobody_passes(hearing: Hearing, at: datetime | None, book: Rules) -> bool:
    """Whether a point is shut for everybody who comes on foot or on wheels."""
    lanes = [lane for lane in ON_FOOT_OR_WHEELS if lane in hearing.crossing.lanes]
    return bool(lanes) and all(settle_lane(hearing, lane, at, book).state is State.CLOSED for lane in lanes)


def cells_of(hearing: Hearing, at: datetime | None, lane: Lane | None, book: Rules, named: Named | None = None) -> list[Cell]:
    """The cells of one crossing: both directions of each lane, and a single direction where somebody spoke of it.

    named: the points of its border that take applications for asylum, where they are named (see `presumption.in_force`).
    """
    ways = sorted({u.claim.into for u in hearing.said if u.claim.into})
    cells: list[Cell] = []
    for each in lanes_served(hearing.crossing):
        if lane in (None, each):
            settled = settle_lane(hearing, each, at, book)
            if each is Lane.ASYLUM and settled.state in (State.UNKNOWN, State.CLOSED):
                roads = cells if lane is None else [settle_lane(hearing, road, at, book) for road in ROAD_LANES if road in hearing.crossing.lanes]
                settled = presumed(settled, roads, hearing, at, named, book)
            cells.append(settled)
            cells += [settle_lane(hearing, each, at, book, way) for way in ways]
    return cells


def lanes_served(crossing: Crossing) -> tuple[Lane, ...]:
    """The lanes a crossing can serve, in the order of the list; asylum at every international road crossing."""
    asylum = crossing.international and bool(crossing.lanes & set(ROAD_LANES))
    return tuple(lane for lane in Lane if lane in crossing.lanes or (lane is Lane.ASYLUM and asylum))


def statements_by_crossing(crossings: Sequence[Crossing], statements: Iterable[Statement]) -> Mapping[str, list[Statement]]:
    """The status statements that name each crossing, or its border and no crossing."""
    by_crossing: dict[str, list[Statement]] = {crossing.id: [] for crossing in crossings}
    by_border: dict[str, list[str]] = {}
    for crossing in crossings:
        by_border.setdefault(crossing.border, []).append(crossing.id)
    for statement in statements:
        claim = statement.claim
        if isinstance(claim, Status):
            for name in claim.crossings or by_border.get(claim.border or "", ()):
                if name in by_crossing:
                    by_crossing[name].append(statement)
    return by_crossing


def instant(asked: Moment | None, zone: str) -> datetime | None:
    """The UTC instant that a clock means at a place: a bare day is its noon there."""
    if asked is None or asked.grain is Grain.MINUTE:
        return asked.start if asked else None
    day = asked.local
    return datetime(day.year, day.month, day.day, 12, tzinfo=zone_info(zone)).astimezone(UTC)
