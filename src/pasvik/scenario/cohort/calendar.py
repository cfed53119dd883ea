"""Day after day: new people appear, closures turn travellers back, everybody decides, travels and sleeps; then tomorrow becomes today.

`run_days` is the entry that is compiled; the functions of `core.py` and of this file are its helpers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pasvik.scenario.cohort.core import (
    first_open,
    gather,
    leave,
    look,
    part,
    pass_through,
    pick,
    remember,
    roll,
    room_left,
    set_out,
    sleep,
    sleep_on_road,
    steered,
    stop_over,
    travel,
    weigh,
    weight_of,
)
from pasvik.scenario.cohort.layout import (
    BATCH,
    BATCHES,
    BUCKET,
    BUCKET_SIZE,
    BUFFER,
    CAPACITY,
    DEAL_AFTER,
    DEAL_COUNT,
    DEAL_ITEM,
    DEAL_PEOPLE,
    DEAL_SIZE,
    DEBT,
    DEMAND,
    FRESH_SLOT,
    FULL,
    GONE,
    HASH_SIZE,
    HASHED,
    HERE,
    HERE_COUNT,
    HERE_KEY,
    HIGHEST,
    INITIAL,
    JOURNEY_BACK,
    LEG_COUNT,
    LEG_FOOT,
    LEG_JOURNEY,
    LEG_MEMORY,
    LEG_PEOPLE,
    LEG_ROAD,
    LENGTH,
    LOWEST,
    MOVE,
    NEXT_TRIP_COUNT,
    NEXT_TRIP_ROAD,
    OCCUPIED,
    OPEN,
    ORIGIN,
    OWED,
    PEOPLE,
    PLACES,
    POLICY,
    POPULATION_LEFT,
    QUOTA,
    QUOTA_LEFT,
    QUOTIENTS,
    ROAD_FROM,
    ROADS,
    SINK,
    SLOT_BASE,
    SLOT_GOAL,
    SLOT_PLACE,
    SOURCE,
    SPAWNED,
    TAKE,
    THEN,
    THEN_COUNT,
    THEN_KEY,
    TRAVELLING,
    TRIP_COUNT,
    TRIP_DONE,
    TRIP_FLAGS,
    TRIP_JOURNEY,
    TRIP_MEMORY,
    TRIP_PEOPLE,
    TRIP_ROAD,
    UNPLACED,
)
from pasvik.scenario.cohort.model import FIXED, ORPHANED, POISSON, REGISTER, TURN_NOW, Floats, Ints

if TYPE_CHECKING:
    from numpy.random import Generator

TRIP_FIELDS = 6


def wake(n: Ints, key: int, people: int) -> None:
    """These people are at a place (slot and memory: `key`) this morning."""
    if n[n[HERE] + key] == 0:
        n[n[HERE_KEY] + n[HERE_COUNT]] = key
        n[HERE_COUNT] += 1
    n[n[HERE] + key] += people


def appear(n: Ints, day: int, place: int, people: int) -> None:
    """New people at a place, before anybody moves today."""
    if people <= 0:
        return
    key = n[n[FRESH_SLOT] + place] * n[QUOTIENTS]
    wake(n, key, people)
    n[n[OCCUPIED] + place] += people
    if day >= 0:
        n[n[SPAWNED] + day] += people
        if n[TAKE] == 1:
            n[n[POPULATION_LEFT] + place] = max(n[n[POPULATION_LEFT] + place] - people, 0)


def displace(rng: Generator, n: Ints, x: Floats, day: int) -> None:
    """The newly displaced of a day: the register's growth shared out by weight, or so many per conflict place. A fall in the register is a debt."""
    if n[ORIGIN] != REGISTER:
        for place in range(n[PLACES]):
            rate = x[n[SOURCE] + day * n[PLACES] + place]
            if rate > 0.0:
                if n[ORIGIN] == POISSON:
                    people = int(rng.poisson(rate))
                elif n[ORIGIN] == FIXED:
                    people = int(rate)
                else:
                    people = int(rate * n[n[POPULATION_LEFT] + place])
                appear(n, day, place, people)
        return
    people = n[n[DEMAND] + day] - n[DEBT]
    n[DEBT] = max(-people, 0)
    n[n[OWED] + day] = n[DEBT]
    total = 0.0
    for place in range(n[PLACES]):
        total += x[n[SOURCE] + day * n[PLACES] + place] * n[n[POPULATION_LEFT] + place]
    if people > 0 and total <= 0.0:
        n[n[UNPLACED] + day] = people
        return
    for place in range(n[PLACES]):
        weight = x[n[SOURCE] + day * n[PLACES] + place] * n[n[POPULATION_LEFT] + place]
        if people > 0 and weight > 0.0:
            part = weight / total
            total -= weight
            taken = people if part >= 1.0 - 1e-12 else int(rng.binomial(people, part))
            appear(n, day, place, taken)
            people -= taken


