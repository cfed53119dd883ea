"""One future of a border, day by day, on groups: the part that is compiled, and runs as plain Python with the same numbers where no compiler is.

A group decides as one, and that is one draw. What comes new is drawn from dice of its own (`new`), so that two scenarios, whose paths use
other dice (`paths`), are compared on the same demand. Tables are filled in place; `flow.py` says what each holds.
"""

from __future__ import annotations

from math import exp
from typing import Any

UNSTEERED, STEERED, BLOCKED = 0, 1, 2                           # what the other side does on the way to a crossing
DRIFT_DAYS = 7                                                  # a trend is not drawn on for longer than this
GO, WAIT, OTHER, DECIDE, INFORMED, RELEASE, RETURN, DECAY, FAR, LEVEL, DRIFT, PERSIST, BUS, SHAPE, STEER, BLOCK, RUSH, CROSS, INTAKE, SURGE = range(20)


def thin(rng: Any, groups: int, share: float) -> int:
    """Of so many groups those to whom something of this share happens."""
    if groups <= 0 or share <= 0.0:
        return 0
    if share >= 1.0:
        return groups
    return int(rng.binomial(groups, share))


def come(new: Any, x: Any, level: Any, rush: Any, sizes: Any, small: Any, fades: int, surge: float, day: int,
         fresh: Any) -> int:
    """New groups of a day by crossing and size; gives the people in them. Days are uneven for all crossings alike."""
    trend = x[LEVEL] * exp(x[DRIFT] * min(day, DRIFT_DAYS) - (day / x[PERSIST] if fades else 0.0))
    trend *= surge * new.standard_gamma(x[SHAPE]) / x[SHAPE]
    last, people = len(sizes) - 1, 0
    for at in range(len(level)):
        a_day = trend * level[at] * (x[RUSH] if rush[day, at] else 1.0)
        for size in range(last + 1):
            share = x[BUS] if size == last else (1.0 - x[BUS]) * small[size]
            groups = int(new.poisson(a_day * share / sizes[size])) if a_day > 0.0 else 0
            fresh[at, size] = groups
            people += groups * sizes[size]
    return people


def attract(x: Any, km: Any, other: Any, joined: Any, at: int, is_open: Any, steering: Any, weights: Any) -> float:
    """How strongly each open crossing draws those who stand at row `at` of km; gives the share that finds any of them near enough."""
    total, missed, steered = 0.0, 1.0, 0
    for to in range(len(weights)):
        weights[to] = 0.0
        if is_open[to] and joined[at, to]:
            pull = exp(-km[at, to] / x[DECAY]) * (x[CROSS] if other[at, to] else 1.0)
            weights[to] = pull * (1.0 - x[BLOCK]) if steering[to] == BLOCKED else pull
            missed *= 1.0 - exp(-km[at, to] / x[FAR]) * (x[CROSS] if other[at, to] else 1.0)
            steered += steering[to] == STEERED
            total += weights[to]
    if total <= 0.0:
        return 0.0
    if steered:
        for to in range(len(weights)):
            aim = is_open[to] and joined[at, to] and steering[to] == STEERED
            weights[to] = (1.0 - x[STEER]) * weights[to] / total + (x[STEER] / steered if aim else 0.0)
        return float(max(1.0 - missed, x[STEER]))
    return 1.0 - missed


def decide(paths: Any, x: Any, day: int, at: int, near: float, weights: Any, road_days: Any, pool: Any, share: float, waits: Any, road: Any,
           gone: Any) -> None:
    """The groups of a pool that make up their mind today: on to another gate, wait, another way, or give up."""
    for size in range(pool.shape[1]):
        groups = thin(paths, pool[at, size], share)
        if groups == 0:
            continue
        pool[at, size] -= groups
        go = thin(paths, groups, x[GO] * near)
        stay = thin(paths, groups - go, x[WAIT])
        away = thin(paths, groups - go - stay, x[OTHER])
        waits[at, size] += stay
        gone[1, size] += away
        gone[0, size] += groups - go - stay - away
        total = 0.0
        for to in range(len(weights)):
            total += weights[to]
        for to in range(len(weights)):
            if go > 0 and weights[to] > 0.0:
                part = thin(paths, go, 1.0 if weights[to] >= total * (1.0 - 1e-12) else weights[to] / total)
                go -= part
                total -= weights[to]
                road[min(day + road_days[at, to], len(road) - 1), to, size] += part
        pool[at, size] += go


