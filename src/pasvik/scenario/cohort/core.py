"""One day on counts: who leaves, by which road, how far they come, and where they sleep.

The same code runs compiled or as plain Python and draws the same numbers either way, because every draw comes from the generator handed in.
Within a day people are handled in order of the distance they have covered, which only grows, so equal cohorts can be merged at every distance.
`n` and `x` hold everything; `layout.py` says where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pasvik.scenario.cohort.layout import (
    BARRED,
    BUCKET,
    BUFFER,
    CAMP,
    CAPACITY,
    ENTERED,
    FREE_NODE,
    FULL,
    GOT,
    HASH_SIZE,
    HASHED,
    HIGHEST,
    INSIST,
    JOURNEY_ARRIVE,
    JOURNEY_BACK,
    LADDER,
    LEG_COUNT,
    LEG_COVERED,
    LEG_FOOT,
    LEG_JOURNEY,
    LEG_MEMORY,
    LEG_PEOPLE,
    LEG_ROAD,
    LEG_SIZE,
    LOOKS,
    LOWEST,
    MIDDAY,
    MIDDAY_COUNT,
    MIDDAY_KEY,
    MOVE,
    NEXT_TRIP_COUNT,
    NEXT_TRIP_DONE,
    NEXT_TRIP_FLAGS,
    NEXT_TRIP_JOURNEY,
    NEXT_TRIP_MEMORY,
    NEXT_TRIP_PEOPLE,
    NEXT_TRIP_ROAD,
    NODE_AFTER,
    NODE_COUNT,
    NODE_MEMORY,
    NODE_PEOPLE,
    NODE_SIZE,
    NODE_SLOT,
    OCCUPIED,
    OPEN,
    OPTION_GOAL,
    OPTION_JOURNEY,
    OPTION_PAIR,
    OPTION_PULL,
    OPTION_REACH,
    OPTION_START,
    PAIR_ROAD,
    PAIR_START,
    PATH_ROAD,
    PATH_START,
    PLACES,
    POLICY,
    POWER,
    PRUNE,
    QUOTA_LEFT,
    QUOTIENTS,
    ROAD_FROM,
    ROAD_LENGTH,
    ROAD_SPEED,
    ROAD_TO,
    ROAD_WALK,
    ROADS,
    SCORE,
    SEEN,
    SHARE,
    SLOT_BASE,
    SLOT_FOOT,
    SLOT_GOAL,
    SLOT_JOURNEY,
    SLOT_PAIR,
    SLOT_PLACE,
    SOFTENING,
    SPEED,
    STEER,
    THEN,
    THEN_COUNT,
    THEN_KEY,
    TOWN,
    TRIP_SIZE,
    WALK,
    WEIGHED,
)
from pasvik.scenario.cohort.model import AT_BORDER, ORPHANED, WAIT, Floats, Ints

if TYPE_CHECKING:
    from numpy.random import Generator

FEW = 3                                                         # up to FEW people per candidate, one draw each is cheaper than binomials
SHORT = 16                                                      # and only on a ladder no longer than this


def room_left(buffer: float, capacity: float, people: int) -> float:
    """How far a place still draws people: 1 below the buffer, 0 when full, a straight line between; no capacity = 1."""
    if capacity < 1.0 or people <= buffer * capacity:
        return 1.0
    if people >= capacity:
        return 0.0
    return 1.0 - (people - buffer * capacity) / (capacity * (1.0 - buffer))


def weight_of(n: Ints, x: Floats, day: int, option: int) -> float:
    """The weight of one candidate route as occupancy is seen now; -1 = a road of it is closed."""
    for step in range(n[n[PATH_START] + option], n[n[PATH_START] + option + 1]):
        if n[n[OPEN] + day * n[ROADS] + n[n[PATH_ROAD] + step]] == 0:
            return -1.0
    goal = n[n[OPTION_GOAL] + option]
    where = day * n[PLACES] + goal
    room = room_left(x[BUFFER], x[n[CAPACITY] + where], n[n[SEEN] + goal])
    n[n[BARRED] + option] = 1 if n[n[CAMP] + where] == 1 and room < 0.5 else 0
    weight = (x[SOFTENING] + x[n[SCORE] + where] * x[n[OPTION_PULL] + option]) / x[n[OPTION_REACH] + option] * room
    return weight if x[POWER] == 1.0 else weight ** x[POWER]


def steered(n: Ints, x: Floats, day: int, begin: int, end: int) -> int:
    """The first candidate down whose road people are sent today and which has room; -1 = none."""
    for option in range(begin, end):
        first = n[n[PATH_START] + option]
        if n[n[PATH_START] + option + 1] == first + 1 and x[n[STEER] + day * n[ROADS] + n[n[PATH_ROAD] + first]] > 0.0:
            goal = n[n[OPTION_GOAL] + option]
            room = room_left(x[BUFFER], x[n[CAPACITY] + day * n[PLACES] + goal], n[n[SEEN] + goal])
            if n[n[OPEN] + day * n[ROADS] + n[n[PATH_ROAD] + first]] == 1 and room > 0.0:
                return option
    return -1


def weigh(n: Ints, x: Floats, day: int, place: int) -> None:
    """Work out the ladder of chances of the candidate routes of a place; its last rung is 1, or 0 where nothing is open."""
    n[n[WEIGHED] + place] = n[LOOKS]
    begin, end = n[n[OPTION_START] + place], n[n[OPTION_START] + place + 1]
    usable, heaviest, total = 0, 0.0, 0.0
    for option in range(begin, end):
        weight = weight_of(n, x, day, option)
        x[n[LADDER] + option] = weight
        usable += 1 if weight >= 0.0 else 0
        heaviest = max(heaviest, weight)
    for option in range(begin, end):
        if x[PRUNE] >= 1.001 and 0.0 < x[n[LADDER] + option] < heaviest / x[PRUNE]:
            x[n[LADDER] + option] = 0.0
        total += max(x[n[LADDER] + option], 0.0)
    sent = steered(n, x, day, begin, end)
    chance = 0.0 if sent < 0 else x[n[STEER] + day * n[ROADS] + n[n[PATH_ROAD] + n[n[PATH_START] + sent]]]
    climb = 0.0
    for option in range(begin, end):
        part = x[n[LADDER] + option]
        if part >= 0.0:                                         # where every weight is zero, all open routes are alike
            climb += (part / total if total > 0.0 else 1.0 / usable) * (1.0 - chance)
        if option == sent:
            climb += chance
        x[n[LADDER] + option] = climb
    if climb > 0.0:
        for option in range(begin, end):                        # exactly 1 at the top, so that nobody falls off the ladder
            x[n[LADDER] + option] = x[n[LADDER] + option] / climb


def first_open(n: Ints, day: int, pair: int) -> int:
    """The first open road of a pair of places, in the order of the file; -1 = none."""
    for index in range(n[n[PAIR_START] + pair], n[n[PAIR_START] + pair + 1]):
        if n[n[OPEN] + day * n[ROADS] + n[n[PAIR_ROAD] + index]] == 1:
            return n[n[PAIR_ROAD] + index]
    return -1


def set_out(rng: Generator, n: Ints, x: Floats, day: int, pair: int, journey: int, foot: int, memory: int, covered: int, people: int) -> int:
    """Send people down a road, as far as the rule there lets them; how many went."""
    road = first_open(n, day, pair)
    if road < 0 or people == 0:
        return 0
    share = x[n[SHARE] + day * n[ROADS] + road]
    if share < 1.0:
        people = int(rng.binomial(people, share))
    if n[n[QUOTA_LEFT] + road] >= 0:
        people = min(people, n[n[QUOTA_LEFT] + road])
        n[n[QUOTA_LEFT] + road] -= people
    at = n[LEG_COUNT]
    if people == 0:
        return 0
    if at >= n[LEG_SIZE]:
        n[FULL] = 1
        return 0
    n[LEG_COUNT] = at + 1
    n[n[LEG_ROAD] + at] = road
    n[n[LEG_JOURNEY] + at] = journey
    n[n[LEG_FOOT] + at] = foot
    n[n[LEG_MEMORY] + at] = memory
    n[n[LEG_COVERED] + at] = covered
    n[n[LEG_PEOPLE] + at] = people
    n[n[ENTERED] + day * n[ROADS] + road] += people
    return people


def pick(rng: Generator, n: Ints, x: Floats, begin: int, end: int, people: int, chance: float) -> None:
    """Few people: one draw each. How many picked each candidate goes to GOT."""
    for _ in range(people):
        draw = rng.random()
        if draw < chance:
            option = begin
            while x[n[LADDER] + option] * chance <= draw and option < end - 1:
                option += 1
            n[n[GOT] + option] += 1


def part(rng: Generator, n: Ints, x: Floats, begin: int, end: int, people: int, chance: float) -> None:
    """Many people: one binomial per candidate. How many picked each candidate goes to GOT."""
    movers = people if chance >= 1.0 else int(rng.binomial(people, chance))
    below = 0.0
    for option in range(begin, end):
        if movers == 0:
            return
        rung = x[n[LADDER] + option]
        if rung > below:
            share = (rung - below) / (1.0 - below)
            taken = movers if share >= 1.0 else int(rng.binomial(movers, share))
            n[n[GOT] + option] = taken
            movers -= taken
            below = rung


def leave(rng: Generator, n: Ints, x: Floats, day: int, slot: int, memory: int, covered: int, people: int, chance: float) -> int:
    """Let people of one cohort decide; those who go are added to the legs. How many stay."""
    place, foot, goal = n[n[SLOT_PLACE] + slot], n[n[SLOT_FOOT] + slot], n[n[SLOT_GOAL] + slot]
    if goal >= 0:                                               # they hold a route: they follow it, or drop it when its goal is a full camp
        where = day * n[PLACES] + goal
        if n[n[CAMP] + where] == 1 and room_left(x[BUFFER], x[n[CAPACITY] + where], n[n[SEEN] + goal]) < 0.5:
            return people
        return people - set_out(rng, n, x, day, n[n[SLOT_PAIR] + slot], n[n[SLOT_JOURNEY] + slot], foot, memory, covered, people)
    if n[n[WEIGHED] + place] != n[LOOKS]:
        weigh(n, x, day, place)
    begin, end = n[n[OPTION_START] + place], n[n[OPTION_START] + place + 1]
    if end == begin or x[n[LADDER] + end - 1] <= 0.0:
        return people
    if people <= FEW * (end - begin) and end - begin <= SHORT:
        pick(rng, n, x, begin, end, people, chance)
    else:
        part(rng, n, x, begin, end, people, chance)
    gone = 0
    for option in range(begin, end):
        if n[n[GOT] + option] > 0:
            if n[n[BARRED] + option] == 0:
                gone += set_out(rng, n, x, day, n[n[OPTION_PAIR] + option], n[n[OPTION_JOURNEY] + option], foot, memory, covered, n[n[GOT] + option])
            n[n[GOT] + option] = 0
    return people - gone


def remember(n: Ints, memory: int, covered: int) -> int:
    """The memory of recent travel after a day: floor(half of memory and today's distance); always 0 where the rules keep none."""
    return (memory + covered) // 2 if n[QUOTIENTS] > 1 else 0


def sleep(n: Ints, slot: int, memory: int, covered: int, people: int) -> None:
    """These people end the day at a place."""
    key = slot * n[QUOTIENTS] + remember(n, memory, covered)
    if n[n[THEN] + key] == 0:
        n[n[THEN_KEY] + n[THEN_COUNT]] = key
        n[THEN_COUNT] += 1
    n[n[THEN] + key] += people


def sleep_on_road(n: Ints, road: int, journey: int, flags: int, memory: int, done: int, people: int) -> None:
    """These people end the day on a road; equal cohorts are merged through a table of hashes."""
    spot = (((road * 1009 + journey) * 4 + flags) * 8191 + memory * 131 + done * 7) % n[HASH_SIZE]
    while n[n[HASHED] + spot] >= 0:
        at = n[n[HASHED] + spot]
        if (n[n[NEXT_TRIP_ROAD] + at] == road and n[n[NEXT_TRIP_JOURNEY] + at] == journey and n[n[NEXT_TRIP_FLAGS] + at] == flags
                and n[n[NEXT_TRIP_MEMORY] + at] == memory and n[n[NEXT_TRIP_DONE] + at] == done):
            n[n[NEXT_TRIP_PEOPLE] + at] += people
            return
        spot = spot + 1 if spot + 1 < n[HASH_SIZE] else 0
    at = n[NEXT_TRIP_COUNT]
    if at >= n[TRIP_SIZE]:
        n[FULL] = 1
        return
    n[NEXT_TRIP_COUNT] = at + 1
    n[n[HASHED] + spot] = at
    n[n[NEXT_TRIP_ROAD] + at] = road
    n[n[NEXT_TRIP_JOURNEY] + at] = journey
    n[n[NEXT_TRIP_FLAGS] + at] = flags
    n[n[NEXT_TRIP_MEMORY] + at] = memory
    n[n[NEXT_TRIP_DONE] + at] = done
    n[n[NEXT_TRIP_PEOPLE] + at] = people


def pass_through(n: Ints, slot: int, memory: int, covered: int, people: int) -> None:
    """These people have reached a place with day left: they decide again when everybody who covered less has decided."""
    at = n[FREE_NODE]
    if at >= 0:
        n[FREE_NODE] = n[n[NODE_AFTER] + at]
    else:
        at = n[NODE_COUNT]
        if at >= n[NODE_SIZE]:
            n[FULL] = 1
            return
        n[NODE_COUNT] = at + 1
    n[n[NODE_SLOT] + at] = slot
    n[n[NODE_MEMORY] + at] = memory
    n[n[NODE_PEOPLE] + at] = people
    n[n[NODE_AFTER] + at] = n[n[BUCKET] + covered]
    n[n[BUCKET] + covered] = at
    n[LOWEST] = min(n[LOWEST], covered)
    n[HIGHEST] = max(n[HIGHEST], covered)


def roll(n: Ints, day: int, speed: int, road: int, journey: int, flags: int, memory: int, covered: int, done: int, people: int) -> None:
    """Move people one day's distance along a road. flags: 1 = on foot, 2 = the road was closed behind them. Arrival is strictly beyond its end."""
    length = n[n[ROAD_LENGTH] + road]
    if done + speed <= length:
        sleep_on_road(n, road, journey, flags, remember(n, memory, covered + speed), done + speed, people)
        return
    covered = covered + length - done
    shut = n[n[OPEN] + day * n[ROADS] + road] == 0 and n[POLICY] != ORPHANED
    if shut and n[POLICY] == WAIT:
        sleep_on_road(n, road, journey, flags, remember(n, memory, covered), length, people)
    elif flags >= 2 or (shut and n[POLICY] == AT_BORDER):
        n[n[OCCUPIED] + n[n[ROAD_FROM] + road]] += people
        sleep(n, n[n[JOURNEY_BACK] + journey], memory, covered, people)
    elif covered < speed:
        pass_through(n, n[n[JOURNEY_ARRIVE] + journey], memory, covered, people)
    else:
        n[n[OCCUPIED] + n[n[ROAD_TO] + road]] += people
        sleep(n, n[n[JOURNEY_ARRIVE] + journey], memory, covered, people)


def travel(rng: Generator, n: Ints, x: Floats, day: int, road: int, journey: int, flags: int, memory: int, covered: int, done: int, people: int) -> None:
    """One day's travel of a cohort: on foot in its first leg where the rules say so, else some on foot by the road's chance."""
    if x[n[ROAD_WALK] + road] > 0.0:
        walkers = int(rng.binomial(people, x[n[ROAD_WALK] + road]))
        if walkers > 0:
            roll(n, day, n[WALK], road, journey, flags, memory, covered, done, walkers)
        people -= walkers
    if people > 0:
        roll(n, day, n[WALK] if flags % 2 == 1 else n[n[ROAD_SPEED] + road], road, journey, flags, memory, covered, done, people)


def gather(n: Ints, covered: int) -> None:
    """Empty the bucket of a distance into the midday cells, equal cohorts added up."""
    at = n[n[BUCKET] + covered]
    n[n[BUCKET] + covered] = -1
    n[MIDDAY_COUNT] = 0
    while at >= 0:
        key = n[n[NODE_SLOT] + at] * n[QUOTIENTS] + n[n[NODE_MEMORY] + at]
        if n[n[MIDDAY] + key] == 0:
            n[n[MIDDAY_KEY] + n[MIDDAY_COUNT]] = key
            n[MIDDAY_COUNT] += 1
        n[n[MIDDAY] + key] += n[n[NODE_PEOPLE] + at]
        after = n[n[NODE_AFTER] + at]
        n[n[NODE_AFTER] + at] = n[FREE_NODE]
        n[FREE_NODE] = at
        at = after


def stop_over(rng: Generator, n: Ints, x: Floats, day: int, covered: int) -> None:
    """Everybody who has covered exactly this much and stands at a place decides: go on today, or sleep there."""
    gather(n, covered)
    for index in range(n[MIDDAY_COUNT]):
        key = n[n[MIDDAY_KEY] + index]
        people = n[n[MIDDAY] + key]
        n[n[MIDDAY] + key] = 0
        slot, memory = key // n[QUOTIENTS], key % n[QUOTIENTS]
        place = n[n[SLOT_PLACE] + slot]
        chance = x[n[MOVE] + day * n[PLACES] + place]
        if n[n[SLOT_GOAL] + slot] >= 0 or (n[INSIST] == 1 and n[n[TOWN] + day * n[PLACES] + place] == 1 and memory + covered < n[SPEED]):
            chance = 1.0
        mark = n[LEG_COUNT]
        stay = leave(rng, n, x, day, slot, memory, covered, people, chance)
        if stay > 0:
            n[n[OCCUPIED] + place] += stay
            sleep(n, n[n[SLOT_BASE] + slot], memory, covered, stay)
        for leg in range(mark, n[LEG_COUNT]):
            travel(rng, n, x, day, n[n[LEG_ROAD] + leg], n[n[LEG_JOURNEY] + leg], n[n[LEG_FOOT] + leg], n[n[LEG_MEMORY] + leg],
                   n[n[LEG_COVERED] + leg], 0, n[n[LEG_PEOPLE] + leg])
        n[LEG_COUNT] = mark


def look(n: Ints) -> None:
    """From now on those who decide see the occupancy of this moment."""
    n[LOOKS] += 1
    for place in range(n[PLACES]):
        n[n[SEEN] + place] = n[n[OCCUPIED] + place]
