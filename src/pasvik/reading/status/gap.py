"""Clauses that leave their verb to the one before: "Salla closed on Friday, Vartius on Saturday", "and Pededze is not", "no plans to do so"."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.timing import Timing, timing
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.page import Page, Phrase, Sentence
from pasvik.terms.claim import Commitment, State, Status
from pasvik.terms.moment import Span

FOLLOW = frozenset({"followed", "follow", "follows", "too", "likewise"})
SO = frozenset({"so", "as", "is", "are", "was", "were", "do", "does", "has", "have", "and"})
FLIPPED = {State.OPEN: State.CLOSED, State.CLOSED: State.OPEN}
ECHOES = frozenset(
    {
        ("do", "so"),
        ("do", "it"),
        ("do", "that"),
        ("do", "this"),
        ("make", "it"),
        ("such", "plans"),
        ("such", "a"),
        ("such", "step"),
        ("that", "kind"),
        ("this", "kind"),
        ("that", "sort"),
        ("this", "step"),
        ("that", "step"),
    }
)


def gap_claim(page: Page, s: Sentence, clause: Clause, before: list[Draft]) -> list[Draft]:
    """The claim before, told again of other crossings with their own time; nothing where the clause has a deed of its own."""
    draft, pattern = _pattern(before)
    phrases = [p for p in page.phrases_in(clause.first, clause.last) if p.how == "named"]
    if draft is None or pattern is None or len(phrases) != 1 or _speaks_for_itself(page, clause) or phrases[0].ids == pattern.crossings:
        return []
    phrase = phrases[0]
    told = timing(page, phrase.last, clause.last, True)
    denied = _is_not(page, clause, phrase)
    if denied:
        if pattern.state not in FLIPPED or pattern.commitment is not Commitment.IN_EFFECT:
            return []
        pattern = replace(pattern, state=FLIPPED[pattern.state])
    if not _fits(page, clause, phrase, told, denied):
        return []
    claim = _retold(pattern, phrase, told)
    start, end = trim(page, phrase.start, page.words[clause.last - 1][1])
    return [Draft(claim, start, end, page.speaker_at(start, end), phrase.basis, 0.75, "status: as the clause before")]


def _pattern(before: list[Draft]) -> tuple[Draft | None, Status | None]:
    for draft in reversed(before):
        if isinstance(draft.claim, Status):
            return draft, draft.claim
    return None, None


def _speaks_for_itself(page: Page, clause: Clause) -> bool:
    """Whether the clause has a deed, a word of saying or a cue of its own (but a "not" that closes it)."""
    marks = page.beads_in(clause.first, clause.last, "act", "say", "op")
    closing = page.beads_in(clause.last - 2, clause.last, "op")
    return any(b.value != "no" or not closing for b in marks)


def _fits(page: Page, clause: Clause, phrase: Phrase, told: Timing, denied: bool) -> bool:
    """Whether the clause is nothing but a name with its time, "so is NAME", or "NAME followed"."""
    between = {page.word(i) for i in range(clause.first, phrase.first)}
    so = between <= SO
    follows = page.word(phrase.last) in FOLLOW
    as_well = so and phrase.first > clause.first and (clause.hinge in ("so", "as") or page.word(clause.first) in ("so", "as"))
    leading = phrase.first - clause.first <= 2 or so
    return leading and bool(follows or as_well or denied or told.span.start or told.hours)


def _is_not(page: Page, clause: Clause, phrase: Phrase) -> bool:
    """Whether the clause is "... and Pededze is not."."""
    tail = [page.word(i) for i in range(phrase.last, clause.last)]
    return tail[:2] in (["is", "not"], ["are", "not"], ["does", "not"], ["do", "not"]) and len(tail) <= 3


def _retold(pattern: Status, phrase: Phrase, told: Timing) -> Status:
    """The claim before with these crossings and times."""
    said, span = pattern.commitment, told.span
    if told.future and said is Commitment.IN_EFFECT:
        if pattern.span.start:  # told as past: "... on the 24th, Salla on the 30th"
            span = Span(None, span.until)
        else:
            said = Commitment.ORDERED
    return replace(pattern, crossings=phrase.ids, border=phrase.border, span=span, hours=told.hours, commitment=said)


def echo_claim(page: Page, s: Sentence, clause: Clause, said: list[Draft]) -> list[Draft]:
    """ "The government has no plans to do so": the closing spoken of before, ruled out."""
    draft, pattern = _pattern(said)
    ops = [b.value for b in page.beads_in(clause.first, clause.last, "op")]
    pairs = {(page.word(i), page.word(i + 1)) for i in range(clause.first, clause.last - 1)}
    refuses = "plan" in ops and ops.count("no") == 1 and "if" not in ops and bool(pairs & ECHOES)
    if draft is None or pattern is None or s.ask or not refuses:
        return []
    if pattern.commitment in (Commitment.IN_EFFECT, Commitment.ENDED) and pattern.state is State.CLOSED:
        return []
    here = [p for p in page.phrases_in(s.first, clause.last) if p.how == "named"]
    if here and (set(here[-1].ids) != set(pattern.crossings) or pattern.commitment is Commitment.IN_EFFECT):
        pattern = Status(here[-1].ids, here[-1].border, State.CLOSED, Commitment.RULED_OUT)
    start, end = trim(page, page.words[clause.first][0], page.words[clause.last - 1][1])
    claim = Status(pattern.crossings, pattern.border, pattern.state, Commitment.RULED_OUT, pattern.lanes)
    return [Draft(claim, start, end, page.speaker_at(start, end), draft.basis, 0.75, "status: no plans for it")]
