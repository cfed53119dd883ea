"""What holds at one crossing for one kind of traveller at one instant, and why: the heart of the house."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from pasvik.situation.authority import RAIL, REPORTS, Rules
from pasvik.situation.cell.because import say_utterance, steps
from pasvik.situation.cell.hours import hours_told, shut_day
from pasvik.situation.cell.make import Finding, Heard, cell
from pasvik.situation.order import OPPOSITE, Chain, Decision, chain
from pasvik.situation.utterance import LONG_AGO, SETTLED, Utterance, speaks_for, told_at, utterances
from pasvik.terms.claim import Basis, Change, Commitment, State, Status
from pasvik.terms.place import Crossing, Lane
from pasvik.terms.statement import Statement
from pasvik.terms.status import Cell

SEVERITY = {State.CLOSED: 3, State.RESTRICTED: 2, State.LAPSED: 1, State.OPEN: 0, State.UNKNOWN: 0}


@dataclass(frozen=True, slots=True)
class Hearing:
    """All that was said about one crossing, made ready once for all its lanes.

    said: utterances in order of telling; groups: statements on a group of people only; trusting: one text is asked about itself.
    """

    crossing: Crossing
    said: tuple[Utterance, ...]
    groups: tuple[Statement, ...]
    trusting: bool = False


def settle(crossing: Crossing, lane: Lane, statements: Iterable[Statement], at: datetime | None, book: Rules) -> Cell:
    """The cell of one crossing and lane (both directions) at a UTC instant, from statements already cut to what was known.

    at None: a text is asked about itself, without a clock. The order of the statements does not matter.
    """
    return settle_lane(hear(crossing, statements, at, book), lane, at, book)


def hear(crossing: Crossing, statements: Iterable[Statement], at: datetime | None, book: Rules) -> Hearing:
    """Group what was said about a crossing into utterances, and keep apart what concerns only a group of people."""
    about = [s for s in statements if isinstance(s.claim, Status) and speaks_for(s.claim, crossing)]
    groups = tuple(sorted(
        (s for s in about if isinstance(s.claim, Status) and s.claim.applies_to), key=lambda s: (told_at(s) or LONG_AGO, s.id)))
    said = tuple(utterances(crossing, about, book))
    trusting = at is None and len({s.source.document for s in about}) == 1
    return Hearing(crossing, said, groups, trusting)


def settle_lane(hearing: Hearing, lane: Lane, at: datetime | None, book: Rules, into: str | None = None) -> Cell:
    """The cell of one lane; `into`: of one direction (ISO code of the country entered), None: both together."""
    crossing = hearing.crossing
    said = [u for u in hearing.said if _concerns(u, lane)]
    if at is None:
        clock = max((u.told for u in hearing.said if u.told), default=None)
        said = said if clock else [_without_clock(u) for u in said]
    else:
        clock = at
    placed = [u for u in said if u.told or clock is None]
    undated = [u for u in said if not (u.told or clock is None)]
    if into:
        placed = [u for u in placed if u.claim.into in (None, into)]
    finding, sides = _both_sides(crossing, lane, [u for u in placed if u.claim.into in (None, into)], clock, hearing.trusting, book)
    if into is None and any(u.claim.into for u in placed):
        ways = {way: _both_sides(crossing, lane, [u for u in placed if u.claim.into in (None, way)], clock, hearing.trusting, book)[0]
                for way in crossing.countries}
        finding = _both_ways(finding, ways)
    return cell(hearing.crossing, lane, into, Heard(placed, undated, hearing.groups), finding, sides, clock, book.policy)


def _concerns(u: Utterance, lane: Lane) -> bool:
    """Whether an utterance speaks for a lane.

    A road shut to all is heard for asylum too, for nobody can ask where nobody comes; and so is what lets somebody come again.
    """
    if lane in (Lane.RAIL_PASSENGER, Lane.RAIL_FREIGHT):
        return lane in u.claim.lanes
    if lane is Lane.ASYLUM:
        is_heard = not u.is_narrow or (u.claim.state is not State.CLOSED and not RAIL.issuperset(u.claim.lanes))
        is_shut = u.claim.commitment is Commitment.ENDED and u.claim.state is State.OPEN
        return lane in u.claim.lanes or (is_heard and (is_shut or u.claim.commitment in SETTLED))
    return not u.is_narrow or lane in u.claim.lanes


def _without_clock(u: Utterance) -> Utterance:
    """An undated text tells what was so when it was written: its `in effect` is now, whatever dates stand beside it."""
    return replace(u, begins=None, stop=None) if u.claim.commitment is Commitment.IN_EFFECT else u


def _both_sides(
    crossing: Crossing, lane: Lane, said: list[Utterance], clock: datetime | None, trusting: bool, book: Rules,
) -> tuple[Finding, tuple[tuple[str, str], ...]]:
    """A lane is passable only when both sides let it through. What nobody attributes speaks for the covered side."""
    covered, other = crossing.countries
    settled = [u for u in said if u.claim.commitment in (*SETTLED, Commitment.ENDED)]
    theirs = [u for u in settled if u.standing.side == other and u.standing.speaks and (u.is_order or u.stop)]
    ours = [u for u in settled if not (u.standing.side == other and u.standing.speaks)]
    here = _one_side(crossing, lane, ours, clock, trusting, book)
    if not theirs:
        return here, ((covered, str(here.state)),) if here.decision else ()
    there = _one_side(crossing, lane, theirs, clock, trusting, book)
    sides = tuple((country, str(found.state)) for country, found in ((covered, here), (other, there)) if found.decision)
    if there.state in (State.CLOSED, State.RESTRICTED) and SEVERITY[there.state] > SEVERITY[here.state]:
        told = (f"{other} stops it on its side", *there.because)
        return replace(there, because=(*told, f"{covered} side: {here.state}")), sides
    return replace(here, because=(*here.because, f"{other} side: {there.state}")), sides


def _one_side(
    crossing: Crossing, lane: Lane, said: list[Utterance], clock: datetime | None, trusting: bool, book: Rules) -> Finding:
    """What one side's words settle to; where nothing had been said yet, what was said the same day or what an order presupposes."""
    is_asylum = lane is Lane.ASYLUM
    at = clock or LONG_AGO
    made = chain(said, at, book.policy, trusting, is_asylum)
    decision = made.holding(at)
    if decision and decision.runs(at):
        return _running(decision, crossing, lane, clock, book)
    if clock:
        later = _same_day(said, at, book, trusting, is_asylum)
        if later:
            told = (*steps(later, crossing, clock), "It was published later that day and is taken to tell of the whole day")
            return Finding(later.state, later, told)
        if decision is None:
            return _presumed(crossing, lane, said, at, trusting, book)
    if decision is None:
        return Finding(State.UNKNOWN, None, ())
    return Finding(State.LAPSED, decision, tuple(steps(decision, crossing, clock)))


