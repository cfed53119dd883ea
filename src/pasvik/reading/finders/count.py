"""Finds how many people, vehicles or applications came, crossed, wait or were turned back at a crossing or border."""

from __future__ import annotations

from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.finders.movement import fate_of, in_charge
from pasvik.reading.page.actor import find_actors
from pasvik.reading.page.cursor import Cursor, cursor_of
from pasvik.reading.page.page import Page
from pasvik.reading.people.alone.line import vehicles_before
from pasvik.reading.people.alone.loose import Kept, loose_count
from pasvik.reading.people.amount import Amount
from pasvik.reading.people.frame import Frame, Scene, scenes
from pasvik.reading.people.period import context, period, so_far
from pasvik.reading.people.place import Where, place_after, spoken_of, where
from pasvik.reading.people.referent import counts_things, referent
from pasvik.terms.claim import Commitment, Count, Number
from pasvik.terms.moment import Span
from pasvik.terms.statement import Speaker

SO = frozenset({Commitment.IN_EFFECT, Commitment.ORDERED, Commitment.ENDED})
WHAT = {
    "arrive": "arrivals", "receive": "arrivals", "count": "arrivals", "apply": "asylum_applications", "cross": "crossings",
    "check": "crossings", "keep": "waiting", "refuse": "turned_back", "foil": "turned_back", "wait": "waiting"}
BY_NOUN = {"application": "asylum_applications", "crossing": "crossings", "arrival": "arrivals"}
JOINTS = frozenset({",", "and", ";", "while", "but"})
AIM_LOOK = 6                                                    # words between "came" and "to apply for asylum"
SINCE = 2                                                       # sentences over which a bare number is more of the same
NEAR = 8                                                        # words between a place and the number that the quote takes in
WHERE = frozenset({"where", "which", "who"})


def find(page: Page) -> list[Draft]:
    """All counts of a page, in order of place."""
    cursor = cursor_of(page)
    told = scenes(page)
    found: list[Draft] = []
    kept: Kept | None = None
    for scene in told:
        made: list[tuple[Amount, Draft]] = []
        for frame in scene.frames:
            draft = _counted(page, cursor, told, scene, frame, kept)
            if draft and not _told_better(scene, frame) and not any(amount is frame.amount for amount, _ in made):
                made.append((frame.amount, draft))
        for amount in scene.loose():
            before = [pair for pair in made if pair[0].first < amount.first]
            last = Kept(before[-1][1], before[-1][0].noun, scene.sentence) if before else kept
            draft = loose_count(page, cursor, scene, amount, last)
            if draft:
                made.append((amount, draft))
                made.sort(key=lambda pair: pair[0].first)
        found += [draft for _, draft in made]
        kept = Kept(made[-1][1], made[-1][0].noun, scene.sentence) if made else kept
    return [draft for draft in found if not in_charge(page, draft)]


def _counted(page: Page, cursor: Cursor, told: list[Scene], scene: Scene, frame: Frame, kept: Kept | None) -> Draft | None:
    """The count of one frame, or None where it is no count, is not so, or nobody can tell where."""
    what = "crossings" if _left_by(page, frame) else _same_again(frame, kept) or _purpose(page, scene, frame) or _what(frame)
    people = _people(page, told, frame)
    if not what or people is None or not _so(frame) or frame.force.tense == "future" or _from_elsewhere(page, cursor, frame):
        return None
    if _at_somebody(page, frame) or _rule_of_nobody(frame) or _looked_for(page, frame) or (not frame.amount.noun and counts_things(page, frame.amount)):
        return None
    first, last = _region(page, scene, frame)
    here = where(page, first, last, frame.first, frame.event.last, _takes(frame))
    place = here or (spoken_of(page, scene.sentence, frame.first, what == "waiting") if frame.amount.how != "vague" else None)
    if place is None:
        return None
    span = _span(page, scene, frame, first, last)
    start, end = _quote(page, frame, place, first, last)
    vehicles = frame.amount.vehicles or (what == "waiting" and not frame.amount.noun and vehicles_before(page, cursor, scene.sentence, frame.amount.first))
    claim = Count(people, what, place.ids, place.border, vehicles, span)
    bead = frame.event.bead
    found_by = f"count: {frame.event.deed} {page.low[bead.start:bead.end]}"
    return Draft(claim, start, end, _speaker(page, cursor, frame), confidence=0.85, found_by=found_by)


