"""Where the law has applications for asylum taken at every open point, and nobody said otherwise, that is shown as worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pasvik.situation.authority import DECIDES, REPORTS, Rules, standing
from pasvik.situation.cell.because import say_source
from pasvik.situation.settle import Hearing
from pasvik.situation.utterance import LONG_AGO, SETTLED, told_at
from pasvik.terms.claim import Commitment, State, Status
from pasvik.terms.place import Crossing, Lane
from pasvik.terms.statement import Statement
from pasvik.terms.status import Cell

ON_FOOT_OR_WHEELS = (Lane.CAR, Lane.BUS, Lane.PEDESTRIAN, Lane.BICYCLE)
LAW = ("Nobody is known to have said whether applications are taken here. A member state of the EU must take them at its border"
       " (Directive 2013/32/EU, articles 3 and 6), and the point is open to people: so it is presumed, not reported (inferred)")


def arranged(crossings: Iterable[Crossing], statements: Iterable[Statement], book: Rules) -> Mapping[str, datetime]:
    """For each border the first instant (UTC) from which an authority named the points where applications are taken.

    Whoever names some points may mean those alone, so from then on nothing is presumed of the others.
    """
    sides = {crossing.border: crossing.countries for crossing in crossings}
    found: dict[str, datetime] = {}
    for statement in statements:
        claim = statement.claim
        if not isinstance(claim, Status) or Lane.ASYLUM not in claim.lanes or claim.border not in sides or not claim.crossings:
            continue
        if claim.state is not State.OPEN or claim.commitment not in SETTLED or claim.applies_to:
            continue
        if standing(statement, sides[claim.border], book).weight >= DECIDES:
            begins = claim.span.start.start if claim.span.start else told_at(statement) or LONG_AGO
            found[claim.border] = min(found.get(claim.border, begins), begins)
    return found


def presumed(cell: Cell, roads: Sequence[Cell], hearing: Hearing, at: datetime | None, since: datetime | None, book: Rules) -> Cell:
    """The asylum cell with what the law presumes, where nobody spoke of it; else the cell as it is.

    roads: the settled cells of the same crossing; since: from when the border's points are named (see `arranged`), None = they are not.
    """
    until = book.policy.asylum_presumed.get(hearing.crossing.side_a.country)
    if at is None or until is None or (until and f"{at:%Y-%m-%d}" >= until) or (since and since <= at):
        return cell
    if cell.state is not State.UNKNOWN or cell.supports or _is_spoken_of(hearing, at):
        return cell
    way = next((r for r in roads if r.lane in ON_FOOT_OR_WHEELS and r.direction == "both" and r.state is State.OPEN and r.supports), None)
    if way is None:
        return cell
    lead = next((u for u in hearing.said if u.statement.id in way.supports), None)
    told = f"Open to people ({way.lane}) by word of {way.by_word_of}" + (f" ({say_source(lead, hearing.crossing.zone)})" if lead else "")
    return replace(
        cell, state=State.OPEN, inferred=True, by_word_of="presumed by law", last_confirmed=way.last_confirmed, supports=way.supports,
        because=(LAW, told, *(step for step in cell.because if step.startswith("Unconfirmed"))))


def _is_spoken_of(hearing: Hearing, at: datetime) -> bool:
    """Whether anybody of weight has told by then what holds for asylum here: then their word counts, even where it has run out."""
    return any(
        Lane.ASYLUM in u.claim.lanes and u.standing.weight >= REPORTS and u.claim.commitment in (*SETTLED, Commitment.ENDED)
        and (u.told or LONG_AGO) <= at for u in hearing.said)
