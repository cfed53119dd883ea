"""Which assumptions the answer hangs on (Sobol's indices, by SALib), and which ones the past bears out (a Markov chain, by emcee)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from pasvik.app.whatif.backtest import Backtest, pool_targets
from pasvik.app.whatif.border import Plan, in_a_folder
from pasvik.app.wiring import House
from pasvik.scenario.border.assume import at_scores
from pasvik.scenario.border.flow import dice, run
from pasvik.scenario.border.trial import distance, futures_of
from pasvik.scenario.cohort.numeric import np
from pasvik.terms.capture import Trouble
from pasvik.terms.place import Lane

if TYPE_CHECKING:
    from numpy.typing import NDArray

EDGE = 1e-4                                                     # a share of the unit interval is kept off both ends
REPEATS = 40                                                    # futures for each point: the dice are the same at every point
WALKERS_A_RANGE = 2


@dataclass(frozen=True, slots=True)
class Share:
    """One assumption: the share of the answer's variance that it makes alone (first) and with all others (total), with the half width of 95 %."""

    name: str
    first: float
    first_doubt: float
    total: float
    total_doubt: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """One assumption after the past: the edges of its middle nine tenths, before and after."""

    name: str
    before: tuple[float, float]
    after: tuple[float, float]


def sensitivity(made: Plan, base: int, what: str = "arrived", progress: Callable[[int, int], None] | None = None) -> tuple[Share, ...]:
    """Sobol's indices of the mean people taken in (or waiting at the end) over all days, unsteered or as steered. base: a power of two.

    Saltelli's design: base * (2 * ranges + 2) points. Raises Trouble where SALib is not installed.
    """
    try:
        from SALib.analyze import sobol as analyse
        from SALib.sample import sobol as sample
    except ImportError as missing:
        raise Trouble("sensitivity needs SALib: install pasvik[sensitivity]") from missing
    names = [one.name for one in made.assumed.ranges]
    problem = {"num_vars": len(names), "names": names, "bounds": [[EDGE, 1.0 - EDGE]] * len(names)}
    # SALib takes a seed of 0 for none at all, so one is added.
    points = sample.sample(problem, base, calc_second_order=False, seed=made.asked.seed + 1)
    normal = NormalDist()
    scores = np.vectorize(normal.inv_cdf)(points).T             # ranges × points
    setting, answers = replace(made.setting, steering=made.cases[0].codes), np.zeros(len(points))
    for at in range(len(points)):
        drawn = at_scores(made.assumed, np.repeat(scores[:, at:at + 1], REPEATS, axis=1))
        flow = run(made.assumed, setting, drawn, dice(made.asked.seed, 0, 0, 0), dice(made.asked.seed, 1, 0, 0))
        answers[at] = flow.arrived.sum(axis=(1, 2)).mean() if what == "arrived" else flow.waiting[:, -1].mean()
        if progress and at % 50 == 0:
            progress(at, len(points))
    found = analyse.analyze(problem, answers, calc_second_order=False, seed=made.asked.seed + 1)
    return tuple(Share(name, *(float(found[key][at]) for key in ("S1", "S1_conf", "ST", "ST_conf"))) for at, name in enumerate(names))


def calibrate(house: House, tried: Backtest, lane: Lane, steps: int, seed: int = 0, kept: Path | None = None,
              progress: Callable[[int, int], None] | None = None) -> tuple[Fitted, ...]:
    """The ranges that the past bears out: a Markov chain over the assumptions, with the distance of square roots as its likelihood.

    kept: a .npz file from which a chain goes on, and to which it is written every ten steps. Raises Trouble where emcee is not installed.
    """
    try:
        import emcee
    except ImportError as missing:
        raise Trouble("calibration needs emcee: install pasvik[sensitivity]") from missing
    in_a_folder(kept)
    past = [(one, targets) for one, targets in pool_targets(house, tried, lane, None) if targets]
    if not past:
        raise Trouble("no step of the past has counts for this kind of traffic")
    assumed = past[0][0].plan.assumed
    ranges = len(assumed.ranges)

    def log_chance(scores: NDArray[np.float64]) -> float:
        column = np.repeat(scores[:, None], REPEATS, axis=1)
        chance = -0.5 * float((scores**2).sum())
        for one, targets in past:
            away = np.stack([distance(flow, targets) for flow in futures_of(assumed, one.step, column, seed, 301)])
            chance += float(np.log(np.exp(-away).mean() + 1e-300))
        return chance

    walkers = WALKERS_A_RANGE * ranges + ranges % 2
    sampler = emcee.EnsembleSampler(walkers, ranges, log_chance)
    sampler.random_state = np.random.RandomState(seed).get_state()
    start, chain = _start(kept, walkers, ranges, seed)
    for done, state in enumerate(sampler.sample(start, iterations=steps), 1):
        chain = np.concatenate([chain, state.coords[None]])
        if kept is not None and (done % 10 == 0 or done == steps):
            _keep(kept, chain)
        if progress:
            progress(done, steps)
    return _fitted(assumed, chain[len(chain) // 2:].reshape(-1, ranges).T)


def _keep(file: Path, chain: NDArray[np.float64]) -> None:
    """Written whole beside the old file and then put in its place, so that a run that is killed leaves one or the other."""
    fresh = file.with_name(file.name + ".part")
    with fresh.open("wb") as out:
        np.savez(out, chain=chain)
    fresh.replace(file)


def _start(kept: Path | None, walkers: int, ranges: int, seed: int) -> tuple[Any, NDArray[np.float64]]:
    """Where the walkers stand: where an earlier run left them, else scattered about the middle."""
    if kept is not None and kept.exists():
        try:
            chain = np.load(kept)["chain"]
        except (OSError, ValueError, KeyError) as bad:
            raise Trouble(f"{kept} is no file of a calibration: {bad}") from bad
        if chain.shape[1:] != (walkers, ranges):
            raise Trouble(f"{kept} was made with other assumptions; name another file, or take it away")
        return chain[-1], chain
    return dice(seed, 2, 0, 0).normal(0.0, 0.5, (walkers, ranges)), np.zeros((0, walkers, ranges))


def _fitted(assumed: Any, scores: NDArray[np.float64]) -> tuple[Fitted, ...]:
    values = at_scores(assumed, scores)
    edges = {name: np.quantile(value, (0.05, 0.95)) for name, value in values.items()}
    return tuple(Fitted(one.name, (one.low, one.high), (float(edges[one.name][0]), float(edges[one.name][1]))) for one in assumed.ranges)
