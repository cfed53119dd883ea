"""What if the next one shuts? A supposed order through the board, the counts through the engine, and every steering beside doing nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from pasvik.app.answer import find_crossing
from pasvik.app.clocks import instant
from pasvik.app.whatif.suppose import Day, Move, days_of, said_of, supposed
from pasvik.app.wiring import House, knowledge
from pasvik.scenario.border.assume import Assumed, parse_assumed
from pasvik.scenario.border.bands import Bands, Case, bands, cases, joined
from pasvik.scenario.border.demand import ASYLUM, TRAVEL, Counted, Demand, counted, demand
from pasvik.scenario.border.flow import Flow, Setting, run_batch
from pasvik.scenario.border.roads import Network, network
from pasvik.scenario.cohort.numeric import has_numpy, np
from pasvik.situation.board import lanes_served
from pasvik.terms.capture import Fault, Trouble, digest
from pasvik.terms.claim import State
from pasvik.terms.moment import Grain, Moment
from pasvik.terms.place import ROAD_LANES, Crossing, Lane
from pasvik.terms.statement import Statement
from pasvik.terms.status import Cell

if TYPE_CHECKING:
    from numpy.typing import NDArray

DAYS, MOST_DAYS = 10, 60
FUTURES, MOST_FUTURES = 1000, 20_000
BATCH = 500                                                     # futures drawn together; part of what makes the numbers, so never a setting
WARM_UP = 30                                                    # days at most between the last count and the first day shown
UNCOUNTED = 1e6                                                 # how many travellers an hour takes in is not known: no limit is set
RUSH = 2                                                        # so many days before an announced closing more may come
KNOWLEDGE = ("whatif.toml", "crossings.csv", "policy.toml", "authorities.csv", "outlets.csv")


@dataclass(frozen=True, slots=True)
class Asked:
    """A what-if as asked. moves may be empty (what holds, carried on); steering: crossing id -> code of `flow`; demand: people a day, None = counted."""

    moves: tuple[Move, ...]
    lane: Lane = Lane.ASYLUM
    known: Moment | None = None
    basis: int | None = None
    days: int = DAYS
    steering: Mapping[str, int] = field(default_factory=dict)
    demand: float | None = None
    futures: int = FUTURES
    seed: int = 0
    border: str | None = None                                   # the border meant where nothing is moved


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a run needs, and what it was made from. before/after: days by crossing, without and with the moves, from `base` on."""

    asked: Asked
    assumed: Assumed
    network: Network
    base: date
    first: date
    before: Mapping[str, tuple[Day, ...]]
    after: Mapping[str, tuple[Day, ...]]
    demand: Demand
    setting: Setting
    still: Setting
    cases: tuple[Case, ...]
    unknown: tuple[str, ...]                                    # crossings whose cell is unknown on the first day: never taken as open
    carried: tuple[str, ...] = ()                               # of these, the ones where people were counted lately: taken as they were
    pool: NDArray[np.float64] | None = None                     # fitted scores of the assumptions; None = as assumed


    @property
    def roadless(self) -> tuple[str, ...]:
        """The moved crossings from which no road of the table leads to any other one in play."""
        ids = self.network.ids
        return tuple(move.crossing for move in self.asked.moves
                     if all(km == float("inf") for at, km in enumerate(self.network.km[ids.index(move.crossing)]) if ids[at] != move.crossing))


@dataclass(frozen=True, slots=True)
class Access:
    """Where a person may still apply for asylum on the first day: before and after the moves; km: from the moved crossing, None = no road."""

    crossing: Crossing
    before: Day
    after: Day
    km: float | None
    winter: str


@dataclass(frozen=True, slots=True)
class Consequence:
    """The answer. still: doing nothing; every: one for each steering; counted: what was counted on these days, whenever it became known."""

    plan: Plan
    still: Bands
    every: tuple[Bands, ...]
    access: tuple[Access, ...]
    unknown_access: int
    counted: tuple[Counted, ...]
    manifest: Mapping[str, object]


def consequence(house: House, made: Plan, executor: Executor | None = None) -> Consequence:
    """Run a plan."""
    asked = made.asked
    still = bands(Case("doing nothing", made.cases[0].codes), futures(made, made.still, made.cases[0], 0, executor))
    every = tuple(bands(case, futures(made, made.setting, case, at + 1, executor)) for at, case in enumerate(made.cases))
    reach = access(house, made)
    ends = made.first + timedelta(days=asked.days - 1)
    told = [one for one in counts(house, None, asked.basis, kinds_of(asked.lane), made.network.crossings)
            if one.last >= made.first and one.first <= ends and one.days <= made.assumed.longest and one.crossings]
    unknown = sum(_is_unknown(one.after.cell) for one in reach)
    return Consequence(made, still, every, reach, unknown, tuple(told), manifest(house, made))


