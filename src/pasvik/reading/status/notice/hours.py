"""The hours that a crossing keeps: "closes each day at two", "goes over to daytime hours", "opening hours are 7 to 19"."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.modality import Force, force
from pasvik.reading.clause.target import target, topic
from pasvik.reading.clause.timing import timing
from pasvik.reading.clause.verb import BE
from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.page import Bead, Page, Sentence
from pasvik.reading.status.make import make
from pasvik.terms.claim import Commitment, State
from pasvik.terms.moment import Grain

SHUTS = frozenset({"close", "fall", "stop"})
OPENS = frozenset({"open", "rise", "work"})
NEAR = 6  # words from a verb within which its clock stands
SAME = frozenset({"unchanged", "same", "before", "usual"})


def daily_hours(page: Page, s: Sentence, clause: Clause, deed: Bead, how: Force) -> tuple[State, str | None] | None:
    """(state, opening hours) where a verb tells of every day: "closes daily at 23", "opens at 8 and closes at 15"; else None."""
    if how.tense == "past" or how.negated or how.commitment not in (Commitment.IN_EFFECT, Commitment.ORDERED) or deed.value not in SHUTS | OPENS:
        return None
    clocks = {kind: _clock_of(page, s, kind) for kind in (SHUTS, OPENS)}
    both = clocks[SHUTS] is not None and clocks[OPENS] is not None
    habit = any(b.value == "daily" for b in page.beads_in(s.lead, s.last, "habit"))
    if not (both or (habit and deed.value in SHUTS and clocks[SHUTS])):
        return None
    first = next(b for b in page.beads_in(s.lead, s.last, "act") if b.value in SHUTS | OPENS)
    state = State.OPEN if first.value in OPENS and not habit else State.RESTRICTED
    return state, f"{clocks[OPENS]}-{clocks[SHUTS]}" if both else None


def _clock_of(page: Page, s: Sentence, kind: frozenset[str]) -> str | None:
    """At what clock the deed of this kind in the sentence is done, "HH:MM"; None where a day is told, or no clock."""
    for deed in page.beads_in(s.lead, s.last, "act"):
        if deed.value not in kind or ("past" in deed.forms and page.word(deed.first - 1) not in BE and "base" not in deed.forms):
            continue
        for bead in (*page.beads_in(deed.last, min(deed.last + NEAR, s.last)), *reversed(page.beads_in(max(s.lead, deed.first - NEAR), deed.first))):
            if bead.kind == "act":
                break
            if bead.kind == "time" and bead.hit and bead.hit.bare and bead.hit.span.start and bead.hit.span.start.grain is Grain.MINUTE:
                return f"{bead.hit.span.start.local:%H:%M}"
            if bead.kind == "number" and page.word(bead.first - 1) == "at" and int(bead.value) < 25:
                return f"{int(bead.value):02d}:00"
    return None


def schedule_claim(page: Page, s: Sentence, cut: list[Clause], clause: Clause) -> list[Draft]:
    """What is said of the hours themselves: cut, kept, shorter, so and so."""
    bead = next(iter(page.beads_in(clause.first, clause.last, "schedule")), None)
    if bead is None or s.ask:
        return []
    as_deed = replace(bead, kind="act", value="hours", forms=frozenset({"noun"}))
    how = force(page, s, cut, clause, as_deed)
    near = [p for p in page.phrases_in(clause.first, clause.last) if p.ids and not p.part and p.how != "border"]
    targets = target(page, s, cut, clause, as_deed, True) if near else topic(page, s, clause.first, 1)
    if how.commitment is None or how.negated or not targets or not targets[0].ids:
        return []
    told = timing(page, clause.first, clause.last, True)
    state = _kept(page, clause, bead, told.hours)
    draft = make(page, clause, as_deed, targets, state, how, told) if state else None
    return [draft] if draft else []


def _kept(page: Page, clause: Clause, bead: Bead, hours: str | None) -> State | None:
    """Restricted where the hours are short or are cut, open where they are told or stay; None where nothing is said of them."""
    if bead.value == "short" or any(b.value in ("curtail", "restrict") for b in page.beads_in(clause.first, clause.last, "act")):
        return State.RESTRICTED
    words = {page.word(i) for i in range(bead.last, clause.last)}
    return State.OPEN if hours or (words & BE and words & SAME) else None
