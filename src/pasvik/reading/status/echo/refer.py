"""Which claim told before "the decision", "the measure" or "the closure" points back at: that of the same state, and not one told as history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from pasvik.reading.clause.clause import Clause
from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.page import Bead, Page, Sentence
from pasvik.terms.claim import Commitment, State, Status

INDEFINITE = frozenset({"a", "an", "any", "another", "such"})
DAY = timedelta(days=1)


def referred(page: Page, s: Sentence, noun: Bead, said: list[Draft], fits: Callable[[Status], bool]) -> tuple[Draft, Status] | None:
    """The latest claim that the noun can mean, or None where it means none of them."""
    told = [(draft, draft.claim) for draft in reversed(said) if isinstance(draft.claim, Status) and fits(draft.claim)]
    home = _home(page, s)
    ours = [pair for pair in told if _shares(pair[1], home)]
    if not ours and home and page.word(noun.first - 1) in INDEFINITE | {"complete", "full", "total", "temporary"}:
        return None                                             # "a complete closure": not that of another state's border
    told = ours or told
    if noun.kind == "order" and told and _is_history(page, told[0][0]):
        fresh = next((pair for pair in told if pair[1].commitment is Commitment.ORDERED and not _is_history(page, pair[0])), None)
        return fresh or told[0]
    return told[0] if told else None


def as_before(page: Page, clause: Clause, draft: Draft | None, said: list[Draft]) -> Draft | None:
    """A claim about a measure told before holds for the lanes and the people that the measure held for ("the ban lasts until May")."""
    claim = draft.claim if draft else None
    if draft is None or not isinstance(claim, Status) or claim.lanes != ("all",) or any(p.ids for p in page.phrases_in(clause.first, clause.last)):
        return draft
    for earlier in reversed(said):
        told = earlier.claim
        if isinstance(told, Status) and told.crossings == claim.crossings and told.state is not State.OPEN:
            group = claim.applies_to or told.applies_to
            return replace(draft, claim=replace(claim, lanes=told.lanes, into=claim.into or told.into, applies_to=group))
    return draft


def _home(page: Page, s: Sentence) -> set[str]:
    """The states that speak or act in the sentence, else the one that the text is about."""
    named = {b.value for b in page.beads_in(s.first, s.last, "country", "body", "office") if b.value not in ("RU", "BY", "XX", "UN", "EU")}
    return named or ({page.focus} if page.focus else set())


def _shares(claim: Status, home: set[str]) -> bool:
    return not home or claim.border is None or bool(home & set(claim.border.split("-")))


def _is_history(page: Page, draft: Draft) -> bool:
    """Whether a claim is told with a day that lies behind, and with none that is still to come."""
    sentence, published = page.sentence_at(draft.start), page.document.published
    if sentence is None or published is None:
        return False
    days = [b.hit.span.start or b.hit.span.until for b in page.beads_in(sentence.first, sentence.last, "time") if b.hit]
    starts = [day.start for day in days if day]
    return bool(starts) and max(starts) < published.start - DAY
