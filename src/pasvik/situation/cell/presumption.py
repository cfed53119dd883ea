"""Where the law has applications for asylum taken at every open point, and nobody said otherwise, that is shown as worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from pasvik.situation.authority import DECIDES, REPORTS, Rules, standing
from pasvik.situation.cell.because import say_source
from pasvik.situation.settle import Hearing
from pasvik.situation.utterance import ASYLUM, LONG_AGO, SETTLED, told_at
from pasvik.terms.claim import Basis, Commitment, State, Status
from pasvik.terms.place import Crossing, Lane
from pasvik.terms.statement import Statement
from pasvik.terms.status import Cell

ON_FOOT_OR_WHEELS = (Lane.CAR, Lane.BUS, Lane.PEDESTRIAN, Lane.BICYCLE)
LAW = ("Nobody is known to have said whether applications are taken here. A member state of the EU must take them at its border"
       " (Directive 2013/32/EU, articles 3 and 6), and the point is open to people: so it is presumed, not reported (inferred)")


class Named(NamedTuple):
    """The points of a border that an authority named as those where one may apply. begins: from when (UTC). is_over: all of them are shut."""

    begins: datetime
    points: frozenset[str]
    is_over: bool = False


def arranged(crossings: Iterable[Crossing], statements: Iterable[Statement], book: Rules) -> Mapping[str, tuple[Named, ...]]:
    """For each border what authorities named as the points where applications are taken, in no order.

    Whoever names some points may mean those alone, so from then on nothing is presumed of the others, until all that were named are shut.
    """
    sides = {crossing.border: crossing.countries for crossing in crossings}
    found: dict[str, tuple[Named, ...]] = {}
    for statement in statements:
        claim = statement.claim
        if not isinstance(claim, Status) or Lane.ASYLUM not in claim.lanes or claim.border not in sides or not claim.crossings:
            continue
        if claim.state is not State.OPEN or claim.commitment not in SETTLED or claim.applies_to:
            continue
        if standing(statement, sides[claim.border], book).weight >= DECIDES:
            begins = claim.span.start.start if claim.span.start else told_at(statement) or LONG_AGO
            found[claim.border] = (*found.get(claim.border, ()), Named(begins, frozenset(claim.crossings)))
    return found


def in_force(named: Iterable[Named], at: datetime | None, is_shut: Callable[[str], bool]) -> Named | None:
    """What has been named by the instant, taken together; None where nothing has. is_shut: whether nobody gets through at a point."""
    begun = [one for one in named if at is not None and one.begins <= at]
    if not begun:
        return None
    points = frozenset(point for one in begun for point in one.points)
    return Named(min(one.begins for one in begun), points, all(is_shut(point) for point in sorted(points)))


def presumed(cell: Cell, roads: Sequence[Cell], hearing: Hearing, at: datetime | None, named: Named | None, book: Rules) -> Cell:
    """The asylum cell with what the law presumes, where nobody spoke of it; else the cell as it is.

    roads: the settled cells of the same crossing; named: the points of its border where one may apply (see `in_force`), None = not told.
    """
    until = book.policy.asylum_presumed.get(hearing.crossing.side_a.country)
    if at is None or until is None or (until and f"{at:%Y-%m-%d}" >= until) or (named and not named.is_over):
        return cell
    left_out = bool(named) and cell.state is State.CLOSED and _is_left_out(cell, hearing)
    if not left_out and (cell.state is not State.UNKNOWN or cell.supports or _is_spoken_of(hearing, at)):
        return cell
    way = next((r for r in roads if r.lane in ON_FOOT_OR_WHEELS and r.direction == "both" and r.state is State.OPEN and r.supports), None)
    if way is None:
        return cell
    lead = next((u for u in hearing.said if u.statement.id in way.supports), None)
    told = f"Open to people ({way.lane}) by word of {way.by_word_of}" + (f" ({say_source(lead, hearing.crossing.zone)})" if lead else "")
    over = (f"All points that had been named for applications are shut by now: {', '.join(sorted(named.points))}",) if named else ()
    hearsay = (step for step in cell.because if step.startswith("Unconfirmed"))
    return Cell(
        cell.crossing, cell.lane, State.OPEN, cell.direction, inferred=True, by_word_of="presumed by law", last_confirmed=way.last_confirmed,
        pending=cell.pending, supports=way.supports, against=cell.against, unconfirmed=cell.unconfirmed, notes=cell.notes, sides=cell.sides,
        because=(LAW, *over, told, *hearsay))


def _is_left_out(cell: Cell, hearing: Hearing) -> bool:
    """Whether applications are held to be refused here only because other points were named, and not because the road is shut."""
    behind = [u for u in hearing.said if u.statement.id in cell.supports]
    return bool(behind) and all(u.claim.lanes == ASYLUM and u.statement.basis is Basis.INFERRED for u in behind)


def _is_spoken_of(hearing: Hearing, at: datetime) -> bool:
    """Whether anybody of weight has told by then what holds for asylum here: then their word counts, even where it has run out."""
    return any(
        Lane.ASYLUM in u.claim.lanes and u.standing.weight >= REPORTS and u.claim.commitment in (*SETTLED, Commitment.ENDED)
        and (u.told or LONG_AGO) <= at for u in hearing.said)
