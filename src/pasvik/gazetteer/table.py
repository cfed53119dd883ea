"""The table of crossings: which points a border has, and which of them counted on a given day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pasvik.gazetteer.rows import missing, read_rows
from pasvik.gazetteer.spelling import Names
from pasvik.terms.capture import Fault
from pasvik.terms.moment import zone_info
from pasvik.terms.place import ROAD_LANES, ZONES, Crossing, Lane, Side

NEEDED = ("id", "name", "country_a", "country_b", "international")
ON_LAND = ("road", "rail", "any")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words the press uses for a set, and the days on which they mean it (first and last day counted, None = open)."""

    words: str
    start: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class NamedSet:
    """Crossings that are spoken of by number. border: FI-RU, or one country ("LV") for its whole outer border.

    kind: all (every counted point), closed, open, reopened, asylum, region, list (somebody's list). mode: road, rail, any.
    start and until: first and last day on which it was so (None = open); announced: the day from which texts say it.
    said_as: (count, of) pairs such as (7, 8) for "seven of eight"; of None = the number alone.
    regions: words such as "southeastern" that name it.
    """

    id: str
    border: str
    ids: tuple[str, ...]
    kind: str = "list"
    mode: str = "road"
    start: date | None = None
    until: date | None = None
    announced: date | None = None
    said_as: tuple[tuple[int, int | None], ...] = ()
    regions: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    evidence: str = ""
    notes: str = ""

    def holds(self, day: date) -> bool:
        """Whether the set was so on this day."""
        return within(day, self.start, self.until)

    def told(self, day: date) -> bool:
        """Whether a text of this day can mean it: from the announcement on."""
        return within(day, self.announced or self.start, self.until)


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Crossings by id, the spellings of their names, and the named sets by id."""

    crossings: dict[str, Crossing]
    names: Names
    sets: dict[str, NamedSet]


def within(day: date, start: date | None, until: date | None) -> bool:
    """Whether the day lies between two days, both counted; None = open."""
    return (start is None or start <= day) and (until is None or day <= until)


def parse_crossings(text: str) -> tuple[dict[str, Crossing], list[Fault]]:
    """The rows of crossings.csv by id, and the faults of the rows that could not be read (they are left out)."""
    rows, faults = read_rows(text, "crossings.csv")
    crossings: dict[str, Crossing] = {}
    for number, row in rows:
        where = f"crossings.csv line {number}"
        found = _crossing(row)
        if isinstance(found, str):
            faults.append(Fault(found, where))
        elif found.id in crossings:
            faults.append(Fault(f"crossing {found.id!r} stands here a second time", where))
        else:
            crossings[found.id] = found
    return crossings, faults


def _crossing(row: dict[str, str]) -> Crossing | str:
    """The crossing of one row, or what is wrong with the row."""
    lacks = missing(row, NEEDED)
    if lacks:
        return f"no {lacks}"
    clock = row.get("zone", "")
    unknown = [code for code in (row["country_a"], row["country_b"]) if not re.fullmatch("[A-Z]{2}", code) or not (clock or code in ZONES)]
    if unknown:
        return f"unknown country {unknown[0]!r}: a border of other countries needs a zone (IANA, such as Africa/Khartoum) in its row"
    if clock and not _is_zone(clock):
        return f"zone {clock!r} is no IANA time zone"
    try:
        lanes = frozenset(Lane(word) for word in row.get("lanes", "").split("|") if word)
        lat, lon = _degrees(row.get("lat", ""), 90), _degrees(row.get("lon", ""), 180)
    except ValueError as bad:
        return str(bad)
    if (lat is None) != (lon is None):
        return "latitude and longitude come together or not at all"
    return Crossing(
        id=row["id"], name=row["name"], lanes=lanes, lat=lat, lon=lon, international=row["international"] == "yes",
        side_a=Side(row["country_a"], row.get("name_a", ""), row.get("local_a", "") or row.get("name_a", "")),
        side_b=Side(row["country_b"], row.get("name_b", ""), row.get("local_b", "") or row.get("name_b", "")),
        road=row.get("road", ""), town_a=row.get("town_a", ""), town_b=row.get("town_b", ""), hours=row.get("hours", ""),
        notes=row.get("notes", ""), sources=tuple(part for part in row.get("sources", "").split(" | ") if part),
        confidence=row.get("confidence", ""), member_of=row.get("member_of", ""), opened=row.get("opened", ""),
        abolished=row.get("abolished", ""), clock=clock)


def zone_of(country: str | None, gazetteer: Gazetteer) -> str:
    """The IANA zone in which a country's people tell the time: from the list, else from a crossing it covers, else UTC."""
    if country in ZONES:
        return ZONES[country or ""]
    return next((one.zone for one in gazetteer.crossings.values() if one.side_a.country == country), "UTC")


def _is_zone(name: str) -> bool:
    try:
        zone_info(name)
    except (KeyError, ValueError, OSError):                     # ZoneInfo tells a senseless name in each of these ways
        return False
    return True


def _degrees(cell: str, most: float) -> float | None:
    if not cell:
        return None
    value = float(cell)
    if not -most <= value <= most:
        raise ValueError(f"{cell} degrees lie outside -{most:g} to {most:g}")
    return value


@lru_cache(maxsize=4)                                           # every text asks for them, and a house has one gazetteer
def borders(gazetteer: Gazetteer) -> tuple[str, ...]:
    """Every border that has a crossing, such as FI-RU, in alphabetical order."""
    return tuple(sorted({crossing.border for crossing in gazetteer.crossings.values()}))


def on_border(border: str, gazetteer: Gazetteer) -> tuple[Crossing, ...]:
    """All crossings of a border in the order of the table; one country ("LV") means all its borders."""
    return tuple(crossing for crossing in gazetteer.crossings.values() if border == crossing.border or border in crossing.countries)


def roster(border: str, gazetteer: Gazetteer, day: date | None = None, mode: str = "road") -> tuple[str, ...]:
    """The ids that count as crossing points of a border on a day, open or not, north to south as far as the table has it.

    mode: road, rail, or any (both; water never counts). day None: those not known to be abolished. The one named set of
    kind `all` that holds says it; without one, every international point of the table, a rail leg of a road point not counted.
    """
    named = [one for one in gazetteer.sets.values() if one.border == border and one.kind == "all" and one.mode == mode]
    holding = [one for one in named if day is None or one.holds(day)]
    if len(holding) == 1:
        return holding[0].ids
    return tuple(
        crossing.id for crossing in on_border(border, gazetteer)
        if crossing.international and not crossing.member_of and _serves(crossing, mode) and counted(crossing, day))


def counted(crossing: Crossing, day: date | None) -> bool:
    """Whether it was on the roster that day; `abolished` is the first day it no longer was."""
    if day is None:
        return not crossing.abolished
    told = day.isoformat()
    return crossing.opened[:10] <= told and (not crossing.abolished or told < crossing.abolished)


def _serves(crossing: Crossing, mode: str) -> bool:
    by_road = bool(crossing.lanes & set(ROAD_LANES))
    return {"road": by_road, "rail": crossing.is_rail, "any": by_road or crossing.is_rail}[mode]
