"""How long a what-if takes: 1,000 futures from the click to the drawing, every set of Finnish closures, and the backtest. CPU seconds, so that a busy machine
does not tell a wrong story; wall seconds beside them.

    python benchmarks/whatif/border_speed.py [--home FOLDER]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pasvik.app.settings import Settings
from pasvik.app.whatif.ask import Words, asked
from pasvik.app.whatif.backtest import backtest, pool, weigh
from pasvik.app.whatif.border import futures, plan
from pasvik.app.whatif.sweep import sweep
from pasvik.app.wiring import House, open_house
from pasvik.scenario.border.flow import run_batch
from pasvik.terms.capture import Fault
from pasvik.web.whatif.handler import drawings

LAST = Words((("close", "raja-jooseppi", ""),), "2023-11-30", known="2023-11-27", days=10, futures=1000)
MANY = Words((("close", "salla", ""), ("close", "vartius", ""), ("close", "kuusamo", ""), ("reopen", "raja-jooseppi", "")), "2023-11-24",
             known="2023-11-21", days=10, futures=1000)


def timed(name: str, what: Callable[[], Any], repeats: int = 5) -> Any:
    """The best of several, in CPU and wall milliseconds."""
    best, found = (float("inf"), float("inf")), None
    for _ in range(repeats):
        cpu, wall = time.process_time(), time.perf_counter()
        found = what()
        best = min(best, (time.process_time() - cpu, time.perf_counter() - wall))
    print(f"{name:<72} {best[0] * 1000:9.0f} ms CPU {best[1] * 1000:9.0f} ms wall")
    return found


def must(value: Any) -> Any:
    """The value, which is no fault."""
    assert not isinstance(value, Fault), value
    return value


def main(house: House) -> None:
    """All figures in one run."""
    one, many = (must(asked(house, words)) for words in (LAST, MANY))
    timed("the compiled day loop, read from disk, and the backtest: first call", lambda: backtest(house), 1)
    made = must(plan(house, one))
    made = replace(made, pool=pool(house, backtest(house), one.lane, one.known))
    timed("1,000 futures of 10 days (one steering), engine alone", lambda: futures(made, made.setting, made.cases[0], 1))
    timed("the same, plain Python", lambda: [run_batch(made.assumed, made.setting, made.pool, 0, 1, at, 500, True) for at in range(2)], 1)
    timed("click to picture: board, counts, fit, one steering and doing nothing", lambda: drawings(must(weigh(house, one))[0], True))
    timed("click to picture: four moves, three steerings and doing nothing", lambda: drawings(must(weigh(house, many))[0], True))
    short = replace(one, futures=250)
    timed("the first again with 250 futures each", lambda: drawings(must(weigh(house, short))[0], True))
    every = must(asked(house, Words(known="2023-11-14", border="FI-RU", days=10, futures=100)))
    found = timed("all closure sets of FI-RU, 100 futures, unsteered and blocked", lambda: must(sweep(house, every)), 1)
    print(f"    {len(found.sets)} sets of {len(found.points)} points, {len(found.sets) * 200:,} futures")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path)
    chosen = parser.parse_args().home
    with tempfile.TemporaryDirectory() as fresh:
        main(open_house(Settings(chosen or Path(fresh), now="2026-11-25T12:00+02:00")))
