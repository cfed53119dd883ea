"""Where everything lies: all whole numbers of a run in one array `n`, all fractions in one array `x`, each table behind the other.

`n[SPEED]` is a value; `n[n[ROAD_TO] + road]` is a table: its cell in the head of `n` says where it begins. Two arrays instead of ninety are what
makes the compiled core fast (a compiled call counts references to every array it is handed) and let the same code run on plain lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pasvik.scenario.cohort.model import Model
from pasvik.scenario.cohort.numeric import np

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray

SOFTENING, POWER, PRUNE, BUFFER = range(4)                      # in x

VALUES = (PLACES, ROADS, LENGTH, SPEED, WALK, QUOTIENTS, INSIST, POLICY, BATCHES, TAKE, ORIGIN,
          HERE_COUNT, THEN_COUNT, LEG_COUNT, TRIP_COUNT, NEXT_TRIP_COUNT, FREE_NODE, NODE_COUNT, LOOKS, FULL, MIDDAY_COUNT, DEAL_COUNT, DEBT,
          LOWEST, HIGHEST, LEG_SIZE, TRIP_SIZE, HASH_SIZE, NODE_SIZE, BUCKET_SIZE, DEAL_SIZE) = range(31)

TABLES = (
    # the network
    ROAD_FROM, ROAD_TO, ROAD_LENGTH, ROAD_SPEED, ROAD_WALK, PAIR_START, PAIR_ROAD, SLOT_PLACE, SLOT_BASE, SLOT_FOOT, SLOT_GOAL, SLOT_PAIR,
    SLOT_JOURNEY, FRESH_SLOT, OPTION_START, OPTION_GOAL, OPTION_PAIR, OPTION_JOURNEY, OPTION_REACH, OPTION_PULL, PATH_START, PATH_ROAD,
    JOURNEY_ARRIVE, JOURNEY_BACK,
    # what holds per day
    MOVE, SCORE, CAPACITY, TOWN, CAMP, SOURCE, SINK, OPEN, SHARE, QUOTA, STEER, DEMAND, INITIAL, POPULATION,
    # what is written down
    PEOPLE, TRAVELLING, ENTERED, SPAWNED, OWED, UNPLACED, GONE,
    # today's and tomorrow's cohorts at places, by slot and memory; keys = the cells in use
    HERE, HERE_KEY, THEN, THEN_KEY, MIDDAY, MIDDAY_KEY,
    # per place and road, now; seen = occupancy as those who decide see it
    OCCUPIED, SEEN, POPULATION_LEFT, QUOTA_LEFT, WEIGHED,
    # per candidate route: cumulative chance; 1 = its goal is a full camp, whoever picks it stays; how many picked it
    LADDER, BARRED, GOT,
    # cohorts that have set out today
    LEG_ROAD, LEG_JOURNEY, LEG_FOOT, LEG_MEMORY, LEG_COVERED, LEG_PEOPLE,
    # cohorts that slept on a road; flags 1 = on foot, 2 = the road was closed behind them
    TRIP_ROAD, TRIP_JOURNEY, TRIP_FLAGS, TRIP_MEMORY, TRIP_DONE, TRIP_PEOPLE,
    NEXT_TRIP_ROAD, NEXT_TRIP_JOURNEY, NEXT_TRIP_FLAGS, NEXT_TRIP_MEMORY, NEXT_TRIP_DONE, NEXT_TRIP_PEOPLE, HASHED,
    # cohorts standing at a place with day left, chained per distance covered
    NODE_SLOT, NODE_MEMORY, NODE_PEOPLE, NODE_AFTER, BUCKET,
    # cohorts spread over random batches, chained per batch
    DEAL_ITEM, DEAL_PEOPLE, DEAL_AFTER, BATCH,
) = range(len(VALUES), len(VALUES) + 87)

FRACTIONS = frozenset((ROAD_WALK, OPTION_REACH, OPTION_PULL, MOVE, SCORE, CAPACITY, SOURCE, SINK, SHARE, STEER, LADDER))
HEAD = len(VALUES) + len(TABLES)


def pack(model: Model, size: int) -> tuple[NDArray[int64], NDArray[float64]]:
    """The arrays n and x of a fresh run; size = room for cohorts on roads (four times as much within a day)."""
    net, days, rules = model.network, model.days, model.rules
    cells = len(net.slot_place) * rules.quotients
    bucket = max([rules.speed, rules.walk, *net.road_speed]) + 1
    given: dict[int, Any] = dict(zip(TABLES, [*net[2:], *days[1:]], strict=False))
    per_day, options = days.length, len(net.option_goal)
    sizes = {
        PEOPLE: per_day * net.places, ENTERED: per_day * net.roads, **dict.fromkeys((TRAVELLING, SPAWNED, OWED, UNPLACED, GONE), per_day),
             **dict.fromkeys(range(HERE, MIDDAY_KEY + 1), cells), **dict.fromkeys((OCCUPIED, SEEN, POPULATION_LEFT, WEIGHED), net.places),
             QUOTA_LEFT: net.roads, **dict.fromkeys((LADDER, BARRED, GOT), options),
             **dict.fromkeys(range(LEG_ROAD, LEG_PEOPLE + 1), size * 4), **dict.fromkeys(range(TRIP_ROAD, NEXT_TRIP_PEOPLE + 1), size),
             HASHED: size * 2 + 1, **dict.fromkeys(range(NODE_SLOT, NODE_AFTER + 1), size * 4), BUCKET: bucket,
             **dict.fromkeys(range(DEAL_ITEM, DEAL_AFTER + 1), size * 8), BATCH: max(rules.batches, 1)}
    sizes |= {table: len(values) for table, values in given.items()}
    starts, whole, fractions = {}, HEAD, 4
    for table in TABLES:
        starts[table] = fractions if table in FRACTIONS else whole
        fractions += sizes[table] if table in FRACTIONS else 0
        whole += 0 if table in FRACTIONS else sizes[table]
    n, x = np.zeros(whole, dtype=np.int64), np.zeros(fractions)
    for table, values in given.items():
        (x if table in FRACTIONS else n)[starts[table]:starts[table] + len(values)] = values
    n[:11] = (net.places, net.roads, days.length, rules.speed, rules.walk, rules.quotients, rules.insist, rules.policy, rules.batches,
              rules.take, rules.source)
    n[FREE_NODE] = -1
    n[LEG_SIZE:DEAL_SIZE + 1] = size * 4, size, size * 2 + 1, size * 4, bucket, size * 8
    n[len(VALUES):HEAD] = [starts[table] for table in TABLES]
    for table in (BUCKET, HASHED):
        n[starts[table]:starts[table] + sizes[table]] = -1
    n[starts[POPULATION_LEFT]:starts[POPULATION_LEFT] + net.places] = days.population
    x[:4] = rules.softening, rules.power, rules.prune, rules.buffer
    return n, x


def column(n: Any, table: int, size: int) -> NDArray[int64]:
    """One table of whole numbers, copied out of a finished run."""
    return np.array(n[n[table]:n[table] + size], dtype=np.int64)
