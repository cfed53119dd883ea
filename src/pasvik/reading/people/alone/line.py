"""Queues: "the line at Terehova numbered 300", "1,240 lorries on the far side", "120 in front of the barrier", "520 lorries a day"."""

from __future__ import annotations

from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Page, Sentence
from pasvik.reading.people.amount import Amount
from pasvik.reading.people.noun import noun_of

STANDING = frozenset({"front", "side", "ours", "theirs", "gate", "gates", "barrier", "barriers", "park", "ahead", "apron", "terminal"})
SIDES = frozenset({"side", "ours", "theirs", "sides"})
RATES = frozenset({"day", "night", "week", "month", "hour", "shift"})
OF_QUEUE = frozenset({"noun", "adj"})
LOOK = 30                                                       # words between "the queue" and how long it is


def queue_before(page: Page, s: Sentence, amount: Amount, first: int) -> Bead | None:
    """The word for a queue before a number, where nobody does anything in between; first: the word from which it may stand."""
    waits = [b for b in page.beads_in(first, amount.first, "move") if b.value == "wait" and not page.word(b.last).isdigit()]
    queues = [b for b in waits if b.forms & OF_QUEUE or b.first <= s.lead + 3]
    if not queues or not 0 < amount.first - queues[-1].last <= LOOK or amount.how in ("plain", "pointed"):
        return None
    other = [b for b in page.beads_in(queues[-1].last, amount.first, "move", "act") if b.value not in ("wait", "stand", "arrive")]
    return None if other else queues[-1]


def stands(page: Page, first: int, last: int, amount: Amount) -> bool:
    """Whether vehicles in words first..last stand before a barrier or on one side of it."""
    after = {page.word(i) for i in range(max(first, amount.first - 8), min(last, amount.last + 9))}
    return amount.noun in ("vehicle", "") and bool(after & STANDING)


def beside(page: Page, amount: Amount) -> bool:
    """"and 340 on ours", "90 on the Polish side": a place that is told by its side alone."""
    return page.word(amount.last) in ("on", "at") and bool({page.word(i) for i in range(amount.last + 1, amount.last + 5)} & SIDES)


def each(page: Page, amount: Amount) -> bool:
    """"520 lorries a day", "90 trucks per shift"."""
    return (page.word(amount.last) in ("a", "per", "each", "every") and page.word(amount.last + 1) in RATES) or page.word(amount.last) == "daily"


def vehicles_before(page: Page, cursor: Cursor, s: Sentence, before: int) -> bool:
    """Whether the last thing counted before a word, in this sentence or the one before, is a vehicle."""
    first = page.sentences[max(0, s.number - 1)].first
    nouns = [noun for b in page.beads_in(first, before, "thing", "folk") if (noun := noun_of(page, cursor, b.first))]
    return bool(nouns) and nouns[-1] == "vehicle"
