"""One crossing told to be, or not to be, among those that are opened, closed or kept so: "Salla is one of four that Finland has kept open"."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.modality import Force, force
from pasvik.reading.clause.timing import Timing, timing
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.page import Bead, Page, Phrase, Sentence
from pasvik.reading.status.deed import STATES
from pasvik.reading.status.make import make
from pasvik.terms.claim import Commitment, State, Status

BEING = frozenset({"is", "are", "was", "were", "remains"})
NOT = frozenset({"not", "n't", "t"})
REACH = 14  # words between "among" and what is done to them
TOLD = frozenset({"open", "close", "work"})
VERBS = frozenset({"past", "adj", "base", "s"})
REMAINS = frozenset({"remains", "remain"})
PART = frozenset({"most", "some", "several"})


def member_claim(page: Page, s: Sentence, cut: list[Clause]) -> list[Draft]:
    """The claim of a sentence that counts one named crossing among others, or leaves it out of them."""
    if s.ask:
        return []
    for phrase in page.phrases_in(s.lead, s.last):
        at = _among(page, s, phrase) if phrase.how == "named" and phrase.ids else None
        if at is None:
            continue
        acts = page.beads_in(at, min(at + REACH, s.last), "act")
        deed = next((b for b in acts if b.value in TOLD and (b.forms & VERBS or page.word(b.first - 1) in BEING)), None)
        clause = next((c for c in cut if deed and c.first <= deed.first < c.last), None)
        if deed and clause and page.word(at) not in PART and not _of_people(page, at, deed):
            return _member(page, s, cut, clause, deed, phrase)
    return []


def remains_claim(page: Page, s: Sentence) -> list[Draft]:
    """ "There remains exactly one, Terespol", "there remain two open points: Salla and Vartius": those are what is still open."""
    at = next((i for i in range(s.lead, s.last) if page.word(i) == "there" and page.word(i + 1) in REMAINS), None)
    if at is None or s.ask or page.beads_in(at, min(at + REACH, s.last), "time", "say") or page.beads_in(s.lead, at, "op"):
        return []
    phrase = next((p for p in page.phrases_in(at, min(at + REACH, s.last)) if p.how == "named" and p.ids), None)
    number = page.beads_in(at + 2, at + 5, "number")
    if phrase is None or not number or number[0].value != str(len(phrase.ids)) or any(b.value == "close" for b in page.beads_in(at, s.last, "act")):
        return []
    if page.beads_in(number[0].last, phrase.first, "unit", "folk", "op"):
        return []
    start, end = trim(page, page.words[at][0], phrase.end)
    claim = Status(phrase.ids, phrase.border, State.OPEN, Commitment.IN_EFFECT)
    return [Draft(claim, start, end, page.speaker_at(start, end), confidence=0.75, found_by="status: there remains")]


def _among(page: Page, s: Sentence, phrase: Phrase) -> int | None:
    """The word after "is (not) among" or "is (not) one of" whose subject a phrase is; an aside between two commas may stand between."""
    at = phrase.last
    if page.word(at) == ",":
        at = next((i + 1 for i in range(at + 1, min(at + REACH, s.last)) if page.word(i) == ","), at)
    if page.word(at) not in BEING:
        return None
    at += 1
    while page.word(at) in NOT or page.word(at) in ("'", "also", "thus"):
        at += 1
    if page.word(at) in ("among", "amongst"):
        return at + 1
    return at + 2 if page.word(at) == "one" and page.word(at + 1) == "of" else None


def _of_people(page: Page, first: int, deed: Bead) -> bool:
    """ "One of the towns where shops were closed": another noun is what is opened or closed."""
    known = page.phrases_in(first, deed.first) or page.beads_in(first, first + 3, "number", "head", "who")
    return not known or any(page.word(i) in ("where", "whose") for i in range(first, deed.first))


def _member(page: Page, s: Sentence, cut: list[Clause], clause: Clause, deed: Bead, phrase: Phrase) -> list[Draft]:
    how = force(page, s, cut, clause, deed)
    out = any(page.word(i) in NOT for i in range(phrase.last, deed.first))
    state = STATES[deed.value]
    if how.commitment is None and deed.forms & {"ing", "past"} and page.word(deed.first - 1) == "being":
        how = replace(how, commitment=Commitment.ORDERED)
    if out:
        state, how = (State.CLOSED if state is State.OPEN else State.OPEN), Force(Commitment.IN_EFFECT)
    elif how.negated:
        return []
    told = Timing() if out else timing(page, clause.first, clause.last, True)
    last = min(max(deed.last, phrase.last), s.last)
    draft = make(page, clause, deed, (phrase,), state, how, told, span=(phrase.start, page.words[last - 1][1]))
    return [draft] if draft else []
