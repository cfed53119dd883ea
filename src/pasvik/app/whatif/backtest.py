"""The what-if against the past, step by step, with only what was known; and the verdict whether its middle may be shown at all."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from threading import Lock, Thread
from typing import TYPE_CHECKING

from pasvik.app.whatif.border import Asked, Consequence, Plan, consequence, counts, kinds_of, knowledge_digest, needs_numpy, plan
from pasvik.app.wiring import House, knowledge
from pasvik.scenario.border.assume import parse_assumed
from pasvik.scenario.border.demand import Counted
from pasvik.scenario.border.flow import Flow
from pasvik.scenario.border.trial import BASELINES, ENGINE, FIT, Judged, Step, Target, baselines, drawn_scores, fit, futures_of, judge
from pasvik.scenario.cohort.numeric import has_numpy
from pasvik.terms.capture import Fault, Trouble, digest
from pasvik.terms.moment import Moment, moment
from pasvik.terms.place import Lane

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DRAWS, KEPT, SEED = 500, 500, 7
REMEMBERED = 4                                                  # backtests kept in memory
ENOUGH = 0.75                                                   # the bounds of nine tenths must have held so much of what came
DAY = timedelta(days=1)
_DONE: dict[str, Backtest] = {}
_POOLS: dict[tuple[str, bool, datetime | None], NDArray[np.float64]] = {}
_TURN = Lock()


@dataclass(frozen=True, slots=True)
class Told:
    """One step of backtest.toml. cannot: why it cannot be tried, "" where it can."""

    id: str
    name: str
    border: str = ""
    lane: Lane = Lane.ASYLUM
    first: date = date.min
    known: Moment | None = None
    days: int = 1
    cannot: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """A step with its scored counts; missing: why there are none."""

    told: Told
    judged: tuple[Judged, ...]
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """One forecaster over all scored counts of a lane: mean CRPS (people), mean log score (nats), shares inside the half and nine tenths."""

    name: str
    crps: float
    log: float
    half: float
    nine_tenths: float
    counts: int


@dataclass(frozen=True, slots=True)
class Past:
    """A step as it is used to fit later ones: its plan, and its futures at the drawn assumptions, one flow for each steering."""

    told: Told
    plan: Plan
    step: Step
    flows: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class Backtest:
    """All steps, and the sums by lane group (asylum, travellers). past and scores: what fits are made from. basis: the ledger's position."""

    tried: tuple[Tried, ...]
    asylum: tuple[Summary, ...]
    travellers: tuple[Summary, ...]
    past: tuple[Past, ...]
    scores: NDArray[np.float64]
    basis: int
    mark: str = ""                                              # the digest of what it was made from

    def of(self, lane: Lane) -> tuple[Summary, ...]:
        """The sums that speak for a lane."""
        return self.asylum if lane is Lane.ASYLUM else self.travellers


def backtest(house: House, basis: int | None = None) -> Backtest:
    """The backtest of this house; the same ledger and knowledge give the same numbers, so it is kept until either changes."""
    needs_numpy()
    at = house.ledger.basis() if basis is None else min(basis, house.ledger.basis())
    key = _mark(house, at)
    with _TURN:
        if key not in _DONE:
            if len(_DONE) >= REMEMBERED:
                _DONE.clear()
            _DONE[key] = replace(_backtest(house, at), mark=key)
        return replace(_DONE[key], basis=at)


def _mark(house: House, basis: int) -> str:
    """A digest of all that bears on the backtest: so what else the ledger learns (a forecast, a word on another border) does not undo it."""
    steps = _steps(house)
    latest = max((one.known.start for one in steps if one.known), default=None)
    said = []
    for border in sorted({one.border for one in steps if one.border}):
        ids = [id for id, one in house.gazetteer.crossings.items() if one.border == border]
        for kind, known in (("count", None), ("status", latest)):
            held = house.ledger.by_kind(kind, border, crossings=ids, known=known, basis=basis, curated=house.settings.record)
            said += [one.statement.id for one in held]
    return digest("\x1f".join((knowledge_digest(house), knowledge(house.settings, "backtest.toml"), *sorted(said))).encode())


