"""Finds who says that a crossing, a set of crossings or a whole border is, will be or may be open, closed or restricted."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.clause.clause import Clause, clauses
from pasvik.reading.clause.subject import led_into
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.page import Bead, Page, Phrase, Sentence
from pasvik.reading.status.carry import carry
from pasvik.reading.status.deed import deed_claim
from pasvik.reading.status.echo.follow import follow_claim
from pasvik.reading.status.echo.gap import echo_claim, flow_claim, gap_claim, idle_claim
from pasvik.reading.status.echo.left import left_claim
from pasvik.reading.status.echo.member import member_claim, remains_claim
from pasvik.reading.status.echo.others import others_claim
from pasvik.reading.status.echo.refer import as_before
from pasvik.reading.status.notice.heading import headed_claims
from pasvik.reading.status.notice.hours import schedule_claim
from pasvik.reading.status.notice.label import ban_claim, label_claim, only_claim, row_claim
from pasvik.reading.status.notice.title import titled_claims
from pasvik.reading.status.order import is_noun, order_claim
from pasvik.reading.status.passage import passage_claim, rule_claim
from pasvik.reading.status.silent import taken_back
from pasvik.terms.claim import Basis, Commitment, State, Status
from pasvik.terms.moment import Span

MEMORY = 60  # claims back to which "the closure" may point
DEEDS = frozenset({"close", "open", "work", "stop", "restrict", "cover", "fall", "rise", "hours"})
PASSAGE = frozenset({"admit", "refuse"})
ORDERS = frozenset({"extend", "expire", "run", "lift", "curtail"})


def find(page: Page) -> list[Draft]:
    """All status claims of a page, in order of place."""
    return page.once("status", lambda: _find(page))


def _find(page: Page) -> list[Draft]:
    found: list[Draft] = []
    for sentence in page.sentences:
        if not page.phrases_in(sentence.first, sentence.last) and not page.beads_in(sentence.first, sentence.last, "act", "order", "op"):
            continue
        if taken_back(page, sentence):
            continue
        lately = found[-MEMORY:]
        cut = clauses(page, sentence)
        here = member_claim(page, sentence, cut)
        for clause in cut if not here else ():
            told = _told(page, sentence, cut, clause, lately, here)
            here += [_till_then(page, clause, draft, [*lately, *here]) or carry(page, sentence, draft, [*lately, *here]) for draft in told]
        here = here or remains_claim(page, sentence) or headed_claims(page, sentence, cut) or (row_claim(page, sentence, cut[0], lately) if cut else [])
        here = [_superseded(draft, here[i + 1 :]) for i, draft in enumerate(here)] + _presupposed(page, sentence)
        found += _once(sorted(here, key=lambda d: (d.start, d.end)))
    return sorted([*titled_claims(page, found), *found], key=lambda d: d.start)


def _till_then(page: Page, clause: Clause, draft: Draft, said: list[Draft]) -> Draft | None:
    """ "Will close on Friday. Until then both points may be used": so it is now, and up to what was told before."""
    then = page.word(clause.first) == "then" or (page.word(clause.first) == "that" and page.word(clause.first + 1) in ("time", "moment", "date", "hour"))
    last = next((d.claim for d in reversed(said[-2:]) if isinstance(d.claim, Status) and d.claim.commitment is Commitment.ORDERED), None)
    claim = draft.claim
    if not then or page.word(clause.first - 1) not in ("until", "till") or last is None or not isinstance(claim, Status) or last.state is claim.state:
        return None
    return replace(draft, claim=replace(claim, commitment=Commitment.IN_EFFECT, span=Span(None, last.span.start)))


def _superseded(draft: Draft, after: list[Draft]) -> Draft:
    """ "Was closed in the war and reopened in the nineties": what the same sentence undoes is over."""
    claim = draft.claim
    if not isinstance(claim, Status) or claim.commitment is not Commitment.IN_EFFECT or claim.state is State.RESTRICTED:
        return draft
    undone = any(
        isinstance(d.claim, Status) and d.claim.crossings == claim.crossings and d.claim.crossings and d.claim.commitment is Commitment.IN_EFFECT
        and d.claim.state is not claim.state and d.claim.state is not State.RESTRICTED and d.claim.lanes == claim.lanes for d in after
    )
    return replace(draft, claim=replace(claim, commitment=Commitment.ENDED)) if undone else draft


def _told(page: Page, s: Sentence, cut: list[Clause], clause: Clause, lately: list[Draft], here: list[Draft]) -> list[Draft]:
    """The claims of one clause: those of its deeds, else what it leaves unsaid; lately, here: the claims before it."""
    said = [*lately, *here]
    drafts = _clause(page, s, cut, clause, said) or schedule_claim(page, s, cut, clause) or gap_claim(page, s, clause, here or lately[-1:])
    if not drafts:
        shared = follow_claim(page, s, cut, clause, said) or left_claim(page, s, clause, said) or others_claim(page, s, clause, said)
        return shared or echo_claim(page, s, clause, said) or _verbless(page, s, cut, clause)
    if all(isinstance(d.claim, Status) and d.claim.commitment is Commitment.IN_EFFECT for d in drafts):
        return drafts + echo_claim(page, s, clause, [*said, *drafts])
    return drafts


def _verbless(page: Page, s: Sentence, cut: list[Clause], clause: Clause) -> list[Draft]:
    """What is said without a verb of opening or closing: bans, labels, "for walkers only", traffic that goes on, nothing that moves."""
    told = ban_claim(page, s, cut, clause) or label_claim(page, s, cut, clause) or only_claim(page, s, cut, clause)
    return told or flow_claim(page, s, clause) or idle_claim(page, s, clause)


def _clause(page: Page, s: Sentence, cut: list[Clause], clause: Clause, said: list[Draft]) -> list[Draft]:
    """The claims of the deeds of one clause; said: the claims before it."""
    found: list[Draft] = []
    for deed in page.beads_in(clause.first, clause.last, "act"):
        if page.phrase_over(deed.first) is None and _stopped_from(page, deed) is None:
            draft = _read(page, s, cut, clause, deed, [*said, *found])
            found += [draft] if draft else []
    return found


def _read(page: Page, s: Sentence, cut: list[Clause], clause: Clause, deed: Bead, said: list[Draft]) -> Draft | None:
    deed = _refusing(page, _ended(page, clause, deed))
    measures = (deed.value == "work" and page.beads_in(clause.first, deed.first, "order")) or any(
        "noun" in b.forms for b in page.beads_in(clause.first, deed.first, "act")
    )
    if deed.value == "cover" and page.beads_in(max(s.lead, clause.first - 4), deed.first, "order"):
        return order_claim(page, s, cut, clause, deed, said) or deed_claim(page, s, cut, clause, deed)
    if deed.value in ORDERS or is_noun(page, deed) or (deed.value == "work" and measures):
        return as_before(page, clause, order_claim(page, s, cut, clause, deed, said), said)
    if deed.value == "restrict" and page.beads_in(deed.last, min(deed.last + 12, clause.last), "group", "rules", "stance"):
        return rule_claim(page, s, cut, clause, deed) or deed_claim(page, s, cut, clause, deed)
    if deed.value == "open" and _measure_again(page, clause, deed):
        deed = replace(deed, value="close")
        return deed_claim(page, s, cut, clause, deed) if page.phrases_in(deed.last, clause.last) else None
    if deed.value in DEEDS:
        return deed_claim(page, s, cut, clause, deed)
    if deed.value in PASSAGE:
        return passage_claim(page, s, cut, clause, deed)
    return None


def _measure_again(page: Page, clause: Clause, deed: Bead) -> bool:
    """ "Restore the ban", "resume the closure of Salla": what comes back is the closing."""
    again = page.low[deed.start : deed.end].startswith(("restor", "resum", "bring", "put", "return", "brought"))
    after = page.beads_in(deed.last, min(deed.last + 3, clause.last))
    bans = any(b.kind == "order" and page.low[b.start : b.end].endswith("ban") for b in after)
    closes = any(b.kind == "act" and "noun" in b.forms and b.value in ("close", "refuse") for b in after)
    return again and "noun" not in deed.forms and (bans or closes)


def _stopped_from(page: Page, deed: Bead) -> Bead | None:
    """The "accepting" of "stops accepting lorries"."""
    after = page.bead_at(deed.last)
    lets = after is not None and after.kind == "act" and after.value == "admit" and "ing" in after.forms
    return after if deed.value == "stop" and lets else None


def _refusing(page: Page, deed: Bead) -> Bead:
    """ "Stops accepting lorries" turns them away."""
    stop = page.bead_at(deed.first - 1)
    if stop is None or stop.kind != "act" or _stopped_from(page, stop) is None:
        return deed
    return replace(deed, value="refuse", first=stop.first, start=stop.start, forms=stop.forms)


def _ended(page: Page, clause: Clause, deed: Bead) -> Bead:
    """What ends: traffic (which stops), a barrier (which is lifted), or a measure (which runs out, or is lifted)."""
    if deed.value not in ("lift", "expire"):
        return deed
    measures = [b for b in page.beads_in(clause.first, clause.last, "order") if not led_into(page, clause, b.first)] or [
        b for b in page.beads_in(clause.first, clause.last, "act") if "noun" in b.forms and b.value in ("close", "restrict", "stop", "refuse")
    ]
    things = page.beads_in(clause.first, clause.last, "thing")
    if deed.value == "lift" and not measures and any(b.value == "barrier" for b in things):
        return replace(deed, value="rise")
    ends = "end" in (page.word(i)[:3] for i in range(deed.first, deed.last))
    if ends and things and not measures:
        return replace(deed, value="stop")
    if ends and deed.value == "expire" and any(deed.last <= b.first <= deed.last + 4 for b in measures):
        return replace(deed, value="lift")
    return deed


def _presupposed(page: Page, s: Sentence) -> list[Draft]:
    """ "the shuttered Salla border crossing", "the last open crossing, Raja-Jooseppi"."""
    found = []
    for phrase in page.phrases_in(s.first, s.last):
        subject = _said_to_be(page, s, phrase) if phrase.only else None
        if phrase.asserts and phrase.ids and phrase.how == "named" and not s.ask:
            found.append(_taken_for_granted(page, phrase, State(phrase.asserts), phrase.start))
        elif subject:
            found.append(_taken_for_granted(page, replace(phrase, ids=subject.ids, border=subject.border), State.OPEN, subject.start))
    return found


def _taken_for_granted(page: Page, phrase: Phrase, state: State, start: int) -> Draft:
    begin, end = trim(page, start, phrase.end)
    claim = Status(phrase.ids, phrase.border, state, Commitment.IN_EFFECT)
    return Draft(claim, begin, end, None, Basis.PRESUPPOSED, 0.8, f"status: {state} taken for granted")


def _said_to_be(page: Page, s: Sentence, only: Phrase) -> Phrase | None:
    """The subject of "This checkpoint serves as (is, remains) the only crossing between ...", where both are one crossing."""
    before = [
        p for p in page.phrases_in(s.first, only.first) if p.ids and (p.ids == only.ids or (only.how == "unresolved" and len(p.ids) == 1))
    ]
    between = [page.word(i) for i in range(before[-1].last, only.first)] if before else []
    says = between and between[0] in ("is", "serves", "remains", "are") and "not" not in between and len(between) <= 4
    return before[-1] if says else None


def _once(drafts: list[Draft]) -> list[Draft]:
    """One sentence that says one thing twice ("are open and working normally") says it once; the first and longest words stay."""
    kept: list[Draft] = []
    for draft in drafts:
        same = next((k for k in kept if _alike(k, draft)), None)
        if same is None:
            kept.append(draft)
        else:
            longer = draft if draft.end - draft.start > same.end - same.start and draft.start <= same.start else same
            kept[kept.index(same)] = replace(longer, claim=_together(same, draft))
    return kept


def _together(one: Draft, other: Draft) -> Status:
    """Both tellings of one thing: the times that either gives."""
    a, b = one.claim, other.claim
    assert isinstance(a, Status)
    assert isinstance(b, Status)
    span = Span(a.span.start or b.span.start, a.span.until or b.span.until)
    if span.start and span.until and span.start.start > span.until.start:
        span = a.span
    further = a.until_further_notice or b.until_further_notice
    return replace(a, span=span, hours=a.hours or b.hours, until_further_notice=further, changes=a.changes or b.changes)


def _alike(one: Draft, other: Draft) -> bool:
    a, b = one.claim, other.claim
    assert isinstance(a, Status) and isinstance(b, Status)
    same = (a.crossings, a.state, a.commitment, a.border, a.lanes, a.into) == (
        b.crossings,
        b.state,
        b.commitment,
        b.border,
        b.lanes,
        b.into,
    )
    return same and (a.span.start is None or b.span.start is None or a.span == b.span)
