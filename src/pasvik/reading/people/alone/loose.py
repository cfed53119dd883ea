"""Numbers without a deed of their own: "and 21 at Grebneva", "In August the number was 1,615", "there were 500 people on the bridge"."""

from __future__ import annotations

from dataclasses import dataclass

from pasvik.reading.clause.clause import Clause
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Page, Sentence
from pasvik.reading.people.alone.asked import asked_before
from pasvik.reading.people.alone.line import beside, each, queue_before, row_of_queues, stands, vehicles_before
from pasvik.reading.people.amount import CROWD_OF_CROSSINGS, Amount
from pasvik.reading.people.frame import Scene
from pasvik.reading.people.noun import noun_of
from pasvik.reading.people.period import context, period, so_far
from pasvik.reading.people.place import Where, spoken_of, topic, where
from pasvik.terms.claim import Count
from pasvik.terms.moment import Span

# Words that a clause may hold beside its number, place and time and still say nothing new.
EMPTY = frozenset({
    "there", "were", "was", "are", "is", "and", "against", "compared", "with", "the", "number", "figure", "at", "to", "in", "of",
    "them", "on", "only", "did", "including", "more", "by", "same", "day", "while", "but", "also", "just", "total", "had", "been",
    "from", "up", "down", "another", "still", "then", "some", "about", "earlier", "later", "for", "a", "per", "each", "that", "it",
    "as", "well", "both", "tally", "previous", "corresponding", "so", "far", ",", "(", ")", "-", ".", "after", "before", "around",
    "stood", "half", "now"
})
BY_DEED = {"arrive": "arrival", "receive": "arrival", "apply": "application", "cross": "crossing"}
UNSURE = frozenset({"if", "will", "would", "could", "may", "might"})
BE = frozenset({"were", "was", "are", "is", "have", "had"})
WHAT = {"application": "asylum_applications", "crossing": "crossings", "arrival": "arrivals", "asylum": "arrivals", "attempt": "crossings"}
FOLLOWS = frozenset({
    "at", "to", "in", "on", "from", "through", "via", "since", "did", "", ".", ",", ")", "of", "the", "a", "last", "this",
    "yesterday", "today"
})
# "21 people in the group" wait nowhere
GROUPS = frozenset({
    "group", "groups", "bus", "coach", "room", "tent", "vehicle", "car", "van", "centre"
})
NEWCOMERS = ("asylum", "seeker", "migrant", "applicant")         # how the words begin for those of whom "none" may have come
JOINTS = frozenset({",", "and", ";", "while", "but", "or"})
COMPARES = frozenset({"less", "half", "more", "fewer", "twice", "compared", "against", "up", "down", "almost", "nearly", "a", "which", "as", "the"})
FAR = 14                                                        # words between "the number" and the number
STRANGE = 2                                                     # other words that a clause may hold


@dataclass(frozen=True, slots=True)
class Kept:
    """The count told last, what its noun was, and where."""

    draft: Draft
    noun: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Loose:
    """An amount without a deed in words first..last of its clause, with the place and the time told there."""

    scene: Scene
    amount: Amount
    clause: Clause
    first: int
    last: int
    place: Where | None
    time: Span | None


def loose_count(page: Page, cursor: Cursor, scene: Scene, amount: Amount, kept: Kept | None) -> Draft | None:
    """The count of an amount without a deed, or None where it is none."""
    clause = next((c for c in scene.clauses if c.first <= amount.first < c.last), None)
    if clause is None or amount.how in ("plain", "pointed") or scene.sentence.ask:
        return None
    first, last = _bounds(page, scene, amount, clause)
    if clause.hinge in ("-", ":") and clause.number and amount.first == clause.first:
        first = scene.clauses[clause.number - 1].first           # "Benyakoni: 740"
    place = where(page, first, last, amount.first, amount.last)
    one = Loose(scene, amount, clause, first, last, place, period(page, first, last, amount.first))
    return (
        _answer(page, cursor, one) or _tally(page, cursor, one, kept) or _queue(page, cursor, one) or _again(page, one, kept)
        or _in_the_group(page, one) or _there_were(page, one) or _bare(page, one))


def _answer(page: Page, cursor: Cursor, one: Loose) -> Draft | None:
    """"Fourteen so far.", after "How many have you had to refuse?"."""
    asked = asked_before(page, cursor, one.scene.sentence, one.amount)
    at = one.place or (asked.place if asked else None)
    if asked is None or at is None or (one.amount.noun and asked.noun and one.amount.noun != asked.noun) or _modal(page, one):
        return None
    return _draft(page, one, asked.what, at, "vehicle" in (asked.noun, one.amount.noun), page.words[one.amount.first][0], "answer", None)


