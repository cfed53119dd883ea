"""Opening, closing, working: "closes Vaalimaa", "Salla remains open", "Storskog is working as usual", "work is suspended at Niirala"."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.lane import lanes_of
from pasvik.reading.clause.modality import Force, force
from pasvik.reading.clause.target import target, topic
from pasvik.reading.clause.timing import Timing, timing, timing_from
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.page import Bead, Page, Phrase, Sentence
from pasvik.reading.status.make import make, way
from pasvik.reading.status.silent import is_silent
from pasvik.terms.claim import Change, Commitment, State

STATES = {
    "close": State.CLOSED,
    "open": State.OPEN,
    "work": State.OPEN,
    "stop": State.CLOSED,
    "restrict": State.RESTRICTED,
    "cover": State.RESTRICTED,
}
OPPOSITE = {State.CLOSED: State.OPEN, State.OPEN: State.CLOSED, State.RESTRICTED: State.OPEN}
AGAIN = ("re", "resum", "restor")


def deed_claim(page: Page, s: Sentence, cut: list[Clause], clause: Clause, deed: Bead) -> Draft | None:
    """The claim of a verb (or adjective) of opening, closing or working, or None."""
    participle = _participle(page, s, deed)
    if participle:
        told = timing(page, deed.last, min(deed.last + 12, clause.last), True)
        words = trim(page, participle.start, max(deed.end, _time_end(page, deed, clause)))
        return make(page, clause, deed, (participle,), STATES[deed.value], Force(Commitment.IN_EFFECT, passive=True), told, span=words)
    how = force(page, s, cut, clause, deed)
    if how.commitment is None or is_silent(page, cut, clause, deed, how):
        return None
    things = _things(page, clause, deed, how)
    targets = target(page, s, cut, clause, deed, how.passive or how.stays)
    if deed.value in ("work", "stop", "restrict") and not _of_traffic(page, clause, deed, how, targets, things):
        return None
    targets = targets or (topic(page, s, deed.first) if things else ())
    if not targets:
        return None
    if deed.value == "open" and how.negated and how.tense == "past":
        return _not_until(page, clause, deed, targets, how)
    state, how = _state(page, clause, deed, how)
    event = not how.stays and not (deed.forms >= {"adj"} and how.passive)
    told = timing(page, clause.first, clause.last, event, how.tense == "past" and how.commitment is Commitment.IN_EFFECT)
    if deed.value == "stop" and told.span.until and told.span.start is None:
        told = timing_from(page, told)  # "traffic ends on the first of March"
    how = replace(how, commitment=Commitment.ENDED) if _was_and_is_over(how, told, deed) else how
    changes = Change.LIFTS if _reopens(page, deed, how) else Change.EXTENDS if _longer(page, clause, deed, how) else None
    lanes = ("all",) if any(b.value == "people" for b in things) else lanes_of(things)
    return make(page, clause, deed, targets, state, how, told, lanes, changes, way(page, clause, targets))


def _state(page: Page, clause: Clause, deed: Bead, how: Force) -> tuple[State, Force]:
    """The state a deed tells of, turned round where it is denied."""
    state = STATES[deed.value]
    if deed.value == "open" and how.commitment is Commitment.RULED_OUT and not {"plan", "rule_out"} & how.values:
        return State.CLOSED, replace(how, commitment=Commitment.ORDERED, negated=False)  # "will not reopen" is an order to stay shut
    if how.negated and how.commitment is Commitment.IN_EFFECT:
        state = State.RESTRICTED if state is State.OPEN and _some_days(page, clause, deed) else OPPOSITE[state]
    if state is State.OPEN and any(page.word(i) in ("partially", "partly") for i in range(max(clause.first, deed.first - 2), deed.first)):
        state = State.RESTRICTED
    return state, how


def _participle(page: Page, s: Sentence, deed: Bead) -> Phrase | None:
    """ "Silene, closed since 19 September, ...": the crossing that a participle behind a comma tells of, whatever the sentence asks or denies."""
    before = page.phrase_over(deed.first - 2) if page.word(deed.first - 1) == "," else None
    since = any(b.hit and b.hit.role == "from" for b in page.beads_in(deed.last, deed.last + 8, "time"))
    closes = deed.value == "close" and "past" in deed.forms and since
    return before if before and closes and before.ids and before.how in ("named", "anaphor", "set") else None


def _time_end(page: Page, deed: Bead, clause: Clause) -> int:
    return max((b.end for b in page.beads_in(deed.last, min(deed.last + 12, clause.last), "time")), default=deed.end)


def _some_days(page: Page, clause: Clause, deed: Bead) -> bool:
    """ "does not work at weekends"."""
    return any(
        page.word(i) in ("weekends", "weekend", "sundays", "saturdays", "holidays", "night", "nights")
        for i in range(deed.last, clause.last)
    )


def _was_and_is_over(how: Force, told: Timing, deed: Bead) -> bool:
    """ "was closed from 02:30 to 09:00", "kept its border shut for thirteen days": told as past, with its length or its hours."""
    past = how.commitment is Commitment.IN_EFFECT and how.tense == "past" and not how.perfect
    if past and deed.forms >= {"adj"} and told.span.start is None and told.past_day and deed.value == "open":
        return True  # "was open for less than two days in December"
    return past and not told.lasts and (told.lasting is not None or told.over or (told.hours is not None and not how.stays and how.passive))


def _not_until(page: Page, clause: Clause, deed: Bead, targets: tuple[Phrase, ...], how: Force) -> Draft | None:
    """ "did not open until noon on Saturday": it was closed till then, and no longer."""
    told = timing(page, clause.first, clause.last, False)
    if how.perfect or told.span.until is None or told.lasts:
        return None
    return make(page, clause, deed, targets, State.CLOSED, replace(how, commitment=Commitment.ENDED, negated=False), told)


def _longer(page: Page, clause: Clause, deed: Bead, how: Force) -> bool:
    """ "keeps the border shut for four more weeks"."""
    return (
        deed.value == "close"
        and how.stays
        and any(page.word(i) in ("more", "another", "further", "longer") for i in range(deed.last, clause.last))
    )


def _things(page: Page, clause: Clause, deed: Bead, how: Force) -> list[Bead]:
    """What the deed is for: "closed to cars and lorries", "goods trains via Vainikkala run"; not who happens to be named."""
    after = page.beads_in(deed.last, clause.last, "thing")
    before = page.beads_in(clause.first, deed.first, "thing")
    if after and page.low[deed.start : deed.end].startswith(("resum", "restor")) and after[0].first - deed.last <= 2:
        return [b for b in after[:1] if b.value != "traffic"] or after[:1]
    to = [b for b in after if _reached_by(page, deed.last, b, ("to", "for"))]
    if to:
        return to
    if deed.value in ("work", "stop", "open", "cover") and before and not page.phrases_in(clause.first, before[0].first):
        return before
    if deed.value == "stop" and how.passive:
        return before
    return [b for b in after if b.value.startswith("rail")] if deed.value == "stop" else []


def _reached_by(page: Page, first: int, thing: Bead, words: tuple[str, ...]) -> bool:
    """Whether "to" or "for" leads to a thing, over a list of things only."""
    for index in range(first, thing.first):
        if page.word(index) in words and index - first <= 3:
            return not any(b.kind in ("act", "crossing", "head") for b in page.beads_in(index, thing.first))
    return False


def _of_traffic(page: Page, clause: Clause, deed: Bead, how: Force, targets: tuple[Phrase, ...], things: list[Bead]) -> bool:
    """Stopping and working say something of a crossing only with traffic, trains, work, or the crossing itself as their subject."""
    if deed.value in ("stop", "restrict"):
        reach = (clause.first, deed.first) if how.passive or "s" in deed.forms else (deed.last, deed.last)
        near = page.beads_in(reach[0], min(clause.last, deed.last + 4), "thing", "act")
        if "pedestrian" in page.low[deed.start : deed.end] or "traffic" in page.low[deed.start : deed.end]:
            return True
        if any(
            p.first - deed.last <= 3 and (p.ids or p.how == "set") and _is_point(page, p) for p in page.phrases_in(deed.last, clause.last)
        ):
            return True
        return any(
            b.value == "work"
            or b.value in ("traffic", "vehicle", "rail", "rail_passenger", "rail_freight", "car", "truck", "bus", "pedestrian")
            for b in near
        )
    subject = [p for p in targets if p.last <= deed.first]
    return bool(subject) or bool(things) or any(p.first - deed.last <= 4 for p in targets)


def _is_point(page: Page, phrase: Phrase) -> bool:
    """Whether the phrase says "crossing", "checkpoint" and the like itself."""
    return any(b.value == "point" for b in page.beads_in(phrase.first, phrase.last, "head"))


def _reopens(page: Page, deed: Bead, how: Force) -> bool:
    word = page.low[deed.start : deed.end]
    return deed.value == "open" and how.commitment is Commitment.ORDERED and word.startswith(AGAIN) and not how.negated
