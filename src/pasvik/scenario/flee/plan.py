"""From an instance to the flat tables of the core: what each place is on each day, how it draws people, where new people come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pasvik.scenario.cohort.model import POLICIES, SOURCES, Days, Model, Rules
from pasvik.scenario.cohort.routes import RouteRules, build_network
from pasvik.scenario.flee.closures import Passage, passage, passage_as_flee, roads_of
from pasvik.scenario.flee.folder import Instance, Place

TINY = 1e-6
Number = TypeVar("Number", int, float)
COMPATS = ("mpi", "serial")
UNITS = (1, 2, 4, 5, 10, 20, 25, 50, 100)


@dataclass(frozen=True, slots=True)
class Mode:
    """How to run. compat mpi = occupancy frozen within a phase, serial = random sub-batches; as_flee = with the peer's faults;
    policy = what becomes of people on a road that closes; narrow = a location closure naming a neighbour closes only that road."""

    compat: str = "mpi"
    as_flee: bool = False
    policy: str = "at-border"
    narrow: bool = False
    batches: int = 64


@dataclass(slots=True)
class _State:
    """What a place is today."""

    move: float
    camp: bool
    idp: bool
    town: bool
    conflict: float
    since: int                                                  # day the conflict erupted; -1 = before the run


def make_model(instance: Instance, mode: Mode) -> Model:
    """The tables of the core. Raises ValueError where a mode is unknown or the routes to consider are too many."""
    roads = roads_of(instance, mode.as_flee)
    ways = passage_as_flee(instance, roads) if mode.as_flee else passage(instance, roads, mode.narrow)
    move, names = instance.settings.move, tuple(place.name for place in instance.places)
    units = _units([road.km for road in roads] + [move.max_move_speed, move.max_walk_speed] + [road.speed for road in roads if road.speed is not None])
    spots = [(place.x, place.y) for place in instance.places]
    aware = 1 if mode.as_flee and move.awareness_level < 0 else move.awareness_level
    route_rules = RouteRules(aware, move.softening, move.distance_power, move.start_on_foot, units,
                             move.home_distance_power if move.stay_close_to_home else 0.0, move.max_move_speed, mode.as_flee)
    markers = {place.name for place in instance.places if place.kind == "marker"}
    network = build_network(names, [(road.start, road.end, road.km, road.speed, road.walk) for road in roads], markers, spots, route_rules)
    blind = aware <= 0
    fastest = max([round(move.max_move_speed * units), round(move.max_walk_speed * units), *network.road_speed])
    rules = Rules(round(move.max_move_speed * units), round(move.max_walk_speed * units), 2 * fastest + 1 if move.avoid_short_stints else 1,
                  int(move.avoid_short_stints), POLICIES["orphaned" if mode.as_flee else mode.policy],
                  {"mpi": 1, "serial": mode.batches}[mode.compat], 1.0 if blind else move.weight_softening, 1.0 if blind else move.weight_power,
                  move.pruning_threshold, move.capacity_buffer, int(instance.settings.spawn.take_from_population),
                  SOURCES[instance.settings.spawn.spawn_mode])
    return Model(network, _days(instance, mode, ways), rules, names, tuple((road.start, road.end) for road in roads), units)


def camp_names(instance: Instance) -> list[str]:
    """The camps as they are named at the start, in the order of the file: the columns of out.csv."""
    return [place.name for place in instance.places if place.kind in ("camp", "idpcamp")]


def _units(lengths: Sequence[float]) -> int:
    """Units to the kilometre that make every length whole; at worst ten metres, to which lengths are then rounded."""
    return next((units for units in UNITS if all(abs(length * units - round(length * units)) < 1e-9 for length in lengths)), UNITS[-1])


def _days(instance: Instance, mode: Mode, ways: Passage) -> Days:
    """All tables per day."""
    places, length, settings = instance.places, instance.length, instance.settings
    hasten, home = settings.hasten, places[0].country
    registered = instance.register.table(mode.as_flee)
    day0 = {place.name: registered[place.name][0] for place in places
            if place.kind in ("camp", "idpcamp") and place.name in registered and settings.spawn.insert_day0 and not settings.spawn.empty_camps_on_day0}
    population = [0 if place.kind in ("camp", "idpcamp") else place.amount // hasten for place in places]
    room = [float(place.amount // hasten - (day0.get(place.name, 0) if mode.as_flee else 0)) if place.kind in ("camp", "idpcamp") else -1.0
            for place in places]
    rows: dict[str, list[Any]] = {key: [] for key in ("move", "score", "capacity", "town", "camp", "source", "sink")}
    states = [_first(place, instance, mode) for place in places]
    for day in range(length):
        erupted = _today(instance, mode, states, day)
        for index, place in enumerate(places):
            state = _shut_or_open(instance, ways, place, states, index, day, mode)
            capacity = (room[index] + (day + 1) * place.extra("capacity_per_day", 0.0)) * settings.move.capacity_scaling
            rows["move"].append(_chance(instance, state, population[index], room[index]))
            rows["score"].append(_score(instance, place, state, place.country != home, population[index], day))
            rows["capacity"].append(capacity)
            rows["town"].append(int(state.town))
            rows["camp"].append(int(state.camp))
            rows["source"].append(_source(instance, state, day if not mode.as_flee or erupted or day == 0 else day - 1))
            rows["sink"].append(place.extra("deactivation_probability", 0.0) if state.camp and settings.spawn.camps_are_sinks and not mode.as_flee else 0.0)
    demand = instance.register.demand(length, settings.spawn.sum_from_camps, mode.as_flee)
    if settings.spawn.insert_day0 and not settings.spawn.empty_camps_on_day0:
        demand[0] = 0
    initial = [day0.get(place.name, 0) + instance.agents.get(place.name, 0) for place in places]
    return Days(length, rows["move"], rows["score"], rows["capacity"], rows["town"], rows["camp"], rows["source"], rows["sink"],
                _flat(ways.open), _flat(ways.share), _flat(ways.quota), _flat(ways.steer), demand, initial, population)


def _flat(table: Sequence[Sequence[Number]]) -> list[Number]:
    """A table per day and road, day behind day."""
    return [value for row in table for value in row]


def _of_kind(kind: str, instance: Instance, intensity: float = 1.0) -> _State:
    """A place of a kind before anything happens to it."""
    move = instance.settings.move
    chance = {"camp": move.camp_movechance, "idpcamp": move.idpcamp_movechance, "conflict": move.conflict_movechance,
              "town": move.default_movechance}.get(kind, 1.0)
    return _State(chance, kind in ("camp", "idpcamp"), kind == "idpcamp", kind == "town", intensity if kind == "conflict" else -1.0, -1)


def _first(place: Place, instance: Instance, mode: Mode) -> _State:
    """A place on the morning of day 0; a conflict zone with a later date begins as a town. The peer makes a camp of a place few leave."""
    kind = "town" if place.kind == "conflict" and place.conflict_day > 0 else place.kind
    state = _of_kind(kind, instance, place.extra("conflict_intensity", 1.0))
    return replace(state, camp=True, town=False) if mode.as_flee and state.move < 0.005 and not state.camp else state


def _today(instance: Instance, mode: Mode, states: list[_State], day: int) -> bool:
    """Apply what happens to places on this day; did a conflict begin or end?"""
    happened = False
    for index, place in enumerate(instance.places):
        for name, kind, when in instance.changes:
            if name == place.name and when == day:
                states[index] = replace(_of_kind(kind, instance), since=day if kind == "conflict" else -1)
        values = instance.conflicts.get(place.name)
        if values is None:
            if not instance.conflicts and not mode.as_flee and place.kind == "conflict" and place.conflict_day == day:
                happened |= _erupt(instance, states, index, place.extra("conflict_intensity", 1.0), day)
            continue
        now, before = values[day], values[day - 1] if day else 0.0
        if now > TINY and before <= TINY:
            happened |= _erupt(instance, states, index, now, day)
        elif now <= TINY < before:
            states[index] = replace(states[index], move=instance.settings.move.default_movechance, conflict=-1.0, town=True)
            happened = True
        elif now > TINY and not mode.as_flee:
            states[index].conflict = now
    return happened


def _erupt(instance: Instance, states: list[_State], index: int, intensity: float, day: int) -> bool:
    """A conflict begins at a place."""
    states[index] = replace(states[index], move=instance.settings.move.conflict_movechance, conflict=intensity, town=False, since=day)
    return True


def _shut_or_open(instance: Instance, ways: Passage, place: Place, states: list[_State], index: int, day: int, mode: Mode) -> _State:
    """The state that holds today: a camp that is shut as a camp is a town. The peer lets that overwrite what the place was."""
    shut = day in ways.shut_camps.get(place.name, ())
    if not mode.as_flee:
        return _of_kind("town", instance) if shut else states[index]
    was_shut = day - 1 in ways.shut_camps.get(place.name, ())
    if shut and not was_shut:
        states[index] = replace(_of_kind("town", instance), since=states[index].since)
    elif (place.name, day) in ways.reopened and not shut:
        states[index] = replace(_of_kind(ways.reopened[(place.name, day)], instance), since=states[index].since)
    return states[index]


def _chance(instance: Instance, state: _State, population: int, room: float) -> float:
    """Chance a day of leaving."""
    move = instance.settings.move
    if move.movechance_pop_scale_factor == 0.0:
        return state.move
    return float(min(1.0, state.move * (max(population, room, 0.0) / move.movechance_pop_base) ** move.movechance_pop_scale_factor))


def _decay(instance: Instance, days: int) -> float:
    """What is left of a conflict's push so many days after it began."""
    steps = instance.settings.spawn.conflict_spawn_decay
    return steps[min(days // instance.settings.spawn.conflict_spawn_decay_interval, len(steps) - 1)] if steps else 1.0


def _score(instance: Instance, place: Place, state: _State, foreign: bool, population: int, day: int) -> float:
    """How a place draws people: abroad, camp and conflict weigh as the settings say."""
    move, score = instance.settings.move, 1.0
    if foreign:
        score *= (1.0 + place.extra("trade_volume", 0.0) + place.extra("hdi", 0.0) ** 2) * move.foreign_weight
    if state.camp:
        score *= move.camp_weight
    elif move.use_pop_for_loc_weight:
        score *= min(1.0, population) ** move.pop_power_for_loc_weight
    if state.conflict > 0.0:
        score *= move.conflict_weight ** (_decay(instance, day - state.since) * state.conflict)
    return float(score)


def _source(instance: Instance, state: _State, day: int) -> float:
    """Weight per head of population (register), or people or share of people a day (other modes)."""
    if state.conflict <= 0.0:
        return 0.0
    spawn = instance.settings.spawn
    if spawn.spawn_mode == "register":
        return state.conflict * _decay(instance, max(day - state.since, 0))
    return spawn.displaced_per_conflict_day * state.conflict


