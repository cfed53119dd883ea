"""A supposed order is pushed through the same board as every real one, and is written down nowhere: what was supposed never enters what was said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from pasvik.app.drawing.drawn import MOST
from pasvik.app.wiring import House
from pasvik.situation.board import board as draw
from pasvik.terms.capture import Document, source_of
from pasvik.terms.claim import Change, Commitment, State, Status
from pasvik.terms.moment import Grain, Moment, Span, moment, zone_info
from pasvik.terms.place import ALL, ROAD_LANES, Crossing, Lane
from pasvik.terms.question import Question
from pasvik.terms.statement import Evidence, Speaker, Statement
from pasvik.terms.status import Cell

STATES = {"close": State.CLOSED, "reopen": State.OPEN, "restrict": State.RESTRICTED, "hours": State.OPEN}
HOURS = re.compile(r"(\d{1,2})[:.]?(\d{2})?\s*[-–]\s*(\d{1,2})[:.]?(\d{2})?")
MOSTLY = 12.0                                                   # hours a point is taken to be open where nobody says
WAKING = (8, 20)                                                # the part of a day that an opening or closing within it is measured by
PASSABLE = (State.OPEN, State.RESTRICTED)


@dataclass(frozen=True, slots=True)
class Move:
    """A supposed order. kind: close, reopen, restrict or hours; share: how much a restriction still lets through; lanes: lane words."""

    kind: str
    crossing: str
    start: Moment
    until: Moment | None = None
    lanes: tuple[str, ...] = (ALL, "asylum")
    hours: str | None = None
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Day:
    """One crossing on one day: the share of it that the lane may cross, the hours it is open, and the cell at its noon."""

    day: date
    share: float
    hours: float
    cell: Cell


def said_of(house: House, crossings: Sequence[Crossing], known: datetime | None, basis: int | None) -> list[Statement]:
    """What was said of these crossings and their borders by `known`, as the board hears it."""
    held = house.ledger.cells({one.id: one.border for one in crossings}, tuple(Lane), known=known, basis=basis,
                              curated=house.settings.record, most=MOST)
    return list({one.seq: one.statement for cell in held.values() for one in cell}.values())


def supposed(house: House, move: Move, published: Moment) -> Statement:
    """The statement a what-if supposes: an order of the covered side's own government, told at `published`. It is never appended."""
    crossing = house.gazetteer.crossings[move.crossing]
    country = crossing.side_a.country
    body = next((one.body for one in house.book.authorities if one.country == country and one.may_decide == "all"), f"government of {country}")
    words = f"Supposed, said by nobody: {move.kind} {crossing.name} from {move.start.iso()}" + (f" until {move.until.iso()}" if move.until else "")
    document = Document(f"{words}.", published=published, publisher=body)
    claim = Status(
        (crossing.id,), crossing.border, STATES[move.kind], Commitment.ORDERED, move.lanes, span=Span(move.start, move.until),
        until_further_notice=move.until is None, hours=move.hours, changes=Change.REPLACES if move.kind != "close" else None)
    return Statement(claim, Evidence(0, len(document.text), document.text), source_of(document), Speaker(body, country=country), found_by="supposed")


def days_of(house: House, crossings: Sequence[Crossing], said: Sequence[Statement], lane: Lane, first: date, days: int,
            moves: Sequence[Move] = ()) -> dict[str, tuple[Day, ...]]:
    """Each crossing day by day as the board has it. The board is drawn anew only where something that was said begins or ends."""
    found = {}
    for zone in sorted({one.zone for one in crossings}):
        here = [one for one in crossings if one.zone == zone]
        begins = datetime.combine(first, time(), zone_info(zone)).astimezone(UTC)
        ends = begins + timedelta(days=days)
        drawn = {start: _cells(house, here, said, lane, start) for start in _turns(said, begins, ends)}
        for crossing in here:
            found[crossing.id] = tuple(_day(crossing, lane, first + timedelta(days=at), drawn, moves) for at in range(days))
    return found


def _turns(said: Iterable[Statement], begins: datetime, ends: datetime) -> list[datetime]:
    """The instants from which the board may differ, the first day's start among them."""
    turns = {begins}
    for statement in said:
        claim = statement.claim
        if isinstance(claim, Status):
            start, told = claim.span.start, statement.source.published
            edges = (start.start if start else None, claim.span.stop, told.start if told else None, told.end if told else None)
            turns.update(edge for edge in edges if edge is not None and begins < edge < ends)
    return sorted(turns)


def _cells(house: House, crossings: Sequence[Crossing], said: Sequence[Statement], lane: Lane, at: datetime) -> dict[tuple[str, Lane], Cell]:
    when = Moment(at + timedelta(minutes=1), Grain.MINUTE, crossings[0].zone)
    return {(cell.crossing, cell.lane): cell for cell in draw(crossings, said, Question(when), house.book).cells
            if cell.direction == "both" and (cell.lane is lane or cell.lane in ROAD_LANES)}


def _day(crossing: Crossing, lane: Lane, day: date, drawn: dict[datetime, dict[tuple[str, Lane], Cell]], moves: Sequence[Move]) -> Day:
    zone = zone_info(crossing.zone)
    wakes, sleeps = (datetime.combine(day, time(hour), zone).astimezone(UTC) for hour in WAKING)
    starts = sorted(drawn)
    share, noon = 0.0, drawn[starts[0]]
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else sleeps
        part = (min(end, sleeps) - max(start, wakes)).total_seconds()
        if part > 0:
            cell = drawn[start].get((crossing.id, lane))
            share += part * (cell is not None and cell.state in PASSABLE)
        if start <= wakes + (sleeps - wakes) / 3:
            noon = drawn[start]
    cell = noon[crossing.id, lane]
    limits = [move.share for move in moves if move.kind == "restrict" and move.crossing == crossing.id and move.start.local.date() <= day
              and (move.until is None or day <= move.until.local.date())]
    return Day(day, share / (sleeps - wakes).total_seconds() * min(limits, default=1.0), _hours(crossing, noon, cell), cell)


def _hours(crossing: Crossing, noon: dict[tuple[str, Lane], Cell], cell: Cell) -> float:
    """Hours open as the board says, else as the gazetteer begins to say, else MOSTLY."""
    told = [cell.hours, *(noon[crossing.id, lane].hours for lane in ROAD_LANES if (crossing.id, lane) in noon)]
    for words in (*told, crossing.hours[:12]):
        found = HOURS.search(words or "")
        if found:
            opens, shuts = (int(found[at]) + int(found[at + 1] or 0) / 60 for at in (1, 3))
            return (shuts - opens) % 24 or 24.0
    return 24.0 if crossing.hours.startswith("24 h") else MOSTLY


def asked_day(words: str, zone: str) -> Moment:
    """A day or moment at a place. Raises ValueError in a sentence."""
    told = moment(words, zone)
    if told.grain in (Grain.YEAR, Grain.MONTH):
        raise ValueError(f"{words!r} names no day; write it as 2023-11-30")
    return told
