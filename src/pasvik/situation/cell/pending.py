"""What may come: changes that somebody has ordered, planned, signalled or considers, and that have not come yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from pasvik.situation.cell.because import say_change
from pasvik.situation.order import is_fresh_order
from pasvik.situation.policy import Policy
from pasvik.situation.utterance import LONG_AGO, SOFT, Utterance
from pasvik.terms.claim import Change, Commitment, State, Zone
from pasvik.terms.moment import Grain
from pasvik.terms.status import Pending

FIRMNESS = (Commitment.ORDERED, Commitment.PLANNED, Commitment.SIGNALLED, Commitment.CONSIDERING, Commitment.CONDITIONAL)


def pending(said: Iterable[Utterance], state: State, at: datetime | None, policy: Policy) -> tuple[Pending, ...]:
    """The changes still to come at the instant, firmest first, then newest. `state` is what holds now: to become so is no change.

    One for each speaker's side and state. Dropped: what came to be, what was overtaken by a later decision or a later
    `will not` of the same side, what lies long past, what nobody repeated for long. at None: one undated text, nothing is late.
    """
    heard = [u for u in said if (u.standing.weight > 0 or (u.standing.side and u.claim.commitment in SOFT))
             and (at is None or u.told is None or u.told <= at)]
    last = sorted((u for u in heard if u.claim.commitment in (Commitment.ORDERED, Commitment.RULED_OUT)), key=_when_told, reverse=True)
    coming = [u for u in heard if _is_coming(u, state, at, policy) and not _is_overtaken(u, last)]
    newest: dict[tuple[object, State], Utterance] = {}
    for u in sorted(_softest_of_a_text(coming), key=_rank):
        newest.setdefault((_who(u), u.claim.state), u)
    kept = [u for u in newest.values() if not _is_lost_headline(u, heard)]
    return tuple(Pending(u.claim.state, u.claim.commitment, u.claim.span.start, u.statement.speaker, u.statement.id)
                 for u in sorted(kept, key=_rank))


def _softest_of_a_text(coming: list[Utterance]) -> list[Utterance]:
    """Where headline and body put one plan differently, the softer telling counts, in the name of whom the body quotes."""
    plans = [u for u in coming if u.claim.commitment in SOFT]
    put: dict[str, Utterance] = {}
    gone: set[str] = set()
    for head in plans:
        if head.statement.evidence.zone is not Zone.HEADLINE:
            continue
        bodies = [u for u in plans if u.statement.evidence.zone is not Zone.HEADLINE and u.claim.state is head.claim.state
                  and u.statement.source.document == head.statement.source.document and _firmness(u) < _firmness(head)
                  and head.standing.side in (None, u.standing.side)]
        if bodies:
            named = min(bodies, key=lambda u: (u.standing.side is None, u.statement.speaker is None, _rank(u)))
            said = replace(head.statement, speaker=head.statement.speaker or named.statement.speaker)
            claim = head.claim if head.claim.span.start else replace(head.claim, span=named.claim.span)
            put[head.statement.id] = replace(head, statement=said, claim=claim, standing=named.standing)
            gone.update(u.statement.id for u in bodies)
    return [put.get(u.statement.id, u) for u in coming if u.statement.id not in gone]


def soft_notes(said: Iterable[Utterance], state: State, at: datetime | None) -> list[tuple[Utterance, str]]:
    """What was said of the future without being a change: moves ruled out, extensions in view; newest first."""
    notes = []
    for u in sorted(said, key=lambda u: (u.told or LONG_AGO, u.statement.id), reverse=True):
        if u.standing.weight == 0 or (at and u.told and u.told > at):
            continue
        if u.claim.commitment is Commitment.RULED_OUT:
            notes.append((u, f"will not be {u.claim.state}"))
        elif u.claim.commitment in SOFT and u.claim.state is state and u.claim.changes is Change.EXTENDS:
            notes.append((u, f"may stay {u.claim.state} for longer: {say_change(u.claim.state, u.claim.commitment)}"))
    return notes


def _is_coming(u: Utterance, state: State, at: datetime | None, policy: Policy) -> bool:
    claim = u.claim
    if claim.state is state or (state is State.CLOSED and claim.state is State.RESTRICTED and not claim.crossings):
        return False                                            # limits for a whole border mean nothing to a point that is shut
    if claim.commitment is Commitment.ORDERED:
        return claim.span.start is not None if at is None else bool(u.begins and u.begins > at)
    if claim.commitment not in SOFT:
        return False
    if at is None:
        return True
    if claim.span.start:
        return at - claim.span.start.start <= policy.late
    return u.told is not None and at - u.told <= policy.pending_ages


def _when_told(u: Utterance) -> datetime:
    return u.told or LONG_AGO


def _is_overtaken(u: Utterance, last: list[Utterance]) -> bool:
    """Whether one of the decisions and refusals, newest first, came after u and settles what it had in view."""
    later = takewhile(lambda v: _when_told(v) >= _when_told(u), last)
    return any(_overtakes(v, u) for v in later)


def _overtakes(v: Utterance, u: Utterance) -> bool:
    """Whether the same side later decided or ruled out what u had in view."""
    if v.told is None or u.told is None or v.standing.weight < max(1, u.standing.weight):
        return False
    if u.standing.side not in (None, v.standing.side):
        return False
    if v.told < u.told or v.statement.source.document == u.statement.source.document:
        return False
    if v.claim.commitment is Commitment.RULED_OUT:
        return v.claim.state is u.claim.state
    if v.claim.commitment is not Commitment.ORDERED or not v.standing.speaks:
        return False
    if u.claim.commitment is Commitment.ORDERED:                # a later order for that time, to the other state
        is_later = v.told > u.told and is_fresh_order(v)
        return is_later and v.claim.state is not u.claim.state and bool(v.begins and u.begins and v.begins <= u.begins)
    # A decision answers the warning that led to it, though both stand on pages of one day. A warning of something else, given
    # on the day of the decision, survives it: seven points shut, and the same evening the eighth may follow.
    return v.claim.state is u.claim.state or _is_after(v, u)


def _is_after(v: Utterance, u: Utterance) -> bool:
    """Whether v was published when everything that u's date can mean was past."""
    one, other = u.statement.source.published, v.statement.source.published
    return bool(one and other and v.told and (v.told >= one.end if one.grain is not Grain.MINUTE else v.told > one.start))


def _is_lost_headline(u: Utterance, heard: Iterable[Utterance]) -> bool:
    """A headline's plan loses where its own body rules it out, has another change in view, or puts the same one no firmer."""
    if u.statement.evidence.zone is not Zone.HEADLINE:
        return False
    for v in heard:
        if v.statement.source.document != u.statement.source.document or v.statement.evidence.zone is Zone.HEADLINE:
            continue
        if v.claim.commitment is Commitment.RULED_OUT and v.claim.state is u.claim.state:
            return True
        if v.claim.commitment in SOFT and (v.claim.state is not u.claim.state or _firmness(u) <= _firmness(v)):
            return True
    return False


def _firmness(u: Utterance) -> int:
    """Its place from ordered (0) to conditional."""
    return FIRMNESS.index(u.claim.commitment)


def _rank(u: Utterance) -> tuple[int, float, str]:
    when = (u.told or LONG_AGO) - LONG_AGO
    return _firmness(u), -when.total_seconds(), u.statement.id


def _who(u: Utterance) -> object:
    """Whose plan it is: a side's, else a speaker's, else an outlet's."""
    speaker = u.statement.speaker
    return u.standing.side or (speaker.name if speaker else u.publisher)

