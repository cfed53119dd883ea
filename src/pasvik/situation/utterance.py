"""Twenty papers that repeat one sentence are one utterance: who said it, what it says of a crossing, and who retold it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from pasvik.situation.authority import Rules, Standing, plain, standing
from pasvik.situation.policy import Policy
from pasvik.terms.claim import Basis, Change, Commitment, State, Status, Zone
from pasvik.terms.moment import Span
from pasvik.terms.place import ALL, ROAD_LANES, Crossing, Lane, lanes_of
from pasvik.terms.statement import Statement

WORD = re.compile(r"\w{3,}")
FAR_BACK = 200                                                  # so many other things said in between: nobody retells through that
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
ASYLUM = (str(Lane.ASYLUM),)
WHOLE_ROAD = frozenset(ROAD_LANES)
SETTLED = (Commitment.IN_EFFECT, Commitment.ORDERED)
SOFT = (Commitment.PLANNED, Commitment.SIGNALLED, Commitment.CONSIDERING, Commitment.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing said about one crossing, however often retold. Times are UTC instants.

    statement: its strongest telling (then the earliest, then the fullest); standing: the weight of that telling.
    told: when it was first published; begins: from when it speaks (its start, else when it was told); stop: its announced end.
    tellings: every statement that retells it, oldest first, the representative among them.
    """

    statement: Statement
    claim: Status
    standing: Standing
    told: datetime | None
    begins: datetime | None
    stop: datetime | None
    tellings: tuple[Statement, ...]

    @property
    def is_order(self) -> bool:
        """Whether it tells a decision, which holds until it ends, and not a report, which ages."""
        claim = self.claim
        if claim.commitment is Commitment.IN_EFFECT:
            return bool(claim.changes or claim.until_further_notice or claim.legal_basis or claim.decided_on)
        return claim.commitment is Commitment.ORDERED

    @property
    def is_narrow(self) -> bool:
        """Whether it names lanes, instead of speaking for the whole road."""
        return _is_narrow(self.claim.lanes)

    @property
    def publisher(self) -> str:
        """The outlet of the representative telling, as it is compared."""
        return plain(self.statement.source.publisher or "")

    @property
    def drift(self) -> tuple[Commitment, ...]:
        """How firmly it was put, telling by telling, without repeats: signalled, then planned, then ordered."""
        firmness: list[Commitment] = []
        for telling in self.tellings:
            if isinstance(telling.claim, Status) and telling.claim.commitment not in firmness[-1:]:
                firmness.append(telling.claim.commitment)
        return tuple(firmness)


@lru_cache(maxsize=1024)
def _is_narrow(lanes: tuple[str, ...]) -> bool:
    """Pure; remembered because there are few ways to name lanes."""
    return ALL not in lanes and not lanes_of(lanes) >= WHOLE_ROAD


def speaks_for(claim: Status, crossing: Crossing) -> bool:
    """Whether a status names this crossing, or shuts (or may shut, or may open) its whole border and names no crossing.

    A border said to be open or restricted tells nothing of one crossing; what may come to a border comes to its international points.
    """
    if claim.crossings:
        return crossing.id in claim.crossings
    if claim.border != crossing.border or crossing.is_rail:
        return False
    if claim.applies_to is not None:
        return True
    return crossing.international if claim.commitment in SOFT else claim.commitment not in SETTLED or claim.state is State.CLOSED


def is_on_roster(crossing: Crossing, told: datetime | None) -> bool:
    """Whether the point existed when something was told of its whole border."""
    day = f"{told:%Y-%m-%d}" if told else ""
    return not day or (crossing.opened <= day and (not crossing.abolished or day < crossing.abolished))


def told_at(statement: Statement) -> datetime | None:
    """When it was published (UTC), None for an undated page."""
    return statement.source.published.start if statement.source.published else None


def utterances(crossing: Crossing, statements: Iterable[Statement], book: Rules) -> list[Utterance]:
    """The status statements on a crossing, grouped, in order of (told, id). Says nothing about lanes or time."""
    about = [s for s in statements if isinstance(s.claim, Status) and s.claim.applies_to is None and speaks_for(s.claim, crossing)
             and (s.claim.crossings or is_on_roster(crossing, told_at(s)))]
    about.sort(key=lambda s: (told_at(s) or LONG_AGO, s.id, s.source.document, -s.confidence, s.basis, s.evidence.zone))
    about = list({s.id: s for s in reversed(about)}.values())[::-1]                # told twice under one id is told once
    starts = _told_starts(about)
    groups: list[list[Telling]] = []
    places: dict[object, list[list[Telling]]] = {}
    for statement in about:
        telling = Telling(statement, _status(statement), standing(statement, crossing.countries, book), told_at(statement))
        keys = _keys(telling)
        group = _group_of(telling, keys, places, book.policy)
        if group is None:
            group = []
            groups.append(group)
            for key in keys:
                places.setdefault(key, []).append(group)
        group.append(telling)
    return _retold_orders(_without_weak_headlines([_utterance(group, starts) for group in groups]), book.policy)