def gates(paths: Any, x: Any, day: int, share: Any, is_open: Any, steering: Any, fresh: Any, stranded: Any, waits: Any, queue: Any, late: Any,
          aware: Any) -> None:
    """Who comes to each gate: into the queue where it is open; before a shut one stranded, or told in time, before they set out."""
    for at in range(fresh.shape[0]):
        passable = is_open[at] and steering[at] != BLOCKED
        for size in range(fresh.shape[1]):
            here = fresh[at, size]
            stopped = thin(paths, here, x[BLOCK]) if steering[at] == BLOCKED else 0
            again = thin(paths, waits[at, size], x[RETURN] if passable else x[RELEASE])
            waits[at, size] -= again
            missed = thin(paths, here - stopped, 1.0 - share[day, at]) if is_open[at] else 0
            arrived = here - stopped - missed
            late[at, size] = missed
            aware[at, size] = 0
            if passable:
                queue[at, size] += arrived + stranded[at, size] + again
                stranded[at, size] = stopped
            elif is_open[at]:
                queue[at, size] += arrived
                stranded[at, size] += stopped + again
            else:
                aware[at, size] = thin(paths, arrived, x[INFORMED])
                stranded[at, size] += stopped + again + arrived - aware[at, size] + queue[at, size]
                queue[at, size] = 0


def take_in(paths: Any, room: float, at: int, queue: Any, sizes: Any) -> int:
    """As many as the hours allow; the others queue on. Gives the people taken in."""
    people, taken = 0, 0
    for size in range(len(sizes)):
        people += queue[at, size] * sizes[size]
    if people > 0:
        share = min(1.0, room / people)
        for size in range(len(sizes)):
            groups = thin(paths, queue[at, size], share)
            queue[at, size] -= groups
            taken += groups * sizes[size]
    return taken


def onward(paths: Any, x: Any, day: int, roads: Any, is_open: Any, steering: Any, pools: Any, weights: Any, waits: Any, road: Any, gone: Any) -> None:
    """Those before shut gates decide: who was told in time from where the roads begin, the others from the gate where they stand."""
    km, other, joined, road_days, home_km, home_joined, at_once = roads
    stranded, aware = pools
    for at in range(len(weights)):
        told, people = 0, 0
        for size in range(stranded.shape[1]):
            told += aware[at, size]
            people += stranded[at, size]
        if told > 0:
            near = attract(x, home_km, other, home_joined, at, is_open, steering, weights)
            decide(paths, x, day, at, near, weights, at_once, aware, 1.0, waits, road, gone)
            for size in range(stranded.shape[1]):
                stranded[at, size] += aware[at, size]
        if people > 0:
            near = attract(x, km, other, joined, at, is_open, steering, weights)
            decide(paths, x, day, at, near, weights, road_days, stranded, x[DECIDE], waits, road, gone)


def run_futures(new: Any, paths: Any, drawn: Any, level: Any, share: Any, hours: Any, rush: Any, roads: Any, steering: Any, sizes: Any, small: Any,
                fades: int, first: int, arrived: Any, ends: Any, tables: Any, road: Any, gone: Any, weights: Any, x: Any) -> int:
    """All futures of `drawn` (assumptions × futures). arrived (F, D, C) and ends (F, D, 4: waiting, gave up, elsewhere, came) are filled."""
    days, count = share.shape
    fresh, stranded, waits, queue, late, aware = tables[0], tables[1], tables[2], tables[3], tables[4], tables[5]
    is_open, sent = tables[6, :, 0], False
    for at in range(count):
        sent = sent or steering[at] == STEERED
    for future in range(drawn.shape[1]):
        for at in range(drawn.shape[0]):
            x[at] = drawn[at, future]
        tables[:] = 0
        road[:] = 0
        gone[:] = 0
        came = 0
        for day in range(days):
            for at in range(count):
                is_open[at] = 1 if share[day, at] > 0.0 else 0
            surge = x[SURGE] if sent and day >= first else 1.0
            came += come(new, x, level, rush, sizes, small, fades, surge, day, fresh)
            gates(paths, x, day, share, is_open, steering, fresh, stranded, waits, queue, late, aware)
            onward(paths, x, day, roads, is_open, steering, (stranded, aware), weights, waits, road, gone)
            for at in range(count):
                for size in range(len(sizes)):
                    stranded[at, size] += late[at, size]
                    if is_open[at]:
                        queue[at, size] += road[day, at, size]
                    else:
                        stranded[at, size] += road[day, at, size]
                    road[day, at, size] = 0
                taken = take_in(paths, x[INTAKE] * hours[day, at] * is_open[at], at, queue, sizes)
                if day >= first:
                    arrived[future, day - first, at] = taken
            if day >= first:
                note(ends, future, day - first, stranded, waits, queue, road, gone, sizes, came)
    return 0


def note(ends: Any, future: int, day: int, stranded: Any, waits: Any, queue: Any, road: Any, gone: Any, sizes: Any, came: int) -> None:
    """The evening's people: waiting, undecided, queueing or under way; gave up; elsewhere; came since the beginning."""
    for size in range(len(sizes)):
        groups = 0
        for at in range(stranded.shape[0]):
            groups += stranded[at, size] + waits[at, size] + queue[at, size]
            for on in range(road.shape[0]):
                groups += road[on, at, size]
        ends[future, day, 0] += groups * sizes[size]
        ends[future, day, 1] += gone[0, size] * sizes[size]
        ends[future, day, 2] += gone[1, size] * sizes[size]
    ends[future, day, 3] = came


HELPERS = (thin, come, attract, decide, gates, take_in, onward, note)
