"""Joins each deed of a sentence with the people who did or suffered it: one frame is one deed and one amount."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.modality import Force, force
from pasvik.reading.page.cursor import Cursor, cursor_of
from pasvik.reading.page.page import Page, Sentence
from pasvik.reading.people.amount import Amount, amounts
from pasvik.reading.people.event import OBJECTS, Event, events, parts

PREPOSITIONS = frozenset({
    "at", "to", "in", "into", "from", "of", "with", "by", "on", "through", "via", "across", "near", "before", "behind", "along",
    "between", "towards", "outside", "for", "over", "the", "their", "its", "front", "s", "a", "as"
})
GROUP = frozenset({
    "has", "have", "had", "been", "being", "be", "is", "are", "was", "were", "also", "already", "now", "since", "still", "only",
    "then", "later", "yet", "so", "far", "just", "actually", "all", "both", "currently", "reportedly", "did", "do", "does", "ever",
    "even", "immediately", "either", "simply"
})
MODALS = frozenset({"can", "could", "may", "might", "must", "should", "ought", "able", "allowed", "permitted"})
NOT = frozenset({"not", "never", "t", "cannot"})
ASKING = frozenset({"of", "about", "know", "knows", "knew", "ask", "asks", "asked", "asking", "unclear", "clear", "wonder", "wonders", "tell", "say", "on"})
ASIDE = frozenset({"with", "after", "by", "for", "since", "than", "from", "as"})
NEAR = 9                                                        # words between an active verb and its object
GOVERNS = frozenset({"way", "act", "move", "country", "crossing", "head", "quant", "role", "body"})
SUBJECTS = frozenset({"country", "body", "office", "role", "crossing", "head"})


@dataclass(frozen=True, slots=True)
class Frame:
    """One deed by or to one amount of people in one clause. negated: the deed itself is denied."""

    sentence: Sentence
    amount: Amount
    event: Event
    clause: Clause
    clauses: tuple[Clause, ...]
    force: Force
    negated: bool
    passive: bool
    modal: bool = False                                         # can, could, may, must: a power or a duty, not a deed

    @property
    def first(self) -> int:
        """The first word of the deed and its people."""
        return min(self.amount.first, self.event.first)

    @property
    def last(self) -> int:
        """The word after the deed and its people."""
        return max(self.amount.last, self.event.last)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its frames, and the amounts that no deed took."""

    sentence: Sentence
    clauses: tuple[Clause, ...]
    frames: tuple[Frame, ...]
    amounts: tuple[Amount, ...]
    events: tuple[Event, ...]

    def loose(self) -> list[Amount]:
        """Amounts that are in no frame."""
        held = [f.amount for f in self.frames]
        return [a for a in self.amounts if a not in held]


def scenes(page: Page) -> list[Scene]:
    """Every sentence that speaks of people or vehicles, in order."""
    return page.once("people", lambda: _scenes(page))


def _scenes(page: Page) -> list[Scene]:
    cursor = cursor_of(page)
    return [scene for s in page.sentences if (scene := _scene(page, cursor, s)).amounts]


def _scene(page: Page, cursor: Cursor, s: Sentence) -> Scene:
    told = amounts(page, cursor, s)
    if not told:
        return Scene(s, (), (), (), ())
    deeds = [e for e in events(page, cursor, s) if not any(a.first <= e.first < a.last or _attempted(page, a, e) for a in told)]
    cut = parts(page, s, deeds)
    frames: list[Frame] = []
    for event in deeds:
        clause = next((c for c in cut if c.first <= event.first < c.last), None)
        if clause:
            frames += _bind(page, cursor, s, cut, clause, event, told, deeds)
    return Scene(s, tuple(cut), tuple(frames), tuple(told), tuple(deeds))


def _attempted(page: Page, amount: Amount, event: Event) -> bool:
    """"attempts to | cross": the deed belongs to the noun."""
    return amount.noun == "attempt" and event.first == amount.last + 1 and page.word(amount.last) == "to"


def _bind(
    page: Page, cursor: Cursor, s: Sentence, cut: list[Clause], clause: Clause, event: Event, told: list[Amount], deeds: list[Event],
) -> list[Frame]:
    """The frames of one deed: one for each amount that shares it, none where nobody is counted or named."""
    if clause.hinge in ("who", "which") and page.word(clause.first - 2) in ASKING:
        return []                                               # "the question of who sent them"
    how = force(page, s, cut, _main(page, clause, event, deeds), event.bead)
    negated, passive, modal = _verb_group(page, clause, event)
    passive = passive and not event.bead.forms <= {"ing"}
    amount = _who(page, cursor, clause, event, passive, told, deeds)
    if amount is None or (event.deed == "foil" and event.bead.kind == "act" and amount.vehicles):      # lorries that were stopped are traffic
        return []
    if event.deed == "return" and amount.first >= event.last:      # "Finland returned eight people": they did not return, they were sent
        event = replace(event, deed="back")
    return [Frame(s, a, event, clause, tuple(cut), how, negated, passive, modal) for a in _with_siblings(page, amount, told)]


def _main(page: Page, clause: Clause, event: Event, deeds: list[Event]) -> Clause:
    """"eight people who wanted to enter Estonia | arrived": the main verb after a relative clause takes no cue from inside it."""
    finite = "past" in event.bead.forms and page.word(event.first - 1) not in GROUP | MODALS | NOT | {"to", "and", "or", ","}
    cues = page.beads_in(clause.first, event.first - 1, "op") if clause.hinge in ("who", "which", "that") and finite else []
    other = [*page.beads_in(cues[0].last, event.first, "way", "act"), *(d.bead for d in deeds if cues[0].last <= d.first < event.first)] if cues else []
    return replace(clause, first=event.first, hinge="") if other else clause