def turn_back(n: Ints, day: int) -> None:
    """People on a road which is closed today: marked (they come back on the day they would have arrived), or put back at its start now."""
    kept = 0
    for at in range(n[TRIP_COUNT]):
        road, people = n[n[TRIP_ROAD] + at], n[n[TRIP_PEOPLE] + at]
        closed = n[n[OPEN] + day * n[ROADS] + road] == 0
        if closed and n[POLICY] == TURN_NOW:
            wake(n, n[n[JOURNEY_BACK] + n[n[TRIP_JOURNEY] + at]] * n[QUOTIENTS] + n[n[TRIP_MEMORY] + at], people)
            n[n[OCCUPIED] + n[n[ROAD_FROM] + road]] += people
            continue
        for field in range(TRIP_FIELDS):
            n[n[TRIP_ROAD + field] + kept] = n[n[TRIP_ROAD + field] + at]
        if closed and n[POLICY] == ORPHANED and n[n[TRIP_FLAGS] + kept] < 2:
            n[n[TRIP_FLAGS] + kept] += 2
        kept += 1
    n[TRIP_COUNT] = kept


def on_the_move(n: Ints) -> int:
    """How many people travel today at most: those on roads and those who have set out."""
    people = 0
    for at in range(n[TRIP_COUNT]):
        people += n[n[TRIP_PEOPLE] + at]
    for at in range(n[LEG_COUNT]):
        people += n[n[LEG_PEOPLE] + at]
    return people


def batches_needed(n: Ints, x: Floats, day: int, leaving: bool) -> int:
    """One batch when no capacity can start or stop to matter within this phase, else as many as the rules ask.

    Not fewer where there are fewer people: dealt at random, two would often share a batch and not see each other.
    """
    if n[BATCHES] <= 1:
        return 1
    people = 0 if leaving else on_the_move(n)
    for place in range(n[PLACES]):
        capacity, there = x[n[CAPACITY] + day * n[PLACES] + place], n[n[OCCUPIED] + place]
        if capacity < 1.0:
            continue
        chance = x[n[MOVE] + day * n[PLACES] + place]
        going = there * chance + 8.0 * (there * chance) ** 0.5 + 20.0 if leaving else 0.0
        if there + people > x[BUFFER] * capacity and there - going < capacity:
            return n[BATCHES]
    return 1


def deal(rng: Generator, n: Ints, item: int, people: int, batches: int) -> None:
    """Spread the people of one cohort over random batches: into each batch's list go (item, people)."""
    left = people
    if people <= 4 * batches:
        for _ in range(people):
            put(n, int(rng.random() * batches), item, 1)
        return
    for batch in range(batches):
        taken = left if batch == batches - 1 else int(rng.binomial(left, 1.0 / (batches - batch)))
        if taken > 0:
            put(n, batch, item, taken)
        left -= taken


def put(n: Ints, batch: int, item: int, people: int) -> None:
    """Add people of an item to a batch."""
    head = n[n[BATCH] + batch]
    if head >= 0 and n[n[DEAL_ITEM] + head] == item:
        n[n[DEAL_PEOPLE] + head] += people
        return
    at = n[DEAL_COUNT]
    if at >= n[DEAL_SIZE]:
        n[FULL] = 1
        return
    n[n[DEAL_ITEM] + at] = item
    n[n[DEAL_PEOPLE] + at] = people
    n[n[DEAL_AFTER] + at] = head
    n[n[BATCH] + batch] = at
    n[DEAL_COUNT] = at + 1


def morning(rng: Generator, n: Ints, x: Floats, day: int) -> None:
    """Everybody at a place decides once; those who stay sleep there, those who go become legs."""
    batches = batches_needed(n, x, day, True)
    n[DEAL_COUNT] = 0
    for batch in range(batches):
        n[n[BATCH] + batch] = -1
    for index in range(n[HERE_COUNT]):
        key = n[n[HERE_KEY] + index]
        people = n[n[HERE] + key]
        n[n[HERE] + key] = 0
        if batches > 1:
            deal(rng, n, key, people, batches)
        else:
            put(n, 0, key, people)
    n[HERE_COUNT] = 0
    for batch in range(batches):
        look(n)
        at = n[n[BATCH] + batch]
        while at >= 0:
            key, people = n[n[DEAL_ITEM] + at], n[n[DEAL_PEOPLE] + at]
            slot, memory = key // n[QUOTIENTS], key % n[QUOTIENTS]
            place = n[n[SLOT_PLACE] + slot]
            chance = 1.0 if n[n[SLOT_GOAL] + slot] >= 0 else x[n[MOVE] + day * n[PLACES] + place]
            stay = leave(rng, n, x, day, slot, memory, 0, people, chance)
            if stay > 0:
                sleep(n, n[n[SLOT_BASE] + slot], memory, 0, stay)
            n[n[OCCUPIED] + place] -= people - stay
            at = n[n[DEAL_AFTER] + at]


