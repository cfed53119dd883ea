"""A what-if as people write it, in a command or an address: words in, the question of `border` out, or one sentence that says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from pasvik.app.answer import find_crossing
from pasvik.app.clocks import asked_lane, asked_moment
from pasvik.app.whatif.border import DAYS, FUTURES, Asked
from pasvik.app.whatif.suppose import HOURS, Move, asked_day
from pasvik.app.wiring import House
from pasvik.gazetteer.table import borders
from pasvik.scenario.border.flow import CODES
from pasvik.terms.capture import Fault
from pasvik.terms.moment import Grain, Moment
from pasvik.terms.place import ALL, Lane

KINDS = ("close", "reopen", "restrict", "hours")
WHOLE = ("all", "asylum")
MOST_MOVES = 12
CLOCK = re.compile(r"\s*\d{1,2}([:.]\d{2})?\s*[-–]\s*\d{1,2}([:.]\d{2})?\s*")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a what-if. moves: (kind, crossing by any name, detail: hours "10:00-14:00" or a share "0.5"); steer: (crossing, word)."""

    moves: tuple[tuple[str, str, str], ...] = ()
    start: str | None = None
    until: str | None = None
    lanes: tuple[str, ...] = WHOLE
    steer: tuple[tuple[str, str], ...] = ()
    lane: str | None = None
    known: str | None = None
    basis: int | None = None
    demand: str | None = None
    days: int = DAYS
    futures: int = FUTURES
    seed: int = 0
    border: str | None = None


def asked(house: House, words: Words) -> Asked | Fault:
    """The question in these words."""
    known, lane, demand = asked_moment(words.known, "known", house.now()), asked_lane(words.lane), _demand(words.demand)
    lanes = _lanes(words.lanes)
    for part in (known, lane, demand, lanes):
        if isinstance(part, Fault):
            return part
    assert not isinstance(known, Fault) and not isinstance(lane, Fault) and not isinstance(demand, Fault) and not isinstance(lanes, Fault)
    if known is not None and known.grain is Grain.DAY:          # a day is meant whole: the counts of its evening were known that night
        known = Moment(known.end - timedelta(minutes=1), Grain.MINUTE, known.zone)
    if words.basis is not None and words.basis < 0:
        return Fault(f"basis: {words.basis} is not a position in the ledger", "basis")
    if not 0 <= words.seed < 2**63:
        return Fault(f"seed: {words.seed} lies outside 0 to 2^63", "seed")
    moves = _moves(house, words, lanes, known)
    steering = _steering(house, words.steer)
    if isinstance(moves, Fault):
        return moves
    if isinstance(steering, Fault):
        return steering
    edge = "-".join(sorted(words.border.upper().replace("_", "-").split("-"))) if words.border else None
    if not moves and edge not in borders(house.gazetteer):
        return Fault(f"suppose something (close, reopen, restrict or hours of a crossing), or name a border: {', '.join(borders(house.gazetteer))}", "border")
    return Asked(moves, lane or Lane.ASYLUM, known, words.basis, words.days, steering, demand, words.futures, words.seed, edge)


def _moves(house: House, words: Words, lanes: tuple[str, ...], known: Moment | None) -> tuple[Move, ...] | Fault:
    found: list[Move] = []
    if len(words.moves) > MOST_MOVES:
        return Fault(f"{len(words.moves)} moves at once are too many; at most {MOST_MOVES}", "moves")
    for kind, name, detail in words.moves:
        if kind not in KINDS:
            return Fault(f"there is no move {kind!r}; there are {', '.join(KINDS)}", "move")
        crossing = find_crossing(house, name)
        if isinstance(crossing, Fault):
            return crossing
        if any(one.crossing == crossing.id for one in found):
            return Fault(f"{crossing.name} is moved twice; one move for each crossing", "moves")
        start = _start(house, words, crossing.zone, known)
        until = _day(words.until, "until", crossing.zone) if words.until else None
        share = _share(detail) if kind == "restrict" else 1.0
        hours = _hours(detail) if kind == "hours" else None
        for part in (start, until, share, hours):
            if isinstance(part, Fault):
                return part
        assert not isinstance(start, Fault) and not isinstance(until, Fault) and not isinstance(share, Fault) and not isinstance(hours, Fault)
        found.append(Move(kind, crossing.id, start, until, lanes, hours, share))
    return tuple(found)


def _start(house: House, words: Words, zone: str, known: Moment | None) -> Moment | Fault:
    if words.start:
        return _day(words.start, "from", zone)
    day = (known.local if known else Moment(house.now(), Grain.MINUTE, zone).local).date() + timedelta(days=1)
    return _day(day.isoformat(), "from", zone)


def _day(told: str, name: str, zone: str) -> Moment | Fault:
    try:
        found = asked_day(told.replace(" ", "+") if "T" in told else told, zone)
    except ValueError as bad:
        return Fault(f"{name}: {bad}", name)
    if not 1990 <= found.local.year <= 2100:
        return Fault(f"{name}: the year {found.local.year} lies outside 1990-2100", name)
    return found


def _steering(house: House, told: Iterable[tuple[str, str]]) -> dict[str, int] | Fault:
    found: dict[str, int] = {}
    for name, word in told:
        crossing = find_crossing(house, name)
        if isinstance(crossing, Fault):
            return crossing
        if word not in CODES:
            return Fault(f"steering {word[:40]!r} is not one of {', '.join(CODES)}", "steer")
        if found.get(crossing.id, CODES[word]) != CODES[word]:
            return Fault(f"{crossing.name} is steered in two ways", "steer")
        found[crossing.id] = CODES[word]
    return found


def _lanes(told: Iterable[str]) -> tuple[str, ...] | Fault:
    found = tuple(dict.fromkeys(word.strip().lower().replace("-", "_") for word in told if word.strip()))
    for word in found:
        if word != ALL and word not in list(Lane):
            return Fault(f"there is no lane {word[:40]!r}; the lanes are all, {', '.join(Lane)}", "lanes")
    return found or WHOLE


def _share(told: str) -> float | Fault:
    try:
        share = float(told or "0.5")
    except ValueError:
        return Fault(f"share: {told[:40]!r} is not a number such as 0.5", "share")
    return share if 0.0 < share <= 1.0 else Fault(f"share: a restriction lets through a share above 0 and up to 1, not {share:g}", "share")


def _hours(told: str) -> str | Fault:
    found = HOURS.fullmatch(told.strip())
    if not found or not CLOCK.fullmatch(told) or int(found[1]) > 24 or int(found[3]) > 24 or found[1] == found[3]:
        return Fault(f"hours: {told[:40]!r} is not a time of day such as 10:00-14:00", "hours")
    return f"{int(found[1]):02}:{found[2] or '00'}-{int(found[3]):02}:{found[4] or '00'}"


def _demand(told: str | None) -> float | Fault | None:
    if told is None or not told.strip():
        return None
    try:
        people = float(told)
    except ValueError:
        return Fault(f"demand: {told[:40]!r} is not a number of people a day", "demand")
    return people if 0.0 <= people <= 1_000_000 else Fault(f"demand: {told[:40]} people a day lies outside 0 to 1000000", "demand")