def plan(house: House, asked: Asked, first: date | None = None) -> Plan | Fault:
    """The plan of a what-if. first: the first day shown, where no move tells it."""
    needs_numpy()
    try:
        assumed = parse_assumed(knowledge(house.settings, "whatif.toml"))
    except ValueError as bad:
        raise Trouble(str(bad)) from bad
    wrong = _wrong(house, asked)
    if wrong:
        return wrong
    begins = first or min(move.start.local.date() for move in asked.moves)
    made = network(_in_play(house, asked, begins), assumed)
    near = _within_reach(made, [move.crossing for move in asked.moves] or [one.id for one in made.crossings if one.border == asked.border], assumed)
    cut = instant(asked.known, made.crossings[0].zone)
    told = demand(counts(house, cut, asked.basis, kinds_of(asked.lane), near.crossings), near.ids, begins, assumed, asked.lane is not Lane.ASYLUM)
    asylum = asked.lane is Lane.ASYLUM
    base = begins if told.last is None or not asylum else min(begins, max(told.last + timedelta(days=1), begins - timedelta(days=WARM_UP)))
    said = said_of(house, near.crossings, cut, asked.basis)
    days = (begins - base).days + asked.days
    before = days_of(house, near.crossings, said, asked.lane, base, days)
    published = _published(house, asked, begins)
    extra = [supposed(house, move, published) for move in asked.moves]
    moved = {house.gazetteer.crossings[move.crossing].border for move in asked.moves}
    here = [one for one in near.crossings if one.border in moved]   # an order says nothing of another border
    after = {**before, **days_of(house, here, [*said, *extra], asked.lane, base, days, asked.moves)} if extra else before
    return _plan(asked, assumed, near, base, begins, before, after, told)


def _plan(asked: Asked, assumed: Assumed, near: Network, base: date, begins: date, before: Mapping[str, tuple[Day, ...]],
          after: Mapping[str, tuple[Day, ...]], told: Demand) -> Plan:
    level = _level(told, asked, near)
    first, moved = (begins - base).days, {move.crossing for move in asked.moves}
    carried = tuple(id for id in near.ids if level[near.ids.index(id)] > 0 and before[id][first].cell.state is State.UNKNOWN)
    before, after = (_carry(days, carried) for days in (before, after))
    home = {one.border for one in near.crossings if one.id in moved or one.border == asked.border}
    ways = [one.id for one in near.crossings if one.border in home and any(day.share > 0 for day in after[one.id][first:])]
    unknown = tuple(id for id in near.ids if _is_unknown(after[id][first].cell))
    fades = asked.lane is Lane.ASYLUM
    return Plan(asked, assumed, near, base, begins, before, after, replace(told, level=level), setting(near, level, after, first, fades),
                setting(near, level, before, first, fades), cases(near.ids, dict(asked.steering), ways if fades else ()), unknown, carried)


def _is_unknown(cell: Cell) -> bool:
    return cell.state in (State.UNKNOWN, State.LAPSED)


def _carry(days: Mapping[str, tuple[Day, ...]], carried: Sequence[str]) -> Mapping[str, tuple[Day, ...]]:
    """Where nobody says what holds but people were counted lately, they are taken to come on as they did; the cell stays unknown.

    A point whose closure has lapsed is none of these: a passed end is not an opening.
    """
    def goes_on(id: str, day: Day) -> bool:
        return id in carried and day.cell.state is State.UNKNOWN

    return {id: tuple(replace(day, share=1.0) if goes_on(id, day) else day for day in told) for id, told in days.items()}


def setting(near: Network, level: Sequence[float], days: Mapping[str, tuple[Day, ...]], first: int, fades: bool) -> Setting:
    """The arrays of a run."""
    shares = np.array([[day.share for day in days[id]] for id in near.ids]).T
    hours = np.array([[day.hours for day in days[id]] for id in near.ids]).T * (1.0 if fades else UNCOUNTED)
    rush = np.zeros(shares.shape, dtype=bool)
    for ahead in range(1, RUSH + 1):
        rush[:-ahead] |= (shares[:-ahead] > 0) & (shares[ahead:] <= 0)
    other = np.array([[one.border != to.border for to in near.crossings] for one in near.crossings])
    return Setting(np.array(near.km), np.array(near.home), np.array(level, dtype=float), shares, hours, rush, other, (0,) * len(near.ids), first, fades)