class Telling(NamedTuple):
    """One statement with its claim, its standing on the crossing, and when it was published."""

    statement: Statement
    claim: Status
    standing: Standing
    told: datetime | None


def _status(statement: Statement) -> Status:
    assert isinstance(statement.claim, Status)
    return statement.claim


def _keys(telling: Telling) -> tuple[object, object]:
    """What two tellings of one utterance share: (speaker, content) or (the very words, content)."""
    statement, claim, bearing, _ = telling
    firmness = "settled" if claim.commitment in SETTLED else "soft" if claim.commitment in SOFT else claim.commitment
    content = (claim.state, firmness, claim.into, claim.lanes)
    if bearing.speaks and bearing.side:
        who = ("side", bearing.side)
    elif statement.speaker:
        who = ("name", plain(statement.speaker.name))
    else:
        who = ("own voice", plain(statement.source.publisher or statement.source.document))
    return (who, content), (_words(statement.evidence.quote), content)


def _group_of(
    telling: Telling, keys: tuple[object, object], places: dict[object, list[list[Telling]]], policy: Policy) -> list[Telling] | None:
    """The group whose first telling is near in time and in content; the newest such group, None for a new utterance.

    A warning given anew, by another person in office or by the same outlet in other words on another day, is a new utterance.
    """
    for key in keys:
        for group in islice(reversed(places.get(key, ())), FAR_BACK):
            near = _near_in_time(group[0], telling, policy)
            if near is None:
                break                                           # groups are in order of time: older ones are farther still
            if near and _same_content(group[0].claim.span, telling.claim.span, policy) and not (
                    _is_said_anew(group, telling) or _is_of_a_later_turn(group[0], telling, policy)):
                return group
    return None


def _is_said_anew(group: list[Telling], telling: Telling) -> bool:
    """Whether a plan is put forward afresh and not retold; of decisions there is one, whoever announces it."""
    first = group[0]
    if telling.claim.commitment not in SOFT:
        return False
    one, other = (_person(t.statement) for t in (first, telling))
    if one and other and one != other:
        return True
    if plain(first.statement.source.publisher or "") != plain(telling.statement.source.publisher or "") or not telling.told or not first.told:
        return False
    return telling.claim.commitment is not group[-1].claim.commitment and telling.told - first.told >= DAY


def _is_of_a_later_turn(first: Telling, telling: Telling, policy: Policy) -> bool:
    """Whether the first told what was so already, and this one, of another page, tells when it is to become so: something turned between."""
    claim, start = first.claim, telling.claim.span.start
    if claim.commitment is not Commitment.IN_EFFECT or claim.span.start or telling.claim.commitment is not Commitment.ORDERED:
        return False
    is_later = bool(start and first.told and start.start - first.told > policy.start_window)
    return is_later and first.statement.source.document != telling.statement.source.document


def _person(statement: Statement) -> str | None:
    """Who speaks, where it is a person in office and not a body."""
    speaker = statement.speaker
    return plain(speaker.name) if speaker and (speaker.role or (speaker.body and speaker.body != speaker.name)) else None


def _near_in_time(first: Telling, later: Telling, policy: Policy) -> bool | None:
    """Whether the later telling follows within the window; None when it, and so every older group, is too far away."""
    if first.told is None or later.told is None:
        return first.told is later.told and first.statement.source.document == later.statement.source.document
    return True if later.told - first.told <= policy.echo_window else None


def _same_content(one: Span, other: Span, policy: Policy) -> bool:
    """Whether starts and ends agree within the tolerance, where both tell them."""
    if one.start and other.start and abs(one.start.start - other.start.start) > policy.start_window:
        return False
    if one.until is None or other.until is None or one.until == other.until:
        return True
    return one.stop is None or other.stop is None or abs(one.stop - other.stop) <= policy.start_window


@lru_cache(maxsize=16384)
def _words(quote: str) -> frozenset[str]:
    """The longer words of a quote: a copy with another comma is still a copy. Pure; remembered because copies repeat."""
    return frozenset(WORD.findall(quote.casefold()))


def _told_starts(statements: list[Statement]) -> dict[tuple[str, State, bool], datetime]:
    """The earliest start of an order that each document tells, by (document, state, whether of asylum alone)."""
    found: dict[tuple[str, State, bool], datetime] = {}
    for statement in statements:
        claim = _status(statement)
        if claim.commitment is Commitment.ORDERED and claim.span.start:
            key = statement.source.document, claim.state, claim.lanes == ASYLUM
            found[key] = min(found.get(key, claim.span.start.start), claim.span.start.start)
    return found


