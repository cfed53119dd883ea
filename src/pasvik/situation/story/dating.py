"""A text without a date is dated from what it says: when did all of that hold at once, by the record? Or honestly not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from pasvik.situation.authority import DECIDES, Rules
from pasvik.situation.board import statements_by_crossing
from pasvik.situation.cell.because import say_lanes, say_moment, say_when
from pasvik.situation.settle import Hearing, hear
from pasvik.situation.story.changes import spells
from pasvik.situation.utterance import SETTLED, SOFT, Utterance, told_at
from pasvik.terms.capture import Dated
from pasvik.terms.claim import Commitment, Movement, State, Status
from pasvik.terms.moment import Grain, Moment
from pasvik.terms.place import ALL, Crossing, Lane
from pasvik.terms.statement import Statement

WIDEST = timedelta(days=92)                                     # a wider window is no date
NEWS_BEFORE, NEWS_AFTER = timedelta(days=2), timedelta(days=7)  # how far from its telling in the record a plan is news
MOST = 0.6                                                      # so large a share of the clues must agree, the others be silent
DAY = timedelta(days=1)
AGREES, SILENT, CONTRADICTS = 1, 0, -1


@dataclass(frozen=True, slots=True)
class Clue:
    """One claim of the text against the record: stretches of time (UTC, end not counted) with a verdict and its reason."""

    stretches: tuple[tuple[datetime, datetime, int, str], ...]

    def at(self, moment: datetime) -> tuple[int, str]:
        """The verdict at an instant; what the record does not reach is silent."""
        for begins, ends, verdict, why in self.stretches:
            if begins <= moment < ends:
                return verdict, why
        return SILENT, ""


def date_text(text: Iterable[Statement], record: Sequence[Statement], crossings: Mapping[str, Crossing], book: Rules) -> Dated | None:
    """The window in which all dated claims of the text held by the record, with reasons; None where they do not tell.

    The window runs from the start of its first day to the end of its last; it needs two claims that agree and none that speaks against.
    """
    told = list(text)
    days = [at for s in record if (at := told_at(s))]
    if not told or not days:
        return None
    first, last = min(days) - NEWS_AFTER, max(days) + NEWS_AFTER
    clues = _status_clues(told, record, crossings, first, last, book) + _movement_clues(told, record)
    clues = [clue for clue in clues if any(verdict == CONTRADICTS for _, _, verdict, _ in clue.stretches)]
    best = _best(clues, first, last)
    if best is None or best[1] - best[0] > WIDEST:
        return None
    begins, ends = best
    zones = Counter(crossings[c].zone for s in told if isinstance(s.claim, Status) for c in s.claim.crossings if c in crossings)
    zone = zones.most_common(1)[0][0] if zones else "UTC"
    reasons = dict.fromkeys(why for clue in clues for _, why in (clue.at(begins),) if why)
    return Dated(_day(begins, zone), _day(ends - timedelta(minutes=1), zone), tuple(reasons))


def _day(at: datetime, zone: str) -> Moment:
    local = Moment(at, Grain.MINUTE, zone).local.replace(hour=0, minute=0, second=0, microsecond=0)
    return Moment(local, Grain.DAY, zone)


def _best(clues: list[Clue], first: datetime, last: datetime) -> tuple[datetime, datetime] | None:
    """The stretch in which most clues agree and none contradicts; None where fewer than two agree or two stretches tie far apart."""
    edges = sorted({first, last, *(m for clue in clues for b, e, _, _ in clue.stretches for m in (b, e) if first < m < last)})
    scored = []
    for begins, ends in pairwise(edges):
        verdicts = [clue.at(begins)[0] for clue in clues]
        if CONTRADICTS not in verdicts:
            scored.append((sum(verdicts), begins, ends))
    most = max((score for score, _, _ in scored), default=0)
    if most < 2 or most < MOST * len(clues):
        return None
    begins = min(begins for score, begins, _ in scored if score == most)
    ends = max(ends for score, _, ends in scored if score == most)
    # What the record does not yet tell, or no longer, may have been so for some days before and after.
    early = max((e for b, e in pairwise(edges) if e <= begins and not _is_possible(clues, b)), default=first)
    late = min((b for b, _ in pairwise(edges) if b >= ends and not _is_possible(clues, b)), default=last)
    return max(early, begins - NEWS_AFTER), min(late, ends + NEWS_AFTER)


def _is_possible(clues: list[Clue], at: datetime) -> bool:
    return all(clue.at(at)[0] != CONTRADICTS for clue in clues)


def _status_clues(
    text: Sequence[Statement], record: Sequence[Statement], crossings: Mapping[str, Crossing], first: datetime, last: datetime, book: Rules,
) -> list[Clue]:
    """What the text says of each crossing and lane, once each, against the spells and the orders of the record."""
    told = [s.claim for s in text if isinstance(s.claim, Status) and not s.claim.applies_to]
    said = [(name, claim) for claim in told for name in claim.crossings if name in crossings]
    named = [crossings[name] for name in dict.fromkeys(name for name, _ in said)]
    by_crossing = statements_by_crossing(named, record)
    heard = {c.id: hear(c, by_crossing[c.id], last, book) for c in named}
    holds = {(c, _lane(claim), claim.state) for c, claim in said if claim.commitment is Commitment.IN_EFFECT}
    both = {(c, lane) for c, lane, state in holds if (c, lane, State.OPEN) in holds and (c, lane, State.CLOSED) in holds}
    clues: dict[object, Clue] = {}
    for name, claim in said:
        lane, span = _lane(claim), claim.span
        if claim.commitment in SOFT:
            clues.setdefault((name, lane, claim.state, "soft"), _coming(heard[name], lane, claim.state, first, last, book))
        elif claim.commitment in SETTLED and (span.start or span.until):
            key = name, claim.state, span.start and span.start.start, span.stop, claim.commitment
            clues.setdefault(key, _dated(heard[name], claim, first, last))
        elif claim.commitment is Commitment.IN_EFFECT and (name, lane) not in both:
            clues.setdefault((name, lane, claim.state), _holding(heard[name], lane, claim.state, first, last, book))
    return list(clues.values())


def _lane(claim: Status) -> Lane:
    return Lane.CAR if ALL in claim.lanes else Lane(claim.lanes[0])


def _holding(heard: Hearing, lane: Lane, state: State, first: datetime, last: datetime, book: Rules) -> Clue:
    """`It is closed`: agrees while the record has it so; contradicted by the opposite only, for `restricted` is a wide word."""
    crossing, stretches = heard.crossing, []
    for spell in spells(heard, lane, first, last, book):
        opposed = {spell.state, state} == {State.OPEN, State.CLOSED}
        verdict = AGREES if spell.state is state else CONTRADICTS if opposed else SILENT
        end = f"to {say_when(spell.ends, heard.said, crossing.zone)}" if spell.ends < last else "on"
        why = (f"{crossing.name}: {state} for {say_lanes((lane,))}, so in the record from {say_when(spell.begins, heard.said, crossing.zone)} {end}"
               f"{_link(spell.cell.supports)}")
        stretches.append((spell.begins, spell.ends, verdict, why if verdict == AGREES else ""))
    return Clue(tuple(stretches))


def _coming(heard: Hearing, lane: Lane, state: State, first: datetime, last: datetime, book: Rules) -> Clue:
    """`It may be closed`: nobody writes so once it is decided, nor while it is closed already."""
    crossing = heard.crossing
    barred = [(spell.begins, spell.ends, spell.begins) for spell in spells(heard, lane, first, last, book) if spell.state is state]
    for u in _orders(heard, state):
        published = u.statement.source.published
        if published and u.begins and published.end < u.begins:  # the day of the announcement still belongs to the time before
            barred.append((published.end, u.begins, published.start))
    free = [(max(first, begins - WIDEST), begins, SILENT,
             f"{crossing.name}: {state} only in view, and decided on {say_when(decided, heard.said, crossing.zone)}")
            for begins, _, decided in sorted(barred)]
    return Clue((*((begins, ends, CONTRADICTS, "") for begins, ends, _ in barred), *free))


def _dated(heard: Hearing, claim: Status, first: datetime, last: datetime) -> Clue:
    """`It closes on the 18th, until the 13th`: after that order was made public, and before the day it names is past."""
    crossing, span = heard.crossing, claim.span
    known = [u for u in _orders(heard, claim.state) if _near(u.claim.span.start, span.start) and _near(u.claim.span.until, span.until)]
    begins = min((u.told for u in known if u.told), default=None)
    ends = span.stop or last
    if claim.commitment is Commitment.ORDERED and span.start:
        ends = min(ends, span.start.start + DAY)
    elif span.start and begins is None:
        begins = span.start.start
    public = say_when(begins, known, crossing.zone) if begins else ""
    why = f"{crossing.name}: {claim.state} with the dates of the order made public on {public}" if known else ""
    begins = min(max(begins or first, first), ends)
    inside = AGREES if known else SILENT
    return Clue(((first, begins, CONTRADICTS, ""), (begins, ends, inside, why + _link([u.statement.id for u in known])),
                 (ends, max(ends, last), CONTRADICTS, "")))


def _orders(heard: Hearing, state: State) -> list[Utterance]:
    return [u for u in heard.said if u.claim.commitment is Commitment.ORDERED and u.claim.state is state and u.standing.weight >= DECIDES]


def _near(one: Moment | None, other: Moment | None) -> bool:
    """Whether two ends of a span agree to the day, where the text tells it."""
    return other is None or (one is not None and abs(one.start - other.start) < DAY)


def _movement_clues(text: Sequence[Statement], record: Sequence[Statement]) -> list[Clue]:
    """A move of so many people from here to there, told in the record too, was news for some days about then."""
    clues = []
    for said in text:
        if not isinstance(said.claim, Movement) or said.claim.people.count is None:
            continue
        same = _same_movement(said.claim)
        days = [(day.start, day, s.id) for s in record if same(s) and (day := s.source.published)]
        if days:
            spans = [(at - NEWS_BEFORE, at + NEWS_AFTER, AGREES, _news(said.claim, day, name)) for at, day, name in days]
            early, late = min(b for b, _, _, _ in spans), max(e for _, e, _, _ in spans)
            far = timedelta(days=36500)
            clues.append(Clue((*spans, (early - far, early, CONTRADICTS, ""), (late, late + far, CONTRADICTS, ""))))
    return clues


def _same_movement(said: Movement) -> Callable[[Statement], bool]:
    def same(other: Statement) -> bool:
        claim = other.claim
        return (isinstance(claim, Movement) and claim.people.count == said.people.count and claim.fate == said.fate
                and claim.destination == said.destination)
    return same


def _news(said: Movement, day: Moment, name: str) -> str:
    move = "to be moved" if said.fate == "planned_transfer" else said.fate.replace("_", " ")
    return (f"{said.people.count} people {move} to {said.destination}: told in the record on"
            f" {say_moment(day)} [{name}]")


def _link(ids: Sequence[str]) -> str:
    return f" [{ids[0]}]" if ids else ""