def futures(made: Plan, where: Setting, case: Case, scenario: int, executor: Executor | None = None,
            progress: Callable[[int], None] | None = None) -> Flow:
    """All futures of one case, batch by batch, on whatever executor there is; the numbers do not depend on it."""
    sizes = [min(BATCH, made.asked.futures - start) for start in range(0, made.asked.futures, BATCH)]
    given = replace(where, steering=case.codes)
    jobs = [(made.assumed, given, made.pool, made.asked.seed, scenario, batch, size) for batch, size in enumerate(sizes)]
    parts = []
    for part in executor.map(run_batch, *zip(*jobs, strict=True)) if executor else (run_batch(*job) for job in jobs):
        parts.append(part)
        if progress:
            progress(sum(len(one.waiting) for one in parts))
    return joined(parts)


def access(house: House, made: Plan) -> tuple[Access, ...]:
    """The asylum lane of every crossing in play on the first day, nearest to the moved ones first."""
    at = (made.first - made.base).days
    before, after = made.before, made.after
    if made.asked.lane is not Lane.ASYLUM:
        placed = [one for one in made.network.crossings if Lane.ASYLUM in lanes_served(one)]
        said = said_of(house, made.network.crossings, instant(made.asked.known, made.network.crossings[0].zone), made.asked.basis)
        extra = [supposed(house, move, _published(house, made.asked, made.first)) for move in made.asked.moves]
        before, after = (days_of(house, placed, told, Lane.ASYLUM, made.first, 1, made.asked.moves) for told in (said, [*said, *extra]))
        at = 0
    moved = [made.network.ids.index(move.crossing) for move in made.asked.moves]
    found = []
    for index, crossing in enumerate(made.network.crossings):
        if crossing.id in after:
            km = min((made.network.km[one][index] for one in moved), default=0.0)
            found.append(Access(crossing, before[crossing.id][at], after[crossing.id][at], km if km < float("inf") else None, _winter(made, crossing)))
    return tuple(sorted(found, key=lambda one: (one.after.share <= 0, one.km if one.km is not None else 1e9, one.crossing.id)))


def counts(house: House, known: datetime | None, basis: int | None, kinds: Sequence[str], crossings: Sequence[Crossing]) -> tuple[Counted, ...]:
    """The counts held of these crossings and their borders, published by `known`."""
    told: dict[str, Statement] = {}
    for border in sorted({one.border for one in crossings}):
        ids = [one.id for one in crossings if one.border == border]
        held = house.ledger.by_kind("count", border, crossings=ids, known=known, basis=basis, curated=house.settings.record)
        told |= {one.statement.id: one.statement for one in held if one.statement.source.published}
    return counted(told.values(), kinds)


def kinds_of(lane: Lane) -> tuple[str, ...]:
    """Which counts tell the demand of a lane."""
    return ASYLUM if lane is Lane.ASYLUM else TRAVEL


def manifest(house: House, made: Plan) -> dict[str, object]:
    """What made these numbers, so that they can be made again."""
    asked = made.asked
    return {
        "program": f"pasvik {program()}", "basis": house.ledger.basis() if asked.basis is None else asked.basis,
        "known": asked.known.iso() if asked.known else None, "knowledge": knowledge_digest(house), "seed": asked.seed, "futures": asked.futures,
        "batch": BATCH, "lane": str(asked.lane), "first": made.first.isoformat(), "days": asked.days, "demand": asked.demand,
        "base": made.base.isoformat(), "steering": dict(sorted(asked.steering.items())),
        "moves": [{"kind": one.kind, "crossing": one.crossing, "from": one.start.iso(), "until": one.until.iso() if one.until else None,
                   "lanes": list(one.lanes), "hours": one.hours, "share": one.share} for one in asked.moves]}


def knowledge_digest(house: House) -> str:
    """The digest of every knowledge file that bears on a what-if."""
    return digest("\x1f".join(knowledge(house.settings, name) for name in KNOWLEDGE).encode())


def program() -> str:
    """The version of this program."""
    try:
        return version("pasvik")
    except PackageNotFoundError:
        return "0"


def in_a_folder(file: Path | None) -> None:
    """Raises Trouble where a file is to be written and its folder is missing, or it is itself a folder."""
    if file is not None and (file.is_dir() or not file.absolute().parent.is_dir()):
        raise Trouble(f"{file} cannot be written: {'it is a folder' if file.is_dir() else 'there is no such folder'}")


