"""Who "they" are: the people counted last, if they were counted just before."""

from __future__ import annotations

from pasvik.reading.page.page import Page, Sentence
from pasvik.reading.people.amount import Amount
from pasvik.reading.people.frame import Scene
from pasvik.terms.claim import Number

BACK = 2                                                        # sentences


def referent(told: list[Scene], amount: Amount, s: Sentence) -> Number | None:
    """The number of the people that a pronoun points at (without a count where they were not counted), None where there are none."""
    for scene in reversed(told):
        if scene.sentence.number > s.number or scene.sentence.number < s.number - BACK:
            continue
        acting = [f.amount for f in scene.frames if _somebody(f.amount, amount)]
        others = [a for a in scene.amounts if _somebody(a, amount)]
        for other in (*reversed(acting), *others):
            return None if other.zero else other.number
    return None


def counts_things(page: Page, amount: Amount) -> bool:
    """"Balloons crossed the border. Sixty-six came over": a bare number counts what was named last, where those are things and no people."""
    s = page.sentence_at(page.words[amount.first][0])
    first = page.sentences[max(0, s.number - BACK)].first if s else amount.first
    named = page.beads_in(first, amount.first, "folk", "thing", "unit")
    return bool(named) and (named[-1].kind, named[-1].value) == ("unit", "thing")


def _somebody(other: Amount, amount: Amount) -> bool:
    """Whether an amount before the pronoun is one of people."""
    return other.last <= amount.first and other.how != "pointed" and other.noun in ("people", "asylum", "nation", "group", "")
