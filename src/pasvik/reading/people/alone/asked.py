"""Numbers that answer a question: "How many have you had to refuse?" "Fourteen so far."."""

from __future__ import annotations

from dataclasses import dataclass

from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Page, Sentence
from pasvik.reading.people.amount import Amount
from pasvik.reading.people.event import events
from pasvik.reading.people.noun import noun_of
from pasvik.reading.people.place import Where, spoken_of, topic, where

BACK = 2                                                        # sentences between a question and its answer
BY_DEED = {
    "arrive": "arrivals", "receive": "arrivals", "count": "arrivals", "apply": "asylum_applications", "cross": "crossings", "check": "crossings",
    "refuse": "turned_back", "foil": "turned_back", "wait": "waiting"}
BY_NOUN = {"application": "asylum_applications", "crossing": "crossings", "arrival": "arrivals"}
NOUN_LOOK = 4                                                   # words between "how many" and what is asked for
FIRST_WORDS = 6                                                 # words of an answer before its number


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question wants to be counted, of whom and where."""

    what: str
    noun: str
    place: Where | None


def asked_before(page: Page, cursor: Cursor, s: Sentence, amount: Amount) -> Asked | None:
    """The question "how many" that an amount answers: asked a sentence or two before, with no other number in between."""
    if amount.first - s.lead > FIRST_WORDS or s.ask:
        return None
    for number in range(s.number - 1, max(-1, s.number - BACK - 1), -1):
        question = page.sentences[number]
        if question.ask:
            return _asked(page, cursor, question)
        if any(b.kind == "number" for b in page.beads_in(question.lead, question.last)):
            return None
    return None


def _asked(page: Page, cursor: Cursor, s: Sentence) -> Asked | None:
    at = next((i for i in range(s.lead, s.last - 1) if page.word(i) == "how" and page.word(i + 1) == "many"), None)
    if at is None:
        return None
    named = [noun for i in range(at + 2, min(at + 2 + NOUN_LOOK, s.last)) if (noun := noun_of(page, cursor, i))]
    deeds = [e.deed for e in events(page, cursor, s) if e.first > at]
    noun = named[0] if named else ""
    what = BY_NOUN.get(noun) or next((BY_DEED[deed] for deed in deeds if deed in BY_DEED), "")
    if not what or (not noun and page.beads_in(at + 2, at + 4, "unit")):
        return None
    place = where(page, s.first, s.last, at, at) or topic(page) or spoken_of(page, s, s.last)
    return Asked("crossings" if noun == "vehicle" and what == "arrivals" else what, noun, place)