def _start(lead: Telling, claim: Status, starts: dict[tuple[str, State, bool], datetime]) -> datetime | None:
    """The start that is told, or that the same document tells elsewhere of the same state.

    "It shuts on Thursday ... all eight stay shut until the 13th" is one order; "Vaalimaa opens on Thursday ... both take
    applications" speaks of Thursday too, though it says `take`.
    """
    if claim.span.start:
        return claim.span.start.start
    if claim.changes in (Change.EXTENDS, Change.CURTAILS, Change.REPLACES):
        return None
    document, of_asylum = lead.statement.source.document, claim.lanes == ASYLUM
    road = starts.get((document, claim.state, False))
    if claim.commitment is Commitment.ORDERED:
        return starts.get((document, claim.state, of_asylum)) or road
    if claim.commitment is Commitment.IN_EFFECT and of_asylum and road and lead.told and road > lead.told:
        return road
    return None


def _utterance(group: list[Telling], starts: dict[tuple[str, State, bool], datetime]) -> Utterance:
    """The utterance of a group: its strongest telling leads; a start told elsewhere in the same document is its start."""
    lead, claim = group[0], group[0].claim
    if len(group) > 1:
        ranked = sorted(group, key=lambda t: (-t.standing.weight, t.told or LONG_AGO, -_detail(t), t.statement.id))
        lead = ranked[0]
        claim = _filled(lead.claim, [t.claim for t in ranked[1:] if t.standing.weight == lead.standing.weight])
    stop = claim.span.stop
    begins = _start(lead, claim, starts) or group[0].told
    if stop and begins and stop <= begins:                      # an end before its start is no end
        stop = None
    return Utterance(lead.statement, claim, lead.standing, group[0].told, begins, stop, tuple(t.statement for t in group))


def _filled(claim: Status, others: list[Status]) -> Status:
    """The claim of the leading telling, with an end or hours that only an equally strong telling gives."""
    for more in others:
        if claim.span.until is None and not claim.until_further_notice and (more.span.until or more.until_further_notice):
            claim = replace(claim, span=Span(claim.span.start or more.span.start, more.span.until),
                            until_further_notice=more.until_further_notice)
        if claim.hours is None and more.hours:
            claim = replace(claim, hours=more.hours)
    return claim


def _detail(telling: Telling) -> int:
    """How much a telling tells: start, end, hours, and words of the body."""
    claim = telling.claim
    told = (claim.span.start, claim.span.until, claim.hours, claim.until_further_notice, claim.changes)
    return sum(map(bool, told)) + (telling.statement.evidence.zone is not Zone.HEADLINE) + (telling.statement.basis is Basis.STATED)


def _without_weak_headlines(made: list[Utterance]) -> list[Utterance]:
    """A headline loses against its own body: it settles nothing where the body of the same document speaks of the same crossing.

    What a headline has only in view stays, and is weighed with the body's plans.
    """
    bodies = {u.statement.source.document for u in made if u.statement.evidence.zone is not Zone.HEADLINE}
    return [u for u in made if u.statement.evidence.zone is not Zone.HEADLINE or u.claim.commitment in SOFT
            or u.statement.source.document not in bodies]


def _retold_orders(made: list[Utterance], policy: Policy) -> list[Utterance]:
    """Orders retold loosely begin when the order they retell begins: told without a start, or off by a night by a weaker outlet."""
    orders = [u for u in made if u.claim.commitment is Commitment.ORDERED and u.told and u.begins]
    dated: dict[State, list[Utterance]] = {}
    for u in sorted((u for u in orders if u.claim.span.start), key=_beginning):
        dated.setdefault(u.claim.state, []).append(u)
    moved = {u.statement.id: begins for u in orders if (begins := _retold_begin(u, dated.get(u.claim.state, []), policy))}
    return [replace(u, begins=moved[u.statement.id]) if u.statement.id in moved else u for u in made] if moved else made


def _retold_begin(u: Utterance, dated: list[Utterance], policy: Policy) -> datetime | None:
    """The beginning of the order to the same state which was known when u was told, and which u seems to retell.

    dated: the orders to that state that tell their start, by their beginning; only those near in time are looked at.
    """
    if u.told is None or u.begins is None or u.claim.changes:
        return None
    is_loose = u.claim.span.start is None and u.begins == u.told
    weight = u.standing.weight if is_loose else u.standing.weight + 1
    if is_loose:
        first = bisect_right(dated, u.told, key=_beginning)
        last = bisect_right(dated, u.told + policy.presumed, key=_beginning)
    else:
        first = bisect_left(dated, u.begins - policy.retold, key=_beginning)
        last = bisect_right(dated, u.begins + policy.retold, key=_beginning)
    return next((v.begins for v in islice(dated, first, min(last, first + FAR_BACK)) if v.standing.weight >= weight and v.told and v.told <= u.told), None)


def _beginning(u: Utterance) -> datetime:
    return u.begins or LONG_AGO
