"""Others who do not get what was told of some: "Medininkai: cars get through. Lorries do not."."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.lane import lanes_of
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.page import Page, Sentence
from pasvik.reading.status.passage import SERVES
from pasvik.terms.claim import Basis, Commitment, State, Status
from pasvik.terms.moment import Span

DENIED = frozenset({"do", "does", "may", "can", "are", "is", "will"})
FLIPPED = {State.OPEN: State.CLOSED, State.RESTRICTED: State.CLOSED, State.CLOSED: State.OPEN}


def others_claim(page: Page, s: Sentence, clause: Clause, said: list[Draft]) -> list[Draft]:
    """The claim before turned round for other lanes; nothing where the clause is more than "lorries do not"."""
    last = said[-1] if said else None
    before = page.sentence_at(last.start) if last else None
    things = [b for b in page.beads_in(clause.first, clause.last, "thing") if b.value in SERVES - {"traffic", "asylum"}]
    if last is None or before is None or not 0 <= s.number - before.number <= 1 or not things or s.ask or not isinstance(last.claim, Status):
        return []
    claim = last.claim
    words = [page.word(i) for i in range(things[-1].last, clause.last) if page.word(i).isalpha()]
    bare = things[0].first - clause.first <= 1 and ((len(words) == 2 and words[0] in DENIED and words[1] == "not") or words == ["cannot"])
    if not bare or claim.lanes == ("all",) or claim.commitment not in (Commitment.IN_EFFECT, Commitment.ORDERED) or not claim.crossings:
        return []
    start, end = trim(page, page.words[clause.first][0], page.words[clause.last - 1][1])
    turned = replace(claim, state=FLIPPED[claim.state], lanes=lanes_of(things), span=Span(claim.span.start, None), hours=None, applies_to=None)
    return [Draft(turned, start, end, page.speaker_at(start, end), Basis.STATED, 0.75, "status: others do not")]
