"""Futures of one border: what a run is told, what it gives, and the dice, which depend on seed, scenario and batch and on nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pasvik.scenario.border.assume import NAMES, Assumed, at_scores, draw
from pasvik.scenario.border.future import BLOCKED, HELPERS, STEERED, UNSTEERED, run_futures
from pasvik.scenario.cohort.numeric import compiled, has_compiler, np

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    Reals = NDArray[np.float64]
    Wholes = NDArray[np.int64]

WORDS = ("unsteered", "steered", "blocked")
CODES = {"unsteered": UNSTEERED, "steered": STEERED, "blocked": BLOCKED}
DEMAND, PATHS = 0, 1                                            # which dice
TABLES = 7                                                      # fresh, stranded, waiting, queue, late, told in time, and which gates are open


@dataclass(frozen=True, slots=True)
class Setting:
    """What a run is told. C crossings, D days from the day after the last count; `first`: the day from which results are given.

    km (C, C): far-side road, inf = none; home (C): from where the roads begin. level (C): people a day.
    open_share (D, C): how much of the day's hours it lets the lane through.
    hours (D, C): hours open. rush (D, C): its closing is announced. other_border (C, C). steering (C). fades: demand that nobody can
    count any more is thought to fade (asylum), or not (travellers).
    """

    km: Reals
    home: Reals
    level: Reals
    open_share: Reals
    hours: Reals
    rush: NDArray[np.bool_]
    other_border: NDArray[np.bool_]
    steering: tuple[int, ...]
    first: int = 0
    fades: bool = True


@dataclass(frozen=True, slots=True)
class Flow:
    """F futures of D days from `first`. arrived (F, D, C): people taken in that day; the others (F, D) at the end of each day.

    waiting: before a gate, undecided, queueing or under way; gave_up, elsewhere and came (new people): since the last count.
    """

    arrived: Wholes
    waiting: Wholes
    gave_up: Wholes
    elsewhere: Wholes
    came: Wholes


@cache
def machine() -> Callable[..., int]:
    """The compiled futures; made once per process, kept on disk between processes."""
    return compiled(run_futures, HELPERS)


def dice(seed: int, kind: int, scenario: int, batch: int) -> Generator:
    """The dice of a batch: they depend on the seed, the scenario and the number of the batch, never on who computes it or when."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(kind, scenario, batch))))


def run_batch(assumed: Assumed, setting: Setting, pool: Reals | None, seed: int, scenario: int, batch: int, futures: int, plain: bool = False) -> Flow:
    """One batch of futures, each with assumptions of its own: out of a fitted pool (`trial.fit`), or as they are assumed.

    The same batch number meets the same demand in every scenario.
    """
    new = dice(seed, DEMAND, 0, batch)
    drawn = draw(assumed, new, futures) if pool is None else at_scores(assumed, pool[:, new.integers(0, pool.shape[1], futures)])
    return run(assumed, setting, drawn, new, dice(seed, PATHS, scenario, batch), plain)


def run(assumed: Assumed, setting: Setting, drawn: Mapping[str, Reals], new: Generator, paths: Generator, plain: bool = False) -> Flow:
    """The futures of these draws. plain = do not compile; the numbers are the same."""
    (days, count), sizes = setting.open_share.shape, np.array(assumed.sizes, dtype=np.int64)
    table = np.stack([drawn[name] for name in NAMES])
    arrived = np.zeros((table.shape[1], days - setting.first, count), np.int64)
    ends = np.zeros((table.shape[1], days - setting.first, 4), np.int64)
    go = run_futures if plain or not has_compiler() else machine()
    go(new, paths, table, setting.level.astype(float), setting.open_share.astype(float), setting.hours.astype(float), setting.rush,
       _roads(assumed, setting), np.array(setting.steering, np.int64), sizes, np.array(assumed.small), int(setting.fades), setting.first, arrived,
       ends, np.zeros((TABLES, count, len(sizes)), np.int64), np.zeros((days + 1, count, len(sizes)), np.int64),
       np.zeros((2, len(sizes)), np.int64), np.zeros(count), np.zeros(len(NAMES)))
    return Flow(arrived, *(ends[:, :, at] for at in range(4)))


def _roads(assumed: Assumed, setting: Setting) -> tuple[Any, ...]:
    """Kilometres, other border, joined and days on the road from each gate; the same from where the roads begin, for those not yet under way."""
    count = len(setting.level)
    joined = (setting.km <= assumed.reach_km) & ~np.eye(count, dtype=bool)
    km = np.where(joined, setting.km, 0.0)
    at_home = np.broadcast_to(np.isfinite(setting.home), (count, count)).copy()
    home = np.broadcast_to(np.where(np.isfinite(setting.home), setting.home, 0.0), (count, count)).copy()
    days = np.maximum(np.ceil(km / assumed.km_per_day), 1.0).astype(np.int64)
    return km, setting.other_border, joined, days, home, at_home, np.zeros((count, count), np.int64)
