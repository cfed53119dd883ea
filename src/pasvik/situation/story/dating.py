"""A text without a date is dated from what it says: when did all of that hold at once, by the record? Or honestly not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from pasvik.situation.authority import DECIDES, Rules
from pasvik.situation.because import say_instant
from pasvik.situation.board import statements_by_crossing
from pasvik.situation.settle import Hearing, hear
from pasvik.situation.story.changes import spells
from pasvik.situation.utterance import SOFT, told_at
from pasvik.terms.capture import Dated
from pasvik.terms.claim import Commitment, Movement, State, Status
from pasvik.terms.moment import Grain, Moment
from pasvik.terms.place import ALL, Crossing, Lane
from pasvik.terms.statement import Statement

WIDEST = timedelta(days=92)                                     # a wider window is no date
NEWS_BEFORE, NEWS_AFTER = timedelta(days=2), timedelta(days=7)  # how far from its telling in the record a plan is news
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
    first, last = min(days), max(days) + NEWS_AFTER
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
    if most < 2:
        return None
    chosen = [(begins, ends) for score, begins, ends in scored if score == most]
    return min(begins for begins, _ in chosen), max(ends for _, ends in chosen)


def _status_clues(
    text: Sequence[Statement], record: Sequence[Statement], crossings: Mapping[str, Crossing], first: datetime, last: datetime, book: Rules,
) -> list[Clue]:
    """What the text says of each crossing and lane, once each, against the spells of the record."""
    asked = dict.fromkeys(
        (c, Lane.CAR if ALL in s.claim.lanes else Lane(s.claim.lanes[0]), s.claim.state, s.claim.commitment in SOFT)
        for s in text if isinstance(s.claim, Status) and not s.claim.applies_to and s.claim.commitment in (Commitment.IN_EFFECT, *SOFT)
        for c in s.claim.crossings if c in crossings)
    named = [crossings[name] for name in dict.fromkeys(name for name, _, _, _ in asked)]
    by_crossing = statements_by_crossing(named, record)
    heard = {c.id: hear(c, by_crossing[c.id], last, book) for c in named}
    return [(_coming if is_soft else _holding)(heard[name], lane, state, first, last, book) for name, lane, state, is_soft in asked]


def _holding(heard: Hearing, lane: Lane, state: State, first: datetime, last: datetime, book: Rules) -> Clue:
    """`It is closed`: agrees while the record has it so, contradicts while the record has it otherwise."""
    crossing, stretches = heard.crossing, []
    for spell in spells(heard, lane, first, last, book):
        verdict = AGREES if spell.state is state else SILENT if spell.state in (State.UNKNOWN, State.LAPSED) else CONTRADICTS
        why = (f"{crossing.name}: {state} for {lane}, so in the record from {say_instant(spell.begins, crossing.zone)}"
               f" to {say_instant(spell.ends, crossing.zone)}{_link(spell.cell.supports)}")
        stretches.append((spell.begins, spell.ends, verdict, why))
    return Clue(tuple(stretches))


def _coming(heard: Hearing, lane: Lane, state: State, first: datetime, last: datetime, book: Rules) -> Clue:
    """`It may be closed`: nobody writes so once it is decided, nor while it is closed already."""
    crossing = heard.crossing
    barred = [(spell.begins, spell.ends, CONTRADICTS, "") for spell in spells(heard, lane, first, last, book) if spell.state is state]
    for u in heard.said:
        if u.claim.commitment is Commitment.ORDERED and u.claim.state is state and u.standing.weight >= DECIDES and u.begins:
            published = u.statement.source.published
            if published and published.end < u.begins:          # a day of announcement still belongs to the time before
                barred.append((published.end, u.begins, CONTRADICTS, ""))
    free = []
    for ends in (begins for begins, _, _, _ in barred):
        why = f"{crossing.name}: {state} only in view, and decided by {say_instant(ends, crossing.zone)}"
        free.append((max(first, ends - WIDEST), ends, SILENT, why))
    return Clue((*barred, *free))


def _movement_clues(text: Sequence[Statement], record: Sequence[Statement]) -> list[Clue]:
    """A move of so many people from here to there, told in the record too, was news for some days about then."""
    clues = []
    for said in text:
        if not isinstance(said.claim, Movement) or said.claim.people.count is None:
            continue
        same = _same_movement(said.claim)
        days = [(at, s.id) for s in record if same(s) and (at := told_at(s))]
        if days:
            spans = [(at - NEWS_BEFORE, at + NEWS_AFTER, AGREES, _news(said.claim, at, name)) for at, name in days]
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


def _news(said: Movement, at: datetime, name: str) -> str:
    return (f"{said.people.count} people {said.fate.replace('_', ' ')} to {said.destination}: told in the record on"
            f" {say_instant(at, 'Europe/Helsinki')} [{name}]")


def _link(ids: Sequence[str]) -> str:
    return f" [{ids[0]}]" if ids else ""
