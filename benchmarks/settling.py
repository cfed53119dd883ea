"""How many statements a second are settled into cells: one crossing, more and more statements, all its lanes."""

from __future__ import annotations

import random
import statistics
import time
from datetime import timedelta

from pasvik.situation.authority import Authority, Outlet, rules
from pasvik.situation.policy import Policy
from pasvik.situation.settle import hear, settle_lane
from pasvik.terms.capture import Source
from pasvik.terms.claim import Commitment, State, Status
from pasvik.terms.moment import Grain, Moment, Span, utc
from pasvik.terms.place import ROAD_LANES, Crossing, Lane, Side
from pasvik.terms.statement import Evidence, Speaker, Statement

CROSSING = Crossing("salla", "Salla", Side("FI", "Salla", "Salla"), Side("RU", "Salla", "Салла"), frozenset(ROAD_LANES))
BOOK = rules(Policy(), [Authority("FI", "Finnish Government", "government", "all")], [Outlet("Yle", "FI", "press")])
ROUNDS = 5


def statements(number: int) -> list[Statement]:
    """So many invented status statements over seven years, from a fixed seed."""
    dice = random.Random(number)
    made = []
    for index in range(number):
        told = Moment(utc(2019, 1, 1) + timedelta(minutes=index * 3_600_000 // number), Grain.MINUTE, "Europe/Helsinki")
        until = Moment(told.start + timedelta(days=20), Grain.DAY, "Europe/Helsinki") if dice.random() < 0.4 else None
        claim = Status(("salla",), "FI-RU", dice.choice((State.OPEN, State.CLOSED)), dice.choice(list(Commitment)),
                       span=Span(told if dice.random() < 0.5 else None, until))
        words = f"words number {index}"
        made.append(Statement(
            claim, Evidence(0, len(words), words), Source(f"d{index}", "", dice.choice(("Yle", "Gazette")), told),
            dice.choice((None, Speaker("Finnish Government", country="FI"))), id=f"s{index}"))
    return made


def main() -> None:
    """Print a line for each size: statements heard a second, statements settled a second (per cell)."""
    at = utc(2026, 1, 1)
    print("statements   heard/s   settled/s (one cell, when heard)   one cell in all, ms")
    for number in (100, 1_000, 10_000):
        said = statements(number)
        hears, settles = [], []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            heard = hear(CROSSING, said, at, BOOK)
            middle = time.perf_counter()
            for lane in Lane:
                settle_lane(heard, lane, at, BOOK)
            hears.append(middle - begun)
            settles.append((time.perf_counter() - middle) / len(Lane))
        hearing, settling = statistics.median(hears), statistics.median(settles)
        print(f"{number:>10} {number / hearing:>9,.0f} {number / settling:>11,.0f} {1000 * (hearing + settling):>42.2f}")


if __name__ == "__main__":
    main()