def _modal(page: Page, one: Loose) -> bool:
    """"It could be 300": nobody has counted them."""
    dated = {i for b in page.beads_in(one.clause.first, one.amount.first, "time") for i in range(b.first, b.last)}      # "In May" is no "may"
    return any(page.word(i) in UNSURE and i not in dated for i in range(one.clause.first, one.amount.first))


def _queue(page: Page, cursor: Cursor, one: Loose) -> Draft | None:
    """"The queue came to 300", "Queue at 14:00: 1,240 lorries", "120 cars in front of Terespol"; "520 lorries a day" pass."""
    amount, s = one.amount, one.scene.sentence
    if amount.noun not in ("", "vehicle", "people", "asylum") or amount.how == "part" or amount.zero or _modal(page, one):
        return None
    started = page.words[amount.first][0]
    row = row_of_queues(page, s, amount) if amount.vehicles else None
    if row:
        return _draft(page, one, "waiting", Where(row.ids, row.border), True, started, "row of queues", None)
    line = queue_before(page, s, amount, s.lead)
    if line:
        at = one.place or spoken_of(page, s, amount.first, queue=True)
        vehicles = amount.vehicles or (not amount.noun and vehicles_before(page, cursor, s, amount.first))
        return _draft(page, one, "waiting", at, vehicles, started, "queue", None) if at and at.ids else None
    idle = not any(one.clause.first <= e.first < one.clause.last and e.deed != "count" for e in one.scene.events)
    if one.place is None or not one.place.ids or not idle:
        return None
    if amount.vehicles and each(page, amount):
        return _draft(page, one, "crossings", one.place, True, started, "each day", None)
    vehicles = amount.vehicles or (not amount.noun and vehicles_before(page, cursor, s, amount.first))
    return _draft(page, one, "waiting", one.place, True, started, "stands", None) if vehicles and stands(page, one.first, one.last, amount) else None


def _in_the_group(page: Page, one: Loose) -> Draft | None:
    """"There were 21 people in the group", of a group that came: they are that many arrivals."""
    amount, s = one.amount, one.scene.sentence
    after = {page.word(i) for i in range(amount.last, amount.last + 6)}
    if amount.noun not in ("people", "asylum") or not after & {"group", "bus", "coach"} or _modal(page, one):
        return None
    here = [e for e in one.scene.events if e.first > amount.last and e.deed == "arrive"]
    back = page.sentences[max(0, s.number - 2)].first
    came = [b for b in page.beads_in(back, amount.first, "move") if b.value == "arrive" and b.forms & {"past", "s"}]
    at = one.place if one.place and one.place.ids else spoken_of(page, s, amount.first)
    if not (here or came) or at is None or not at.ids:
        return None
    return _draft(page, one, "arrivals", at, False, page.words[amount.first][0], "in the group", None)


def _bounds(page: Page, scene: Scene, amount: Amount, clause: Clause) -> tuple[int, int]:
    """Words between the numbers before and after, inside the clause, cut at the "and" or comma that parts them."""
    behind = [a.last for a in scene.amounts if a.last <= amount.first]
    ahead = [a.first for a in scene.amounts if a.first >= amount.last]
    first, last = max([clause.first, *behind]), min([clause.last, *ahead])
    joints = [i for i in range(first, amount.first) if _is_joint(page, i) and not page.beads_in(i - 1, i + 2, "time")]
    if behind and page.word(amount.first - 1) == "to" and (amount.change or page.beads_in(behind[-1], amount.first, "time")):
        return amount.first - 1, last                            # "from 4,303 in January to 5,380 in April"
    last = next((i for i in range(amount.last, last) if page.word(i) == "," and page.word(i + 1) in COMPARES), last)
    ends = [i for i in range(max(amount.last, last - 3), last) if ahead and _is_joint(page, i)]
    return joints[-1] + 1 if joints and behind and joints[-1] >= behind[-1] else first, ends[0] if ends else last


def _is_joint(page: Page, index: int) -> bool:
    return page.word(index) in JOINTS and page.phrase_over(index) is None


