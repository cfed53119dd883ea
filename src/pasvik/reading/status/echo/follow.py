"""Crossings that share what befell others: "Salla could be next", "the same goes for Vartius", "Kuusamo meets the same fate", "so does Narva"."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.modality import force
from pasvik.reading.clause.timing import timing
from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.page import Bead, Page, Phrase, Sentence
from pasvik.reading.status.make import make
from pasvik.terms.claim import Commitment, State, Status

VERBS = {State.CLOSED: "close", State.OPEN: "open", State.RESTRICTED: "restrict"}
REACH = 4  # words between a crossing and what it shares
SAME = 3  # words between "the same goes" and the crossing


def follow_claim(page: Page, s: Sentence, cut: list[Clause], clause: Clause, said: list[Draft]) -> list[Draft]:
    """The claim told last, told again of these crossings with their own certainty and time; nothing where the clause shares nothing."""
    cue = next(iter(page.beads_in(clause.first, clause.last, "share")), None)
    if cue is None or s.ask:
        return []
    phrase = _sharer(page, clause, cue)
    if phrase is None:
        return []
    pattern = next((d.claim for d in reversed(said) if _can_be(d.claim, phrase, cue)), None)
    if not isinstance(pattern, Status):
        return []
    deed = replace(cue, kind="act", value=VERBS[pattern.state], forms=frozenset({"base"} if cue.value == "next" else {"s"}))
    how = force(page, s, cut, clause, deed)
    if how.negated or how.commitment is None:
        return []
    if cue.value == "same" and how.commitment is Commitment.IN_EFFECT:
        how = replace(how, commitment=pattern.commitment)
    told = timing(page, clause.first, clause.last, True)
    if told.span.start is None and cue.value == "same":
        told = replace(told, span=pattern.span, until_further_notice=pattern.until_further_notice)
    draft = make(page, clause, deed, (phrase,), pattern.state, how, told, pattern.lanes)
    return [replace(draft, found_by="status: shares what was told before")] if draft else []


def _sharer(page: Page, clause: Clause, cue: Bead) -> Phrase | None:
    """The crossings that share it: before "could be next", after "the same goes for"."""
    before = [p for p in page.phrases_in(clause.first, cue.first) if p.ids and p.how in ("named", "set", "anaphor")]
    after = [p for p in page.phrases_in(cue.last, clause.last) if p.ids and p.how in ("named", "set")]
    if cue.value == "same":
        return after[0] if after and after[0].first - cue.last <= SAME else None
    return before[-1] if before and cue.first - before[-1].last <= REACH else None


def _can_be(claim: object, phrase: Phrase, cue: Bead) -> bool:
    """Whether a claim told before can be what these crossings share: of others, on the same border or told as a row of closings."""
    if not isinstance(claim, Status) or set(claim.crossings) == set(phrase.ids):
        return False
    if cue.value == "next" and claim.state is not State.CLOSED:
        return False
    return claim.commitment in (Commitment.IN_EFFECT, Commitment.ORDERED, Commitment.PLANNED) and claim.border == phrase.border
