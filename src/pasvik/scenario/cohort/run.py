"""Runs a model with a seed: one run or many, compiled where the compiler is installed, the same numbers either way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import cache
from typing import TYPE_CHECKING, Any

from pasvik.scenario.cohort.calendar import HELPERS, run_days
from pasvik.scenario.cohort.layout import ENTERED, GONE, OWED, PEOPLE, SPAWNED, TRAVELLING, UNPLACED, column, pack
from pasvik.scenario.cohort.model import Ensemble, Model, Outcome
from pasvik.scenario.cohort.numeric import compiled, has_compiler, np

if TYPE_CHECKING:
    from numpy.random import Generator

FIRST_SIZE = 1 << 12


@cache
def machine() -> Callable[..., int]:
    """The compiled core; made once per process, kept on disk between processes."""
    return compiled(run_days, HELPERS)


def dice(seed: int, run: int, scenario: int = 0) -> Generator:
    """The dice of one run: they depend on the seed, the scenario and the number of the run, never on who computes it or when."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(scenario, run))))


def run(model: Model, seed: int, number: int = 0, scenario: int = 0, plain: bool = False) -> Outcome:
    """One run. plain = do not compile; the counts are the same."""
    return run_some(model, seed, [number], scenario, plain)[0]


def run_some(model: Model, seed: int, numbers: Sequence[int], scenario: int = 0, plain: bool = False) -> list[Outcome]:
    """The runs of these numbers. Work tables that prove too small are made larger, and the run begins again with its own dice."""
    plain = plain or not has_compiler()
    size = FIRST_SIZE
    fresh = pack(model, size)
    outcomes: list[Outcome] = []
    while len(outcomes) < len(numbers):
        rng = dice(seed, numbers[len(outcomes)], scenario)
        if plain:                                               # plain Python reads lists several times faster than arrays
            whole, fractions = fresh[0].tolist(), fresh[1].tolist()
            full, n = run_days(rng, whole, fractions), np.array(whole, dtype=np.int64)
        else:
            n, x = fresh[0].copy(), fresh[1].copy()
            full = machine()(rng, n, x)
        if full:
            size *= 4
            fresh = pack(model, size)
        else:
            outcomes.append(_outcome(model, n))
    return outcomes


def run_many(model: Model, seed: int, runs: int, scenario: int = 0, executor: Executor | None = None, plain: bool = False,
             batch: int = 25) -> Ensemble:
    """Many runs, in order of their numbers whatever executor computes them. people: (runs, days, places)."""
    groups = [range(first, min(first + batch, runs)) for first in range(0, runs, batch)]
    if executor is None:
        found = [outcome for group in groups for outcome in run_some(model, seed, group, scenario, plain)]
    else:
        parts = executor.map(run_some, *zip(*((model, seed, group, scenario, plain) for group in groups), strict=True))
        found = [outcome for part in parts for outcome in part]
    return Ensemble(np.stack([outcome.people for outcome in found]), np.stack([outcome.travelling for outcome in found]))


def _outcome(model: Model, n: Any) -> Outcome:
    """What was written down, as tables."""
    days, places, roads = model.days.length, model.network.places, model.network.roads
    people, entered = column(n, PEOPLE, days * places), column(n, ENTERED, days * roads)
    return Outcome(people.reshape(days, places), column(n, TRAVELLING, days), entered.reshape(days, roads),
                   *(column(n, table, days) for table in (SPAWNED, OWED, UNPLACED, GONE)))
