"""Looks through the record for what cannot be: two lines that exclude each other unmarked, ends before starts, unknown crossings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from pasvik.terms.capture import Fault
from pasvik.terms.claim import Commitment, Count, Movement, State, Status
from pasvik.terms.moment import Span
from pasvik.terms.place import lanes_of
from pasvik.terms.statement import Statement

SETTLING = (Commitment.IN_EFFECT, Commitment.ORDERED)             # plans and warnings may well exclude each other
OPPOSITE = frozenset((State.OPEN, State.CLOSED))                  # restricted agrees with either
SAYABLE = (State.OPEN, State.CLOSED, State.RESTRICTED)            # lapsed and unknown are for boards, nobody says them
HOURS = re.compile(r"([01]\d|2[0-4]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d")
COUNTED = ("arrivals", "asylum_applications", "crossings", "waiting", "turned_back")


def check(statements: Sequence[Statement], crossings: Collection[str]) -> list[Fault]:
    """Every fault of these statements: each by itself, then every pair that cannot both be true. `crossings`: known ids."""
    faults = [Fault(what, place(one)) for one in statements for what in oddities(one, crossings)]
    return faults + contradictions(statements)


def contradictions(statements: Sequence[Statement]) -> list[Fault]:
    """Pairs that one day made public and that cannot both be true: the same crossing and lane open and closed at once.

    Not a contradiction: a pair of which one replaces an earlier decision, is narrower (a lane, some hours, a shorter time),
    concerns a group only, or bears a `doubt`.
    """
    by_day: dict[tuple[str, str], dict[str, Statement]] = defaultdict(dict)
    for one in statements:
        claim = one.claim
        if isinstance(claim, Status) and claim.commitment in SETTLING and claim.applies_to is None and one.source.published:
            for where in claim.crossings or (f"border {claim.border}",):
                by_day[where, one.source.published.local.date().isoformat()][one.id] = one
    faults = []
    for (where, day), told in sorted(by_day.items()):
        for left, right in combinations(sorted(told.values(), key=lambda one: one.id), 2):
            if _exclude(left, right):
                faults.append(Fault(
                    f"{where}: two statements made public on {day} cannot both be true and neither is marked with a doubt: "
                    f"{left.evidence.quote!r} and {right.evidence.quote!r}", f"{place(left)}; {place(right)}"))
    return faults


def _exclude(left: Statement, right: Statement) -> bool:
    one, other = left.claim, right.claim
    if not isinstance(one, Status) or not isinstance(other, Status) or left.doubt or right.doubt:
        return False
    if {one.state, other.state} != OPPOSITE or one.into != other.into or bool(one.hours) != bool(other.hours):
        return False
    if bool(one.changes) != bool(other.changes):                  # one of the two takes the place of the other
        return False
    lanes, lanes_too = lanes_of(one.lanes), lanes_of(other.lanes)
    if not lanes & lanes_too or lanes < lanes_too or lanes_too < lanes:
        return False
    return _overlap(one.span, other.span) and not _within(one.span, other.span) and not _within(other.span, one.span)


def _overlap(one: Span, other: Span) -> bool:
    def begins_before_end(first: Span, second: Span) -> bool:
        return first.start is None or second.stop is None or first.start.start < second.stop
    return begins_before_end(one, other) and begins_before_end(other, one)


def _within(short: Span, long: Span) -> bool:
    """Whether `short` has both its ends told and lies inside `long`, without being the same: an exception for a while."""
    if short.start is None or short.stop is None or short == long:
        return False
    begun = long.start is None or long.start.start <= short.start.start
    over = long.stop is None or short.stop <= long.stop
    same = long.start is not None and long.start.start == short.start.start and long.stop == short.stop
    return begun and over and not same


def oddities(statement: Statement, crossings: Collection[str]) -> Iterator[str]:
    """What cannot be in one statement alone, each in a sentence."""
    claim = statement.claim
    if isinstance(claim, Movement):
        if _ends_first(claim.when):
            yield "the movement ends before it starts"
        return
    if not isinstance(claim, Status | Count):
        return
    if _ends_first(claim.span):
        yield f"ends ({claim.span.until.iso() if claim.span.until else ''}) before it starts"
    for name in claim.crossings:
        if name not in crossings:
            yield f"crossing {name!r} is not in the gazetteer"
    if isinstance(claim, Count):
        if claim.what not in COUNTED:
            yield f"counts {claim.what!r}; what can be counted: {', '.join(COUNTED)}"
    else:
        yield from _status_oddities(claim)


def _status_oddities(claim: Status) -> Iterator[str]:
    if claim.state not in SAYABLE:
        yield f"state {claim.state} is for boards; nobody can say it"
    if not claim.lanes:
        yield "no lanes"
    for word in claim.lanes:
        try:
            lanes_of((word,))
        except ValueError:
            yield f"lane {word!r} is no lane"
    if claim.hours is not None and not HOURS.fullmatch(claim.hours):
        yield f"hours {claim.hours!r} are not written like 07:00-23:00"
    if claim.until_further_notice and claim.span.until is not None:
        yield "has an end and is until further notice"
    if not claim.crossings and claim.border is None:
        yield "speaks of no crossing and no border"


def _ends_first(span: Span) -> bool:
    return span.start is not None and span.stop is not None and span.stop <= span.start.start


def place(statement: Statement) -> str:
    """Where a statement stands in the record ("status.jsonl line 37"), else its page, else its id."""
    if statement.found_by.startswith("curated: "):
        return statement.found_by.removeprefix("curated: ")
    return statement.source.url or statement.id