def warm(house: House) -> None:
    """Begin the backtest in the background, while somebody is still choosing what to suppose; who asks sooner waits for the same one."""
    def begin() -> None:
        with suppress(Trouble):                                 # whoever asks next is told of it
            backtest(house)

    if has_numpy() and not _TURN.locked():
        Thread(target=begin, daemon=True).start()


def pool(house: House, tried: Backtest, lane: Lane, known: Moment | None) -> NDArray[np.float64]:
    """The assumptions fitted on every step whose counts had been published by `known` (None = all that are held)."""
    key = (tried.mark, lane is Lane.ASYLUM, known.start if known else None)
    if key not in _POOLS:
        if len(_POOLS) >= REMEMBERED * 8:
            _POOLS.clear()
        _POOLS[key] = fit(tried.scores, [(one.flows, targets) for one, targets in pool_targets(house, tried, lane, known)], SEED, KEPT)
    return _POOLS[key]


def pool_targets(house: House, tried: Backtest, lane: Lane, known: Moment | None) -> list[tuple[Past, tuple[Target, ...]]]:
    """The steps that may be fitted on, each with those of its counts that had been published by `known` (None = all that are held)."""
    return [(one, _targets(house, one.told, one.plan, known, tried.basis)) for one in tried.past
            if _alike(one.told.lane, lane) and (known is None or (one.told.known is not None and one.told.known.start < known.start))]


def weigh(house: House, asked: Asked, executor: Executor | None = None) -> tuple[Consequence, Backtest] | Fault:
    """The consequences of the moves with bounds, beside how the same engine did in the past; a Fault in one sentence where they cannot be asked."""
    made = plan(house, asked)
    if isinstance(made, Fault):
        return made
    tried = backtest(house, asked.basis)
    return consequence(house, replace(made, pool=pool(house, tried, asked.lane, asked.known)), executor), tried


def verdict(tried: Backtest, lane: Lane) -> tuple[bool, str]:
    """Whether only bounds may be shown for a lane, and why: the middle is shown where the engine beat every baseline on both scores."""
    sums = {one.name: one for one in tried.of(lane)}
    if ENGINE not in sums:
        return True, "bounds only: no step of the past could be scored for this kind of traffic"
    mine = sums[ENGINE]
    better = [name for name in BASELINES if sums[name].crps <= mine.crps or sums[name].log >= mine.log]
    if mine.nine_tenths < ENOUGH:
        return True, (f"bounds only: over {mine.counts} counts of the past nine tenths of the engine's futures held only {mine.nine_tenths:.0%} of"
                      f" what came; even the bounds are then too narrow (CRPS {mine.crps:.1f} people, log score {mine.log:.2f})")
    if better:
        told = " and ".join(f"“{name}” (CRPS {sums[name].crps:.1f}, log score {sums[name].log:.2f})" for name in better)
        return True, (f"bounds only: over {mine.counts} counts of the past the engine (CRPS {mine.crps:.1f} people, log score {mine.log:.2f})"
                      f" did not beat {told} on both scores")
    worst = min(BASELINES, key=lambda name: sums[name].crps)
    return False, (f"over {mine.counts} counts of the past the engine's CRPS was {mine.crps:.1f} people against {sums[worst].crps:.1f} of the best"
                   f" baseline (“{worst}”), and nine tenths of its futures held {mine.nine_tenths:.0%} of what came")


def parse_steps(text: str) -> tuple[Told, ...]:
    """The steps of backtest.toml in order of their day. Raises ValueError that names the step."""
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as bad:
        raise ValueError(f"backtest.toml: {bad}") from bad
    found = []
    for row in read.get("step", ()):
        try:
            found.append(Told(row["id"], row["name"], row["border"], Lane(row.get("lane", "asylum")), date.fromisoformat(row["first"]),
                              moment(row["known"]), int(row["days"])))
        except (KeyError, ValueError) as bad:
            raise ValueError(f"backtest.toml, step {row.get('id', '?')!r}: {bad}") from bad
    found.sort(key=lambda one: one.first)
    return (*found, *(Told(row["id"], row["name"], cannot=row["why"]) for row in read.get("cannot", ())))


