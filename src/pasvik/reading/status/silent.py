"""Where a verb of opening or closing says nothing of a crossing: wishes, habits, roads that run, words that only tell which one is meant."""

from __future__ import annotations

from pasvik.reading.clause.clause import RELATIVE, Clause
from pasvik.reading.clause.modality import Force, gerund_subject
from pasvik.reading.clause.subject import subject_kind
from pasvik.reading.clause.verb import BE
from pasvik.reading.page.page import Bead, Page, Phrase, Sentence
from pasvik.terms.claim import Zone

REFUTES = 5  # words within which "It is not true" takes back what was said before
OBJECT = 6  # words that may stand between a verb and what it is done to
ATTRIBUTIVE = frozenset({"for", "with", "a", "an", "the", "its", "only", "to", "by", "in", "of", ""})
GOVERNED = 5  # words before a gerund within which "considers" and the like must stand
GOVERNS = frozenset({"plan", "consider", "rule_out", "may", "ready", "signal", "decide", "propose", "future", "can"})
AFTER_GERUND = frozenset({"plan", "consider", "rule_out"})
BEGUN = frozenset({"by", "after", "began", "begun", "begins", "started", "starts", "finished", "completed", "means", "before"})
WISHES = frozenset({"want", "wants", "wanted", "wish", "wishes", "need", "needs", "like", "prefer", "expect", "expects", "ask", "asks", "asked"})
FEELS = frozenset({
    "fear", "fears", "feared", "hope", "hopes", "hoped", "worry", "worries", "worried", "afraid", "believe", "believes", "believed", "doubt", "doubts",
    "doubted", "wonder", "wonders", "bet", "bets", "dream", "dreams", "pray", "prays", "imagine", "imagines", "suspect", "suspects", "guess", "guesses"})
NAMES = frozenset({"the", "a", "this", "that", "its", "border", "road", "rail", "railway", "any", "another"})
OWN = frozenset({"its", "a", "an", "their", "the", "new"})
STAYS = frozenset({"remain", "remains", "remained", "stay", "stays", "stayed", "kept", "keep", "keeps", "keeping"})


def is_silent(page: Page, s: Sentence, cut: list[Clause], clause: Clause, deed: Bead, how: Force) -> bool:
    """Whether the deed asserts nothing in its place, although its words would."""
    if deed.value == "open" and _is_bare_adjective(page, deed, how):
        return True
    if _undone(page, clause, deed) or _feared(page, s, cut, clause) or _of_its_own(page, clause, deed, how):
        return True
    if any(b.value == "needless" for b in page.beads_in(clause.first, clause.last, "op")):
        return True  # "no plans to keep it closed a day longer than necessary": it is closed, and nobody ruled that out
    if deed.value in ("open", "close") and page.word(deed.first - 1) in ("a", "an") and page.beads_in(deed.last, deed.last + 3, "head"):
        return True  # "what a shut border does to a town"
    if page.low[deed.start : deed.end] == "crossing at" and page.word(deed.first - 1) in NAMES:
        return True  # "the crossing at Luhamaa": a noun
    if _bare_gerund(page, s, clause, deed, how) or _tells_which(page, cut, clause) or _asked_for(page, clause, deed, how):
        return True
    if _commanded(page, s, deed) or _runs_on(page, clause, deed) or _postposed(page, clause, deed, how) or _told_by_another(page, clause, deed, how):
        return True
    was_open = how.tense == "past" and not how.perfect and deed.value == "open" and "adj" in deed.forms
    return was_open and _relative(page, clause)  # "the last crossing that was still open": no longer, maybe


def _undone(page: Page, clause: Clause, deed: Bead) -> bool:
    """ "revoked its decision to close it": what was decided is decided no more."""
    order = page.bead_at(deed.first - 2) if page.word(deed.first - 1) == "to" else None
    decided = (order is not None and order.kind == "order") or page.word(deed.first - 2) in ("decision", "plan", "plans", "order")
    return decided and any(b.value == "lift" and "noun" not in b.forms for b in page.beads_in(clause.first, deed.first, "act"))


