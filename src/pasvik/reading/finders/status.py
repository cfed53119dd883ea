"""Finds who says that a crossing, a set of crossings or a whole border is, will be or may be open, closed or restricted."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.clause.clause import Clause, clauses
from pasvik.reading.clause.lane import lanes_of
from pasvik.reading.clause.modality import Force, force
from pasvik.reading.clause.timing import Timing, timing
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.page import Bead, Page, Phrase, Sentence
from pasvik.terms.claim import Basis, Commitment, State, Status

DEEDS = {"close": State.CLOSED, "open": State.OPEN, "work": State.OPEN, "stop": State.CLOSED, "restrict": State.RESTRICTED}
OPPOSITE = {State.CLOSED: State.OPEN, State.OPEN: State.CLOSED, State.RESTRICTED: State.OPEN}


def find(page: Page) -> list[Draft]:
    """All status claims of a page, in order of place."""
    found: list[Draft] = []
    for sentence in page.sentences:
        cut = clauses(page, sentence)
        for clause in cut:
            found += _clause(page, sentence, cut, clause)
        found += _presupposed(page, sentence)
    return _once(sorted(found, key=lambda d: (d.start, d.end)))


def _clause(page: Page, s: Sentence, cut: list[Clause], clause: Clause) -> list[Draft]:
    found: list[Draft] = []
    for deed in page.beads_in(clause.first, clause.last, "act"):
        if deed.value in DEEDS and not _inside_phrase(page, deed):
            draft = _deed(page, s, cut, clause, deed)
            if draft:
                found.append(draft)
    return found


def _inside_phrase(page: Page, deed: Bead) -> bool:
    return page.phrase_over(deed.first) is not None


def _deed(page: Page, s: Sentence, cut: list[Clause], clause: Clause, deed: Bead) -> Draft | None:
    """The claim of one deed: what it is done to, how far it has gone, from when, for whom."""
    target = _target(page, s, cut, clause, deed)
    if target is None or (not target.ids and not target.border):
        return None
    how = force(page, s, cut, clause, deed)
    if how.commitment is None:
        return None
    state = DEEDS[deed.value]
    if how.negated and how.commitment is Commitment.IN_EFFECT:
        state = OPPOSITE[state]
    told = timing(page, clause.first, clause.last, not how.stays)
    commitment = _settled(how, told, deed)
    things = page.beads_in(clause.first, clause.last, "thing")
    claim = Status(target.ids, target.border, state, commitment, lanes_of(things), None, told.span, told.until_further_notice, told.hours)
    start, end = _quote(page, clause, deed, target)
    return Draft(claim, start, end, page.speaker_at(start, end), target.basis, 0.9, "status: " + " ".join((*how.cues, page.low[deed.start:deed.end])))


def _settled(how: Force, told: Timing, deed: Bead) -> Commitment:
    """Something that begins after publication is at most ordered."""
    if how.commitment is Commitment.IN_EFFECT and told.future:
        return Commitment.ORDERED
    if how.commitment is Commitment.IN_EFFECT and deed.forms <= {"ing"} and how.tense == "present" and how.passive:
        return Commitment.ORDERED
    return how.commitment or Commitment.IN_EFFECT


def _target(page: Page, s: Sentence, cut: list[Clause], clause: Clause, deed: Bead) -> Phrase | None:
    """What is opened or closed: what follows an active verb or "closure of", else what stands before, here or in the clause it leans on."""
    after = [p for p in page.phrases_in(deed.last, clause.last) if p.first - deed.last <= 6]
    before = page.phrases_in(clause.first, deed.first)
    passive = force(page, s, cut, clause, deed).passive
    if after and not passive and (not before or deed.forms & {"noun", "ing"} or any(b.kind in ("country", "body", "office") for b in page.beads_in(clause.first, deed.first))):
        return after[0]
    if before:
        return before[-1]
    if after:
        return after[0]
    if clause.number and clause.hinge in ("and", "or", ",", "only to", "that", "which", "who", "but", "and then"):
        left = cut[clause.number - 1]
        return next(iter(reversed(page.phrases_in(left.first, left.last))), None)
    return None


def _quote(page: Page, clause: Clause, deed: Bead, target: Phrase) -> tuple[int, int]:
    first, last = clause.first, clause.last
    start, end = min(page.words[first][0], target.start), max(page.words[last - 1][1], deed.end)
    return trim(page, start, end)


def _presupposed(page: Page, s: Sentence) -> list[Draft]:
    """"the shuttered Salla border crossing", "the last open crossing, Raja-Jooseppi"."""
    found = []
    for phrase in page.phrases_in(s.first, s.last):
        if phrase.asserts and phrase.ids and phrase.how == "named" and not s.ask:
            claim = Status(phrase.ids, phrase.border, State(phrase.asserts), Commitment.IN_EFFECT)
            start, end = trim(page, phrase.start, phrase.end)
            found.append(Draft(claim, start, end, None, Basis.PRESUPPOSED, 0.8, "status: " + phrase.asserts))
        elif phrase.only and phrase.ids and _said_to_be(page, s, phrase):
            subject = _said_to_be(page, s, phrase)
            claim = Status(phrase.ids, phrase.border, State.OPEN, Commitment.IN_EFFECT)
            start, end = trim(page, subject.start if subject else phrase.start, phrase.end)
            found.append(Draft(claim, start, end, page.speaker_at(start, end), Basis.PRESUPPOSED, 0.7, "status: the only one"))
    return found


def _said_to_be(page: Page, s: Sentence, only: Phrase) -> Phrase | None:
    """The subject of "This checkpoint serves as (is, remains) the only crossing between ...", where both are one crossing."""
    before = [p for p in page.phrases_in(s.first, only.first) if p.ids == only.ids]
    if not before:
        return None
    between = [page.word(i) for i in range(before[-1].last, only.first)]
    return before[-1] if between and between[0] in ("is", "serves", "remains", "was", "are") and "not" not in between and len(between) <= 4 else None


def _once(drafts: list[Draft]) -> list[Draft]:
    """One clause that says one thing twice ("are open and working normally") says it once; the longer words stay."""
    kept: list[Draft] = []
    for draft in drafts:
        same = next((k for k in kept if isinstance(k.claim, Status) and isinstance(draft.claim, Status) and _alike(k.claim, draft.claim)
                     and draft.start < k.end + 60 and k.start < draft.end), None)
        if same is None:
            kept.append(draft)
        elif draft.end - draft.start > same.end - same.start and draft.start <= same.start:
            kept[kept.index(same)] = replace(draft)
    return kept


def _alike(one: Status, other: Status) -> bool:
    return (one.crossings, one.state, one.commitment, one.border) == (other.crossings, other.state, other.commitment, other.border)
