"""Finds people who were moved, are to be moved, went on to another place, were sent back, or stay."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pasvik.reading.finders import accusation
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.cursor import Cursor, cursor_of
from pasvik.reading.page.page import Page, Sentence
from pasvik.reading.people.amount import Amount
from pasvik.reading.people.frame import Frame, Scene, scenes
from pasvik.reading.people.period import context, period
from pasvik.reading.people.place import place_after
from pasvik.reading.people.referent import referent
from pasvik.terms.claim import Commitment, Movement, Number
from pasvik.terms.moment import Span

SO = frozenset({Commitment.IN_EFFECT, Commitment.ORDERED, Commitment.ENDED})
AHEAD = frozenset({Commitment.PLANNED, Commitment.SIGNALLED})
DONE = {
    "transfer": "transferred", "back": "turned_back", "return": "returned", "leave": "left_for", "offer": "left_for", "stay": "staying",
    "arrive": "arrived"}
TO_COME = {"transfer": "planned_transfer", "back": "planned_transfer", "leave": "planned_transfer", "offer": "left_for", "stay": "staying"}
TO = frozenset({"to", "into", "towards", "for", "onto", "in"})
FROM = frozenset({"from"})
BESIDE = frozenset({"at", "before", "near", "outside", "behind", "from"})
STATES = frozenset({"russia", "finland", "norway", "estonia", "latvia", "lithuania", "poland", "belarus", "europe", "the eu"})
LINKS = frozenset({"plan", "decide", "future", "ready", "signal"})


@dataclass(frozen=True, slots=True)
class Path:
    """From where to where, as ids or as written, and the word after the last place."""

    origin: str | None
    destination: str | None
    last: int


def find(page: Page) -> list[Draft]:
    """All movements of a page, in order of place."""
    cursor = cursor_of(page)
    told = scenes(page)
    found: list[Draft] = []
    for scene in told:
        made = [(frame, draft) for frame in _together(scene.frames) if (draft := _moved(page, cursor, told, scene, frame))]
        found += [draft for frame, draft in made if not _half(frame, draft, made)]
    return [draft for draft in found if not in_charge(page, draft)]


def in_charge(page: Page, draft: Draft) -> bool:
    """Whether a draft's words are what somebody is accused of: "accuses Moscow of having driven 900 people to its border" tells no journey."""
    charges = page.once("charges", lambda: [(d.start, d.end) for d in accusation.find(page)])
    return any(start < draft.start and draft.end <= end for start, end in charges)


def _together(frames: tuple[Frame, ...]) -> list[Frame]:
    """Cars and lorries that one deed moves are one movement of them all."""
    found: list[Frame] = []
    for frame in frames:
        last = found[-1] if found else None
        one, other = last.amount.number if last else Number(), frame.amount.number
        if last and last.event == frame.event and one.count and other.count:
            both = Number(one.count + other.count, approx=one.approx or other.approx)
            found[-1] = replace(last, amount=replace(last.amount, number=both))
        else:
            found.append(frame)
    return found


def _half(frame: Frame, draft: Draft, made: list[tuple[Frame, Draft]]) -> bool:
    """"The 55 people taken from Salla arrived at Raja-Jooseppi": a road without an end, which the same sentence tells to its end."""
    assert isinstance(draft.claim, Movement)
    endless = draft.claim.destination is None and draft.claim.fate == "transferred"
    return endless and any(f.amount == frame.amount and f is not frame for f, _ in made)


def _moved(page: Page, cursor: Cursor, told: list[Scene], scene: Scene, frame: Frame) -> Draft | None:
    """The movement of one frame, or None where nobody was moved or nobody says so for certain."""
    fate = _back(page, frame, fate_of(frame))
    if not fate or _aimless(page, cursor, frame):
        return None
    people = _people(page, told, frame.amount, scene.sentence)
    path = _path(page, cursor, scene, frame)
    if people is None or not _enough(frame, fate, people, path):
        return None
    when = _when(page, scene, frame, fate)
    start, end = trim(page, page.words[frame.first][0], page.words[max(frame.last, path.last) - 1][1])
    claim = Movement(people, path.origin, path.destination, fate, when or Span())
    found_by = f"movement: {frame.event.deed} {page.low[frame.event.bead.start:frame.event.bead.end]}"
    return Draft(claim, start, end, page.speaker_at(frame.event.bead.start, frame.event.bead.end), confidence=0.85, found_by=found_by)


