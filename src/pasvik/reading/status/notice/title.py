"""Headlines without a verb: "Suspension of traffic at Bobrowniki", "Re-closure of the land border"; how far it has gone, the text below tells."""

from __future__ import annotations

from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.page import Bead, Page, Phrase, Sentence
from pasvik.terms.claim import Basis, Commitment, State, Status, Zone

STATES = {"close": State.CLOSED, "stop": State.CLOSED, "open": State.OPEN}
OF = frozenset({"of", "at", "in", "for", "the", "all", "border", "traffic", "road", "passenger", "land", "work", "operations", "on", "to", "its"})
SURE = frozenset({Commitment.IN_EFFECT, Commitment.ORDERED, Commitment.PLANNED})


def titled_claims(page: Page, found: list[Draft]) -> list[Draft]:
    """The claims of headlines that only name a deed and its crossings, where the text goes on to say the same of the same crossings."""
    told: list[Draft] = []
    for s in page.sentences[:3]:
        if s.zone is Zone.HEADLINE and not s.ask and not any(s.start <= d.start < s.end for d in found):
            told += _titled(page, s, found)
    return told


def _titled(page: Page, s: Sentence, found: list[Draft]) -> list[Draft]:
    acts = page.beads_in(s.lead, s.last, "act")
    deed = acts[0] if len(acts) == 1 and acts[0].value in STATES and "noun" in acts[0].forms else None
    phrase = _of(page, s, deed) if deed else None
    if deed is None or phrase is None or page.beads_in(s.lead, s.last, "op"):
        return []
    state = STATES[deed.value]
    same = (d for d in found if isinstance(d.claim, Status) and d.claim.crossings == phrase.ids and d.claim.state is state)
    below = next((d for d in same if isinstance(d.claim, Status) and d.claim.commitment in SURE and d.claim.lanes == ("all",)), None)
    if below is None or not isinstance(below.claim, Status):
        return []
    start, end = trim(page, deed.start, phrase.end)
    claim = Status(phrase.ids, phrase.border, state, below.claim.commitment)
    return [Draft(claim, start, end, None, Basis.INFERRED if phrase.how != "named" else Basis.STATED, 0.8, "status: title")]


def _of(page: Page, s: Sentence, deed: Bead) -> Phrase | None:
    """The crossings right behind the noun: "closure of Salla", "suspension of border traffic at Bobrowniki"; nothing else may stand there."""
    phrase = next((p for p in page.phrases_in(deed.last, s.last) if p.ids and not p.part), None)
    plain = phrase is not None and all(page.word(i) in OF for i in range(deed.last, phrase.first))
    return phrase if plain and deed.first - s.lead <= 3 else None
