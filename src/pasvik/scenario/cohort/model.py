"""The nouns of a run of counts: the network, what holds on each day, the rules of moving, and what came out.

All tables are flat, so that the same core reads NumPy arrays (compiled) and plain lists (not compiled). A table per day and place is read at
`day * places + place`, a table per day and road at `day * roads + road`. Lengths are whole units, `units_per_km` to the kilometre.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray

Ints = MutableSequence[int]                                     # what the core works on: an array or a list
Floats = MutableSequence[float]
Whole = Sequence[int]                                           # tables that are only read
Parts = Sequence[float]

# What becomes of people already on a road when it closes.
ORPHANED, AT_BORDER, TURN_NOW, WAIT = 0, 1, 2, 3
POLICIES = {"orphaned": ORPHANED, "at-border": AT_BORDER, "turn-back-now": TURN_NOW, "wait": WAIT}

# Where new people come from.
REGISTER, FIXED, RATIO, POISSON = 0, 1, 2, 3
SOURCES = {"register": REGISTER, "constant": FIXED, "pop_ratio": RATIO, "poisson": POISSON}


class Rules(NamedTuple):
    """How people move. Speeds in units a day; `quotients` = how many values the memory of recent travel can take (1 = no memory)."""

    speed: int
    walk: int
    quotients: int
    insist: int                                                 # 1 = go on through towns until a day's distance is made
    policy: int
    batches: int                                                # 1 = occupancy frozen within a phase; more = it moves with random sub-batches
    softening: float
    power: float
    prune: float                                                # routes lighter than heaviest / prune are dropped; below 1.001 = none
    buffer: float                                               # share of the capacity from which a place draws fewer
    take: int                                                   # 1 = the displaced are taken from the population
    source: int


class Network(NamedTuple):
    """Places, one-way roads, candidate routes, and slots: a slot is a place with what is left of a chosen route (mostly nothing).

    journey = one step of a route on a road: which slot it arrives in, and which it falls back to when the road is shut.
    """

    places: int
    roads: int
    road_from: Whole
    road_to: Whole
    road_length: Whole
    road_speed: Whole
    road_walk: Parts                                           # chance a day of going on foot
    pair_start: Whole                                            # parallel roads between the same two places, in the order of the file
    pair_road: Whole
    slot_place: Whole
    slot_base: Whole                                             # the same place without a route
    slot_foot: Whole                                             # 1 = has not finished a first leg
    slot_goal: Whole                                             # last place of the route held, -1 = none
    slot_pair: Whole
    slot_journey: Whole
    fresh_slot: Whole                                            # per place: where the newly displaced begin
    option_start: Whole                                          # per place: its candidate routes
    option_goal: Whole
    option_pair: Whole
    option_journey: Whole
    option_reach: Parts                                        # (softening + distance) ** power
    option_pull: Parts
    path_start: Whole                                            # per candidate: the roads it uses
    path_road: Whole
    journey_arrive: Whole
    journey_back: Whole


class Days(NamedTuple):
    """What holds on each day. Per day and place: move, score, capacity, town, camp, source. Per day and road: open, share, quota, steer."""

    length: int
    move: Parts                                                # chance of leaving, a day
    score: Parts
    capacity: Parts                                            # people; below 1 = unlimited
    town: Whole
    camp: Whole
    source: Parts                                               # new people: weight per head (register), people, or share of the population
    sink: Parts                                                # chance a day of leaving the count for good
    open: Whole
    share: Parts                                               # share of those who would go that the rule lets through
    quota: Whole                                                 # people a day, -1 = no limit
    steer: Parts                                               # chance of being sent down this road when leaving
    demand: Whole                                                # newly displaced per day (register mode), may be negative
    initial: Whole                                               # per place, before day 0
    population: Whole


@dataclass(frozen=True, slots=True)
class Model:
    """Everything a run needs besides the seed; `names` of the places, in order, and of the roads as (from, to)."""

    network: Network
    days: Days
    rules: Rules
    names: tuple[str, ...]
    roads: tuple[tuple[str, str], ...]
    units_per_km: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """One run. people: (days, places); travelling, spawned, debt, unplaced, gone: (days,); entered: (days, roads); all counts of people."""

    people: NDArray[int64]
    travelling: NDArray[int64]
    entered: NDArray[int64]
    spawned: NDArray[int64]
    debt: NDArray[int64]
    unplaced: NDArray[int64]
    gone: NDArray[int64]


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Many runs of one model. people: (runs, days, places)."""

    people: NDArray[int64]
    travelling: NDArray[int64]

    def mean(self) -> NDArray[float64]:
        """People per day and place, averaged over runs."""
        found: NDArray[float64] = self.people.mean(axis=0)
        return found