def _steps(house: House) -> tuple[Told, ...]:
    try:
        return parse_steps(knowledge(house.settings, "backtest.toml"))
    except ValueError as bad:
        raise Trouble(str(bad)) from bad


def _backtest(house: House, basis: int) -> Backtest:
    told = _steps(house)
    try:
        scores = drawn_scores(parse_assumed(knowledge(house.settings, "whatif.toml")), SEED, DRAWS)
    except ValueError as bad:
        raise Trouble(str(bad)) from bad
    tried, past = [], list[Past]()
    for one in told:
        made = Fault(one.cannot) if one.cannot else _planned(house, one, basis)
        if isinstance(made, Fault):
            tried.append(Tried(one, (), made.what))
            continue
        step = _step(house, one, made, basis)
        before = [(each.flows, _targets(house, each.told, each.plan, one.known, basis)) for each in past if _alike(each.told.lane, one.lane)]
        judged = judge(made.assumed, step, fit(scores, before, SEED, KEPT), SEED)
        tried.append(Tried(one, judged, "" if judged else "no count of these days is held"))
        past.append(Past(one, made, step, tuple(futures_of(made.assumed, step, scores, SEED, FIT + len(tried)))))
    by_lane = {lane: [each for one in tried if (one.told.lane is Lane.ASYLUM) == lane for each in one.judged] for lane in (True, False)}
    return Backtest(tuple(tried), summaries(by_lane[True]), summaries(by_lane[False]), tuple(past), scores, basis)


def summaries(judged: Sequence[Judged]) -> tuple[Summary, ...]:
    """The mean scores of each forecaster."""
    found = []
    for name in (ENGINE, *BASELINES) if judged else ():
        mine = [dict(one.scores)[name] for one in judged]
        count = len(mine)
        found.append(Summary(name, sum(one.crps for one in mine) / count, sum(one.log for one in mine) / count,
                             sum(one.half for one in mine) / count, sum(one.nine_tenths for one in mine) / count, count))
    return tuple(found)


def _planned(house: House, told: Told, basis: int) -> Plan | Fault:
    return plan(house, Asked((), told.lane, told.known, basis, days=told.days, border=told.border, seed=SEED), told.first)


def _alike(one: Lane, other: Lane) -> bool:
    """Whether the same counts tell of both: asylum seekers, or travellers."""
    return (one is Lane.ASYLUM) == (other is Lane.ASYLUM)


def _step(house: House, told: Told, made: Plan, basis: int) -> Step:
    here = (made.first - made.base).days
    after = [made.after[id][here].share > 0 for id in made.network.ids]
    before = [made.after[id][max(here - 1, 0)].share > 0 for id in made.network.ids]
    return Step(told.id, made.setting, made.cases, _targets(house, told, made, None, basis),
                baselines(made.demand.level, before, after, made.network.km))


def _targets(house: House, told: Told, made: Plan, known: Moment | None, basis: int) -> tuple[Target, ...]:
    """The counts of a step's days that had been published by `known` (None = all that are held)."""
    return targets(counts(house, known.start if known else None, basis, kinds_of(told.lane), made.network.crossings), made)


def targets(held: Sequence[Counted], made: Plan) -> tuple[Target, ...]:
    """The counts of whole days to score, the finest first, none that another one already tells."""
    begins, ends = made.first, made.first + DAY * (made.asked.days - 1)
    ids, border = made.network.ids, made.asked.border
    covered: set[tuple[str, date]] = set()
    found = []
    usable = [one for one in held if not one.partial and begins <= one.first and one.last <= ends and one.border == border]
    for one in sorted(usable, key=lambda one: (one.days, len(one.crossings) or 99, one.first, sorted(one.crossings))):
        names = tuple(sorted(one.crossings)) or tuple(each.id for each in made.network.crossings if each.border == border)
        places = {(name, one.first + DAY * at) for name in names for at in range(one.days)}
        if set(names) <= set(ids) and not places & covered:
            covered |= places
            start = (one.first - begins).days
            found.append(Target(names, one.first, one.last, one.people, tuple(ids.index(name) for name in names), (start, start + one.days), one.statement))
    return tuple(sorted(found, key=lambda one: (one.first, one.crossings)))
