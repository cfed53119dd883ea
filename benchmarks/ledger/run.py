"""How fast the ledger takes in statements and answers for a cell and for the whole board, beside the plain way.

    python benchmarks/ledger/run.py                              10,000, 100,000 and 1,000,000 statements in SQLite
    python benchmarks/ledger/run.py --sizes 10000                the short run
    python benchmarks/ledger/run.py --url postgresql+psycopg://…  an empty database of yours, without the plain way
    python benchmarks/ledger/run.py --wall                       time on the wall instead of processor time (always so with --url)

Cells and boards are asked at random moments of ten years. "cold" is with nothing remembered by this process. "board" hands out the
statements of every cell; "drawn" is the settled board itself: for the first time, a minute later (from memory), and a day later.
SQLite works inside this process, so its processor time is counted and a busy machine slows nothing; --wall adds the disk.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import invented
import plain

from pasvik.app.drawing.drawn import Drawn, by_zone
from pasvik.ledger.sql import SqlLedger, open_ledger
from pasvik.situation.authority import Authority, Outlet, rules
from pasvik.situation.policy import Policy
from pasvik.terms.capture import Document
from pasvik.terms.moment import Moment
from pasvik.terms.place import Lane
from pasvik.terms.question import Question
from pasvik.terms.statement import Statement

NOW = datetime(2026, 6, 1, tzinfo=UTC)
GROUP = 2000                                                    # documents made before the clock runs
BOOK = rules(Policy(), [Authority("FI", "Ministry of the Interior", "ministry", "all")],
             [Outlet(name, "FI", "press") for name in invented.OUTLETS[::2]])
clock = time.process_time


def groups(first: int, last: int) -> Iterator[list[tuple[Document, list[Statement]]]]:
    for start in range(first, last, GROUP):
        yield list(invented.readings(start, min(start + GROUP, last)))


def milliseconds(work: Callable[[], object], times: int) -> tuple[float, float]:
    """The 50th and 99th percentile of so many runs."""
    took = []
    for _ in range(times):
        begun = clock()
        work()
        took.append((clock() - begun) * 1000)
    took.sort()
    return took[len(took) // 2], took[min(len(took) - 1, int(len(took) * 0.99))]


def moment(dice: random.Random) -> datetime:
    return invented.START + timedelta(minutes=dice.randrange(invented.MINUTES // 10, invented.MINUTES))


def measure_ledger(ledger: SqlLedger, most: int, boards: int) -> dict[str, tuple[float, float]]:
    dice = random.Random(1)

    def cell() -> object:
        crossing, border = dice.choice(list(invented.CROSSINGS.items()))
        return ledger.cell(crossing, dice.choice(list(Lane)), border, known=moment(dice), most=most)

    def cold_cell() -> object:
        ledger.forget()
        return cell()

    def board() -> object:
        return ledger.cells(invented.CROSSINGS, tuple(Lane), known=known, most=most)

    def cold_board() -> object:
        ledger.forget()
        return board()

    known = NOW
    return {
        "cell": milliseconds(cell, 500), "cell, cold": milliseconds(cold_cell, 200), "board": milliseconds(board, boards + 1),
        "board, cold": milliseconds(cold_board, boards)}


def measure_drawn(ledger: SqlLedger) -> dict[str, tuple[float, float]]:
    """The settled board of now: in milliseconds for the first time, a minute later, and a day later."""
    ledger.forget()
    drawn, places = Drawn(), invented.places()

    def board(at: datetime) -> float:
        begun = clock()
        for zone, crossings in by_zone(places.values()).items():
            drawn.cells(ledger, crossings, places, Question(Moment(at)), zone, True, BOOK)
        return (clock() - begun) * 1000

    first = board(NOW)
    minutes = sorted(board(NOW + timedelta(minutes=step)) for step in range(1, 30))
    return {"drawn, first": (first, first), "drawn, again": (minutes[14], minutes[-1]), "drawn, next day": (board(NOW + timedelta(days=1)),) * 2}


def measure_plain(connection: sqlite3.Connection, boards: int) -> dict[str, tuple[float, float]]:
    dice = random.Random(1)

    def cell() -> object:
        where = (dice.choice(list(invented.CROSSINGS)), str(dice.choice(list(Lane))), int(moment(dice).timestamp()))
        return connection.execute(plain.CELL, where).fetchall()

    return {"cell": milliseconds(cell, 500), "board": milliseconds(
        lambda: connection.execute(plain.BOARD, (int(NOW.timestamp()),)).fetchall(), boards)}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--sizes", default="10000,100000,1000000", help="numbers of statements, rising")
    words.add_argument("--url", default="", help="an empty database to measure instead of a SQLite file")
    words.add_argument("--most", type=int, default=20, help="newest statements of each commitment and state")
    words.add_argument("--no-plain", action="store_true", help="leave the plain way out")
    words.add_argument("--wall", action="store_true", help="time on the wall")
    asked = words.parse_args()
    if asked.wall or asked.url:
        globals()["clock"] = time.perf_counter
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_ledger(asked.url or f"sqlite:///{folder}/ledger.db")
        table = None if asked.url or asked.no_plain else plain.make(Path(folder) / "plain.db")
        done = 0
        for size in map(int, asked.sizes.split(",")):
            took, plainly = 0.0, 0.0
            for group in groups(done // invented.SAID, size // invented.SAID):
                begun = clock()
                ledger.append_many(group, recorded=NOW)
                between = clock()
                if table is not None:
                    plain.add(table, group)
                took, plainly = took + between - begun, plainly + clock() - between
            new, done = size - done, size
            boards = 3 if size > 200_000 else 10
            report("ledger", size, new / took, measure_ledger(ledger, asked.most, boards) | measure_drawn(ledger))
            if table is not None:
                report("plain", size, new / plainly, measure_plain(table, boards))
        begun = clock()
        faults = ledger.verify()
        print(f"verify: {len(faults)} faults, {ledger.basis() / (clock() - begun):,.0f} entries/s")
        ledger.close()


def report(name: str, size: int, rate: float, figures: dict[str, tuple[float, float]]) -> None:
    told = "  ".join(f"{what} {p50:.2f}/{p99:.2f}" for what, (p50, p99) in figures.items())
    print(f"{name:7} {size:>9,} statements: append {rate:>7,.0f}/s; p50/p99 ms: {told}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