def _feared(page: Page, s: Sentence, cut: list[Clause], clause: Clause) -> bool:
    """ "Residents fear that it will be closed", "hopes the crossing will reopen": nobody said that it will."""
    if clause.number and clause.hinge == "that":
        left = cut[clause.number - 1]
        return page.word(clause.first - 2) in FEELS or page.word(left.last - 1) in FEELS
    first = next((i for i in range(clause.first, clause.last) if page.word(i) in FEELS), None)
    return first is not None and any(p.first - first in (1, 2) for p in page.phrases_in(first, clause.last)) and page.word(first - 1) not in ("the", "no", "of")


def _of_its_own(page: Page, clause: Clause, deed: Bead, how: Force) -> bool:
    """ "The Vaalimaa crossing opened its new bus hall": done by the crossing to something else."""
    if how.passive or how.stays or deed.value not in ("open", "close") or not deed.forms & {"past", "s", "base"} or page.word(deed.last) not in OWN:
        return False
    after = page.bead_at(deed.last + 1)
    subject = page.phrase_over(deed.first - 1)
    return subject is not None and page.phrase_over(deed.last) is None and (after is None or after.kind not in ("head", "thing", "time", "crossing", "order"))


def said_of_another(page: Page, cut: list[Clause], clause: Clause, deed: Bead, how: Force, targets: tuple[Phrase, ...]) -> bool:
    """ "A café has opened at the crossing", "officers work there": done by or to something that is no crossing, nor what passes."""
    object_follows = not how.passive and not how.stays and 0 <= targets[0].first - deed.last <= OBJECT and targets[0].how != "anaphor"
    inside = page.word(targets[0].first - 1) in ("at", "in", "near", "on", "by", "outside")
    if (object_follows and not inside) or page.word(deed.first - 1) == "to" or "noun" in deed.forms:
        return False
    if deed.value == "stop" and not how.passive and not how.stays and page.beads_in(deed.last, max(deed.last, targets[0].first), "thing"):
        return False  # "the customs stopped the clearance of lorries at Terehova"
    subject = subject_kind(page, clause, deed) or _shared(page, cut, clause, deed)
    return subject == "other" or (subject == "actor" and deed.value == "work")


def _shared(page: Page, cut: list[Clause], clause: Clause, deed: Bead) -> str:
    """The subject of "is opened" for the "closed" of "is opened and closed"."""
    if clause.hinge not in ("and", "or", "but") or not clause.number or deed.first - clause.first > 1:
        return ""
    left = cut[clause.number - 1]
    first = next(iter(page.beads_in(left.first, left.last, "act")), None)
    return subject_kind(page, left, first) if first else ""


def taken_back(page: Page, s: Sentence) -> bool:
    """Whether the next sentence takes it all back: "It is not true", "That was imprecise"."""
    after = page.sentences[s.number + 1] if s.number + 1 < len(page.sentences) else None
    if after is None or page.word(after.lead) not in ("it", "that", "this", "they") or page.word(after.lead + 1) not in BE:
        return False
    upto = min(after.last, after.lead + REFUTES)
    return any(b.kind == "op" and b.value == "deny" for b in page.beads_in(after.lead + 2, upto)) or (
        page.word(after.lead + 2) in ("imprecise", "wrong", "mistaken", "nonsense"))


def _told_by_another(page: Page, clause: Clause, deed: Bead, how: Force) -> bool:
    """ "stopped running", "the measure affects", "restrict the entry of citizens", "is working on it": another word carries the claim."""
    before = page.bead_at(deed.first - 1) or page.bead_at(deed.first - 2)
    before = page.bead_at(deed.first - 2) if before and before.kind == "quant" else before
    if deed.value == "work":
        stopped = before is not None and before.kind == "act" and before.value in ("stop", "open")
        helped = how.progressive or how.passive or how.stays or page.word(deed.last) in ("as", "in", "normally")
        inverted = page.word(deed.first - 1) == "not" and deed.first - clause.first <= 1  # "Not functioning are ..."
        return stopped or (not inverted and "ing" in deed.forms and not helped)
    if deed.value in ("restrict", "open", "close") and _attributive(page, deed, how):
        return True
    if deed.value == "restrict":
        return not how.passive and bool(page.beads_in(deed.last, min(deed.last + 6, clause.last), "group"))
    if deed.value == "stop":
        return bool(page.beads_in(clause.first, clause.last, "group"))
    return deed.value == "cover" and not how.negated