def _tally(page: Page, cursor: Cursor, one: Loose, kept: Kept | None) -> Draft | None:
    """"The tally at Niirala is 24", "the number of asylum seekers rose to 41"."""
    amount, s = one.amount, one.scene.sentence
    since = s.lead if one.clause.hinge in ("who", "that", "which") else one.clause.first       # "the number of people who had come had climbed to 61"
    named = page.beads_in(since, amount.first, "measure")
    tally = named[0] if named else _changed(page, one.clause, amount)
    if tally is None or amount.noun or amount.how == "vague" or amount.first - tally.last > FAR:
        return None
    noun = counted_noun(page, cursor, one.scene, tally, amount)
    last = kept.draft.claim if kept and s.number - kept.sentence.number <= 2 and not noun else None
    before = last if isinstance(last, Count) else None
    what = WHAT.get(noun) or (before.what if before else "") or ("asylum_applications" if one.place and one.place.ids and not noun else "")
    at = one.place or (Where(before.crossings, before.border) if before else None) or (spoken_of(page, s, amount.first) if noun else None)
    if not what or at is None:
        return None
    vehicles = noun == "vehicle" or bool(before and before.vehicles)
    if noun == "crossing" and amount.number.count is not None and amount.number.count <= CROWD_OF_CROSSINGS:
        return None                                             # so few crossings are places
    counted = any(tally.first <= a.first < amount.first and a.how == "counted" for a in one.scene.amounts)
    start = page.words[amount.first][0] if counted else min(tally.start, at.told[0] if at.told else tally.start)
    return _draft(page, one, what, at, vehicles, start, "tally", before.span if before and one.place is None else None)


def _changed(page: Page, clause: Clause, amount: Amount) -> Bead | None:
    """"Border crossings fell to 2,300": the verb right before the number, where a thing that is counted stands before it."""
    changes = page.beads_in(max(clause.first, amount.first - 4), amount.first, "change")
    before = page.word(amount.first - 1)
    return changes[-1] if changes and (before in ("to", "at") or (before == "from" and _dated(page, amount))) else None


def _dated(page: Page, amount: Amount) -> bool:
    """"from 170,000 in January to ...": the first of two numbers is a count where it has a time of its own."""
    return any(b.first <= amount.last + 1 for b in page.beads_in(amount.last, amount.last + 5, "time"))


def counted_noun(page: Page, cursor: Cursor, scene: Scene, tally: Bead, amount: Amount) -> str:
    """What "the number of vehicles held there" counts, or ""; "other" for a thing that nobody counts here."""
    if tally.kind == "change":
        heads = [b for b in page.beads_in(scene.sentence.lead, tally.first, "head") if page.low[b.start:b.end].endswith("crossings")]
        nouns = [noun_of(page, cursor, b.first) for b in page.beads_in(scene.sentence.lead, tally.first, "thing", "folk")]
        return "crossing" if heads else next((n for n in nouns if n in WHAT), "other")
    if page.word(tally.last) != "of":
        return ""
    deeds = [e.deed for e in scene.events if tally.last < e.first < amount.first and page.word(e.first) != "reached"]
    if deeds and deeds[0] in BY_DEED:
        return BY_DEED[deeds[0]]
    for index in range(tally.last + 1, min(tally.last + 6, amount.first)):
        if page.word(index) in ("crossings", "crossing") or page.low[page.words[index][0]:].startswith("border crossings"):
            return "crossing"
        if page.word(index) in ("applicants", "applications") and not page.phrase_over(index):
            return "application"
        if noun := noun_of(page, cursor, index):
            return noun
    return "other"


def _again(page: Page, one: Loose, kept: Kept | None) -> Draft | None:
    """"and 21 at Grebneva", "5,540 in December", "Two men did on Monday": the deed is that of the count before."""
    amount, s = one.amount, one.scene.sentence
    if kept is None or s.number - kept.sentence.number > 1 or s.line - kept.sentence.line > 1 or not isinstance(kept.draft.claim, Count):
        return None
    last = kept.draft.claim
    if (amount.noun and not _same_kind(amount, kept)) or (amount.change and page.word(amount.first - 1) == "from" and not _dated(page, amount)):
        return None
    if not _told_apart(page, one, s.line == kept.sentence.line) or _says_more(page, one):
        return None
    at = one.place or Where(last.crossings, last.border)
    start = min(page.words[amount.first][0], at.told[0] if at.told else page.words[amount.first][0])
    return _draft(page, one, last.what, at, last.vehicles or amount.vehicles, start, "again", last.span)


