"""Puts a status claim together: crossings, state, commitment, lanes, direction, times, and the words that carry it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.lane import way_of
from pasvik.reading.clause.modality import Force
from pasvik.reading.clause.target import border_of_all, ids_of
from pasvik.reading.clause.timing import Timing
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.page import Bead, Page, Phrase
from pasvik.reading.page.voices import NEWSROOM
from pasvik.terms.claim import Basis, Change, Commitment, State, Status
from pasvik.terms.moment import Grain, Moment, Span

WISHED = frozenset({Commitment.CONSIDERING, Commitment.SIGNALLED, Commitment.PLANNED, Commitment.CONDITIONAL, Commitment.RULED_OUT})


def make(
    page: Page,
    clause: Clause,
    deed: Bead,
    targets: tuple[Phrase, ...],
    state: State,
    how: Force,
    told: Timing,
    lanes: tuple[str, ...] = ("all",),
    changes: Change | None = None,
    into: str | None = None,
    span: tuple[int, int] | None = None,
    applies_to: str | None = None,
) -> Draft | None:
    """The draft of a status claim, or None where its crossings or its border cannot be told or nothing may be said."""
    ids, border = ids_of(targets), border_of_all(targets)
    if how.commitment is None or not targets or (not ids and not (border and all(p.how == "border" for p in targets))):
        return None
    commitment = settled(how, told, deed, state)
    if commitment in WISHED and told.span.start and page.document.published and told.span.start.end < page.document.published.start:
        told = replace(told, span=Span(None, told.span.until))  # when somebody thought of it, not when it would begin
    if commitment is Commitment.ORDERED and changes is None and _hearsay(page, deed):
        commitment = Commitment.SIGNALLED  # "According to information of ours: all of the border shut tomorrow"
    told = on_that_day(told) if state is State.CLOSED else told
    state, hours = by_day(state, told.hours)
    applies_to = applies_to or next((page.cut(p.start, p.end) for p in targets if p.part), None)
    claim = Status(
        ids, border, state, commitment, lanes, into, told.span, told.until_further_notice, hours, changes, applies_to=applies_to
    )
    start, end = span or quote(page, clause, deed, targets)
    basis = Basis.INFERRED if any(p.basis is Basis.INFERRED for p in targets) else Basis.STATED
    speaker = page.speaker_at(deed.start, deed.end)
    if speaker and speaker.role == NEWSROOM and claim.commitment is Commitment.ORDERED and changes is None and (how.tense == "future" or told.future):
        claim = replace(claim, commitment=Commitment.PLANNED)  # a newsroom's word of what a government will do is no order yet
    cues = (*how.cues, page.low[deed.start : deed.end])
    return Draft(claim, start, end, speaker, basis, 0.9, "status: " + " ".join(cues))


def _hearsay(page: Page, deed: Bead) -> bool:
    sentence = page.sentence_at(deed.start)
    return sentence is not None and any(b.value == "hearsay" for b in page.beads_in(sentence.first, deed.first, "op"))


def on_that_day(told: Timing) -> Timing:
    """ "Suspended today from 11:00 to 15:00": from one clock to the other on one day, and no opening hours."""
    start = told.span.start
    if not told.hours or start is None or start.grain is not Grain.DAY or told.span.until or told.daily:
        return told
    began, ended = (_clock(start, clock) for clock in told.hours.split("-"))
    return replace(told, hours=None, span=Span(began, ended)) if began.start < ended.start else told


def _clock(day: Moment, clock: str) -> Moment:
    hour, minute = (int(part) for part in clock.split(":"))
    here = day.local.replace(hour=hour % 24, minute=minute)
    return Moment(here.astimezone(UTC), Grain.MINUTE, day.zone)


def by_day(state: State, hours: str | None) -> tuple[State, str | None]:
    """Shut from evening to morning is open by day: `hours` are opening hours, and such a point is restricted, not closed."""
    if state is not State.CLOSED or hours is None:
        return state, hours
    shut, opens = hours.split("-")
    return (State.RESTRICTED, f"{opens}-{shut}") if shut > opens else (state, hours)


def settled(how: Force, told: Timing, deed: Bead, state: State) -> Commitment:
    """Something that begins after publication is at most ordered; something that ended before it is over."""
    said = how.commitment or Commitment.IN_EFFECT
    if said is Commitment.IN_EFFECT and told.future and how.tense != "past":
        return Commitment.ORDERED
    if said in (Commitment.IN_EFFECT, Commitment.ORDERED) and told.over and how.tense == "past":
        return Commitment.ENDED
    if (
        said is Commitment.IN_EFFECT
        and told.today
        and deed.value in ("close", "open", "stop")
        and how.tense == "present"
        and deed.forms & {"s", "base"}
        and not how.passive
        and not how.stays
    ):
        return Commitment.ORDERED
    if (
        said is Commitment.IN_EFFECT
        and how.progressive
        and deed.value in ("close", "open", "stop")
        and how.tense == "present"
        and not how.negated
    ):
        return Commitment.ORDERED
    if said is Commitment.IN_EFFECT and how.stays and how.tense == "present" and told.lasts and state is State.CLOSED:
        return Commitment.ORDERED
    return said


def quote(page: Page, clause: Clause, deed: Bead, targets: tuple[Phrase, ...]) -> tuple[int, int]:
    """The clause with its crossings."""
    start = min(page.words[clause.first][0], *(p.start for p in targets if p.sentence == page_sentence(page, deed)), deed.start)
    return trim(page, start, max(page.words[clause.last - 1][1], deed.end))


def page_sentence(page: Page, deed: Bead) -> int:
    """The number of the sentence that holds a bead."""
    sentence = page.sentence_at(deed.start)
    return sentence.number if sentence else -1


def way(page: Page, clause: Clause, targets: tuple[Phrase, ...]) -> str | None:
    """Into which state, where the clause says so."""
    border = border_of_all(targets)
    return way_of(page, clause.first, clause.last, border)
