"""One decision follows another: a closure is ordered, extended, curtailed, replaced, lifted, or runs out in silence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pasvik.situation.authority import DECIDES, REPORTS
from pasvik.situation.policy import Policy
from pasvik.situation.utterance import LONG_AGO, Utterance
from pasvik.terms.claim import Basis, Change, Commitment, State
from pasvik.terms.place import Lane

OPPOSITE = {State.OPEN: State.CLOSED, State.CLOSED: State.OPEN, State.RESTRICTED: State.OPEN}


@dataclass(slots=True)
class Decision:
    """One link of a chain: a state from `begins` to `stop` (UTC; None = no announced end). Not changed once the chain is made.

    lead: the utterance that made it; supports: the utterances that agree with it; effect: what it did to the one before
    (told, extended, curtailed, replaced, followed, lifted, interrupted); by_agreement: no single word settled it, several did.
    """

    state: State
    begins: datetime
    stop: datetime | None
    lead: Utterance
    is_narrow: bool
    effect: str
    supports: list[Utterance] = field(default_factory=list)
    heard: list[Utterance] = field(default_factory=list)        # agreeing words of outlets that are not on the list
    is_order: bool = False
    until_further_notice: bool = False
    by_agreement: bool = False
    before: Decision | None = None                              # the decision that it followed
    confirmed: datetime = LONG_AGO                              # when an agreeing utterance was last published, or a stop presupposed it

    def support(self, u: Utterance) -> None:
        """Add an utterance of weight that agrees."""
        self.supports.append(u)
        self.confirmed = max(self.confirmed, u.told or self.begins)

    def runs(self, at: datetime) -> bool:
        """Whether it has begun and its announced end has not passed."""
        return self.begins <= at and (self.stop is None or at < self.stop)

    def reaches(self, at: datetime) -> bool:
        """Whether it still runs at the instant or ends just then, so that the next decision follows without a gap."""
        return self.begins <= at and (self.stop is None or at <= self.stop)


@dataclass(slots=True)
class Chain:
    """The decisions of one side for one lane, in order, as far as the sweep has come."""

    policy: Policy
    trusting: bool = False                                      # a single text is taken at its word
    is_asylum: bool = False                                     # the road speaks for asylum only by being shut
    road: Decision | None = None                                # the latest decision on the whole road
    lane: Decision | None = None                                # the latest decision on this lane alone
    stops: list[Decision] = field(default_factory=list)         # short interruptions
    all: list[Decision] = field(default_factory=list)           # every decision, oldest first
    doubts: dict[tuple[State, str], Utterance] = field(default_factory=dict)     # contrary words that were not enough, by outlet
    wavering: frozenset[str] = frozenset()                      # documents off the list that have it ordered both ways

    def names_lane(self, u: Utterance) -> bool:
        """Whether an utterance speaks of the lane by name and not only of the road."""
        return Lane.ASYLUM in u.claim.lanes if self.is_asylum else u.is_narrow

    def holding(self, at: datetime) -> Decision | None:
        """The decision that governs at the instant; it may have run out (see `Decision.runs`). None = nothing is known."""
        for stop in reversed(self.stops):
            if stop.runs(at):
                return stop
        governing = self._governing(at)
        if governing is None and self.stops and (self.stops[-1].is_narrow or not self.is_asylum):
            return self.stops[-1]
        return governing

    def _governing(self, at: datetime) -> Decision | None:
        road, lane = self.road, self.lane
        if lane and not lane.is_order and at - lane.confirmed > self.policy.report_ages and road:
            lane = None                                         # an old report on a lane yields to what is known of the road
        if road is None or lane is None:
            return lane or road
        if not lane.runs(at):
            # What barred a lane for a time and ran out leaves the question open: an older word on the road does not answer it.
            return lane if road.state is State.OPEN and lane.state is not State.OPEN and road.begins <= lane.begins else road
        if not road.runs(at):
            return road if road.begins > lane.begins and (road.state is State.CLOSED or lane.state is State.OPEN) else lane
        if lane.begins + self.policy.start_window >= road.begins:
            return lane
        # A later word on the whole road: a closure ends a lane's privilege, an opening does not end a lane's bar.
        return lane if (road.state is State.OPEN and lane.state is not State.OPEN) or road.state is State.RESTRICTED else road


def chain(said: Iterable[Utterance], at: datetime, policy: Policy, trusting: bool = False, is_asylum: bool = False) -> Chain:
    """Sweep the utterances that had begun by `at` in order of their beginning; the order they are handed in is no matter."""
    made = Chain(policy, trusting, is_asylum)
    said = list(said)
    made.wavering = _wavering(said, policy)
    begun = sorted((u for u in said if u.begins is None or u.begins <= at), key=_place_in_time)
    fresh = sorted((u for u in begun if u.standing.weight >= DECIDES and is_fresh_order(u)), key=_when_told)
    fresh_told = [_when_told(u) for u in fresh]
    for utterance in begun:
        if _is_overtaken(utterance, fresh, fresh_told):
            continue
        if utterance.claim.commitment is Commitment.ENDED:
            _end(made, utterance)
        else:
            _take(made, utterance, utterance.claim.state)
    return made


def _place_in_time(u: Utterance) -> tuple[datetime, datetime, int, bool, str]:
    return u.begins or LONG_AGO, u.told or LONG_AGO, -u.standing.weight, u.statement.basis is not Basis.STATED, u.statement.id


def _wavering(said: list[Utterance], policy: Policy) -> frozenset[str]:
    """Documents of outlets off the list that tell the point ordered open and ordered closed within days: no voice for either."""
    orders: dict[str, list[Utterance]] = {}
    for u in said:
        if u.standing.weight < REPORTS and u.claim.commitment is Commitment.ORDERED and u.begins:
            orders.setdefault(u.statement.source.document, []).append(u)
    return frozenset(
        document for document, told in orders.items() if any(
            one.claim.state is State.OPEN and other.claim.state is State.CLOSED and abs(_place_in_time(one)[0] - _place_in_time(other)[0]) <= policy.short
            for one in told for other in told))


def is_fresh_order(u: Utterance) -> bool:
    """Whether it tells a decision of that moment, and does not retell an old one."""
    if u.claim.commitment is not Commitment.ORDERED or u.told is None or u.begins is None:
        return False
    return bool(u.claim.changes) or (u.claim.span.start is not None and u.begins >= u.told)


def _when_told(u: Utterance) -> datetime:
    return u.told or LONG_AGO


def _is_overtaken(u: Utterance, fresh: list[Utterance], fresh_told: list[datetime]) -> bool:
    """Whether another state was decided for its time after it was told and before it began, so that it never came to be."""
    if u.claim.commitment is not Commitment.ORDERED or u.told is None or u.begins is None or u.begins <= u.told:
        return False
    between = fresh[bisect_right(fresh_told, u.told):bisect_left(fresh_told, u.begins)]
    return any(
        v.claim.state is not u.claim.state and v.begins and v.begins <= u.begins and (v.stop is None or v.stop > u.begins)
        and (u.is_narrow or not v.is_narrow) for v in between)


def _release(made: Chain, u: Utterance, running: Decision | None) -> None:
    """An open road says nothing of asylum; it only ends what its closure said, and what was allowed before that closure."""
    if made.road and _suffices(made, u, running):
        if made.lane and made.lane.state is State.OPEN and made.lane.begins < made.road.begins:
            made.lane = None
        made.road = None


def _end(made: Chain, u: Utterance) -> None:
    """`was so, no longer`: from its end (else when it was told) the opposite is inferred, where it is authority's word.

    Of anybody else it is one voice for the opposite.
    """
    moment = u.stop or u.told or LONG_AGO
    now = made.holding(moment)
    if not now or now.state is not u.claim.state or now.begins >= moment or u.standing.weight == 0:
        return
    if u.standing.weight >= DECIDES:
        _enter(made, u, OPPOSITE[u.claim.state], moment)
    elif now.runs(moment) and (not made.is_asylum or made.names_lane(u) or u.claim.state is State.OPEN):
        _agree(made, u, OPPOSITE[u.claim.state], now, moment)


def _take(made: Chain, u: Utterance, state: State) -> None:
    """Let one utterance confirm what holds, change it, or join the doubts."""
    if u.standing.weight == 0:
        return
    moment = u.begins or LONG_AGO
    now = made.holding(moment)
    running = now if now and now.runs(moment) else None
    if made.is_asylum and not made.names_lane(u) and state is not State.CLOSED:
        _release(made, u, running)
    elif running and running.state is state:
        _confirm(made, u, running, moment)
    elif _suffices(made, u, running):
        _enter(made, u, state, moment)
    else:
        _agree(made, u, state, running, moment)


def _suffices(made: Chain, u: Utterance, running: Decision | None) -> bool:
    """Whether this utterance alone may change what holds.

    An authority's word may. A known outlet's own word may where nothing, or only a report, stands against it, and never
    by a passing mention. An unknown outlet's word may not.
    """
    if u.standing.weight >= DECIDES or made.trusting:
        return True
    if u.standing.weight < REPORTS:
        return False
    if running is None:
        return True
    return u.statement.basis is not Basis.PRESUPPOSED and not (running.is_order and running.lead.standing.weight >= DECIDES)


def _agree(made: Chain, u: Utterance, state: State, running: Decision | None, moment: datetime) -> None:
    """Independent words that agree settle together what none could alone.

    Against what holds two of them must be specific (see `_is_specific`), or a third must join: a stale closing line in one paper and
    a false report in another undo nothing. Against an order in force one of them must, however many they are.
    """
    if u.statement.basis is Basis.PRESUPPOSED or u.statement.source.document in made.wavering:
        return
    outlet = u.publisher or u.statement.source.document
    earlier = made.doubts.get((state, outlet))
    is_firmer = earlier and earlier.standing.side and not u.standing.side and earlier.claim.commitment is not Commitment.ENDED
    if earlier is None or not is_firmer or (earlier.stop and earlier.stop <= moment):
        made.doubts[state, outlet] = u
    agreeing = [d for (said, _), d in made.doubts.items() if said is state and (d.stop is None or d.stop > moment)]
    if len(agreeing) < made.policy.agreeing_outlets:
        return
    quoting = sum(_is_specific(d, agreeing, made.policy) for d in agreeing)
    is_firm = running is not None and running.is_order and running.lead.standing.weight >= DECIDES
    contested = running is not None or (made.is_asylum and not made.names_lane(u))     # of asylum the road's closure is only a hint
    if (is_firm and not quoting) or (contested and quoting < 2 and len(agreeing) <= made.policy.agreeing_outlets):
        return
    best = max(agreeing, key=lambda d: (d.is_order, bool(d.standing.side), d.standing.weight, d.stop is not None, d.statement.id))
    decision = _enter(made, best, state, moment)
    decision.supports = agreeing
    decision.by_agreement = True
    decision.confirmed = max(d.told or moment for d in agreeing)


def _is_specific(u: Utterance, agreeing: list[Utterance], policy: Policy) -> bool:
    """Whether it quotes an official, tells the decision with its day, or tells of a turn just after it was announced that it would come.

    An announcement that came true is worth more than two words for what may long have been so.
    """
    is_past = u.claim.commitment is Commitment.ENDED            # "was open on Tuesday" may be no more than the past tense
    start = u.claim.span.start.start if u.claim.span.start else None
    if not is_past and (u.standing.side or u.standing.weight >= REPORTS or (u.is_order and start)):
        return True
    turned = u.told if is_past else start
    announced = [order.begins for order in agreeing if order.claim.span.start and is_fresh_order(order) and order.begins != order.told]
    return turned is not None and any(timedelta(0) <= turned - begins <= policy.retold for begins in announced if begins)


def _confirm(made: Chain, u: Utterance, running: Decision, moment: datetime) -> None:
    """The same state again: a renewal where an order tells a new end, else one more support."""
    if u.standing.weight < REPORTS and not made.trusting:
        running.heard.append(u)
        return
    is_new_end = u.claim.until_further_notice or (u.stop is not None and u.stop != running.stop)
    is_passing = is_short_stop(u, made.policy) and not is_short_stop(running.lead, made.policy)
    is_weaker = is_passing or (running.is_order and running.lead.standing.weight > u.standing.weight)
    if not u.is_order or is_weaker:
        running.support(u)
        if running.stop is None and not running.until_further_notice and not is_weaker:
            running.stop = u.stop
    elif not running.is_order or (is_new_end and (u.claim.changes or moment - running.begins > made.policy.start_window)):
        _enter(made, u, running.state, moment)
    else:                                                       # another account of the same decision
        running.support(u)
        if is_new_end:
            running.stop, running.until_further_notice = u.stop, u.claim.until_further_notice


def _enter(made: Chain, u: Utterance, state: State, moment: datetime) -> Decision:
    """Put a decision into the chain at its place: an interruption, the lane's own, or the road's."""
    before = made.holding(moment)
    claim = u.claim
    is_stop = is_short_stop(u, made.policy)
    decision = Decision(
        state, moment, None if claim.commitment is Commitment.ENDED else u.stop, u, made.names_lane(u),
        _effect(before, u, state, moment, is_stop), supports=[u], confirmed=u.told or moment, is_order=u.is_order,
        until_further_notice=claim.until_further_notice, before=before)
    if is_stop:
        made.stops.append(decision)
        if before and before.state is State.OPEN:
            # Whoever stops the traffic for some hours takes it that it ran.
            before.confirmed = max(before.confirmed, moment)
    elif decision.is_narrow:
        made.lane = decision
    else:
        made.road = decision
    made.all.append(decision)
    made.doubts = {}
    return decision


def is_short_stop(u: Utterance, policy: Policy) -> bool:
    """Whether it tells its own start and end, some hours or days apart: it lies on top of a longer order and does not replace it."""
    start = u.claim.span.start
    if start is None or u.stop is None or u.claim.changes or u.claim.commitment is Commitment.ENDED:
        return False
    return u.stop - start.start <= policy.short


def _effect(before: Decision | None, u: Utterance, state: State, moment: datetime, is_stop: bool) -> str:
    """What a decision does to the one before it, in one word."""
    if before is None or not before.reaches(moment):
        return "told"
    if is_stop:
        return "interrupted"
    if (before.state is State.CLOSED and state is State.OPEN) or u.claim.changes is Change.LIFTS:
        return "lifted"
    if before.state is not state:
        return "replaced"
    if state is not State.CLOSED and u.claim.changes is None:
        return "followed"
    if u.claim.changes is Change.EXTENDS:
        return "extended"
    if u.claim.changes is Change.CURTAILS or (u.stop and (before.stop is None or u.stop < before.stop)):
        return "curtailed"
    if u.stop is None or (before.stop and u.stop > before.stop):
        return "extended"
    return "replaced"
