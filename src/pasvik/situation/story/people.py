"""Do the people at a crossing add up? Those said to wait, those who crossed, moved on or left; and do two sides tell one number?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pasvik.situation.cell.because import say_moment, say_published
from pasvik.situation.utterance import LONG_AGO, told_at
from pasvik.terms.claim import Count, Movement, Number
from pasvik.terms.moment import Grain, Span
from pasvik.terms.statement import Statement

PLANNED = ("planned_transfer",)
SEEN = ("arrived", "transferred", "turned_back", "returned")
LEFT = ("left_for", "staying", "returned")
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
THREE_DAYS = timedelta(days=3)                                  # in which those who were to come are counted where they should arrive


@dataclass(frozen=True, slots=True)
class Balance:
    """People at a crossing between two instants (UTC): how many were said to queue, and what became of how many.

    queue: the last figure told for those waiting, None where none was; difference: accounted - queue. at_least: some who left were
    told of without a number. statements: ids behind all figures, the waiting first. doubt: what speaks against the figures, "" = nothing.
    """

    crossing: str
    begins: datetime
    ends: datetime
    queue: int | None
    crossed: int
    moved_on: int
    left: int
    accounted: int
    difference: int | None
    at_least: bool
    statements: tuple[str, ...]
    words: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """A number told for several days together, beside the single days of the same crossing. days: None where a day is missing."""

    crossing: str
    told: int
    days: int | None
    tellers: tuple[str, ...]
    statements: tuple[str, ...]
    words: str


def balances(crossing: str, statements: Sequence[Statement], zone: str) -> tuple[Balance, ...]:
    """A balance for the week after each stretch in which people were said to wait, and for the days after each announced arrival."""
    queues = sorted({_day_start(s) for s in statements if _waits_at(s, crossing)})
    last_days = [day for day, later in zip(queues, [*queues, None][1:], strict=True) if later is None or later - day > WEEK]
    spans = [(day + DAY, day + DAY + WEEK) for day in last_days]
    plans = sorted({_day_start(s) for s in statements if isinstance(s.claim, Movement) and s.claim.fate in PLANNED
                    and s.claim.destination == crossing})
    spans += [(day, day + THREE_DAYS) for day in plans if not any(begins <= day < ends for begins, ends in spans)]
    return tuple(balance(crossing, statements, begins, ends, zone) for begins, ends in spans)


def balance(crossing: str, statements: Iterable[Statement], begins: datetime, ends: datetime, zone: str = "UTC") -> Balance:
    """Whether those said to wait at a crossing are accounted for between two instants (UTC): crossed, moved on, left or stayed.

    What was said of a queue counts from three days before `begins`: two figures of two days are two figures, and both are compared.
    """
    told = sorted(statements, key=lambda s: (day_of(s), s.id))
    within = [s for s in told if begins <= day_of(s) < ends]
    waiting = once([s for s in told if _waits_at(s, crossing) and begins - THREE_DAYS <= day_of(s) < ends])[::-1]
    crossed = _without_overlap([s for s in within if seen_at(s, crossing) and isinstance(s.claim, Count)])
    moved = once([s for s in within if isinstance(s.claim, Movement) and s.claim.origin == crossing and s.claim.fate in PLANNED])
    left = once([s for s in within if isinstance(s.claim, Movement) and s.claim.fate in LEFT and s.claim.origin in (crossing, None)])
    gone, on, stayed = (sum(map(number, part)) for part in (crossed, moved, left))
    accounted, is_open = gone + on + stayed, any(_is_unnumbered(s) for s in (*moved, *left))
    queue = number(waiting[0]) if waiting else None
    compared = [_compared(s, accounted, zone) for s in waiting] or ["nobody told how many waited"]
    words = f"{gone} crossed + {on} moved on + {stayed} left or stayed = {'at least ' * is_open}{accounted}; {'; '.join(compared)}"
    parts = (*waiting, *crossed, *moved, *left)
    doubts = dict.fromkeys(f"{number(s) if number(s) else 'those who left'}: {s.doubt}" for s in (*waiting, *moved, *left) if s.doubt)
    return Balance(
        crossing, begins, ends, queue, gone, on, stayed, accounted, None if queue is None else accounted - queue, is_open,
        tuple(s.id for s in parts), words, "; ".join(doubts))


def sums(crossing: str, statements: Sequence[Statement]) -> tuple[Sum, ...]:
    """Numbers told for several days together, one for each stretch and number, with who tells them and what the single days give."""
    counts = [s for s in statements if isinstance(s.claim, Count) and seen_at(s, crossing)]
    together: dict[tuple[date, int, int], list[Statement]] = {}    # by its own local day: 24 November begins earlier in Moscow
    for count in sorted(counts, key=lambda s: (day_of(s), s.id)):
        start = span_of(count).start
        if start and DAY < _length(count) <= WEEK + DAY:
            together.setdefault((start.local.date(), round(_length(count) / DAY), number(count)), []).append(count)
    return tuple(_sum(crossing, told, counts) for told in together.values())


def _sum(crossing: str, told: list[Statement], counts: list[Statement]) -> Sum:
    first = told[0]
    total, begins, length = number(first), local_day(first), round(_length(first) / DAY)
    single = {local_day(s): s for s in counts if _length(s) <= DAY and 0 <= (local_day(s) - begins).days < length}
    days = sum(map(number, single.values())) if len(single) >= length else None
    tellers = tuple(dict.fromkeys(_teller(s) for s in told))
    agrees = "" if days is None else "; the days add up to it" if days == total else f"; the days add up to {days}"
    span = span_of(first)
    words = f"{total} from {say_moment(span.start)} to {say_moment(span.until)}, told by {' and '.join(tellers)}{agrees}"
    return Sum(crossing, total, days, tellers, tuple(s.id for s in (*told, *single.values())), words)


def seen_at(statement: Statement, place: str | None) -> bool:
    """Whether it counts people who came to a place, as published."""
    claim = statement.claim
    if isinstance(claim, Movement):
        return claim.destination == place and claim.fate in SEEN and claim.people.count is not None
    return isinstance(claim, Count) and claim.crossings == (place,) and claim.what in ("arrivals", "crossings") and not claim.vehicles \
        and claim.people.count is not None


def span_of(statement: Statement) -> Span:
    """From when until when it counts, as told."""
    claim = statement.claim
    return claim.when if isinstance(claim, Movement) else claim.span if isinstance(claim, Count) else Span()


def day_of(statement: Statement) -> datetime:
    """When it happened: the moment told, else when it was published."""
    start = span_of(statement).start
    return start.start if start else told_at(statement) or LONG_AGO


def say_day(statement: Statement, zone: str) -> str:
    """The same in words."""
    start = span_of(statement).start
    return say_moment(start) if start else say_published(statement.source.published, zone)


def number(statement: Statement) -> int:
    """How many people, the least where only a range was told, 0 where no figure was."""
    people = _people(statement)
    return people.count if people.count is not None else people.min or 0


def _people(statement: Statement) -> Number:
    claim = statement.claim
    return claim.people if isinstance(claim, (Movement, Count)) else Number()


def _is_unnumbered(statement: Statement) -> bool:
    return _people(statement).count is None


def _teller(statement: Statement) -> str:
    return statement.speaker.name if statement.speaker else statement.source.publisher or "an unnamed outlet"


def _waits_at(statement: Statement, crossing: str) -> bool:
    claim = statement.claim
    return isinstance(claim, Count) and claim.what == "waiting" and crossing in claim.crossings and not claim.vehicles and not claim.unit \
        and (claim.people.count is not None or claim.people.min is not None)


def _compared(waiting: Statement, accounted: int, zone: str) -> str:
    queue = number(waiting)
    told = f"{'about ' * _people(waiting).approx}{queue} were said to wait on {say_day(waiting, zone)}"
    return f"{told}: it adds up" if accounted == queue else f"{told}: {abs(accounted - queue)} {'more' if accounted > queue else 'fewer'}"


def local_day(statement: Statement) -> date:
    """The day on which it happened, where it was told."""
    start = span_of(statement).start or statement.source.published
    return start.local.date() if start else date.min


def _day_start(statement: Statement) -> datetime:
    """The start of the local day on which it happened (UTC)."""
    start = span_of(statement).start or statement.source.published
    if start is None or start.grain is not Grain.MINUTE:
        return day_of(statement)
    here = start.local.replace(hour=0, minute=0, second=0, microsecond=0)
    return start.start - (start.local - here)


def _without_overlap(counts: list[Statement]) -> list[Statement]:
    """Counts of different times: single days before longer periods, and no period that holds a day already counted."""
    taken: list[Statement] = []
    spans: list[tuple[datetime, datetime]] = []
    for count in sorted(counts, key=lambda s: (_length(s), day_of(s), -s.confidence, s.id)):
        start, end = day_of(count), day_of(count) + _length(count)
        if all(end <= other or start >= stop for other, stop in spans):
            taken.append(count)
            spans.append((start, end))
    return sorted(taken, key=lambda s: (day_of(s), s.id))


def _length(statement: Statement) -> timedelta:
    span = span_of(statement)
    return span.stop - span.start.start if span.start and span.stop and span.stop > span.start.start else DAY


def once(told: list[Statement]) -> list[Statement]:
    """What is told twice is one: the same number from here to there with the same fate; one without a number yields to one with it."""
    found: dict[tuple[int | None, tuple[object, ...]], Statement] = {}
    for statement in told:
        claim = statement.claim
        way = (claim.origin, claim.destination, claim.fate) if isinstance(claim, Movement) else (_day_start(statement),)
        found.setdefault((_people(statement).count, way), statement)
    numbered = {way for people, way in found if people is not None}
    return [s for (people, way), s in found.items() if people is not None or way not in numbered]
