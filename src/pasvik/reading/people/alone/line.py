"""Queues: "the line at Terehova numbered 300", "1,240 lorries on the far side", "120 in front of the barrier", "520 lorries a day"."""

from __future__ import annotations

from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Page, Phrase, Sentence
from pasvik.reading.people.amount import Amount
from pasvik.reading.people.noun import noun_of

STANDING = frozenset({"front", "side", "ours", "theirs", "gate", "gates", "barrier", "barriers", "park", "ahead", "apron", "terminal"})
SIDES = frozenset({"side", "ours", "theirs", "sides"})
RATES = frozenset({"day", "night", "week", "month", "hour", "shift"})
OF_QUEUE = frozenset({"noun", "adj"})
ROW = 4                                                         # words before the name in a row of a list, or in a row that only names a country
ROWS = 20                                                       # rows that a list of queues may have
LOOK = 30                                                       # words between "the queue" and how long it is


def queue_before(page: Page, s: Sentence, amount: Amount, first: int) -> Bead | None:
    """The word for a queue before a number, where nobody does anything in between; first: the word from which it may stand."""
    waits = [b for b in page.beads_in(first, amount.first, "move") if b.value == "wait" and not page.word(b.last).isdigit()]
    queues = [b for b in waits if b.forms & OF_QUEUE or b.first <= s.lead + 3]
    if not queues or not 0 < amount.first - queues[-1].last <= LOOK or amount.how in ("plain", "pointed"):
        return None
    other = [b for b in page.beads_in(queues[-1].last, amount.first, "move", "act") if b.value not in ("wait", "stand", "arrive")]
    return None if other else queues[-1]


def row_of_queues(page: Page, s: Sentence, amount: Amount) -> Phrase | None:
    """The crossing of a number in "Terespol - 160 cars, 12 buses", a row in a list that a line such as "Queues at the border" opens."""
    named = [p for p in page.phrases_in(s.first, s.last) if p.how == "named" and p.ids]
    before = [p for p in named if p.last <= amount.first]
    if not before or len(before[-1].ids) != 1 or named[0].first - s.first > ROW or page.beads_in(s.first, s.last, "act", "say", "op", "move"):
        return None
    for number in range(s.number - 1, max(-1, s.number - ROWS), -1):
        above = page.sentences[number]
        places = [p for p in page.phrases_in(above.first, above.last) if p.how == "named"]
        heads = page.low[above.start : above.end].rstrip()[-1:] not in ".!?"
        if not places and heads and any(b.value == "wait" for b in page.beads_in(above.first, above.last, "move")):
            return before[-1] if not page.beads_in(above.first, above.last, "act", "say", "op") else None
        row = places and page.beads_in(above.first, above.last, "number")
        if page.beads_in(above.first, above.last, "act", "say", "op") or not (row or above.last - above.first <= ROW):
            return None
    return None


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
