"""Lines without a verb that open with a crossing or a ban: "Narva: pedestrians only", "No cycling at Terehova", "Narva is for walkers only"."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.lane import lanes_of
from pasvik.reading.clause.modality import force
from pasvik.reading.clause.timing import timing
from pasvik.reading.clause.verb import BE
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.page import Bead, Page, Sentence
from pasvik.reading.status.make import make
from pasvik.reading.status.passage import SERVES, only_these, state_of
from pasvik.terms.claim import Commitment, State, Status


def ban_claim(page: Page, s: Sentence, cut: list[Clause], clause: Clause) -> list[Draft]:
    """ "No walking, no cycling across the border at Terehova": a ban without a verb."""
    if s.ask or page.beads_in(clause.first, clause.last, "act", "say"):
        return []
    things = [b for b in page.beads_in(clause.first, clause.last, "thing") if b.value in SERVES - {"traffic", "asylum"}]
    no = next(
        (b for b in page.beads_in(clause.first, clause.last, "op") if page.low[b.start : b.end] in ("no", "no more", "no longer")), None
    )
    places = [p for p in page.phrases_in(clause.first, clause.last) if p.ids and p.how != "border"] or [
        p for p in page.phrases_in(clause.first, clause.last) if p.how == "border" and p.border
    ]
    if not things or no is None or not places or not all(p.how != "border" for p in places):
        return []
    gap = [page.word(i) for i in range(no.last, things[0].first)]
    if (
        no.first > things[0].first
        or (gap and gap not in (["crossing"], ["passage"], ["entry"]))
        or "there" in (page.word(no.first - 2), page.word(no.first - 3))
    ):
        return []
    how = force(page, s, cut, clause, things[0])
    told = timing(page, clause.first, clause.last, True)
    draft = make(
        page,
        clause,
        things[0],
        (places[0],),
        State.CLOSED,
        replace(how, commitment=Commitment.IN_EFFECT, negated=False),
        told,
        lanes_of(things),
    )
    return [draft] if draft else []


def label_claim(page: Page, s: Sentence, cut: list[Clause], clause: Clause) -> list[Draft]:
    """ "Narva: pedestrians only, 7.00-23.00": a line of a notice without a verb, under the crossing's name."""
    if (
        page.beads_in(clause.first, clause.last, "number", "move")
        or clause.hinge != ":"
        or clause.number == 0
        or s.ask
        or page.beads_in(clause.first, clause.last, "act", "say")
    ):
        return []
    left = cut[clause.number - 1]
    place = page.phrases_in(left.first, left.last)
    things = [b for b in page.beads_in(clause.first, clause.last, "thing") if b.value in SERVES - {"traffic"}] or _no_traffic(page, clause)
    if len(place) != 1 or place[0].how != "named" or place[0].last < left.last or not things:
        return []
    no = any(page.low[b.start : b.end] in ("no", "not") for b in page.beads_in(clause.first, clause.last, "op"))
    state, lanes = state_of(things, [], no, only_these(page, clause, things, []))
    how = force(page, s, cut, clause, things[0])
    told = timing(page, clause.first, clause.last, True)
    draft = (
        make(page, clause, things[0], (place[0],), state, replace(how, commitment=Commitment.IN_EFFECT, negated=False), told, lanes)
        if state
        else None
    )
    return [draft] if draft else []


def _no_traffic(page: Page, clause: Clause) -> list[Bead]:
    """The traffic of "Narva: no traffic of any kind": nothing passes there."""
    first = page.bead_at(clause.first)
    none = first is not None and first.kind in ("op", "quant") and page.word(clause.first) == "no"
    things = page.beads_in(clause.first + 1, clause.first + 2, "thing") if none else []
    jam = page.bead_at(clause.first + 2) or None
    return [] if jam and jam.kind in ("thing", "folk") else [b for b in things if b.value == "traffic" and page.word(b.last) in ALONE]


ALONE = frozenset({"", ".", ",", ";", "of", "at", "in", "whatsoever", "since", "until", "from", "either", "today", "now"})


def row_claim(page: Page, s: Sentence, clause: Clause, said: list[Draft]) -> list[Draft]:
    """ "Terespol      cars, coaches": a row of a table, name first, under a sentence that told of an opening."""
    place = page.phrase_over(s.lead)
    things = [b for b in page.beads_in(clause.first, clause.last, "thing") if b.value in SERVES - {"traffic"}]
    if place is None or place.how != "named" or place.first != s.lead or not things or clause.number or page.beads_in(clause.first, clause.last, "say", "op"):
        return []
    gap = page.low[place.end : things[0].start]
    opened = said[-1].claim if said else None
    if ("  " not in gap and "|" not in gap) or not isinstance(opened, Status) or opened.state is not State.OPEN:
        return []
    claim = Status(place.ids, place.border, State.OPEN, opened.commitment, lanes_of(things), span=opened.span)
    start, end = trim(page, place.start, max(b.end for b in things))
    return [Draft(claim, start, end, None, place.basis, 0.75, "status: a row of a table")]


def only_claim(page: Page, s: Sentence, cut: list[Clause], clause: Clause) -> list[Draft]:
    """ "Narva has been for walkers only since 1 February": for some, and for nobody else."""
    things = [b for b in page.beads_in(clause.first, clause.last, "thing", "group") if b.value in SERVES - {"traffic"} or b.kind == "group"]
    places = [p for p in page.phrases_in(clause.first, things[0].first) if p.ids and p.how != "border"] if things else []
    if not places or s.ask or page.beads_in(clause.first, clause.last, "act", "say"):
        return []
    between = [page.word(i) for i in range(places[-1].last, things[0].first)]
    bound = any(word in BE for word in between) and "for" in between[-3:] and not {"not", "no"} & set(between)
    if not bound or not only_these(page, clause, [b for b in things if b.kind == "thing"], [b for b in things if b.kind == "group"]):
        return []
    how = replace(force(page, s, cut, clause, things[0]), negated=False)
    told = timing(page, clause.first, clause.last, True)
    draft = make(page, clause, things[0], (places[-1],), State.RESTRICTED, replace(how, commitment=how.commitment or Commitment.IN_EFFECT), told)
    return [draft] if draft else []