def _attributive(page: Page, deed: Bead, how: Force) -> bool:
    """ "limited train traffic", "for reduced hours": no more than an adjective."""
    after = page.bead_at(deed.last)
    leads = ATTRIBUTIVE if deed.value == "restrict" else ("of", "for")
    small = page.word(deed.first - 1) in leads
    return not how.passive and not how.perfect and deed.forms >= {"past"} and small and after is not None and after.kind in ("thing", "unit", "head")


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
    since = any(b.hit and b.hit.role == "from" for b in page.beads_in(clause.first, clause.last, "time"))
    return left is not None and left.how != "named" and not (since and left.ids)  # "those that have been shut since Friday"


def _commanded(page: Page, s: Sentence, deed: Bead) -> bool:
    """ "Close Salla now!": the deed opens the sentence, without anybody who does it."""
    opens = deed.first == s.lead or (deed.first == s.lead + 1 and page.word(s.lead) == '"')
    after = page.phrase_over(deed.last)
    return opens and "base" in deed.forms and after is not None and after.how == "named" and after.first == deed.last


def _asked_for(page: Page, clause: Clause, deed: Bead, how: Force) -> bool:
    """ "campaigns for Gronowo to be opened", "waits for the gates to open": a wish, unless somebody decided or plans it."""
    phrases = page.phrases_in(clause.first, deed.first)
    lead = page.word(phrases[-1].first - 1) if phrases else ""
    if lead in WISHES and page.word(deed.first - 1) in ("to", "be", "fully", "kept"):
        return True
    wished = lead in WISHES | {"see"} and phrases[-1].last == deed.first and bool(deed.forms & {"past", "adj"})
    return wished or (
        lead == "for"
        and page.word(deed.first - 1) in ("to", "be")
        and not {"decide", "plan", "ready"} & how.values
    )


def _runs_on(page: Page, clause: Clause, deed: Bead) -> bool:
    """ "it runs for about a kilometre": a road, not a service; trains and traffic run."""
    word = page.low[deed.start : deed.end]
    if word == "work" and page.word(deed.last) in ("at", "in", "on") and (deed.first == clause.first or page.word(deed.first - 1) == "the"):
        return True  # "work at the checkpoint has been suspended": a noun
    if word == "work" and (page.word(deed.first - 1) in ("whose", "its", "their") or (clause.hinge == "whose" and deed.first == clause.first)):
        return True  # "whose work was halted"
    return word in ("run", "runs", "ran") and not page.beads_in(clause.first, clause.last, "thing")


def _relative(page: Page, clause: Clause) -> bool:
    """A clause that tells which one: "which ...", or "that ..." right after a crossing."""
    return clause.hinge in RELATIVE or (clause.hinge == "that" and page.phrase_over(clause.first - 2) is not None)


def _bare_gerund(page: Page, s: Sentence, clause: Clause, deed: Bead, how: Force) -> bool:
    """ "Closing Narva would be a mistake", "the benefits of opening it" speak of a deed and do none; "considers closing it" is another thing."""
    if "ing" not in deed.forms or deed.value in ("work", "stop"):
        return False
    if gerund_subject(clause, deed):
        return not AFTER_GERUND & how.values
    if how.progressive or how.passive or how.stays:
        return False
    before = page.word(deed.first - 1)
    if before == "after" and not page.phrases_in(deed.last, min(deed.last + OBJECT, s.last)):
        return True  # "a day after reopening": of what, it does not say
    listed = clause.hinge == "and" and (told := page.beads_in(s.lead, clause.first, "act")) and "ing" in told[-1].forms  # "opening and shutting"
    adjunct = deed.first == clause.first and clause.number > 0 and clause.hinge in (",", "-", "and", "meaning", "which means") and not listed
    headline = s.zone is Zone.HEADLINE and subject_kind(page, clause, deed) == "actor"
    governed = any(b.value in GOVERNS or page.word(b.first) == "can" for b in page.beads_in(deed.first - GOVERNED, deed.first, "op"))
    return not (governed or before in BEGUN or before == "," or adjunct or headline)


def _is_bare_adjective(page: Page, deed: Bead, how: Force) -> bool:
    """ "open" after nothing that makes it a statement: "an open invitation", "no open road to Russia"."""
    before, after = page.word(deed.first - 1), page.bead_at(deed.last)
    noun = page.word(deed.last).isalpha() and (after is None or after.kind in ("head", "thing", "unit", "object", "place"))
    return "adj" in deed.forms and (before in ("an", "a", "more", "as") or (before in ("no", "any", "one", "another", "many", "few", "several") and noun))
