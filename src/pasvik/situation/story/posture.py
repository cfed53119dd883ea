"""Each government's ladder: watching, considering, ready, partly closed, all but one, closed, eased; with the words of each step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pasvik.situation.authority import DECIDES, Rules, standing
from pasvik.situation.board import statements_by_crossing
from pasvik.situation.settle import Hearing, hear, settle_lane
from pasvik.situation.utterance import LONG_AGO, told_at
from pasvik.terms.claim import Change, Commitment, Posture, State, Status, Watch
from pasvik.terms.moment import Moment
from pasvik.terms.place import ROAD_LANES, Crossing, Lane, lanes_of
from pasvik.terms.statement import Statement

HINTS = {
    Commitment.PLANNED: "planning", Commitment.SIGNALLED: "considering", Commitment.CONSIDERING: "considering",
    Commitment.CONDITIONAL: "ready_to_close"}


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: whose (ISO code), on which border (None = not told), the stance, since when it is public, on whose words.

    stance: watching considering planning ready_to_close tightened partly_closed all_but_one closed eased will_not_close.
    """

    country: str
    border: str | None
    stance: str
    told: Moment | None
    statements: tuple[str, ...]
    words: str


def ladder(
    country: str, statements: Sequence[Statement], crossings: Mapping[str, Crossing], book: Rules) -> tuple[Step, ...]:
    """The steps of one government, oldest first; what repeats the step before it on the same border joins it."""
    steps: list[Step] = []
    standing_now: dict[str | None, int] = {}
    heard: dict[str, Hearing] = {}
    for statement in sorted(statements, key=lambda s: (told_at(s) or LONG_AGO, s.id)):
        step = _step(statement, country, statements, crossings, heard, book)
        if step is None:
            continue
        place = standing_now.get(step.border)
        if place is not None and (steps[place].stance == step.stance or _is_coarser(statement, steps[place].stance)):
            before = steps[place]
            steps[place] = Step(country, step.border, before.stance, before.told, (*before.statements, *step.statements), before.words)
        else:
            standing_now[step.border] = len(steps)
            steps.append(step)
    return tuple(steps)


def _is_coarser(statement: Statement, stance: str) -> bool:
    """Whether a stance told in a word ("has closed part of it") says less than what the orders already told."""
    return isinstance(statement.claim, Posture) and statement.claim.stance == "partly_closed" and stance == "all_but_one"


def moves(
    watcher: str, statements: Sequence[Statement], crossings: Mapping[str, Crossing], book: Rules, since: datetime | None = None,
) -> tuple[Step, ...]:
    """What the neighbours of a country did and said since an instant (UTC), oldest first: the digest of `pasvik watch`."""
    others = sorted({c for crossing in crossings.values() for c in crossing.countries} - {watcher})
    found = [step for other in others for step in ladder(other, statements, crossings, book)]
    return tuple(sorted(
        (s for s in found if since is None or (s.told and s.told.start >= since)),
        key=lambda s: (s.told.start if s.told else LONG_AGO, s.country, s.statements)))


def _step(
    statement: Statement, country: str, statements: Iterable[Statement], crossings: Mapping[str, Crossing], heard: dict[str, Hearing],
    book: Rules) -> Step | None:
    """The rung that one statement tells of this government, None where it tells none."""
    claim = statement.claim
    words = statement.evidence.quote
    if isinstance(claim, Posture) and claim.actor == country:
        return Step(country, claim.border, claim.stance, statement.source.published, (statement.id,), words)
    if isinstance(claim, Watch) and claim.watcher == country:
        return Step(country, None, "watching", statement.source.published, (statement.id,), words)
    if not isinstance(claim, Status) or claim.applies_to or not claim.border or country not in claim.border.split("-"):
        return None
    bearing = standing(statement, _countries(claim.border, country), book)
    if bearing.side != country:
        return None
    stance = _stance(statement, claim, bearing.weight, statements, crossings, heard, book)
    return Step(country, claim.border, stance, statement.source.published, (statement.id,), words) if stance else None


def _stance(
    statement: Statement, claim: Status, weight: int, statements: Iterable[Statement], crossings: Mapping[str, Crossing],
    heard: dict[str, Hearing], book: Rules) -> str | None:
    """What a status statement of an official makes of his government's stance."""
    if claim.commitment is Commitment.RULED_OUT:
        return "will_not_close" if claim.state is State.CLOSED else None
    if claim.commitment in HINTS:
        return HINTS[claim.commitment] if claim.state is not State.OPEN else None
    if claim.commitment is not Commitment.ORDERED or weight < DECIDES or not claim.border:
        return None
    begins = claim.span.start.start if claim.span.start else told_at(statement)
    if begins is None:
        return None
    if claim.span.stop and claim.span.stop - begins <= book.policy.short:
        return None                                             # a weekend or a night at one point is no step of a government
    if not lanes_of(claim.lanes) & set(ROAD_LANES):
        return None                                             # where to ask for asylum, which trains run: no rung of the road's ladder
    if claim.state is State.OPEN:
        return "eased" if claim.changes is Change.LIFTS else None
    return _how_closed(claim.border, begins, statements, crossings, heard, book)


def _how_closed(
    border: str, at: datetime, statements: Iterable[Statement], crossings: Mapping[str, Crossing], heard: dict[str, Hearing], book: Rules,
) -> str:
    """How much of a border's road traffic is shut at an instant: tightened, partly_closed, all_but_one or closed."""
    roster = [c for c in crossings.values() if c.border == border and c.international and c.lanes & set(ROAD_LANES)
              and (not c.opened or c.opened <= f"{at:%Y-%m-%d}") and (not c.abolished or c.abolished > f"{at:%Y-%m-%d}")]
    missing = [c for c in roster if c.id not in heard]
    by_crossing = statements_by_crossing(missing, statements)
    heard.update({c.id: hear(c, by_crossing[c.id], at, book) for c in missing})
    closed = sum(settle_lane(heard[c.id], Lane.CAR, at, book).state is State.CLOSED for c in roster)
    if not closed:
        return "tightened"
    return "closed" if closed == len(roster) else "all_but_one" if closed == len(roster) - 1 > 1 else "partly_closed"


def _countries(border: str, covered: str) -> tuple[str, str]:
    one, other = border.split("-")
    return (one, other) if one == covered else (other, one)
