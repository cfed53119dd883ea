"""How many came where, day by day, out of counts as published: joint figures are shared out, doubtful and partial ones yield to better."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pasvik.scenario.border.assume import Assumed
from pasvik.terms.claim import Count
from pasvik.terms.moment import Grain
from pasvik.terms.statement import Statement

ASYLUM = ("arrivals", "asylum_applications")
TRAVEL = ("crossings",)
WHOLE_DAY = 22                                                  # a count over fewer hours of a day is a part of it
SILENT = 3                                                      # so many days without a count, while others were counted, are taken as nobody
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """People counted at these crossings together (none = the whole border) from the first day to the last, both counted."""

    crossings: frozenset[str]
    border: str
    first: date
    last: date
    people: int
    partial: bool                                               # only a part of the day
    statement: str
    confidence: float = 0.9
    doubt: str = ""

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Demand:
    """People a day bound for each crossing, as the last counts tell. last: the last day counted, None = none was.

    uncounted: crossings of which no count is held. statements: ids behind the figures. doubts: what was put together, in words.
    """

    level: tuple[float, ...]
    last: date | None
    uncounted: tuple[str, ...]
    statements: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def total(self) -> float:
        """People a day at all crossings together."""
        return sum(self.level)


def counted(statements: Iterable[Statement], kinds: Collection[str]) -> tuple[Counted, ...]:
    """The counts of people that can tell a level: heads, of everybody, over days that were told; the best one of each place and time."""
    best: dict[tuple[frozenset[str], str, date, date], tuple[tuple[object, ...], Counted]] = {}
    for statement in statements:
        one = _counted(statement, kinds)
        if one is not None:
            published = statement.source.published
            rank = (not one.partial, one.confidence, published.start.isoformat() if published else "", statement.id)
            key = (one.crossings, one.border, one.first, one.last)
            if key not in best or rank > best[key][0]:
                best[key] = (rank, one)
    return tuple(one for _, one in sorted(best.values(), key=lambda pair: (pair[1].first, pair[1].last, sorted(pair[1].crossings), pair[1].border)))


def _counted(statement: Statement, kinds: Collection[str]) -> Counted | None:
    claim = statement.claim
    if not isinstance(claim, Count) or claim.what not in kinds or claim.vehicles or claim.unit not in (None, "per day"):
        return None
    people = claim.people.count if claim.people.count is not None else claim.people.min
    start, until = claim.span.start, claim.span.until
    if people is None or people < 0 or start is None or until is None or {start.grain, until.grain} & {Grain.YEAR, Grain.MONTH}:
        return None
    first, last = start.local.date(), until.local.date()
    if last > first and until.grain is Grain.MINUTE and until.local.hour < 12:
        last -= DAY                                             # "until 08:00" does not count that day
    if last < first:
        return None
    stop = claim.span.stop
    hours = (stop - start.start).total_seconds() / 3600 if stop else 24.0
    if claim.unit == "per day":
        people *= (last - first).days + 1
    return Counted(frozenset(claim.crossings), claim.border or "", first, last, people, hours < WHOLE_DAY, statement.id,
                   statement.confidence, statement.doubt or "")


def by_day(cells: Sequence[Counted], first: date, last: date, longest: int) -> Mapping[tuple[str, date], float]:
    """People at a crossing on a day, where a count of the crossing, or of it with others, tells. Parts of a day tell where nothing else does."""
    told: dict[tuple[str, date], float] = {}
    usable = [one for one in cells if one.crossings and one.days <= longest and one.last >= first and one.first <= last]
    for one in sorted(usable, key=lambda one: (one.partial, one.days, len(one.crossings), one.first, sorted(one.crossings))):
        days = [one.first + DAY * at for at in range(one.days)]
        places = [(crossing, day) for day in days for crossing in sorted(one.crossings)]
        missing = [place for place in places if place not in told]
        if missing:
            rest = max(0.0, one.people - sum(told.get(place, 0.0) for place in places))
            told.update((place, rest / len(missing)) for place in missing)
    return {(crossing, day): people for (crossing, day), people in told.items() if first <= day <= last}


def demand(cells: Sequence[Counted], ids: Sequence[str], before: date, assumed: Assumed, travellers: bool = False) -> Demand:
    """The level at each crossing before a day: for asylum a mean of the last days, the newest counting most; for travellers the newest count."""
    past = [one for one in cells if one.first < before and one.last < before and one.crossings & set(ids)]
    return _by_month(past, ids, assumed) if travellers else _by_days(past, ids, assumed)


def _by_days(past: Sequence[Counted], ids: Sequence[str], assumed: Assumed) -> Demand:
    usable = [one for one in past if one.days <= assumed.longest]
    last = max((one.last for one in usable), default=None)
    if last is None:
        return Demand((0.0,) * len(ids), None, tuple(ids), (), ())
    begins = last - DAY * (assumed.window_days - 1)
    told = by_day(usable, begins, last, assumed.longest)
    level = tuple(_level([(day, people) for (crossing, day), people in told.items() if crossing == id], last, assumed) for id in ids)
    within = [one for one in usable if one.last >= begins]
    return Demand(level, last, tuple(id for id in ids if not any(crossing == id for crossing, _ in told)),
                  tuple(dict.fromkeys(one.statement for one in within)), _doubts(within))


def _level(told: Sequence[tuple[date, float]], last: date, assumed: Assumed) -> float:
    """A mean in which a day weighs half as much every `half_life` days; days passed over between two counts are no news, SILENT or more are none."""
    if not told:
        return 0.0
    weights = [float(0.5 ** ((last - day).days / assumed.half_life)) for day, _ in told]
    newest = max(day for day, _ in told)
    empty = sum(float(0.5 ** (age / assumed.half_life)) for age in range((last - newest).days)) if (last - newest).days >= SILENT else 0.0
    return sum(weight * people for weight, (_, people) in zip(weights, told, strict=True)) / (sum(weights) + empty)


def _by_month(past: Sequence[Counted], ids: Sequence[str], assumed: Assumed) -> Demand:
    newest: dict[str, Counted] = {}
    for one in past:
        if one.days <= assumed.month and not one.partial:
            for id in one.crossings & set(ids):
                if id not in newest or (one.last, -one.days) > (newest[id].last, -newest[id].days):
                    newest[id] = one
    level = tuple(newest[id].people / newest[id].days / len(newest[id].crossings) if id in newest else 0.0 for id in ids)
    used = tuple(dict.fromkeys(newest.values()))
    return Demand(level, max((one.last for one in used), default=None), tuple(id for id in ids if id not in newest),
                  tuple(one.statement for one in used), _doubts(used))


def _doubts(used: Iterable[Counted]) -> tuple[str, ...]:
    told = list(used)
    joint = sorted({" and ".join(sorted(one.crossings)) for one in told if len(one.crossings) > 1})
    parts = sum(one.partial for one in told)
    found = [f"counted together and shared out evenly where nothing else tells: {', '.join(joint)}"] if joint else []
    found += [f"{parts} of the counts cover only a part of their day"] if parts else []
    return (*found, *dict.fromkeys(one.doubt for one in told if one.doubt))