def _told_apart(page: Page, one: Loose, same_line: bool) -> bool:
    """Whether a number has a place, a time or a share of its own; in a new paragraph only a time, or a place outside a live entry, will do."""
    amount, s = one.amount, one.scene.sentence
    if not same_line:
        return bool(one.time or (one.place and s.lead == s.first))
    return bool(one.place or one.time) or amount.how == "part" or page.word(amount.last) == "did" or beside(page, amount)


def _same_kind(amount: Amount, kept: Kept) -> bool:
    people = ("people", "asylum", "", "group")
    return amount.noun == kept.noun or (amount.noun in people and kept.noun in people)


def _says_more(page: Page, one: Loose) -> bool:
    """Whether the clause holds words of its own: then it is not a mere repetition of the deed before."""
    beads = page.beads_in(
        one.first, one.last, "time", "crossing", "head", "measure", "change", "hinge", "approx", "say", "body", "role", "office", "country", "who", "outlet")
    told = [(b.first, b.last) for b in beads] + [(p.first, p.last) for p in page.phrases_in(one.first, one.last)]
    known = {i for first, last in (*told, (one.amount.first, one.amount.last)) for i in range(first, last)}
    strange = [i for i in range(one.first, one.last) if i not in known and page.word(i) not in EMPTY]
    return len(strange) > STRANGE or any(one.first <= e.first < one.last for e in one.scene.events)


def _there_were(page: Page, one: Loose) -> Draft | None:
    """"There were 500 people on the bridge": they stand and wait. "There were 12 asylum applications at Salla"."""
    amount = one.amount
    before = {page.word(i) for i in range(max(one.clause.first, amount.first - 4), amount.first)}
    after = {page.word(i) for i in range(amount.last, amount.last + 5)}
    if "there" not in before or not before & BE or _modal(page, one) or after & GROUPS:
        return None
    if amount.zero and not amount.noun:
        return _none_came(page, one)
    at = one.place or (spoken_of(page, one.scene.sentence, amount.first) if amount.noun in ("crossing", "application") or amount.vehicles else None)
    if not at or not amount.noun:
        return None
    what = WHAT.get(amount.noun, "waiting") if amount.noun != "asylum" or one.time or amount.zero else "waiting"
    nobody = amount.zero and page.word(amount.last) in ("who", "that", "in")
    if nobody or (what == "waiting" and amount.noun not in ("people", "asylum", "vehicle")):
        return None
    return _draft(page, one, what, at, amount.vehicles, page.words[amount.first][0], "there were", None)


def _none_came(page: Page, one: Loose) -> Draft | None:
    """"So far there have been none", after asylum seekers were spoken of."""
    s = one.scene.sentence
    first = page.sentences[max(0, s.number - 1)].first
    named = [b for b in page.beads_in(first, one.amount.first, "folk", "thing") if page.low[b.start:b.end].startswith(NEWCOMERS)]
    at = one.place or topic(page)
    if not named or at is None:
        return None
    return _draft(page, one, "arrivals", at, False, page.words[one.amount.first][0], "none came", None)


def _bare(page: Page, one: Loose) -> Draft | None:
    """"35 asylum seekers at Salla on Monday": a line without a verb."""
    amount = one.amount
    follows = page.word(amount.last) in FOLLOWS or bool(page.beads_in(amount.last, amount.last + 4, "time"))
    placed = one.place is not None and (bool(one.place.ids) or (amount.noun == "attempt" and one.place.border is not None))
    busy = any(one.clause.first <= e.first < one.clause.last for e in one.scene.events)
    here = one.place if placed else topic(page) if amount.zero and amount.noun == "asylum" and not one.place else None
    if amount.noun not in WHAT or here is None or busy or not (follows or amount.noun == "attempt"):
        return None
    return _draft(page, one, WHAT[amount.noun], here, False, page.words[amount.first][0], "bare", None)


def _draft(page: Page, one: Loose, what: str, at: Where, vehicles: bool, start: int, how: str, otherwise: Span | None) -> Draft:
    """The claim over the words from `start` to the number, and to its place where that follows. otherwise: the days of the count before."""
    s, amount = one.scene.sentence, one.amount
    end = page.words[amount.last - 1][1]
    if at.told and end <= at.told[0] and at.told[1] <= s.end:
        end = at.told[1]
    begin, stop = trim(page, min(start, page.words[amount.first][0]), end)
    span = one.time or otherwise or context(page, s) or Span()
    claim = Count(amount.number, what, at.ids, at.border, vehicles, so_far(page, span, s))
    return Draft(claim, begin, stop, page.speaker_at(begin, stop), confidence=0.75, found_by=f"count: {how}")
