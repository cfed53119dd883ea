"""How far it is from one crossing to another by the far side's main roads: told distances where there are any, else derived, and marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import asin, cos, inf, radians, sin, sqrt

from pasvik.scenario.border.assume import Assumed
from pasvik.terms.place import Crossing

EARTH_KM = 6371.0
Joined = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Network:
    """The crossings of a what-if in order, and the kilometres between them on the far side (inf = no road joins them).

    guessed: crossings that no road in the table leads to, joined to the nearest town. lost: crossings without a coordinate, left out.
    """

    crossings: tuple[Crossing, ...]
    km: tuple[tuple[float, ...], ...]
    home: tuple[float, ...] = ()                                # from the town where most journeys of its far country begin
    guessed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids in order."""
        return tuple(crossing.id for crossing in self.crossings)


def great_circle_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres as the crow flies between two points in degrees (haversine)."""
    (lat, lon), (there_lat, there_lon) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((there_lat - lat) / 2) ** 2 + cos(lat) * cos(there_lat) * sin((there_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def network(crossings: Sequence[Crossing], assumed: Assumed) -> Network:
    """The network of these crossings; both ends of every road are towns or crossings of the same far country."""
    points = {one.id: (one.lat, one.lon) for one in crossings if one.lat is not None and one.lon is not None}
    placed = [one for one in crossings if one.id in points]
    points |= {name: (lat, lon) for name, (lat, lon, _) in assumed.hubs.items()}
    joined: Joined = {name: {} for name in points}
    for one, other, km in assumed.links:
        if one in points and other in points:
            _join(joined, one, other, km if km is not None else assumed.detour * great_circle_km(points[one], points[other]))
    guessed = [one.id for one in placed if not joined[one.id]]
    for crossing in placed:
        if not joined[crossing.id]:
            _to_nearest(joined, crossing, points, assumed)
    ids = [one.id for one in placed]
    km_from = {id: _shortest(joined, id) for id in ids}
    table = tuple(tuple(km_from[id].get(other, inf) for other in ids) for id in ids)
    begins = {country: _shortest(joined, town) for country, town in assumed.origins.items() if town in joined}
    home = tuple(begins.get(one.side_b.country, {}).get(one.id, inf) for one in placed)
    return Network(tuple(placed), table, home, tuple(guessed), tuple(one.id for one in crossings if one.id not in points))


def _join(joined: Joined, one: str, other: str, km: float) -> None:
    joined[one][other] = joined[other][one] = min(km, joined[one].get(other, inf))


def _to_nearest(joined: Joined, crossing: Crossing, points: Mapping[str, tuple[float, float]], assumed: Assumed) -> None:
    towns = [name for name, (_, _, country) in assumed.hubs.items() if country == crossing.side_b.country]
    if towns:
        away = {town: great_circle_km(points[crossing.id], points[town]) for town in towns}
        town = min(away, key=lambda name: (away[name], name))
        _join(joined, crossing.id, town, assumed.detour * away[town])


def _shortest(joined: Joined, start: str) -> dict[str, float]:
    """Kilometres from a place to every place that roads lead to."""
    found: dict[str, float] = {}
    heap = [(0.0, start)]
    while heap:
        km, place = heappop(heap)
        if place in found:
            continue
        found[place] = km
        for other, step in joined[place].items():
            heappush(heap, (km + step, other))
    return found
