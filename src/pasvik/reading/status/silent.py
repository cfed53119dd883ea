"""Where a verb of opening or closing says nothing of a crossing: wishes, habits, roads that run, words that only tell which one is meant."""

from __future__ import annotations

from pasvik.reading.clause.clause import RELATIVE, Clause
from pasvik.reading.clause.modality import Force
from pasvik.reading.page.page import Bead, Page

STAYS = frozenset({"remain", "remains", "remained", "stay", "stays", "stayed", "kept", "keep", "keeps", "keeping"})


def is_silent(page: Page, cut: list[Clause], clause: Clause, deed: Bead, how: Force) -> bool:
    """Whether the deed asserts nothing in its place, although its words would."""
    if deed.value == "open" and _is_bare_adjective(page, deed, how):
        return True
    if _subject_gerund(page, clause, deed) or _tells_which(page, cut, clause) or _asked_for(page, clause, deed, how):
        return True
    if _runs_on(page, clause, deed) or _postposed(page, clause, deed, how) or _told_by_another(page, clause, deed, how):
        return True
    was_open = how.tense == "past" and not how.perfect and deed.value == "open" and "adj" in deed.forms
    return was_open and _relative(page, clause)  # "the last crossing that was still open": no longer, maybe


def _told_by_another(page: Page, clause: Clause, deed: Bead, how: Force) -> bool:
    """ "stopped running", "the measure affects", "restrict the entry of citizens", "is working on it": another word carries the claim."""
    before = page.bead_at(deed.first - 1) or page.bead_at(deed.first - 2)
    before = page.bead_at(deed.first - 2) if before and before.kind == "quant" else before
    if deed.value == "work":
        stopped = before is not None and before.kind == "act" and before.value == "stop"
        helped = how.progressive or how.passive or how.stays or page.word(deed.last) in ("as", "in", "normally")
        return stopped or ("ing" in deed.forms and not helped)
    if deed.value == "restrict":
        return bool(page.beads_in(deed.last, min(deed.last + 6, clause.last), "group"))
    if deed.value == "stop":
        return bool(page.beads_in(clause.first, clause.last, "group"))
    return deed.value == "cover" and not how.negated


def _postposed(page: Page, clause: Clause, deed: Bead, how: Force) -> bool:
    """ "decided to close the last crossing still open": the adjective tells which one; another deed is what is told."""
    if (
        "adj" not in deed.forms
        or how.passive
        or page.word(deed.first - 1) in ("remain", "remains", "remained", "stay", "stays", "kept", "keep", "keeps", "keeping")
    ):
        return False
    earlier = [b for b in page.beads_in(clause.first, deed.first, "act") if page.phrase_over(b.first) is None]
    behind = page.phrase_over(deed.first - 1) or (
        page.phrase_over(deed.first - 2) if page.word(deed.first - 1) in ("still", "currently", "now") else None
    )
    return bool(earlier) and behind is not None


def _tells_which(page: Page, cut: list[Clause], clause: Clause) -> bool:
    """ "all crossings which are still open": the clause tells which ones are meant, and no more."""
    if not clause.number or not (clause.hinge == "which" or clause.hinge == "that") or page.word(clause.first - 2) == ",":
        return False
    left = page.phrase_over(clause.first - 2)
    return left is not None and left.how != "named"


def _asked_for(page: Page, clause: Clause, deed: Bead, how: Force) -> bool:
    """ "campaigns for Gronowo to be opened", "waits for the gates to open": a wish, unless somebody decided or plans it."""
    phrases = page.phrases_in(clause.first, deed.first)
    return (
        bool(phrases)
        and page.word(phrases[-1].first - 1) == "for"
        and page.word(deed.first - 1) in ("to", "be")
        and not {"decide", "plan", "ready"} & how.values
    )


def _runs_on(page: Page, clause: Clause, deed: Bead) -> bool:
    """ "it runs for about a kilometre": a road, not a service; trains and traffic run."""
    word = page.low[deed.start : deed.end]
    if word == "work" and page.word(deed.last) in ("at", "in", "on") and (deed.first == clause.first or page.word(deed.first - 1) == "the"):
        return True  # "work at the checkpoint has been suspended": a noun
    return word in ("run", "runs", "ran") and not page.beads_in(clause.first, clause.last, "thing")


def _relative(page: Page, clause: Clause) -> bool:
    """A clause that tells which one: "which ...", or "that ..." right after a crossing."""
    return clause.hinge in RELATIVE or (clause.hinge == "that" and page.phrase_over(clause.first - 2) is not None)


def _subject_gerund(page: Page, clause: Clause, deed: Bead) -> bool:
    """ "Closing Narva would be a mistake" speaks of closing and closes nothing."""
    if "ing" not in deed.forms or deed.first - clause.first > 1:
        return False
    return any(
        page.word(i) in ("would", "is", "was", "could", "might", "means", "makes", "has", "will") for i in range(deed.last, clause.last)
    )


def _is_bare_adjective(page: Page, deed: Bead, how: Force) -> bool:
    """ "open" after nothing that makes it a statement: "an open invitation"."""
    return "adj" in deed.forms and page.word(deed.first - 1) in ("an", "a", "more", "as")