def daytime(rng: Generator, n: Ints, x: Floats, day: int) -> None:
    """Everybody on a road travels, and goes on deciding as long as the day's distance lasts."""
    legs, roads = n[LEG_COUNT], n[TRIP_COUNT]
    batches = batches_needed(n, x, day, False)
    n[DEAL_COUNT] = 0
    for batch in range(batches):
        n[n[BATCH] + batch] = -1
    for item in range(legs + roads):
        people = n[n[LEG_PEOPLE] + item] if item < legs else n[n[TRIP_PEOPLE] + item - legs]
        if batches > 1:
            deal(rng, n, item, people, batches)
        else:
            put(n, 0, item, people)
    for batch in range(batches):
        look(n)
        at = n[n[BATCH] + batch]
        n[LOWEST], n[HIGHEST] = n[BUCKET_SIZE], -1
        while at >= 0:
            item, people = n[n[DEAL_ITEM] + at], n[n[DEAL_PEOPLE] + at]
            if item < legs:
                travel(rng, n, x, day, n[n[LEG_ROAD] + item], n[n[LEG_JOURNEY] + item], n[n[LEG_FOOT] + item], n[n[LEG_MEMORY] + item], 0, 0, people)
            else:
                item -= legs
                travel(rng, n, x, day, n[n[TRIP_ROAD] + item], n[n[TRIP_JOURNEY] + item], n[n[TRIP_FLAGS] + item], n[n[TRIP_MEMORY] + item], 0,
                       n[n[TRIP_DONE] + item], people)
            at = n[n[DEAL_AFTER] + at]
        covered = n[LOWEST]
        while covered <= n[HIGHEST]:
            if n[n[BUCKET] + covered] >= 0:
                stop_over(rng, n, x, day, covered)
            covered += 1
    n[LEG_COUNT] = 0


def evening(rng: Generator, n: Ints, x: Floats, day: int) -> None:
    """Some leave the count for good where the place says so; then what was tomorrow's becomes today's, and the day is written down."""
    for index in range(n[THEN_COUNT]):
        key = n[n[THEN_KEY] + index]
        people = n[n[THEN] + key]
        n[n[THEN] + key] = 0
        place = n[n[SLOT_PLACE] + key // n[QUOTIENTS]]
        chance = x[n[SINK] + day * n[PLACES] + place]
        if chance > 0.0:
            lost = int(rng.binomial(people, chance))
            n[n[GONE] + day] += lost
            n[n[OCCUPIED] + place] -= lost
            people -= lost
        if people > 0:
            wake(n, key, people)
    n[THEN_COUNT] = 0
    for at in range(n[NEXT_TRIP_COUNT]):
        for field in range(TRIP_FIELDS):
            n[n[TRIP_ROAD + field] + at] = n[n[NEXT_TRIP_ROAD + field] + at]
        n[n[TRAVELLING] + day] += n[n[TRIP_PEOPLE] + at]
    n[TRIP_COUNT] = n[NEXT_TRIP_COUNT]
    if n[NEXT_TRIP_COUNT] > 0:
        for spot in range(n[HASH_SIZE]):
            n[n[HASHED] + spot] = -1
    n[NEXT_TRIP_COUNT] = 0
    for place in range(n[PLACES]):
        n[n[PEOPLE] + day * n[PLACES] + place] = n[n[OCCUPIED] + place]


def run_days(rng: Generator, n: Ints, x: Floats) -> int:
    """Run all days. 0 = done; 1 = a work table was too small (make it larger and begin again with the same seed)."""
    for place in range(n[PLACES]):
        appear(n, -1, place, n[n[INITIAL] + place])
    for day in range(n[LENGTH]):
        displace(rng, n, x, day)
        for road in range(n[ROADS]):
            n[n[QUOTA_LEFT] + road] = n[n[QUOTA] + day * n[ROADS] + road]
        turn_back(n, day)
        morning(rng, n, x, day)
        daytime(rng, n, x, day)
        evening(rng, n, x, day)
        if n[FULL] == 1:
            return 1
    return 0


HELPERS = (room_left, weight_of, steered, weigh, first_open, set_out, pick, part, leave, remember, sleep, sleep_on_road, pass_through, roll, travel,
           gather, stop_over, look, wake, appear, displace, turn_back, on_the_move, batches_needed, put, deal, morning, daytime, evening)