def _told_better(scene: Scene, frame: Frame) -> bool:
    """"93 people who arrived on Thursday asked for asylum": the sentence is about what they asked for."""
    main = [f for f in scene.frames if f.amount is frame.amount and f.event.deed == "apply" and _what(f) and _so(f)]
    return frame.event.deed == "arrive" and frame.clause.hinge in ("who", "that", "which") and bool(main)


def _left_by(page: Page, frame: Frame) -> bool:
    """"61 foreigners left for Finland via Lotta": whoever leaves through a crossing has crossed."""
    return frame.event.deed == "leave" and any(page.word(i) in ("via", "through") for i in range(frame.event.last, frame.clause.last))


def _same_again(frame: Frame, kept: Kept | None) -> str:
    """"In January we counted 4,303", after "5,000 crossings in May": more of what was counted just before."""
    if kept is None or frame.event.deed != "count" or frame.amount.noun or frame.sentence.number - kept.sentence.number > SINCE:
        return ""
    told = kept.draft.claim
    return told.what if isinstance(told, Count) else ""


def _purpose(page: Page, scene: Scene, frame: Frame) -> str:
    """"16 people came to apply for asylum": what they came for is what is counted."""
    if frame.event.deed != "arrive" or frame.negated:
        return ""
    aims = [e for e in scene.events if e.deed == "apply" and 0 <= e.first - frame.event.last <= AIM_LOOK and page.word(e.first - 1) == "to"]
    aimed = [e for e in aims if not page.beads_in(frame.event.last, e.first, "op") and e.first < frame.clause.last]
    return "asylum_applications" if aimed else ""


def _rule_of_nobody(frame: Frame) -> bool:
    """"Nobody is let through", "no people pass": that is how things stand, and no count of those who came."""
    habit = frame.force.tense == "present" and not frame.force.perfect and frame.event.deed != "wait"
    return frame.amount.zero and (habit or (frame.event.deed == "receive" and frame.amount.noun == "people"))


def _at_somebody(page: Page, frame: Frame) -> bool:
    """"Nobody came to Salla's Christmas market": a crossing that only owns the place is not the place."""
    named = page.beads_in(frame.event.last, frame.clause.last, "crossing")
    owners = [b for b in named if page.word(b.last) == "'" and page.word(b.last + 1) == "s"]
    return any(not page.beads_in(b.last, min(b.last + 5, frame.clause.last), "head", "place", "crossing", "move") for b in owners)


def _looked_for(page: Page, frame: Frame) -> bool:
    """"The guards train for 500 people arriving", "for every 100 people refused": nobody need have come."""
    before = page.word(frame.amount.first - 1)
    return before == "every" or (before == "for" and bool(frame.event.bead.forms <= {"ing"}))


def _speaker(page: Page, cursor: Cursor, frame: Frame) -> Speaker | None:
    """Whoever says so, or, in "the Border Guard counted 134 arrivals", whoever counted."""
    said = page.speaker_at(frame.event.bead.start, frame.event.bead.end)
    if said or frame.event.deed != "count" or frame.passive:
        return said
    actors = find_actors(cursor, page.text, frame.sentence, page.talk_at(frame.sentence))
    return next((a.speaker for a in reversed(actors) if a.kind != "country" and 0 <= frame.event.first - a.last <= 2), None)


def _so(frame: Frame) -> bool:
    """Whether it is told as so; "nobody was waiting" rules nothing out."""
    said = frame.force.commitment
    if frame.modal:
        return False
    return said in SO or (frame.amount.zero and said is Commitment.RULED_OUT)


