"""The same rules told once more, person by person and slowly, so that the counts can be held against them. Occupancy is frozen within a phase."""

from __future__ import annotations

import random
import statistics
from dataclasses import dataclass

import pytest

from pasvik.scenario.cohort.run import run_many
from pasvik.scenario.flee.folder import parse_folder
from pasvik.scenario.flee.plan import Mode, make_model


@dataclass
class Person:
    place: str
    road: tuple[str, str] | None = None
    done: float = 0.0
    recent: float = 0.0
    today: float = 0.0


@dataclass
class World:
    """links: (from, to) -> km; move: chance per place; capacity: people, 0 = none; new: people appearing in `source` per day."""

    links: dict[tuple[str, str], float]
    move: dict[str, float]
    towns: set[str]
    capacity: dict[str, float]
    source: str
    new: list[int]
    speed: float
    softening: float
    insist: bool


def room(world: World, seen: dict[str, int], place: str) -> float:
    capacity, people = world.capacity.get(place, 0), seen[place]
    if not capacity or people <= 0.9 * capacity:
        return 1.0
    return 0.0 if people >= capacity else 1 - (people - 0.9 * capacity) / (0.1 * capacity)


def decide(world: World, dice: random.Random, person: Person, seen: dict[str, int], forced: bool) -> None:
    chance = 1.0 if forced and person.place in world.towns else world.move[person.place]
    if dice.random() >= chance:
        return
    roads = [road for road in world.links if road[0] == person.place]
    weights = [room(world, seen, road[1]) / (world.softening + world.links[road]) for road in roads]
    road = dice.choices(roads, weights if sum(weights) else None)[0]
    if road[1] in world.capacity and room(world, seen, road[1]) < 0.5:
        return
    person.road, person.done = road, 0.0


def go(world: World, dice: random.Random, person: Person, seen: dict[str, int]) -> None:
    while person.road:
        km = world.links[person.road]
        person.done += world.speed
        person.today += world.speed
        if person.done <= km:
            return
        person.today += km - person.done
        person.place, person.road = person.road[1], None
        if person.today < world.speed:
            decide(world, dice, person, seen, world.insist and (person.recent + person.today / world.speed) / 2 < 0.5)


def live(world: World, seed: int) -> list[dict[str, int]]:
    """People per place at the end of each day."""
    dice, people, days = random.Random(seed), [], []

    def count() -> dict[str, int]:
        counts = dict.fromkeys(world.move, 0)
        for person in people:
            if person.road is None:
                counts[person.place] += 1
        return counts

    for new in world.new:
        people += [Person(world.source) for _ in range(new)]
        seen = count()
        for person in people:
            if person.road is None:
                decide(world, dice, person, seen, False)
        seen = count()
        for person in people:
            go(world, dice, person, seen)
            person.recent = (person.recent + person.today / world.speed) / 2
            person.today = 0.0
        days.append(count())
    return days


PLACES = """#name,region,country,lat,lon,type,conflict_date,pop
A,r,X,0,0,conflict_zone,0,10
B,r,X,0,0,town,,
C,r,X,0,0,town,,
D,r,Y,0,0,camp,,45
E,r,Y,0,0,camp,,0
"""
ROADS = {("A", "B"): 110, ("B", "C"): 80, ("C", "D"): 150, ("B", "E"): 500, ("A", "C"): 200}
SETTINGS = "move_rules:\n  max_move_speed: 360\n  softening: 10\n  camp_movechance: 0.05\n  default_movechance: 0.3\n  conflict_movechance: 0.8\n"


@pytest.mark.parametrize("insist", [False, True])
def test_counts_behave_as_persons_do(folder, insist: bool) -> None:
    """400 runs of both: every place and day within five standard errors in the mean, spreads within a third."""
    runs, days = 400, 8
    links = {**ROADS, **{(b, a): km for (a, b), km in ROADS.items()}}
    new = [0, *[20] * (days - 1)]
    move = {"A": 0.8, "B": 0.3, "C": 0.3, "D": 0.05, "E": 0.05}
    world = World(links, move, {"B", "C"}, {"D": 45.0}, "A", new, 360.0, 10.0, insist)
    told = [live(world, seed) for seed in range(runs)]
    files = {"locations__csv": PLACES, "routes__csv": "".join(f"{a},{b},{km},\n" for (a, b), km in ROADS.items()),
             "conflicts__csv": "#Day,A\n" + "".join(f"{day},1\n" for day in range(days)),
             "source_data/data_layout__csv": "total,all.csv\nD,d.csv\n", "source_data/all__csv": "2024-01-01,0\n2024-01-08,140\n",
             "source_data/d__csv": "2024-01-01,0\n2024-01-08,140\n",
             "simsetting__yml": SETTINGS + f"  avoid_short_stints: {str(insist).lower()}\n  conflict_weight: 1.0\n"}
    instance, found = parse_folder(folder(days=days, **files))
    assert not [one for one in found if one.level == "error"], found
    model = make_model(instance, Mode())
    counted = run_many(model, 3, runs, plain=True).people
    for day in range(days):
        for at, name in enumerate(model.names):
            one, other = [run_of[day][name] for run_of in told], [int(value) for value in counted[:, day, at]]
            spread = (statistics.pvariance(one) + statistics.pvariance(other)) / runs
            assert abs(statistics.fmean(one) - statistics.fmean(other)) <= 5 * spread ** 0.5 + 1e-9, (day, name)
            if statistics.pvariance(one) > 1:
                assert 0.67 < statistics.pvariance(other) / statistics.pvariance(one) < 1.5, (day, name)