def needs_numpy() -> None:
    """Raises Trouble where the extra is missing."""
    if not has_numpy():
        raise Trouble("what-ifs need NumPy: install pasvik[whatif]")


def _wrong(house: House, asked: Asked) -> Fault | None:
    """What cannot be asked, in one sentence."""
    if not 1 <= asked.days <= MOST_DAYS:
        return Fault(f"days: {asked.days} lies outside 1 to {MOST_DAYS}", "days")
    if not 20 <= asked.futures <= MOST_FUTURES:
        return Fault(f"futures: {asked.futures} lies outside 20 to {MOST_FUTURES}", "futures")
    if asked.demand is not None and not 0 <= asked.demand <= 1_000_000:
        return Fault(f"demand: {asked.demand:g} people a day lies outside 0 to 1000000", "demand")
    for id in (*(move.crossing for move in asked.moves), *asked.steering):
        found = find_crossing(house, id)
        if isinstance(found, Fault):
            return found
    for move in asked.moves:
        crossing = house.gazetteer.crossings[move.crossing]
        if move.until is not None and (move.until.end if move.until.grain is Grain.DAY else move.until.start) <= move.start.start:
            return Fault(f"{crossing.name}: it ends ({move.until.iso()}) before it starts ({move.start.iso()})", "until")
        if not 0.0 < move.share <= 1.0:
            return Fault(f"{crossing.name}: a restriction lets through a share above 0 and up to 1, not {move.share:g}", "share")
        if asked.lane not in lanes_served(crossing):
            return Fault(f"{crossing.name} serves no lane {asked.lane}; it serves {', '.join(lanes_served(crossing))}", "lane")
        if crossing.lat is None:
            return Fault(f"{crossing.name} has no coordinate in the gazetteer, so no distances are known", "crossing")
    return None


def _in_play(house: House, asked: Asked, day: date) -> list[Crossing]:
    """The crossings of the moved borders, and of other borders with the same country behind them, that serve the lane by road."""
    every = house.gazetteer.crossings.values()
    moved = [house.gazetteer.crossings[move.crossing] for move in asked.moves]
    moved += [one for one in every if one.border == asked.border]
    borders, far = {one.border for one in moved}, {one.side_b.country for one in moved}
    return [one for one in every if (one.border in borders or (one.side_b.country in far)) and one.lanes & set(ROAD_LANES)
            and one.international and not one.member_of and asked.lane in lanes_served(one) and not _is_gone(one, day)]


def _is_gone(crossing: Crossing, day: date) -> bool:
    return bool(crossing.abolished) and crossing.abolished <= day.isoformat()[:len(crossing.abolished)]


def _within_reach(made: Network, moved: Sequence[str], assumed: Assumed) -> Network:
    """The crossings of the moved borders, and those of others that a road within reach joins to them; north to south."""
    starts = [made.ids.index(id) for id in moved]
    borders = {made.crossings[at].border for at in starts}
    kept = [at for at, one in enumerate(made.crossings)
            if one.border in borders or any(made.km[start][at] <= assumed.reach_km for start in starts)]
    kept.sort(key=lambda at: (made.crossings[at].border not in borders, made.crossings[at].border, -(made.crossings[at].lat or 0.0)))
    ids = {made.ids[at] for at in kept}
    return Network(tuple(made.crossings[at] for at in kept), tuple(tuple(made.km[one][at] for at in kept) for one in kept),
                   tuple(made.home[at] for at in kept),
                   tuple(id for id in made.guessed if id in ids), made.lost)


def _published(house: House, asked: Asked, begins: date) -> Moment:
    """When the supposed order is told: at `known`, or now, and never after it begins."""
    known = asked.known or Moment(house.now(), Grain.MINUTE, "UTC")
    starts = min((move.start for move in asked.moves), key=lambda one: one.start, default=known)
    return min(known, starts, key=lambda one: one.start)


def _level(told: Demand, asked: Asked, near: Network) -> tuple[float, ...]:
    """The level as counted, or the supposed demand spread as the counts are (over the moved crossings where there are none)."""
    if asked.demand is None:
        return told.level
    moved = [move.crossing for move in asked.moves]
    shares = told.level if told.total > 0 else tuple(1.0 if id in moved else 0.0 for id in near.ids)
    return tuple(asked.demand * share / (sum(shares) or 1.0) for share in shares)


def _winter(made: Plan, crossing: Crossing) -> str:
    winter = made.assumed.winter
    if made.first.month not in winter["months"]:
        return ""
    return str(winter["north"] if (crossing.lat or 0.0) >= winter["north_of"] else winter["else"])