def _what(frame: Frame) -> str:
    """What is counted, by the deed and the noun; "" where nothing is."""
    deed, noun = frame.event.deed, frame.amount.noun
    if deed not in WHAT or (deed in ("check", "keep") and noun != "vehicle"):
        return ""
    if frame.negated and not frame.amount.zero:
        return "turned_back" if deed == "receive" and frame.passive and noun not in BY_NOUN else ""
    if deed == "wait" and frame.event.bead.value == "stand" and noun not in ("vehicle", "people", "asylum", ""):
        return ""
    if deed == "cross" and noun == "asylum":
        return "arrivals"
    if noun == "attempt":
        return "turned_back" if deed in ("foil", "refuse") else "crossings"
    if noun in BY_NOUN:
        return BY_NOUN[noun] if deed not in ("refuse", "foil") else ""
    if noun == "vehicle" and frame.amount.zero and deed != "wait":
        return ""
    if noun == "vehicle" and deed in ("arrive", "receive", "count"):
        return "crossings"
    return WHAT[deed]


def _people(page: Page, told: list[Scene], frame: Frame) -> Number | None:
    amount = frame.amount
    if amount.how in ("counted", "vague", "part"):
        return amount.number
    whole = page.low[page.words[amount.first][0]:page.words[amount.last - 1][1]].startswith("all of")
    number = referent(told, amount, frame.sentence) if whole and amount.how == "pointed" else None
    return number if number and number.count else None


def _takes(frame: Frame) -> bool:
    """Whether a crossing could be the one who does the deed: it receives, counts, turns away."""
    return frame.event.deed in ("receive", "count", "refuse") and not frame.passive and frame.event.first < frame.amount.first


def _from_elsewhere(page: Page, cursor: Cursor, frame: Frame) -> bool:
    """People who came from another crossing were moved, and are no new arrivals."""
    if frame.event.deed != "arrive" or not fate_of(frame):
        return False
    for at in range(frame.amount.last, frame.clause.last):
        if page.word(at) == "from" and (place := place_after(page, cursor, at + 1, frame.clause.last)) and place[0].islower():
            return True
    return False


def _region(page: Page, scene: Scene, frame: Frame) -> tuple[int, int]:
    """Words first..last in which the count's place and time stand: its clause, from the last number before to the next one after."""
    clauses = [c for c in scene.clauses if c.first <= frame.amount.first < c.last] or [frame.clause]
    first, last = min(clauses[0].first, frame.clause.first), frame.clause.last
    if clauses[0].hinge in WHERE and clauses[0].number > 0:
        first = scene.clauses[clauses[0].number - 1].first
    ahead = [a.first for a in scene.amounts if a.first >= frame.last and a.how != "pointed"]
    behind = [a.last for a in scene.amounts if a.last <= frame.first and a.how != "pointed" and a.noun]
    stop = min([last, *ahead])
    joints = [i for i in range(frame.last, stop) if page.word(i) in JOINTS and page.phrase_over(i) is None]
    stop = joints[-1] if ahead and stop == ahead[0] and joints else stop
    return max([first, *[b for b in behind if b > first and clauses[0].hinge not in WHERE]]), stop


def _span(page: Page, scene: Scene, frame: Frame, first: int, last: int) -> Span:
    told = period(page, first, last, frame.event.first) or period(page, scene.sentence.lead, first, first)
    found = told or context(page, scene.sentence) or Span()
    return so_far(page, found, scene.sentence)


def _quote(page: Page, frame: Frame, place: Where, first: int, stop: int) -> tuple[int, int]:
    """The people, the deed and the place, where they stand together."""
    start, end = page.words[frame.first][0], page.words[frame.last - 1][1]
    near = max(first, frame.first - NEAR)
    if place.told and page.words[near][0] <= place.told[0] and place.told[1] <= page.words[stop - 1][1]:
        start, end = min(start, place.told[0]), max(end, place.told[1])
    return trim(page, start, end)