def _when(page: Page, scene: Scene, frame: Frame, fate: str) -> Span | None:
    """The day told in the clause; of what is done, else the day spoken of just before."""
    ahead = fate == "planned_transfer"
    told = period(page, frame.clause.first, frame.clause.last, frame.event.first, ahead)
    return told or (context(page, scene.sentence) if frame.force.tense == "past" and not ahead else None)


def fate_of(frame: Frame) -> str:
    """What became of the people, "" where nothing may be said: plans stay plans, what is denied or merely considered is not told."""
    said, deed = frame.force.commitment, frame.event.deed
    if said is None or frame.negated or frame.amount.zero or deed not in DONE or (said is Commitment.SIGNALLED and frame.modal):
        return ""
    if said in AHEAD or (said in SO and frame.force.tense == "future"):
        return TO_COME.get(deed, "") if deed != "stay" or said is Commitment.ORDERED else ""
    return DONE[deed] if said in SO else ""


def _back(page: Page, frame: Frame, fate: str) -> str:
    """"sent 14 people back to Russia": the word may stand after the people."""
    after = [page.word(i) for i in range(frame.event.last, frame.clause.last)]
    if fate != "transferred" or "back" not in after:
        return fate
    return "turned_back" if after[after.index("back") + 1:][:1] in (["to"], ["across"], ["over"], ["."]) else fate


def _aimless(page: Page, cursor: Cursor, frame: Frame) -> bool:
    """"queuing to go to Russia": an aim is not a journey, unless it is planned or decided."""
    if page.word(frame.event.first - 1) != "to" or frame.event.deed not in ("leave", "return", "arrive", "stay"):
        return False
    bead = cursor.bead(frame.event.first - 1) or cursor.bead(frame.event.first - 2)
    return not (bead and bead.kind == "op" and bead.value in LINKS)


def _people(page: Page, told: list[Scene], amount: Amount, s: Sentence) -> Number | None:
    """How many; None where "they" could be anybody."""
    if amount.how in ("counted", "part", "vague", "plain"):
        return amount.number
    return referent(told, amount, s)


def _path(page: Page, cursor: Cursor, scene: Scene, frame: Frame) -> Path:
    """Read the places after the deed, then those between the people and the deed."""
    ahead = [e.first for e in scene.events if e.first > frame.event.first] + [a.first for a in scene.amounts if a.first > frame.last]
    stop = min([frame.clause.last, *ahead])
    origin = destination = None
    last = at = frame.event.last
    lead = page.word(frame.event.last - 1)
    if lead in TO and frame.event.last - frame.event.first > 1 and (place := place_after(page, cursor, at, stop)):
        destination, at = place[0], place[1]
        last = at
    while at < stop:
        word = page.word(at)
        if (word in TO | FROM or (word == "at" and frame.event.deed == "arrive")) and (place := place_after(page, cursor, at + 1, stop)):
            if word in FROM:
                origin = origin or place[0]
            elif destination is None and (word != "in" or frame.event.deed == "stay"):
                destination = place[0]
            last = at = place[1]
            continue
        at += 1
    origin = origin or _left_behind(page, cursor, frame)
    return Path(origin, destination if destination != origin else None, last)


def _left_behind(page: Page, cursor: Cursor, frame: Frame) -> str | None:
    """"people who remained before Salla will be carried": the place between the people and the deed is where they leave from."""
    if frame.event.deed not in ("transfer", "leave", "offer", "arrive"):
        return None
    for at in range(frame.amount.last, frame.event.first):
        if page.word(at) in BESIDE and (place := place_after(page, cursor, at + 1, frame.event.first)) and page.phrase_over(place[1] - 1):
            return place[0]
    return None


def _enough(frame: Frame, fate: str, people: Number, path: Path) -> bool:
    """Whether enough is told: a ride or a road needs its end, a stay its number, an arrival a crossing it came from."""
    deed = frame.event.deed
    exact = people.count is not None or people.min is not None
    known = exact or people.approx
    if deed == "stay":
        return known and (path.destination is not None or frame.force.commitment is Commitment.ORDERED)
    if deed == "arrive":
        return known and path.origin is not None and path.origin.islower() and path.destination is not None
    if deed in ("leave", "offer", "return"):
        return path.destination is not None and (known or deed == "offer")
    if deed == "back":
        return known or path.destination is not None
    if not exact and fate == "transferred" and path.origin is None and not _exact(path.destination):
        return False                                            # "Russia is sending migrants to the border" is a charge, not a journey
    return path.destination is not None or (path.origin is not None and known)


def _exact(place: str | None) -> bool:
    """A crossing or a town, and not a whole border or state."""
    border = place is not None and len(place) == 5 and place[2] == "-" and place.isupper()
    return place is not None and not border and place.lower() not in STATES
