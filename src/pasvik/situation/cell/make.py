"""A cell of the board as people read it: since when, until when, by whose word, who is against, what may come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pasvik.situation.authority import REPORTS
from pasvik.situation.cell.because import say_change, say_moment, say_published, say_retold, say_source, say_utterance, say_who
from pasvik.situation.cell.hours import hours_told
from pasvik.situation.cell.pending import pending, soft_notes
from pasvik.situation.order import Decision
from pasvik.situation.policy import Policy
from pasvik.situation.utterance import LONG_AGO, SETTLED, Utterance, told_at
from pasvik.terms.claim import Commitment, State, Status
from pasvik.terms.moment import Grain, Moment
from pasvik.terms.place import Crossing, Lane
from pasvik.terms.statement import Statement
from pasvik.terms.status import Cell


@dataclass(frozen=True, slots=True)
class Finding:
    """What one side (or one direction) is settled to, with the decision behind it and the steps in words.

    is_shut_day: the decision lets traffic through, but not on this day of the week.
    """

    state: State
    decision: Decision | None
    because: tuple[str, ...]
    inferred: bool = False
    is_shut_day: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said of one lane: the utterances placed in time, those of undated texts, and statements on groups of people."""

    said: list[Utterance]
    undated: list[Utterance]
    groups: tuple[Statement, ...]


def cell(
    crossing: Crossing, lane: Lane, into: str | None, heard: Heard, finding: Finding, sides: tuple[tuple[str, str], ...],
    clock: datetime | None, policy: Policy) -> Cell:
    """The finding as a cell of the board. into: of one direction only (ISO code of the country entered)."""
    said, decision, state = heard.said, finding.decision, finding.state
    contrary, hearsay = _contrary(said, decision, decision.state if decision and finding.is_shut_day else state, lane, clock)
    notes = [f"{say_who(u)}: {words} ({say_source(u, crossing.zone)})" for u, words in soft_notes(said, state, clock)]
    coming = pending([u for u in said if lane is not Lane.ASYLUM or lane in u.claim.lanes], state, clock, policy)
    shown = {one.statement for one in coming}
    notes += [f"{say_who(u)}, {say_change(u.claim.state, u.claim.commitment)}: {say_retold(u)}" for u in said
              if u.statement.id in shown and len(u.drift) > 1]
    notes += [_group_note(s, crossing) for s in heard.groups if clock is None or (told_at(s) or LONG_AGO) <= clock]
    because = list(finding.because) or ["Nobody is known to have said what holds here"]
    if contrary:
        because.append(f"{len(contrary)} utterance{'s' * (len(contrary) != 1)} against it, kept beside it")
    if hearsay:
        because.append(f"Unconfirmed, and so changing nothing: {say_utterance(hearsay[0], crossing.zone)}")
    until, further, carried_on = _announced_end(decision, said, clock)
    if carried_on:
        because.append(f"Carried on by what was decided later: {say_utterance(carried_on, crossing.zone)}")
    holds = decision is not None and state not in (State.UNKNOWN, State.LAPSED)
    return Cell(
        crossing.id, lane, state, f"into {into}" if into else "both",
        since=_since(decision, crossing) if decision and holds and finding.because and not finding.is_shut_day else None,
        until=until if decision else None, until_further_notice=further if holds else False,
        hours=hours_told(decision) if decision and holds and (state is not State.CLOSED or finding.is_shut_day) else None,
        decided_by=decision.lead.standing.side if decision else None,
        by_word_of=say_who(decision.lead) if decision else None,
        last_confirmed=_last_confirmed(decision, said, crossing, clock) if decision else None,
        inferred=finding.inferred, exceptions=decision.lead.claim.exceptions if decision and holds else None,
        pending=coming,
        supports=_ids([*decision.supports, *decision.heard]) if decision else (),
        against=_ids(contrary), unconfirmed=_ids([*hearsay, *heard.undated]), because=tuple(because), notes=tuple(notes), sides=sides)


