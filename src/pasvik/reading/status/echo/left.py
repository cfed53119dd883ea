"""What closings leave: "Silene was shut, leaving Pāternieki as the only way", "that leaves two, Medininkai and Šalčininkai"."""

from __future__ import annotations

from pasvik.reading.clause.clause import Clause
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.page import Page, Sentence
from pasvik.terms.claim import Commitment, State, Status

LEAVES = frozenset({"leaves", "left", "leave", "leaving"})
POINTS = frozenset({"that", "this", "which", "it", "-"})        # "THAT leaves Salla", and not "he left Salla"
BETWEEN = frozenset({"only", "just", "the", "us", "but", "solely", "them", "you", "with"})
BACK = 3  # claims back in which the closing must stand
GONE = frozenset({"closed", "shut", "empty", "without", "unmanned", "deserted", "stranded", "isolated", "vulnerable", "as"})
ONLY = frozenset({"only", "sole", "last", "single", "one"})


def left_claim(page: Page, s: Sentence, clause: Clause, said: list[Draft]) -> list[Draft]:
    """The crossings that a closing told just before leaves open; nothing where no other crossing of that border was closed."""
    if s.ask or (clause.hinge != "leaving" and page.beads_in(clause.first, clause.last, "act", "op")):
        return []
    verb = clause.first - 1 if clause.hinge == "leaving" else next((i for i in range(clause.first, clause.last) if page.word(i) in LEAVES), None)
    if verb is None or page.beads_in(clause.first, clause.last, "act", "say"):
        return []
    pointed = clause.hinge in ("leaving", "which", "that", "-") or page.word(verb - 1) in POINTS
    phrases = [p for p in page.phrases_in(verb + 1, clause.last) if p.ids and p.how in ("named", "set")]
    if not pointed or not phrases or any(page.word(i) not in BETWEEN for i in range(verb + 1, phrases[0].first)):
        return []
    after = page.word(phrases[0].last)
    if after in GONE and not (after == "as" and {page.word(i) for i in range(phrases[0].last, phrases[0].last + 4)} & ONLY):
        return []
    left = phrases[0]
    shut = [d.claim for d in said[-BACK:] if isinstance(d.claim, Status) and d.claim.state is State.CLOSED and d.claim.border == left.border]
    if not any(c.commitment in (Commitment.IN_EFFECT, Commitment.ORDERED) and c.crossings and not set(c.crossings) & set(left.ids) for c in shut):
        return []
    start, end = trim(page, page.words[verb][0], page.words[clause.last - 1][1])
    claim = Status(left.ids, left.border, State.OPEN, Commitment.IN_EFFECT)
    return [Draft(claim, start, end, page.speaker_at(start, end), left.basis, 0.75, "status: left open")]
