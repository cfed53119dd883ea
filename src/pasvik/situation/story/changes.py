"""What changed between two boards: the same crossing, lane and direction, then and now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pasvik.situation.authority import Rules
from pasvik.situation.cell.because import say_change, say_moment
from pasvik.situation.settle import Hearing, settle_lane
from pasvik.situation.utterance import SETTLED
from pasvik.terms.claim import Commitment, State
from pasvik.terms.moment import Moment
from pasvik.terms.place import Lane
from pasvik.terms.status import Board, Cell

TOLD = ("state", "until", "until_further_notice", "hours", "decided_by", "pending")
WORDS = {"until": "announced end", "until_further_notice": "until further notice", "hours": "hours", "decided_by": "decided by"}


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that differs. before/after: the cells, None where a board has no such cell. what: the fields that differ."""

    crossing: str
    lane: Lane
    direction: str
    before: Cell | None
    after: Cell | None
    what: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of time in one state: from `begins` (counted) to `ends` (not counted), both UTC."""

    begins: datetime
    ends: datetime
    state: State
    cell: Cell                                                  # as settled at the beginning


def diff(before: Board, after: Board) -> tuple[Change, ...]:
    """The cells that tell something else, in the order of the second board; what only one board has comes last."""
    earlier = {_place(cell): cell for cell in before.cells}
    later = {_place(cell): cell for cell in after.cells}
    pairs: list[tuple[Cell | None, Cell | None]] = [(earlier.get(place), cell) for place, cell in later.items()]
    pairs += [(cell, None) for place, cell in earlier.items() if place not in later]
    changes = (_change(old, new) for old, new in pairs)
    return tuple(change for change in changes if change)


def _place(cell: Cell) -> tuple[str, Lane, str]:
    return cell.crossing, cell.lane, cell.direction


def _change(old: Cell | None, new: Cell | None) -> Change | None:
    one = new or old
    assert one is not None
    if old is None or new is None:
        known = "only on the second board" if old is None else "only on the first board"
        return Change(*_place(one), old, new, ("state",), f"{one.state} ({known})")
    what = tuple(name for name in TOLD if getattr(old, name) != getattr(new, name))
    return Change(*_place(one), old, new, what, _words(old, new, what)) if what else None


def _words(old: Cell, new: Cell, what: tuple[str, ...]) -> str:
    """The change in plain words: `open -> closed; announced end 18 Feb 2024 -> 23 Dec 2023`; what follows from it is left out."""
    told = []
    for name in what:
        if name == "state":
            told.append(f"{old.state} -> {new.state}")
        elif name == "pending":
            before, after = _in_view(old), _in_view(new)
            told += [f"no longer in view: {say_change(*plan)}" for plan in before if plan not in after and plan[0] is not new.state]
            told += [f"now in view: {say_change(*plan)}" for plan in after if plan not in before]
        elif name != "decided_by" or "state" not in what:
            told.append(f"{WORDS[name]} {_say(getattr(old, name))} -> {_say(getattr(new, name))}")
    return "; ".join(told) or "who has it in view"


def _in_view(cell: Cell) -> tuple[tuple[State, Commitment], ...]:
    return tuple(dict.fromkeys((plan.state, plan.commitment) for plan in cell.pending))


def _say(value: object) -> str:
    if value is None or value is False:
        return "none"
    return "yes" if value is True else say_moment(value) if isinstance(value, Moment) else str(value)


def spells(hearing: Hearing, lane: Lane, begins: datetime, ends: datetime, book: Rules) -> tuple[Spell, ...]:
    """The states of one lane from `begins` to `ends` (UTC), settled anew at every moment at which something could change."""
    moments = sorted({begins, *(m for m in turning_points(hearing, book) if begins < m < ends)})
    found: list[Spell] = []
    for index, moment in enumerate(moments):
        end = moments[index + 1] if index + 1 < len(moments) else ends
        cell = settle_lane(hearing, lane, moment, book)
        if found and found[-1].state is cell.state:
            found[-1] = Spell(found[-1].begins, end, cell.state, found[-1].cell)
        else:
            found.append(Spell(moment, end, cell.state, cell))
    return tuple(found)


def turning_points(hearing: Hearing, book: Rules) -> Iterable[datetime]:
    """The instants at which a settled word begins, ends, starts to be presumed, or grows too old."""
    for u in hearing.said:
        if u.claim.commitment not in SETTLED and u.claim.commitment != "ended":
            continue
        if u.begins:
            yield from (u.begins, u.begins - book.policy.same_day, u.begins - book.policy.presumed)
        if u.stop:
            yield u.stop
        if u.told:
            yield u.told
            if u.told.year < 9000:
                yield u.told + book.policy.report_ages