def _contrary(
    said: Sequence[Utterance], decision: Decision | None, state: State, lane: Lane, clock: datetime | None,
) -> tuple[list[Utterance], list[Utterance]]:
    """Words of another state that were said after the decision and have not run out: (against, hearsay), newest first."""
    at = clock or LONG_AGO
    since = (decision.lead.told or decision.begins) if decision else None
    held = decision.state if decision and state in (State.UNKNOWN, State.LAPSED) else state
    against, hearsay = [], []
    for u in sorted(said, key=lambda u: (u.told or LONG_AGO, u.statement.id), reverse=True):
        begun = u.begins is None or u.begins <= at
        if u.claim.commitment not in SETTLED or not begun or (u.stop and u.stop <= at) or u.claim.state is held:
            continue
        if decision and ({u.claim.state, held} == {State.OPEN, State.RESTRICTED} or (u.told and since and u.told <= since)):
            continue
        if decision and decision.is_narrow and lane not in u.claim.lanes and u.claim.state is State.OPEN:
            continue
        if lane is Lane.ASYLUM and lane not in u.claim.lanes and u.claim.state is not State.CLOSED:
            continue                                            # an open road says nothing of asylum
        if u.standing.weight == 1:
            hearsay.append(u)
        elif decision:
            against.append(u)
    return against, hearsay


def _announced_end(
    decision: Decision | None, said: list[Utterance], clock: datetime | None) -> tuple[Moment | None, bool, Utterance | None]:
    """The end as announced, following later orders of the same state which take over before it; True: until further notice.

    With the last of those orders, None where there is none.
    """
    if decision is None:
        return None, False, None
    until = decision.lead.claim.span.until if decision.stop else None
    stop, further = decision.stop, decision.until_further_notice
    if decision.stop and (until is None or decision.lead.stop != decision.stop):
        until = next((u.claim.span.until for u in reversed(decision.supports) if u.stop == decision.stop), until)
    last = None
    if clock is None or further:
        return until, further, last
    later = [u for u in said if u.is_order and u.begins and u.begins > clock and u.standing.weight >= decision.lead.standing.weight]
    for u in sorted(later, key=lambda u: (u.begins or LONG_AGO, u.told or LONG_AGO, u.statement.id)):
        if stop is not None and u.begins and u.begins > stop:
            break
        if u.claim.state is not decision.state:
            break
        stop, until, further, last = u.stop, u.claim.span.until if u.stop else None, u.claim.until_further_notice, u
    return until, further, last


def _since(decision: Decision, crossing: Crossing) -> Moment | None:
    """The start of the unbroken run of one state, as told; None where no start was ever told."""
    first = decision
    while first.before and first.before.state is first.state and first.before.reaches(first.begins) and first.effect != "interrupted":
        first = first.before
    starts = [u.claim.span.start for u in first.supports if u.claim.span.start and u.claim.span.start.start == first.begins]
    if starts:
        return starts[0]
    if first.lead.claim.commitment is Commitment.ORDERED and first.begins != LONG_AGO:
        return Moment(first.begins, Grain.MINUTE, crossing.zone)
    return None


def _last_confirmed(decision: Decision, said: list[Utterance], crossing: Crossing, clock: datetime | None) -> Moment | None:
    """When an utterance of weight that agrees was last published."""
    agreeing = [u for u in decision.supports if u.told]
    agreeing += [u for u in said if u.told and u.claim.state is decision.state and u.claim.commitment is Commitment.IN_EFFECT
                 and u.standing.weight >= REPORTS and decision.begins <= u.told and (clock is None or u.told <= clock)
                 and (u.stop is None or u.stop > u.told)]
    if not agreeing:
        return None
    newest = max(agreeing, key=lambda u: (u.told or LONG_AGO, u.statement.id))
    return newest.statement.source.published


def _group_note(statement: Statement, crossing: Crossing) -> str:
    claim = statement.claim
    assert isinstance(claim, Status)
    what = say_change(claim.state, claim.commitment) if claim.commitment is not Commitment.IN_EFFECT else f"{claim.state}, in effect"
    since = f" since {say_moment(claim.span.start)}" if claim.span.start else ""
    return (f"Only for {claim.applies_to}: {what}{since} (published {say_published(statement.source.published, crossing.zone)}"
            f" by {statement.source.publisher or 'an unnamed outlet'})")


def _ids(said: Sequence[Utterance]) -> tuple[str, ...]:
    return tuple(u.statement.id for u in sorted(said, key=lambda u: (u.told or LONG_AGO, u.statement.id), reverse=True))
