"""Which road is open on which day, in which direction, for how many: closures as sets of days that stack, or replayed as FLEE replays them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pasvik.scenario.flee.folder import Closure, Instance

ROAD_KINDS = ("country", "location", "link")
CAMP_KINDS = ("camp", "idpcamp")
REDIRECTION = "remove_forced_redirection"


@dataclass(frozen=True, slots=True)
class Road:
    """One direction of a route. steer = chance of being sent down it (0 = nobody is)."""

    start: str
    end: str
    km: float
    speed: float | None
    walk: float
    steer: float


@dataclass(slots=True)
class Passage:
    """Per day and road: open 0/1, share let through, quota (-1 = none), steer; and per camp name the days on which it is shut as a camp."""

    open: list[list[int]]
    share: list[list[float]]
    quota: list[list[int]]
    steer: list[list[float]]
    shut_camps: dict[str, set[int]] = field(default_factory=dict)
    reopened: dict[tuple[str, int], str] = field(default_factory=dict)      # as FLEE: (camp, day) -> the kind it opens as


def roads_of(instance: Instance, as_flee: bool) -> list[Road]:
    """Both directions of every route. A redirection sends people the way the documentation says (1: second to first, 2: first to second).

    The peer never sends anybody; for code 1 it lays the road twice, which doubles its weight.
    """
    roads: list[Road] = []
    for route in instance.routes:
        forth = route.steer if route.redirect == 2 and not as_flee else 0.0
        back = route.steer if route.redirect == 1 and not as_flee else 0.0
        for _ in range(2 if as_flee and route.redirect == 1 else 1):
            roads += [Road(route.start, route.end, route.km, route.speed, route.walk, forth),
                      Road(route.end, route.start, route.km, route.speed, route.walk, back)]
    return roads


def misapplied(closure: Closure, instance: Instance) -> bool:
    """Does a location closure name a neighbouring place second, as if one road were meant?"""
    ends = {(route.start, route.end) for route in instance.routes} | {(route.end, route.start) for route in instance.routes}
    return closure.kind == "location" and (closure.first, closure.second) in ends


def touched(closure: Closure, roads: Sequence[Road], country: dict[str, str], narrow: bool) -> list[int]:
    """The roads a closure speaks of. narrow = a location closure that names a neighbour closes only the road between them."""
    forth, back = closure.direction != "back", closure.direction != "forward"
    found = []
    pairs = {(road.start, road.end) for road in roads}
    kind = "link" if narrow and closure.kind == "location" and (closure.first, closure.second) in pairs else closure.kind
    for index, road in enumerate(roads):
        if kind == "country":
            ends = (country.get(road.start), country.get(road.end))
        elif kind == "link":
            ends = (road.start, road.end)
        else:
            ends = (road.start if road.start == closure.first else None, road.end if road.end == closure.first else None)
            if (ends[0] is not None and forth) or (ends[1] is not None and back):
                found.append(index)
            continue
        if (ends == (closure.first, closure.second) and forth) or (ends == (closure.second, closure.first) and back):
            found.append(index)
    return found


def passage(instance: Instance, roads: Sequence[Road], narrow: bool = False) -> Passage:
    """Closures as sets of days: a road is closed while any row says so, and half-open rows multiply (share) or take the least (quota)."""
    days = instance.length
    country = {place.name: place.country for place in instance.places}
    made = Passage([[1] * len(roads) for _ in range(days)], [[1.0] * len(roads) for _ in range(days)],
                   [[-1] * len(roads) for _ in range(days)], [[road.steer for road in roads] for _ in range(days)])
    for closure in instance.closures:
        span = range(max(closure.start, 0), days if closure.end is None else min(closure.end, days))
        if closure.kind in CAMP_KINDS:
            made.shut_camps.setdefault(closure.first, set()).update(span)
        elif closure.kind == REDIRECTION:
            for index, road in enumerate(roads):
                if (road.start, road.end) == (closure.first, closure.second):
                    for day in span:
                        made.steer[day][index] = 0.0
        elif closure.kind in ROAD_KINDS:
            _close(made, closure, touched(closure, roads, country, narrow), span)
    return made


def _close(made: Passage, closure: Closure, roads: list[int], span: range) -> None:
    """Lay one row over the days it holds."""
    for day in span:
        for road in roads:
            if closure.share == 0.0:
                made.open[day][road] = 0
            else:
                made.share[day][road] *= closure.share
                if closure.quota is not None:
                    before = made.quota[day][road]
                    made.quota[day][road] = closure.quota if before < 0 else min(before, closure.quota)


def passage_as_flee(instance: Instance, roads: Sequence[Road]) -> Passage:
    """Closures replayed as the peer does: an end opens whatever is closed, link rows do nothing, nobody is redirected."""
    days = instance.length
    country = {place.name: place.country for place in instance.places}
    now = [1] * len(roads)
    shut: dict[str, bool] = {}
    made = Passage([], [[1.0] * len(roads)] * days, [[-1] * len(roads)] * days, [[0.0] * len(roads)] * days)
    for day in range(days):
        for closure in instance.closures:
            for when, value in ((closure.start, 0), (closure.raw_end, 1)):
                if day != when:
                    continue
                if closure.kind in ("country", "location"):
                    for road in touched(closure, roads, country, False):
                        now[road] = value
                elif closure.kind in CAMP_KINDS:
                    shut[closure.first] = value == 0
                    if value == 1:
                        made.reopened[(closure.first, day)] = closure.kind
        for name, is_shut in shut.items():
            if is_shut:
                made.shut_camps.setdefault(name, set()).add(day)
        made.open.append(list(now))
    return made
