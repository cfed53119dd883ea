"""Which routes people at a place consider, and the slots and journeys that follow from them: the network as the flat tables of the core."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from pasvik.scenario.cohort.model import Network

MOST_ROUTES = 400_000
EARTH_KM = 6373.0

RoadRow = tuple[str, str, float, float | None, float]           # from, to, km, speed km a day or None, chance of walking


@dataclass(frozen=True, slots=True)
class RouteRules:
    """awareness = hops people look ahead (0 or less: they see roads, not places); softening km; units to the km; home_power 0 = off."""

    awareness: int
    softening: float
    distance_power: float
    on_foot: bool
    units: int
    home_power: float
    speed: float
    as_flee: bool


@dataclass(slots=True)
class _Build:
    """The lists as they grow."""

    roads: list[tuple[int, int]]
    out: list[list[int]]                                        # per place its roads
    pairs: dict[tuple[int, int], int] = field(default_factory=dict)
    pair_roads: list[list[int]] = field(default_factory=list)
    slots: dict[tuple[int, tuple[int, ...], int], int] = field(default_factory=dict)
    steps: list[tuple[int, int, int]] = field(default_factory=list)         # per slot: goal, pair, journey
    journeys: dict[tuple[int, int], int] = field(default_factory=dict)


def build_network(names: Sequence[str], roads: Sequence[RoadRow], markers: Collection[str], spots: Sequence[tuple[float, float]],
                  rules: RouteRules) -> Network:
    """The network. Raises ValueError where the routes to consider are more than `MOST_ROUTES`."""
    index = {name: at for at, name in enumerate(names)}
    build = _Build([(index[road[0]], index[road[1]]) for road in roads], [[] for _ in names])
    for at, ends in enumerate(build.roads):
        build.out[ends[0]].append(at)
        if ends not in build.pairs:
            build.pairs[ends] = len(build.pair_roads)
            build.pair_roads.append([])
        build.pair_roads[build.pairs[ends]].append(at)
    feet = (0, 1) if rules.on_foot else (0,)
    for foot in feet:
        for place in range(len(names)):
            _slot(build, place, (), foot)
    marked = {index[name] for name in markers}
    options = [_options(build, place, marked, [road[2] for road in roads], rules) for place in range(len(names))]
    flat = [option for group in options for option in group]
    journeys = [_journey(build, place, hops) for place, group in enumerate(options) for hops, _, _ in group]
    _follow(build)
    return _network(build, names, roads, spots, rules, options, flat, journeys)


Option = tuple[tuple[int, ...], tuple[int, ...], float]         # places, roads, km


def _options(build: _Build, place: int, markers: Collection[int], km: Sequence[float], rules: RouteRules) -> list[Option]:
    """Every route people at a place consider: each prefix of each path without a return, markers not counted as a hop nor as a goal."""
    found: list[Option] = []
    if rules.awareness <= 0 and rules.as_flee:
        return found                                            # the peer compares a number with a name there, and nobody moves

    def look(road: int, hops: tuple[int, ...], used: tuple[int, ...], far: float, step: int) -> None:
        goal = build.roads[road][1]
        hops, used, far = (*hops, goal), (*used, road), far + km[road]
        if goal in markers:
            step -= 1
        else:
            found.append((hops, used, far))
        if len(found) > MOST_ROUTES:
            raise ValueError(f"more than {MOST_ROUTES} routes to consider from one place; a smaller awareness_level is needed")
        if max(rules.awareness, 1) > step:
            for onward in build.out[goal]:
                if build.roads[onward][1] not in (place, *hops[:-1]):
                    look(onward, hops, used, far, step + 1)

    for road in build.out[place]:
        look(road, (), (), 0.0, 1)
    return found


def _slot(build: _Build, place: int, rest: tuple[int, ...], foot: int = 0) -> int:
    """The slot of a place with what is left of a route."""
    key = (place, rest, 0 if rest else foot)
    if key not in build.slots:
        build.slots[key] = len(build.slots)
    return build.slots[key]


def _journey(build: _Build, place: int, hops: tuple[int, ...]) -> int:
    """The first step of a route: where it arrives, and where it falls back to."""
    key = (_slot(build, hops[0], hops[1:]), _slot(build, place, hops[1:]))
    return build.journeys.setdefault(key, len(build.journeys))


def _follow(build: _Build) -> None:
    """The next step of every slot that holds a route, until no new slot appears."""
    done = 0
    while done < len(build.slots):
        for (place, rest, _), at in list(build.slots.items())[done:]:
            assert at == len(build.steps)
            build.steps.append((rest[-1], build.pairs.get((place, rest[0]), -1), _journey(build, place, rest)) if rest else (-1, -1, -1))
        done = len(build.steps)


def _network(build: _Build, names: Sequence[str], roads: Sequence[RoadRow], spots: Sequence[tuple[float, float]], rules: RouteRules,
             options: Sequence[Sequence[Option]], flat: Sequence[Option], journeys: Sequence[int]) -> Network:
    """All lists as flat tables."""
    def starts(groups: Sequence[Sequence[object]]) -> list[int]:
        return [0, *accumulate(len(group) for group in groups)]

    from_place = [place for place, group in enumerate(options) for _ in group]
    blind = rules.awareness <= 0
    keys = list(build.slots)
    base = [build.slots[(place, (), 0 if rest else foot)] for place, rest, foot in keys]
    nowhere = len(build.pair_roads)                             # a pair without a road, for routes whose first hop cannot be taken
    return Network(
        len(names), len(roads), [ends[0] for ends in build.roads], [ends[1] for ends in build.roads],
        [round(road[2] * rules.units) for road in roads], [round((road[3] or rules.speed) * rules.units) for road in roads],
        [road[4] for road in roads], starts([*build.pair_roads, []]), [road for group in build.pair_roads for road in group],
        [key[0] for key in keys], base, [key[2] for key in keys], [step[0] for step in build.steps],
        [nowhere if step[1] < 0 else step[1] for step in build.steps], [step[2] for step in build.steps],
        [build.slots[(place, (), int(rules.on_foot))] for place in range(len(names))],
        starts(options), [hops[-1] for hops, _, _ in flat],
        [build.pairs[(place, hops[0])] for place, (hops, _, _) in zip(from_place, flat, strict=True)], list(journeys),
        [1.0 if blind else (rules.softening + far) ** rules.distance_power for _, _, far in flat],
        [0.0 if blind else _pull(spots[place], spots[hops[-1]], rules) for place, (hops, _, _) in zip(from_place, flat, strict=True)],
        starts([used for _, used, _ in flat]), [road for _, used, _ in flat for road in used],
        [arrive for arrive, _ in build.journeys], [back for _, back in build.journeys])


def _pull(here: tuple[float, float], there: tuple[float, float], rules: RouteRules) -> float:
    """1, or less the further the goal is from here as the crow flies, where people stay close."""
    if rules.home_power == 0.0:
        return 1.0
    (x1, y1), (x2, y2) = here, there                            # the peer takes the fourth column as longitude, whatever its header says
    half = (math.sin(math.radians(y2 - y1) / 2) ** 2
            + math.cos(math.radians(y1)) * math.cos(math.radians(y2)) * math.sin(math.radians(x2 - x1) / 2) ** 2)
    return 1.0 / float(max(1.0, EARTH_KM * 2 * math.atan2(math.sqrt(half), math.sqrt(1 - half))) ** rules.home_power)
