"""The engine against the past: fitted on the steps before, asked for the next with what was known, beside three dumb baselines.

The fit is approximate Bayesian: assumptions are drawn, the earlier steps are run with them, and draws whose futures came near what was
counted are kept more often (distance between square roots, so that large and small counts weigh alike).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pasvik.scenario.border.assume import Assumed, at_scores
from pasvik.scenario.border.bands import Case
from pasvik.scenario.border.flow import Flow, Setting, dice, run
from pasvik.scenario.border.score import Score, score
from pasvik.scenario.cohort.numeric import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Reals = NDArray[np.float64]

BASELINES = ("nobody moves", "all to the next open crossing", "last week's shares")
ENGINE = "engine"
NEAR = 2.0                                                      # how far square roots of people may lie apart before a draw counts for little
BASELINE_SHAPE = 1.0                                            # baselines scatter as unevenly as counts do (gamma shape)
JITTER = 0.4                                                    # share of the spread that is drawn anew around each kept draw
FIT, SCATTER = 101, 102                                         # scenario numbers of their own dice


@dataclass(frozen=True, slots=True)
class Target:
    """What was counted: at these crossings together, from the first day to the last (both counted), and how that stands in the network."""

    crossings: tuple[str, ...]
    first: date
    last: date
    people: int
    columns: tuple[int, ...]
    days: tuple[int, int]                                       # from, to (not counted), in days of the run's results
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One dated step: its setting under each steering, what came, and where the baselines send people."""

    id: str
    setting: Setting
    cases: tuple[Case, ...]
    targets: tuple[Target, ...]
    baselines: tuple[tuple[float, ...], ...]                    # people a day per crossing, by BASELINES


@dataclass(frozen=True, slots=True)
class Judged:
    """One target with the score of every forecaster, by name."""

    step: str
    target: Target
    scores: tuple[tuple[str, Score], ...]


def futures_of(assumed: Assumed, step: Step, scores: Reals, seed: int, scenario: int) -> list[Flow]:
    """The futures of a step under each of its steerings, at these scores of the assumptions (ranges × futures)."""
    found = []
    for at, case in enumerate(step.cases):
        setting = replace(step.setting, steering=case.codes)
        found.append(run(assumed, setting, at_scores(assumed, scores), dice(seed, 0, scenario, 0), dice(seed, 1, scenario, at)))
    return found


def people_at(flow: Flow, target: Target) -> Reals:
    """What each future gives for a target."""
    return np.asarray(flow.arrived[:, target.days[0]:target.days[1]][:, :, list(target.columns)].sum(axis=(1, 2)), dtype=float)


def drawn_scores(assumed: Assumed, seed: int, draws: int) -> Reals:
    """The assumptions before anything was seen, as standard normal scores (ranges × draws)."""
    return dice(seed, 0, FIT, 0).standard_normal((len(assumed.ranges), draws))


def fit(scores: Reals, earlier: Sequence[tuple[Sequence[Flow], Sequence[Target]]], seed: int, kept: int) -> Reals:
    """Scores of the assumptions after these steps (ranges × kept); without any, as they were drawn.

    earlier: of each step the futures at `scores`, one flow for each steering, and what of its counts was known.
    """
    draws, rng = scores.shape[1], dice(seed, 1, FIT, 0)
    weight = np.zeros(draws)
    for flows, targets in earlier:
        if targets:
            away = np.stack([distance(flow, targets) for flow in flows])
            weight += np.log(np.exp(-away + away.min()).mean(axis=0) + 1e-12)
    chance = np.exp(weight - weight.max())
    places = (rng.random() + np.arange(kept)) / kept            # systematic resampling: each draw as often as its weight, to the nearest one
    chosen = scores[:, np.searchsorted(np.cumsum(chance / chance.sum()), places).clip(0, draws - 1)]
    if not any(targets for _, targets in earlier):
        return np.asarray(chosen)
    middle = chosen.mean(axis=1, keepdims=True)                 # Liu and West (2001): jitter that keeps mean and variance, so that no
    noise = rng.standard_normal(chosen.shape) * chosen.std(axis=1, keepdims=True)   # draw is repeated and the fit is not too sure of itself
    return np.asarray(middle + (1.0 - JITTER**2) ** 0.5 * (chosen - middle) + JITTER * noise)


def distance(flow: Flow, targets: Sequence[Target]) -> Reals:
    """How far each future lies from what came: half the squared gaps of square roots, in units of NEAR."""
    gaps = [np.sqrt(people_at(flow, target)) - np.sqrt(target.people) for target in targets]
    return np.asarray(sum(gap**2 for gap in gaps) / (2.0 * NEAR**2))


def judge(assumed: Assumed, step: Step, fitted: Reals, seed: int) -> tuple[Judged, ...]:
    """Every target of a step scored: the engine's futures are those of all its steerings, each as likely as the others."""
    every = futures_of(assumed, step, fitted, seed, SCATTER)
    rng = dice(seed, 1, SCATTER, len(step.cases))
    found = []
    for target in step.targets:
        mine = np.concatenate([people_at(flow, target) for flow in every])
        scores = [(ENGINE, score(mine, target.people))]
        for name, daily in zip(BASELINES, step.baselines, strict=True):
            mean = sum(daily[at] for at in target.columns)
            days = target.days[1] - target.days[0]
            scores.append((name, _baseline(mean, days, len(mine), target.people, rng)))
        found.append(Judged(step.id, target, tuple(scores)))
    return tuple(found)


def _baseline(daily: float, days: int, futures: int, came: int, rng: np.random.Generator) -> Score:
    """A baseline with scatter; its CRPS is the better of that with scatter and that of its bare number, so none is beaten by spread alone."""
    uneven = rng.standard_gamma(BASELINE_SHAPE, (futures, days)).sum(axis=1) / BASELINE_SHAPE
    scattered = score(rng.poisson(daily * uneven).astype(float), came)
    return Score(min(scattered.crps, abs(daily * days - came)), scattered.log, scattered.half, scattered.nine_tenths, scattered.low,
                 scattered.middle, scattered.high)


def baselines(level: Sequence[float], before: Sequence[bool], after: Sequence[bool], km: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], ...]:
    """People a day per crossing as each baseline has it. before/after: whether people may cross there, until the step and from it on."""
    ids = range(len(level))
    still = tuple(level[at] if after[at] else 0.0 for at in ids)
    lost = {at: level[at] for at in ids if not after[at] and level[at] > 0}
    nearest = list(still)
    for at, people in lost.items():
        ways = [to for to in ids if after[to] and to != at]
        if ways:
            nearest[min(ways, key=lambda to: (km[at][to], to))] += people
    shares = [level[at] if after[at] else 0.0 for at in ids]
    if not sum(shares):
        shares = [1.0 if after[at] and not before[at] else 0.0 for at in ids]
    if not sum(shares):
        shares = [1.0 if after[at] else 0.0 for at in ids]
    total = sum(level)
    last_week = tuple(total * share / sum(shares) if sum(shares) else 0.0 for share in shares)
    return still, tuple(nearest), last_week
