"""Clauses that leave their verb to the one before: "Salla closed on Friday, Vartius on Saturday", "Kuusamo followed six days later"."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.target import border_of_all, ids_of
from pasvik.reading.clause.timing import timing
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.page import Page, Phrase, Sentence
from pasvik.terms.claim import Commitment, State, Status
from pasvik.terms.moment import Span

FOLLOW = frozenset({"followed", "follow", "follows", "too", "likewise"})


ECHOES = (("do", "so"), ("do", "it"), ("do", "that"), ("do", "this"), ("make", "it"), ("such", "plans"), ("such", "a"), ("such", "step"), ("that", "kind"), ("this", "kind"), ("the", "sort"), ("that", "sort"), ("this", "step"), ("that", "step"))


def echo_claim(page: Page, s: Sentence, clause: Clause, said: list[Draft]) -> list[Draft]:
    """"The government has no plans to do so": the claim before, ruled out."""
    pattern = next((d for d in reversed(said) if isinstance(d.claim, Status)), None)
    ops = [b.value for b in page.beads_in(clause.first, clause.last, "op")]
    pairs = {(page.word(i), page.word(i + 1)) for i in range(clause.first, clause.last - 1)}
    if pattern is None or not isinstance(pattern.claim, Status) or s.ask or "plan" not in ops or ops.count("no") != 1 or not pairs & set(ECHOES):
        return []
    if "if" in ops or (pattern.claim.commitment in (Commitment.IN_EFFECT, Commitment.ENDED) and pattern.claim.state is State.CLOSED):
        return []
    start, end = trim(page, page.words[clause.first][0], page.words[clause.last - 1][1])
    here = [p for p in page.phrases_in(s.first, clause.last) if p.how == "named"]
    if here and (set(here[-1].ids) != set(pattern.claim.crossings) or pattern.claim.commitment is Commitment.IN_EFFECT):
        pattern = replace(pattern, claim=replace(pattern.claim, crossings=here[-1].ids, border=here[-1].border, state=State.CLOSED, lanes=("all",)))
    claim = pattern.claim
    assert isinstance(claim, Status)
    claim = Status(claim.crossings, claim.border, claim.state, Commitment.RULED_OUT, claim.lanes)
    return [Draft(claim, start, end, page.speaker_at(start, end), pattern.basis, 0.75, "status: no plans for it")]


def _is_not(page: Page, clause: Clause, phrase: Phrase) -> bool:
    """"... and Pededze is not."."""
    tail = [page.word(i) for i in range(phrase.last, clause.last)]
    return tail[:2] in (["is", "not"], ["are", "not"], ["does", "not"], ["do", "not"]) and len(tail) <= 3


def gap_claim(page: Page, s: Sentence, clause: Clause, before: list[Draft]) -> list[Draft]:
    """The claim before, told again of other crossings with their own time; nothing where the clause has a deed of its own."""
    pattern = next((d for d in reversed(before) if isinstance(d.claim, Status)), None)
    phrases = [p for p in page.phrases_in(clause.first, clause.last) if p.how == "named"]
    if pattern is None or not isinstance(pattern.claim, Status) or len(phrases) != 1 or [b for b in page.beads_in(clause.first, clause.last, "act", "say", "op") if b.value != "no" or not page.beads_in(clause.last - 2, clause.last, "op")]:
        return []
    phrase = phrases[0]
    told = timing(page, phrase.last, clause.last, True)
    follows = page.word(phrase.last) in FOLLOW
    so = {page.word(i) for i in range(clause.first, phrase.first)} <= {"so", "as", "is", "are", "was", "were", "do", "does", "has", "have", "and"}
    follows = follows or ((clause.hinge in ("so", "as") or page.word(clause.first) in ("so", "as")) and so and phrase.first > clause.first)
    leading = phrase.first - clause.first <= 2 or so
    if not leading or not (follows or told.span.start or told.hours or _is_not(page, clause, phrase)) or ids_of((phrase,)) == pattern.claim.crossings:
        return []
    if _is_not(page, clause, phrase):
        flipped = {State.OPEN: State.CLOSED, State.CLOSED: State.OPEN}.get(pattern.claim.state)
        if flipped is None or pattern.claim.commitment is not Commitment.IN_EFFECT:
            return []
        pattern = replace(pattern, claim=replace(pattern.claim, state=flipped))
        assert isinstance(pattern.claim, Status)
    said = Commitment.ORDERED if told.future and pattern.claim.commitment is Commitment.IN_EFFECT else pattern.claim.commitment
    if told.future and pattern.claim.commitment is Commitment.IN_EFFECT and pattern.claim.span.start and not pattern.claim.until_further_notice:
        told, said = replace(told, span=Span(None, told.span.until)), Commitment.IN_EFFECT     # told as past: "... on the 24th, Salla on the 30th"
    claim = replace(pattern.claim, crossings=phrase.ids, border=border_of_all((phrase,)), span=told.span, hours=told.hours, commitment=said)
    start, end = trim(page, phrase.start, page.words[clause.last - 1][1])
    return [Draft(claim, start, end, page.speaker_at(start, end), phrase.basis, 0.75, "status: as the clause before")]
