"""Opening, closing, working: "closes Vaalimaa", "Salla remains open", "Storskog is working as usual", "work is suspended at Niirala"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.lane import lanes_of
from pasvik.reading.clause.modality import Force, force
from pasvik.reading.clause.subject import INTO, subject_kind
from pasvik.reading.clause.target import target, topic
from pasvik.reading.clause.timing import Timing, timing, timing_from
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.page import Bead, Page, Phrase, Sentence
from pasvik.reading.status.make import make, way
from pasvik.reading.status.notice.hours import daily_hours
from pasvik.reading.status.silent import is_silent, said_of_another
from pasvik.reading.status.traffic import AFTER, by_rail, is_of_traffic, things_of
from pasvik.terms.claim import Change, Commitment, State
from pasvik.terms.moment import Span

STATES = {
    "close": State.CLOSED,
    "open": State.OPEN,
    "fall": State.CLOSED,
    "hours": State.OPEN,
    "rise": State.OPEN,
    "work": State.OPEN,
    "stop": State.CLOSED,
    "restrict": State.RESTRICTED,
    "cover": State.RESTRICTED,
}
YEARS = timedelta(days=550)  # an opening told as past that lies so far back is history
OPPOSITE = {State.CLOSED: State.OPEN, State.OPEN: State.CLOSED, State.RESTRICTED: State.OPEN}
BRIEFLY = frozenset({"briefly", "momentarily", "shortly"})
WHILE = ("for a while", "for a short", "for a time", "for a moment", "for a few minutes", "for a few hours", "for a brief", "several times", "three times")
AGAIN = ("re", "resum", "restor")


def deed_claim(page: Page, s: Sentence, cut: list[Clause], clause: Clause, deed: Bead) -> Draft | None:
    """The claim of a verb (or adjective) of opening, closing or working, or None."""
    participle = _participle(page, s, deed)
    if participle:
        told = timing(page, deed.last, min(deed.last + 12, clause.last), True)
        words = trim(page, participle.start, max(deed.end, _time_end(page, deed, clause)))
        return make(page, clause, deed, (participle,), STATES[deed.value], Force(Commitment.IN_EFFECT, passive=True), told, span=words)
    how = force(page, s, cut, clause, deed)
    if how.commitment is None or is_silent(page, s, cut, clause, deed, how):
        return None
    things = things_of(page, clause, deed, how)
    targets = target(page, s, cut, clause, deed, how.passive or how.stays or deed.value == "hours")
    if deed.value in ("work", "stop", "restrict", "fall", "rise", "hours") and not is_of_traffic(page, clause, deed, how, targets, things):
        return None
    targets = targets or (_topic_of(page, s, deed, things) if things else ()) or _spoken_of(page, s, clause, deed, how)
    if things and all(b.value.startswith("rail") for b in things):
        targets = by_rail(page, clause, targets)
    if _in_part(page, clause, deed, targets):
        return None
    if not targets or said_of_another(page, cut, clause, deed, how, targets):
        return None
    if deed.value == "open" and how.negated and how.tense == "past" and not how.perfect:
        return _not_until(page, clause, deed, targets, how)
    state, how = _state(page, clause, deed, how)
    event = not how.stays and not (deed.forms >= {"adj"} and how.passive)
    told = timing(page, clause.first, clause.last, event, how.tense == "past" and how.commitment is Commitment.IN_EFFECT)
    if deed.value == "stop" and told.span.until and told.span.start is None and any(page.word(i).startswith("end") for i in range(deed.first, deed.last)):
        told = timing_from(page, told)  # "traffic ends on the first of March"
    if _long_ago(page, deed, how, told):
        return None
    how = replace(how, commitment=Commitment.ENDED) if _was_and_is_over(page, clause, how, told, deed) else how
    if hours := daily_hours(page, s, clause, deed, how):
        begins = None if told.today else told.span.start
        state, told = hours[0], replace(told, hours=hours[1], span=Span(begins, told.span.until), future=told.future and not told.today)
    changes = Change.LIFTS if _reopens(page, deed, how) else Change.EXTENDS if _longer(page, clause, deed, how) else None
    lanes = ("all",) if any(b.value == "people" for b in things) else lanes_of(things)
    return make(page, clause, deed, targets, state, how, told, lanes, changes, way(page, clause, targets))


def _topic_of(page: Page, s: Sentence, deed: Bead, things: list[Bead]) -> tuple[Phrase, ...]:
    """The crossings spoken of last; "the barriers" are those of several."""
    found = topic(page, s, deed.first)
    several = any(page.low[b.start : b.end].endswith("barriers") for b in things)
    return () if several and found and len(found[0].ids) == 1 else found


def _spoken_of(page: Page, s: Sentence, clause: Clause, deed: Bead, how: Force) -> tuple[Phrase, ...]:
    """ "If need be we can close within hours": the crossings spoken of last, where somebody would do it and nothing else is named."""
    if how.commitment is not Commitment.CONDITIONAL or how.passive or deed.value not in ("close", "open") or page.phrases_in(clause.first, clause.last):
        return ()
    follows, bead = page.word(deed.last), page.bead_at(deed.last)
    marked = bead is not None and bead.kind in ("time", "op", "hinge")
    objectless = marked or deed.last >= clause.last or not follows.isalpha() or follows in INTO | {"again", "when"}
    if not objectless or subject_kind(page, clause, deed) != "actor":
        return ()
    return tuple(p for p in topic(page, s, deed.first, 3) if not all(i.endswith("-rail") for i in p.ids))


def _state(page: Page, clause: Clause, deed: Bead, how: Force) -> tuple[State, Force]:
    """The state a deed tells of, turned round where it is denied."""
    state = STATES[deed.value]
    denied = how.commitment is Commitment.RULED_OUT and not {"plan", "rule_out", "consider", "whether"} & how.values
    if denied and state is State.OPEN and _some_days(page, clause, deed, how):
        return State.RESTRICTED, replace(how, commitment=Commitment.ORDERED, negated=False)  # "will not work at night"
    if deed.value == "open" and how.commitment is Commitment.RULED_OUT and not {"plan", "rule_out", "consider", "whether"} & how.values:
        return State.CLOSED, replace(how, commitment=Commitment.ORDERED, negated=False)  # "will not reopen" is an order to stay shut
    if how.negated and how.commitment is Commitment.IN_EFFECT:
        state = State.RESTRICTED if state is State.OPEN and _some_days(page, clause, deed, how) else OPPOSITE[state]
    if deed.value == "fall" and any(page.word(i) in ("night", "nights") for i in range(deed.last, min(deed.last + AFTER, clause.last))):
        state = State.RESTRICTED  # "come down for the night"
    if state is State.CLOSED and _by_night(page, clause, deed, how):
        state = State.RESTRICTED
    if state is State.OPEN and any(b.value == "short" for b in page.beads_in(deed.last, min(deed.last + AFTER, clause.last), "schedule")):
        state = State.RESTRICTED  # "works only in the daytime"
    if _for_some(page, clause, deed, state):
        state = State.RESTRICTED
    if deed.value == "stop" and any(page.word(i).startswith("night") for i in range(deed.last, min(deed.last + 2, clause.last))):
        state = State.RESTRICTED  # "stops night work"
    if deed.value == "hours" and any(page.word(i) == "only" for i in range(deed.first, min(deed.last + AFTER, clause.last))):
        state = State.RESTRICTED
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


def _some_days(page: Page, clause: Clause, deed: Bead, how: Force) -> bool:
    """ "does not work at weekends", "no longer works round the clock"."""
    return how.tense != "past" and any(b.value == "never_night" for b in page.beads_in(deed.last, clause.last, "habit"))


def _in_part(page: Page, clause: Clause, deed: Bead, targets: tuple[Phrase, ...]) -> bool:
    """ "Finland to partly reopen its border": which points, nobody says."""
    partly = any(page.word(i) in ("partially", "partly") for i in (deed.first - 1, deed.last) if clause.first <= i < clause.last)
    return partly and bool(targets) and all(p.how == "border" for p in targets)


def _long_ago(page: Page, deed: Bead, how: Force, told: Timing) -> bool:
    """ "The Nuijamaa crossing was opened in 2014": how it came to be, and nothing of today."""
    start, published = told.span.start, page.document.published
    over = how.tense == "past" and not how.perfect and deed.value == "open" and "adj" not in deed.forms and not told.span.until
    return over and start is not None and published is not None and published.start - start.start > YEARS


def _for_some(page: Page, clause: Clause, deed: Bead, state: State) -> bool:
    """ "open for citizens returning home only", "for everybody else it is closed": some pass and some do not."""
    if state is State.OPEN:
        groups = [b for b in page.beads_in(deed.last, min(deed.last + AFTER, clause.last), "group") if page.word(deed.last) in ("for", "to", "only")]
        return bool(groups) and any(page.word(i) in ("only", "solely", "exclusively") for i in range(deed.last, clause.last))
    if state is not State.CLOSED or deed.value != "close":
        return False
    words = [page.word(i) for i in range(clause.first, clause.last)]
    return any(words[i] in ("for", "to") and words[i + 1 : i + 3] in (["everybody", "else"], ["everyone", "else"], ["all", "others"], ["anyone", "else"])
               for i in range(len(words)))


def _by_night(page: Page, clause: Clause, deed: Bead, how: Force) -> bool:
    """ "has been shut overnight since May", "is closed at night": every night, where no single night is told; by day it is open."""
    lasting = how.perfect or how.stays or (how.tense == "present" and how.passive)
    one_night = any(b.hit and b.hit.role in ("point", "range", "until") for b in page.beads_in(clause.first, clause.last, "time"))
    nights = [b for b in page.beads_in(deed.last, min(deed.last + 3, clause.last), "habit") if b.value == "never_night"]
    return lasting and not one_night and any("night" in page.low[b.start : b.end] for b in nights)


def _was_and_is_over(page: Page, clause: Clause, how: Force, told: Timing, deed: Bead) -> bool:
    """ "was closed from 02:30 to 09:00", "kept its border shut for thirteen days": told as past, with its length or its hours."""
    past = how.commitment is Commitment.IN_EFFECT and how.tense == "past" and not how.perfect
    if past and deed.forms >= {"adj"} and told.span.start is None and told.past_day and deed.value == "open":
        return True  # "was open for less than two days in December"
    words = [page.word(i) for i in range(deed.last, deed.last + 8)]
    if how.commitment is Commitment.IN_EFFECT and how.tense == "past" and not how.stays and not told.lasts and _for_a_while(page, clause, deed):
        return True
    if past and deed.forms >= {"adj"} and "for" in words[:2] and {"hours", "hour", "days", "day", "minutes", "weeks"} & set(words):
        return deed.value == "open"  # "was open for a few hours only"
    leads = any(b.value == "duration" for b in page.beads_in(clause.first, min(clause.first + 5, deed.first), "time"))
    if past and told.lasting is not None and leads:
        return True  # "For thirteen days nothing worked"
    return past and not told.lasts and (told.lasting is not None or told.over or (told.hours is not None and not how.stays and how.passive))


def _for_a_while(page: Page, clause: Clause, deed: Bead) -> bool:
    """ "Was briefly suspended", "has been halted for a while twice today": over, unless it is told to last."""
    if deed.value not in ("close", "stop", "fall") or deed.forms >= {"adj"}:
        return False
    if page.word(deed.first - 1) in BRIEFLY or page.word(deed.last) in BRIEFLY:
        return True
    after = " ".join(page.word(i) for i in range(deed.last, min(deed.last + 6, clause.last)))
    return after.startswith(WHILE) or any(page.word(i) == "twice" for i in range(deed.last, min(deed.last + 6, clause.last)))


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


def _reopens(page: Page, deed: Bead, how: Force) -> bool:
    word = page.low[deed.start : deed.end]
    return deed.value == "open" and how.commitment is Commitment.ORDERED and word.startswith(AGAIN) and not how.negated