def _verb_group(page: Page, clause: Clause, event: Event) -> tuple[bool, bool, bool]:
    """(negated, passive, modal) by the helping verbs right before a deed."""
    negated = passive = modal = False
    index = event.first - 1
    while (index >= clause.first - 2 and page.word(index) in GROUP | NOT | MODALS | {"'"}) or page.word(index).endswith("ly"):
        negated = negated or page.word(index) in NOT
        passive = passive or page.word(index) in ("is", "are", "was", "were", "be", "been", "being")
        modal = modal or page.word(index) in MODALS
        index -= 1
    return negated, passive or page.word(event.first - 1) == "be", modal


def _who(page: Page, cursor: Cursor, clause: Clause, event: Event, passive: bool, told: list[Amount], deeds: list[Event]) -> Amount | None:
    """Whom the deed concerns: its object where it is active and done to people, else its subject."""
    before = _subject(page, cursor, clause, event, told, deeds)
    after = _object(page, clause, event, told, deeds)
    if event.deed in OBJECTS and not passive:
        if after:
            return after
        reduced = event.bead.forms & {"past"} and before and (event.first - before.last <= 1 or before.noun == "attempt")
        return before if reduced or (event.deed in ("count",) and before and before.noun in ("crossing",)) else None
    if event.deed == "wait" and event.bead.forms <= {"noun"}:
        return after                                            # "300 lorries passed and the queue is long": they are not the queue
    if passive and after and page.word(after.first - 1) == "by" and event.deed == "cross":
        return after
    if before:
        return before
    if event.bead.forms & {"noun"} or event.deed in ("offer",):
        return after
    return after if after and after.first - event.last <= 4 and _inverted(page, clause, event, after) else None


def _subject(page: Page, cursor: Cursor, clause: Clause, event: Event, told: list[Amount], deeds: list[Event]) -> Amount | None:
    """The nearest amount before the deed, where nobody else could be its subject in between."""
    amount = _head(page, [a for a in told if a.last <= event.first])
    if amount is None:
        return None
    if _other_subject(page, cursor, amount.last, event.first):
        return None
    if amount.last <= clause.first and clause.hinge not in ("who", "that", "which", "and", "or", ",", "and then", "-", "(", ")", "while"):
        return None
    return amount


def _head(page: Page, before: list[Amount]) -> Amount | None:
    """The last amount, but in "three families with seven children" and "three people, two men and a woman," the first."""
    at = len(before) - 1
    while at > 0:
        between = [page.word(i) for i in range(before[at - 1].last, before[at].first)]
        hung = between[-1:] in (["with"], ["including"], ["among"]) and len(between) <= 3
        aside = hung or (between == [","] and not before[at].vehicles)
        if not aside or not before[at].noun or not before[at - 1].noun or before[at - 1].how == "plain":
            break
        at -= 1
    return before[at] if before else None


def _other_subject(page: Page, cursor: Cursor, first: int, last: int) -> bool:
    """Whether a state, a body, a person or a crossing stands between as a subject, or somebody speaks."""
    for index in range(first, last):
        bead = cursor.bead(index)
        if bead is None or bead.first != index:
            continue
        pronoun = bead.kind == "who" and bead.value in ("it", "he", "they") and page.word(index) not in ("them", "these", "those")
        if bead.kind == "say" or pronoun:
            return True
        before = cursor.bead(index - 1)
        governed = page.word(index - 1) in PREPOSITIONS or (before is not None and before.kind in GOVERNS)
        if bead.kind in SUBJECTS and not governed:
            return True
    return False


def _object(page: Page, clause: Clause, event: Event, told: list[Amount], deeds: list[Event]) -> Amount | None:
    """The nearest amount after the deed in its clause, with no other deed in between."""
    amount = next((a for a in told if a.first >= event.last), None)
    if amount is None or amount.first >= clause.last or amount.first - event.last > NEAR:
        return None
    between = range(event.last, amount.first)
    broken = any(e.first in between for e in deeds) or any(page.word(i) in (".", ";", ":", ",") for i in between)
    return None if broken else amount


def _inverted(page: Page, clause: Clause, event: Event, amount: Amount) -> bool:
    """"to the checkpoint Salla came 35 asylum seekers", "waiting there are 20 people": the people stand after the deed."""
    return amount.how in ("counted", "vague") and not any(page.word(i) in ASIDE for i in range(event.last, amount.first))


def _with_siblings(page: Page, amount: Amount, told: list[Amount]) -> list[Amount]:
    """"70 cars and 12 lorries": amounts joined by "and" or a comma share one deed."""
    found = [amount]
    for other in reversed(told[:told.index(amount)]):
        between = [page.word(i) for i in range(other.last, found[0].first)]
        if not _hang_together(between, other, amount):
            break
        found.insert(0, other)
    for other in told[told.index(amount) + 1:]:
        if not _hang_together([page.word(i) for i in range(found[-1].last, other.first)], other, amount):
            break
        found.append(other)
    return found


def _hang_together(between: list[str], one: Amount, other: Amount) -> bool:
    """"70 cars and 12 lorries"; a mere comma joins vehicles only, for "three people, two men" are three."""
    joined = between in (["and"], [",", "and"], ["as", "well", "as"]) or (between == [","] and one.vehicles and other.vehicles)
    return joined and bool(one.noun and other.noun) and one.how == other.how == "counted"