def _running(decision: Decision, crossing: Crossing, lane: Lane, clock: datetime | None, book: Rules) -> Finding:
    """A decision in force; a report, or an opening without an end, that nobody confirmed for long is no longer believed."""
    told = steps(decision, crossing, clock)
    ages = not decision.until_further_notice and decision.stop is None and (not decision.is_order or decision.state is State.OPEN)
    if clock and ages and clock - decision.confirmed > book.policy.report_ages:
        told.append(f"That is more than {book.policy.report_ages.days} days old and nobody confirmed it since: "
                    f"what holds today is not known (last known: {decision.state})")
        return Finding(State.UNKNOWN, decision, tuple(told))
    day = shut_day(decision, clock, crossing.zone) if clock and decision.state is not State.CLOSED else None
    if day:
        told.append(f"It opens {hours_told(decision)} only, and this is a {day}: shut for the day")
        return Finding(State.CLOSED, decision, tuple(told), inferred=True, is_shut_day=True)
    if lane is Lane.ASYLUM and not decision.is_narrow:
        told.append("The whole point is closed, so no asylum application can be made there")
        return Finding(decision.state, decision, tuple(told), inferred=True)
    return Finding(decision.state, decision, tuple(told), decision.lead.statement.basis is Basis.INFERRED)


def _same_day(said: list[Utterance], at: datetime, book: Rules, trusting: bool, is_asylum: bool) -> Decision | None:
    """What a report published soon after the instant, without a start of its own, tells of the hours before it."""
    limit = at + book.policy.same_day
    later = [u for u in said if u.begins and at < u.begins <= limit and u.claim.span.start is None
             and u.claim.commitment is Commitment.IN_EFFECT]
    if not later:
        return None
    earlier = [u for u in said if u.begins is None or u.begins <= at]
    found = chain([*earlier, *later], limit, book.policy, trusting, is_asylum).holding(limit)
    return found if found and found.runs(limit) and found.lead in later else None


def _presumed(
    crossing: Crossing, lane: Lane, said: list[Utterance], at: datetime, trusting: bool, book: Rules) -> Finding:
    """An order to close presupposes that the point is open until then; an order to lift or extend, that it is closed."""
    orders = [u for u in said if u.claim.commitment is Commitment.ORDERED and u.begins and at < u.begins <= at + book.policy.presumed
              and (trusting or u.standing.weight >= REPORTS) and (lane is not Lane.ASYLUM or lane in u.claim.lanes)]
    for u in sorted(orders, key=lambda u: (u.begins or LONG_AGO, u.statement.id)):
        state = None
        if u.claim.changes is Change.LIFTS:
            state = OPPOSITE[u.claim.state]
        elif u.claim.changes is Change.EXTENDS:
            state = u.claim.state
        elif u.claim.changes is None and u.claim.state is State.CLOSED and (u.statement.basis is Basis.STATED or lane is Lane.ASYLUM):
            state = State.OPEN
        if state:
            told = f"Nothing else is known; {say_utterance(u, crossing.zone)}, which presupposes that it is {state} until then (inferred)"
            decision = Decision(state, u.told or at, None, u, u.is_narrow, "told", [u])
            return Finding(state, decision, (told,), inferred=True)
    return Finding(State.UNKNOWN, None, ())


def _both_ways(both: Finding, ways: dict[str, Finding]) -> Finding:
    """A stop in one direction restricts the crossing as a whole; the same stop in both directions is the crossing's state."""
    stopped = {way: found for way, found in ways.items() if found.state in (State.CLOSED, State.RESTRICTED)}
    if not stopped or all(found.state is both.state for found in ways.values()):
        return both
    told = [word for way, found in ways.items() for word in (f"Into {way} it is {found.state}:", *found.because)]
    worst = max(stopped.values(), key=lambda found: SEVERITY[found.state])
    state = worst.state if len({found.state for found in ways.values()}) == 1 else State.RESTRICTED
    return Finding(state, worst.decision, tuple(told), worst.inferred)


def decisions(hearing: Hearing, lane: Lane, at: datetime, book: Rules) -> Chain:
    """The chain of decisions of the covered side for one lane up to the instant, oldest first in `all`."""
    _, other = hearing.crossing.countries
    said = [u for u in hearing.said if u.told and _concerns(u, lane) and u.claim.commitment in (*SETTLED, Commitment.ENDED)
            and u.claim.into is None and not (u.standing.side == other and u.standing.speaks)]
    return chain(said, at, book.policy, is_asylum=lane is Lane.ASYLUM)
