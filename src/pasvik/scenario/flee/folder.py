"""Reads the texts of a FLEE folder: places, roads, closures, conflicts, period; every row that cannot be read is named, none is guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pasvik.scenario.flee.register import Register, parse_register
from pasvik.scenario.flee.rows import ERROR, WARNING, Finding, Row, nearest, number, sheet, whole
from pasvik.scenario.flee.settings import Settings, parse_settings

LOCATIONS, ROUTES, CLOSURES, CONFLICTS, PERIOD = "locations.csv", "routes.csv", "closures.csv", "conflicts.csv", "sim_period.csv"
KINDS = ("conflict", "camp", "forward", "marker", "town", "default")
LONGEST = 100_000                                               # days; about 270 years
MOST = 10 ** 12                                                 # people at one place


@dataclass(frozen=True, slots=True)
class Place:
    """A place. kind: conflict, camp, idpcamp, forward, marker or town; amount = population, or capacity of a camp (undivided)."""

    name: str
    region: str
    country: str
    x: float
    y: float
    kind: str
    conflict_day: int
    amount: int
    extras: tuple[tuple[str, str], ...]
    line: int

    def extra(self, key: str, default: float) -> float:
        """A further column of the place as a number."""
        value = number(dict(self.extras).get(key, ""))
        return default if value is None else value


@dataclass(frozen=True, slots=True)
class Route:
    """A road in both directions. redirect: 0 none, 1 or 2 as written; speed km a day or None; walk = chance of going on foot."""

    start: str
    end: str
    km: float
    redirect: int
    speed: float | None
    walk: float
    steer: float                                                # where redirect is set: chance of being sent down this road
    line: int


@dataclass(frozen=True, slots=True)
class Closure:
    """A row of closures.csv. From day `start` (counted) to day `end` (not counted); end None = until the run ends.

    direction both | forward | back; share of those who would go that is let through; quota people a day, None = no limit.
    """

    kind: str
    first: str
    second: str
    start: int
    end: int | None
    line: int
    direction: str = "both"
    share: float = 0.0
    quota: int | None = None
    raw_end: int = -1


@dataclass(frozen=True, slots=True)
class Instance:
    """A folder as values. conflicts: per place name its intensity per day; changes: (name, kind, day); agents: people per place before day 0."""

    places: tuple[Place, ...]
    routes: tuple[Route, ...]
    closures: tuple[Closure, ...]
    conflicts: Mapping[str, tuple[float, ...]]
    changes: tuple[tuple[str, str, int], ...]
    agents: Mapping[str, int]
    start: date
    length: int
    settings: Settings
    register: Register


def parse_folder(texts: Mapping[str, str], length: int | None = None) -> tuple[Instance, list[Finding]]:
    """An instance from texts by file name (source_data/x.csv for the register), and findings; length in days overrides sim_period.csv."""
    settings, found = parse_settings(texts.get("simsetting.yml", ""))
    found += [Finding(ERROR, name, 0, "is missing") for name in (LOCATIONS, ROUTES, PERIOD) if name not in texts]
    if "simsetting.yml" not in texts:
        found.append(Finding(WARNING, "simsetting.yml", 0, "is missing: the peer's defaults hold"))
    start, days = _period(texts.get(PERIOD, ""), found)
    days = days if length is None else length
    places = _places(texts.get(LOCATIONS, ""), found)
    names = {place.name for place in places}
    routes = _routes(texts.get(ROUTES, ""), names, found)
    closures = _closures(texts.get(CLOSURES, ""), found)
    conflicts = _conflicts(texts.get(CONFLICTS), days, names, found)
    changes = _changes(texts.get("location_changes.csv", ""), names, found)
    agents = _agents(texts.get("agents.csv", ""), names, found) if settings.spawn.read_from_agents_csv_file else {}
    register = parse_register(texts, start, days, settings, found)
    return Instance(places, routes, closures, conflicts, changes, agents, start, days, settings, register), found


def _period(text: str, found: list[Finding]) -> tuple[date, int]:
    """First day and number of days."""
    start, days = date(1970, 1, 1), 0
    for row in sheet(PERIOD, text).rows:
        key = row.cell(0).lower()
        try:
            if key == "startdate":
                start = date.fromisoformat(row.cell(1))
            elif key == "length":
                days = int(row.cell(1))
        except ValueError:
            found.append(Finding(ERROR, PERIOD, row.line, f"{row.cell(0)} {row.cell(1)!r} cannot be read"))
    if not 0 < days <= LONGEST:
        found.append(Finding(ERROR, PERIOD, 0, f"Length {days} must be between 1 and {LONGEST} days"))
        days = 1
    return start, days


def _places(text: str, found: list[Finding]) -> tuple[Place, ...]:
    """The rows of locations.csv that can be read."""
    table = sheet(LOCATIONS, text)
    seen: dict[str, int] = {}
    places = []
    for row in table.rows:
        place = _place(row, table.header[8:], found)
        if place is None:
            continue
        if place.name in seen:
            found.append(Finding(ERROR, LOCATIONS, row.line, f"{place.name!r} is already on line {seen[place.name]}"))
            continue
        seen[place.name] = row.line
        places.append(place)
    if not places:
        found.append(Finding(ERROR, LOCATIONS, 0, "holds no place"))
    return tuple(places)


def _place(row: Row, extras: tuple[str, ...], found: list[Finding]) -> Place | None:
    """One place, or a finding."""
    kind = row.cell(5).lower()
    short = "idpcamp" if "idp" in kind and "camp" in kind else next((known for known in KINDS if known in kind), "")
    x, y = (number(row.cell(at) or "0") for at in (3, 4))
    day, amount = whole(row.cell(6) or "0"), whole(row.cell(7) or "0")
    wrong = [f"{label} {row.cell(at)!r} is no number" for label, at, value in
             (("coordinate", 3, x), ("coordinate", 4, y), ("conflict date", 6, day), ("population or capacity", 7, amount)) if value is None]
    if not row.cell(0):
        wrong.append("has no name")
    if not short:
        wrong.append(f"location type {row.cell(5)!r} is unknown{nearest(kind, KINDS)}")
    if amount is not None and abs(amount) > MOST:
        wrong.append(f"population or capacity {amount} is beyond {MOST}")
    elif amount is not None and amount < 0:
        wrong.append(f"population or capacity {amount} is negative")
    if wrong or x is None or y is None or day is None or amount is None:
        found.append(Finding(ERROR, LOCATIONS, row.line, f"{row.cell(0) or 'a row'}: " + "; ".join(wrong)))
        return None
    given = tuple((name, row.cell(8 + at)) for at, name in enumerate(extras) if name)
    return Place(row.cell(0), row.cell(1), row.cell(2) or "unknown", x, y, "town" if short == "default" else short, day, amount, given, row.line)


def _routes(text: str, names: set[str], found: list[Finding]) -> tuple[Route, ...]:
    """The rows of routes.csv that can be read; a road to an unknown place is an error, as it stops the peer."""
    table = sheet(ROUTES, text)
    extras = {name: 4 + at for at, name in enumerate(table.header[4:])}
    routes = []
    for row in table.rows:
        km, redirect = number(row.cell(2)), whole(row.cell(3) or "0")
        wrong = [f"unknown place {name!r}{nearest(name, names)}" for name in row.cells[:2] if name not in names]
        if km is None or km <= 0:
            wrong.append(f"distance {row.cell(2)!r} must be above zero")
        if redirect not in (0, 1, 2):
            wrong.append(f"forced_redirection {row.cell(3)!r} must be 0, 1 or 2")
        if row.cell(0) == row.cell(1):
            wrong.append("leads from a place to itself")
        speed = number(row.cell(extras["max_move_speed"])) if "max_move_speed" in extras and row.cell(extras["max_move_speed"]) else None
        walk = number(row.cell(extras["walk_probability"]) or "0") if "walk_probability" in extras else 0.0
        if walk is None or not 0 <= walk <= 1:
            wrong.append("walk_probability must be between 0 and 1")
        steer = number(row.cell(extras["redirect_probability"]) or "1") if "redirect_probability" in extras else 1.0
        if steer is None or not 0 <= steer <= 1:
            wrong.append("redirect_probability must be between 0 and 1")
        if wrong or km is None or redirect is None or walk is None or steer is None:
            found.append(Finding(ERROR, ROUTES, row.line, f"{row.cell(0)} - {row.cell(1)}: " + "; ".join(wrong)))
            continue
        routes.append(Route(row.cell(0), row.cell(1), km, redirect, speed, walk, steer, row.line))
    return tuple(routes)


def _closures(text: str, found: list[Finding]) -> tuple[Closure, ...]:
    """The rows of closures.csv; further columns direction, share and quota, named in the header, are our own addition."""
    table = sheet(CLOSURES, text)
    extras = {name.lower(): 5 + at for at, name in enumerate(table.header[5:]) if name}
    closures = []
    for row in table.rows:
        start, end = whole(row.cell(3)), whole(row.cell(4) or "-1")
        if start is None or end is None:
            found.append(Finding(ERROR, CLOSURES, row.line, f"days {row.cell(3)!r} and {row.cell(4)!r} must be whole numbers"))
            continue
        direction = row.cell(extras["direction"]).lower() or "both" if "direction" in extras else "both"
        share = number(row.cell(extras["share"]) or "0") if "share" in extras else 0.0
        quota = whole(row.cell(extras["quota"])) if "quota" in extras and row.cell(extras["quota"]) else None
        if direction not in ("both", "forward", "back") or share is None or not 0 <= share <= 1 or (quota is not None and quota < 0):
            found.append(Finding(ERROR, CLOSURES, row.line, "direction must be both, forward or back; share between 0 and 1; quota not negative"))
            continue
        if quota is not None and "share" not in extras:
            share = 1.0
        until = None if end < max(start, 0) else end
        closures.append(Closure(row.cell(0).lower(), row.cell(1), row.cell(2), start, until, row.line, direction, share, quota, end))
    return tuple(closures)


def _conflicts(text: str | None, days: int, names: set[str], found: list[Finding]) -> dict[str, tuple[float, ...]]:
    """Intensity per place and day; rows must be days 0, 1, 2 ... to the end of the run."""
    if text is None:
        found.append(Finding(WARNING, CONFLICTS, 0, "is missing: conflict dates of locations.csv hold", ("used here", "the peer never lets them erupt")))
        return {}
    table = sheet(CONFLICTS, text, headed=True)
    columns: dict[str, list[float]] = {name: [] for name in table.header[1:] if name}
    found += [Finding(WARNING, CONFLICTS, 1, f"column {name!r} names no place and is not used{nearest(name, names)}")
              for name in columns if name not in names]
    for day, row in enumerate(table.rows):
        if whole(row.cell(0)) != day:
            found.append(Finding(ERROR, CONFLICTS, row.line, f"day {row.cell(0)!r} stands where day {day} should"))
            break
        for at, name in enumerate(table.header[1:], 1):
            value = number(row.cell(at)) if name else 0.0
            if value is None or value < 0:
                found.append(Finding(ERROR, CONFLICTS, row.line, f"{name}: intensity {row.cell(at)!r} must be a number of at least zero"))
                value = 0.0
            if name:
                columns[name].append(value)
    if len(table.rows) < days:
        found.append(Finding(ERROR, CONFLICTS, 0, f"ends with day {len(table.rows) - 1}; the run needs day {days - 1}"))
        for values in columns.values():
            values += [0.0] * (days - len(values))
    return {name: tuple(values) for name, values in columns.items() if name in names}


def _changes(text: str, names: set[str], found: list[Finding]) -> tuple[tuple[str, str, int], ...]:
    """The rows of location_changes.csv: (name, new kind, day)."""
    changes = []
    for row in sheet("location_changes.csv", text).rows:
        day, kind = whole(row.cell(2)), row.cell(1).lower()
        short = "idpcamp" if "idp" in kind and "camp" in kind else next((known for known in KINDS if known in kind), "")
        if day is None or not short or row.cell(0) not in names:
            found.append(Finding(ERROR, "location_changes.csv", row.line, f"{row.cell(0)!r}, {row.cell(1)!r}, {row.cell(2)!r} cannot be read"))
        else:
            changes.append((row.cell(0), short, day))
    return tuple(changes)


def _agents(text: str, names: set[str], found: list[Finding]) -> dict[str, int]:
    """People per place of agents.csv; only the place of each row is read, never who the person is."""
    rows = sheet("agents.csv", text, headed=True).rows
    found += [Finding(ERROR, "agents.csv", row.line, f"unknown place {row.cell(0)!r}{nearest(row.cell(0), names)}")
              for row in rows if row.cell(0) not in names]
    return dict(Counter(row.cell(0) for row in rows if row.cell(0) in names))
