"""How far a deed has gone by its own form and the words round it, and which state it speaks of; or that nothing may be said."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pasvik.reading.clause.timing import Timing
from pasvik.reading.page.page import Bead, Page, Sentence
from pasvik.reading.tongue.cut import Piece, beads_of
from pasvik.terms.claim import Commitment, State

STATES = {
    "closed": State.CLOSED, "open": State.OPEN, "restricted": State.RESTRICTED, "stopped": State.CLOSED, "runs": State.OPEN,
    "accept": State.OPEN, "refuse": State.CLOSED, "extend": State.CLOSED, "lift": State.OPEN}
OPPOSITE = {State.CLOSED: State.OPEN, State.OPEN: State.CLOSED, State.RESTRICTED: State.OPEN}
SILENT = frozenset({"suppose", "deny", "call", "retract", "tale", "habit"})     # under these nothing is asserted
OF_ALL = frozenset({"suppose", "retract", "tale", "deny"})      # and these reach over the whole sentence
BEHIND = 2                                                      # words between a deed and the "not" that follows it
HANGING = frozenset({"to", "noun"})                             # forms that say nothing by themselves
TO_COME = frozenset({"will", "to", "now", "noun"})
WEAKER = {Commitment.ORDERED: Commitment.SIGNALLED, Commitment.PLANNED: Commitment.SIGNALLED}


@dataclass(frozen=True, slots=True)
class Force:
    """What is to be said of a deed: its state and commitment (None = nothing), and the words that decided."""

    state: State
    commitment: Commitment | None
    cues: tuple[str, ...] = ()


def force(page: Page, s: Sentence, cut: list[Piece], piece: Piece, deed: Bead, told: Timing) -> Force:
    """The force of a deed. A question, a supposition, a denial, a demand and the inside of a condition say nothing."""
    ops = beads_of(page, piece, "op")
    values = {bead.value for bead in ops}
    around = {bead.value for bead in page.beads_in(s.lead, s.last, "op")}
    cues = tuple(page.low[bead.start : bead.end] for bead in ops)
    state = STATES[deed.value]
    blank = Force(state, None, cues)
    if s.ask or OF_ALL & around or SILENT & values or _in_condition(page, cut, piece, deed) or _by_the_way(page, deed):
        return blank
    if beads_of(page, piece, "aside"):                          # a shop or a road is shut, at a crossing
        return blank
    negated = sum(_denies(page, bead, deed, ops) for bead in ops if bead.value == "no") % 2 == 1
    form = next(iter(deed.forms), "")
    said = _said(form, values, around, told, negated)
    if said is None or (form in HANGING and not values - {"no", "stay", "past", "future", "after"} and not (form == "to" and "future" in values)):
        return blank
    if "partly" in values and (state is State.CLOSED or negated):
        return Force(State.RESTRICTED, Commitment.ORDERED if said is Commitment.RULED_OUT else said, cues)      # "will not work at night"
    if deed.value == "extend" and said is Commitment.IN_EFFECT and not told.over:
        said = Commitment.ORDERED
    if said is Commitment.RULED_OUT and state is State.OPEN and not {"plan", "rule_out", "consider"} & values:
        return Force(State.CLOSED, Commitment.ORDERED, cues)    # "will not be opened" is an order to stay shut
    if negated and said is Commitment.IN_EFFECT:
        state = OPPOSITE[state]
    if "hearsay" in around:
        said = WEAKER.get(said, said)
    return replace(blank, state=state, commitment=said)


def _said(form: str, values: set[str], around: set[str], told: Timing, negated: bool) -> Commitment | None:
    """The first that fits: considered, ruled out, conditional, planned, signalled, ordered, so."""
    if "whether" in values and "consider" not in values:
        return None
    if "consider" in values:
        return Commitment.RULED_OUT if negated else Commitment.CONSIDERING
    if "rule_out" in values:
        return Commitment.CONSIDERING if negated else Commitment.RULED_OUT
    if {"if", "if_needed"} & around and not negated and (form in TO_COME or {"future", "may", "ready", "plan"} & values):
        return Commitment.CONDITIONAL
    if "plan" in values:
        return Commitment.RULED_OUT if negated else Commitment.PLANNED
    if {"may", "ready"} & values:
        return None if negated else Commitment.SIGNALLED
    if "decide" in values and (form != "did" or told.future):
        return None if negated and form not in ("is", "will") else Commitment.RULED_OUT if negated else Commitment.ORDERED
    if form in ("will", "now") or ("future" in values and form != "did"):
        keeps = form == "now" and "stay" in values and not told.future
        return Commitment.RULED_OUT if negated else Commitment.IN_EFFECT if keeps else Commitment.ORDERED
    return _so(form, values, told)


def _so(form: str, values: set[str], told: Timing) -> Commitment | None:
    """What is told as a fact: it begins later, it is over, or it is so."""
    if form in HANGING:
        return None
    if told.future or (form == "is" and told.lasts and "stay" in values):
        return Commitment.ORDERED
    over = told.over and (form == "did" or "past" in values)
    return Commitment.ENDED if over else Commitment.IN_EFFECT


def _in_condition(page: Page, cut: list[Piece], piece: Piece, deed: Bead) -> bool:
    """Whether the deed stands inside an "if": the word opens its piece, and no comma lies between."""
    for bead in beads_of(page, piece, "op"):
        if bead.value == "if" and bead.first < deed.first and not any(page.word(i) == "," for i in range(bead.last, deed.first)):
            return True
    return False


def _by_the_way(page: Page, deed: Bead) -> bool:
    """ "After the closure": a noun that only tells when or why something else happened."""
    if not deed.forms & {"noun"}:
        return False
    near = page.beads_in(max(0, deed.first - 3), min(deed.last + 2, len(page.words)), "op")
    return any(bead.value == "after" for bead in near)


def _denies(page: Page, no: Bead, deed: Bead, ops: list[Bead]) -> bool:
    """Whether a "not" reaches the deed: no other deed and no "if" stands between them, and behind the deed it stands right behind."""
    if no.first - deed.last > BEHIND or any(bead.value == "if" and min(no.first, deed.first) < bead.first < max(no.first, deed.first) for bead in ops):
        return False
    first, last = min(no.last, deed.last), max(no.first, deed.first)
    return not [bead for bead in page.beads_in(first, last, "act") if not bead.forms & {"noun", "attr"}]
