"""A crossing has two sides, each with its own country, name and guard; this file names its parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Lane(StrEnum):
    """Who or what wants to cross; ASYLUM asks whether asylum applications are accepted here."""

    CAR = "car"
    TRUCK = "truck"
    BUS = "bus"
    PEDESTRIAN = "pedestrian"
    BICYCLE = "bicycle"
    RAIL_PASSENGER = "rail_passenger"
    RAIL_FREIGHT = "rail_freight"
    ASYLUM = "asylum"


ROAD_LANES = (Lane.CAR, Lane.TRUCK, Lane.BUS, Lane.PEDESTRIAN, Lane.BICYCLE)
RAIL_LANES = (Lane.RAIL_PASSENGER, Lane.RAIL_FREIGHT)
ALL = "all"

ZONES = {
    "NO": "Europe/Oslo", "SE": "Europe/Stockholm", "FI": "Europe/Helsinki", "EE": "Europe/Tallinn", "LV": "Europe/Riga",
    "LT": "Europe/Vilnius", "PL": "Europe/Warsaw", "RU": "Europe/Moscow", "BY": "Europe/Minsk", "UA": "Europe/Kyiv",
    "SK": "Europe/Bratislava", "HU": "Europe/Budapest", "RO": "Europe/Bucharest", "MD": "Europe/Chisinau",
}


def lanes_of(words: Iterable[str]) -> frozenset[Lane]:
    """The lanes that a statement's lane words speak for: `all` means every road lane, and neither asylum nor rail."""
    lanes: set[Lane] = set()
    for word in words:
        lanes.update(ROAD_LANES if word == ALL else (Lane(word),))
    return frozenset(lanes)


@dataclass(frozen=True, slots=True)
class Side:
    """One state's half of a crossing: ISO country code, the name in Latin letters, the name as written there."""

    country: str
    name: str
    local_name: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """An official border crossing point, both sides of it; lat and lon in degrees (WGS 84), None where not known.

    `lanes`: the lanes it can serve when open. `opened`/`abolished`: ISO dates ("" = not known / not abolished) between
    which it counts as an international crossing point (the roster).
    """

    id: str
    name: str
    side_a: Side
    side_b: Side
    lanes: frozenset[Lane]
    lat: float | None = None
    lon: float | None = None
    international: bool = True
    road: str = ""
    town_a: str = ""
    town_b: str = ""
    hours: str = ""
    notes: str = ""
    sources: tuple[str, ...] = ()
    confidence: str = ""
    member_of: str = ""
    opened: str = ""
    abolished: str = ""
    aliases: tuple[str, ...] = field(default=())
    clock: str = ""                                             # IANA zone of the covered side, where ZONES has none

    @property
    def border(self) -> str:
        """The border as two ISO codes in alphabetical order, such as FI-RU."""
        return border_of(self.side_a.country, self.side_b.country)

    @property
    def countries(self) -> tuple[str, str]:
        """Both ISO codes, the covered (reporting) side first."""
        return self.side_a.country, self.side_b.country

    @property
    def zone(self) -> str:
        """The IANA zone of the covered side."""
        return self.clock or ZONES[self.side_a.country]

    @property
    def is_rail(self) -> bool:
        """True where only trains cross."""
        return bool(self.lanes) and not self.lanes & set(ROAD_LANES)


def border_of(one: str, other: str) -> str:
    """Two ISO codes as a border: border_of("RU", "FI") == "FI-RU"."""
    return "-".join(sorted((one, other)))
