"""Numbers without a deed of their own: "and 21 at Grebneva", "In August the number was 1,615", "there were 500 people on the bridge"."""

from __future__ import annotations

from dataclasses import dataclass

from pasvik.reading.clause.clause import Clause
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.noun_phrase import Cursor
from pasvik.reading.page.page import Bead, Page, Sentence
from pasvik.reading.people.amount import Amount, noun_of
from pasvik.reading.people.frame import Scene
from pasvik.reading.people.period import context, period, so_far
from pasvik.reading.people.place import Where, spoken_of, where
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
DROPS = frozenset({"from"})
BE = frozenset({"were", "was", "are", "is", "have", "had"})
WHAT = {"application": "asylum_applications", "crossing": "crossings", "arrival": "arrivals", "asylum": "arrivals"}
FOLLOWS = frozenset({
    "at", "to", "in", "on", "from", "through", "via", "since", "did", "", ".", ",", ")", "of", "the", "a", "last", "this",
    "yesterday", "today"
})
# "21 people in the group" wait nowhere
GROUPS = frozenset({
    "group", "groups", "bus", "coach", "room", "tent", "vehicle", "car", "van", "centre"
})
JOINTS = frozenset({",", "and", ";", "while", "but", "or"})
STRANGE = 2                                                     # other words that a clause may hold


@dataclass(frozen=True, slots=True)
class Kept:
    """The count told last, what its noun was, and where."""

    draft: Draft
    noun: str
    sentence: Sentence


def loose_count(page: Page, cursor: Cursor, scene: Scene, amount: Amount, kept: Kept | None) -> Draft | None:
    """The count of an amount without a deed, or None."""
    if amount.how in ("plain", "pointed") or scene.sentence.ask:
        return None
    clause = next((c for c in scene.clauses if c.first <= amount.first < c.last), None)
    if clause is None:
        return None
    first, stop = _bounds(page, scene, amount, clause)
    if clause.hinge in ("-", ":") and clause.number and amount.first == clause.first:
        first = scene.clauses[clause.number - 1].first           # "Benyakoni: 740"
    place = where(page, cursor, scene.sentence, first, stop, amount.first, amount.last, stop)
    time = period(page, first, stop, amount.first)
    return (_tally(page, cursor, scene, amount, clause, place, time, kept) or _again(page, scene, amount, clause, first, stop, place, time, kept)
            or _there_were(page, scene, amount, clause, place, time) or _bare(page, scene, amount, place, time))


def _bounds(page: Page, scene: Scene, amount: Amount, clause: Clause) -> tuple[int, int]:
    """Words between the numbers before and after, inside the clause."""
    behind = [a.last for a in scene.amounts if a.last <= amount.first]
    ahead = [a.first for a in scene.amounts if a.first >= amount.last]
    first, last = max([clause.first, *behind]), min([clause.last, *ahead])
    joints = [i for i in range(first, amount.first) if page.word(i) in JOINTS and not page.beads_in(i - 1, i + 2, "time") and page.phrase_over(i) is None]
    ends = [i for i in range(amount.last, last) if page.word(i) in JOINTS and page.phrase_over(i) is None and ahead and i >= last - 3]
    return joints[-1] + 1 if joints and behind and joints[-1] >= behind[-1] else first, ends[0] if ends else last


def _tally(
    page: Page, cursor: Cursor, scene: Scene, amount: Amount, clause: Clause, place: Where | None, time: Span | None, kept: Kept | None,
) -> Draft | None:
    """"The tally at Niirala is 24", "the number of asylum seekers rose to 41"."""
    tally = next((b for b in page.beads_in(scene.sentence.lead, amount.first, "measure") if b.first >= clause.first), None) or _changed(page, clause, amount)
    if tally is None or amount.noun or _other_deed(page, amount, tally):
        return None
    noun = counted_noun(page, cursor, scene, tally, amount)
    near = kept if kept and scene.sentence.number - kept.sentence.number <= 2 else None
    last = near.draft.claim if near and isinstance(near.draft.claim, Count) else None
    what = WHAT.get(noun) or (last.what if last and not noun else "") or ("asylum_applications" if place and place.ids and not noun else "")
    vehicles = noun == "vehicle" or bool(last and last.vehicles and not noun)
    at = place or (Where(last.crossings, last.border) if last else None) or (spoken_of(page, scene.sentence, amount.first) if noun else None)
    if not what or not at:
        return None
    start = min(tally.start, at.told[0]) if at.told and at.told[0] < tally.start else tally.start
    start = page.words[amount.first][0] if any(tally.first <= a.first < amount.first and a.how == "counted" for a in scene.amounts) else start
    return _draft(page, scene, amount, what, at, time, vehicles, start, "tally", last.span if last and not noun and place is None else None)


def _other_deed(page: Page, amount: Amount, tally: Bead) -> bool:
    """Whether the number is that of another thing: "the number of deaths", "the number 24 bus"."""
    return amount.first - tally.last > 14 or amount.how == "vague"


def _changed(page: Page, clause: Clause, amount: Amount) -> Bead | None:
    """"Border crossings fell to 2,300": the verb right before the number, where a thing that is counted stands before it."""
    changes = page.beads_in(max(clause.first, amount.first - 4), amount.first, "change")
    return changes[-1] if changes and page.word(amount.first - 1) in ("to", "at") else None


def counted_noun(page: Page, cursor: Cursor, scene: Scene, tally: Bead, amount: Amount) -> str:
    """What "the number of vehicles held there" counts, or ""; "other" for a thing that nobody counts here."""
    if tally.kind == "change":
        heads = [b for b in page.beads_in(scene.sentence.lead, tally.first, "head") if b.value == "point" and "pl" in b.forms and "crossings" in page.low[b.start:b.end]]
        nouns = [noun_of(page, cursor, b.first) for b in page.beads_in(scene.sentence.lead, tally.first, "thing", "folk")]
        return "crossing" if heads else next((n for n in nouns if n in WHAT), "other")
    if page.word(tally.last) != "of":
        return ""
    deeds = [e.deed for e in scene.events if tally.last < e.first < amount.first and page.word(e.first) != "reached"]
    if deeds and deeds[0] in BY_DEED:
        return BY_DEED[deeds[0]]
    for index in range(tally.last + 1, min(tally.last + 6, amount.first)):
        if page.word(index) in ("applicants", "applications") and not page.phrase_over(index):
            return "application"
        noun = noun_of(page, cursor, index)
        if noun:
            return noun
    return "other"


def _again(
    page: Page, scene: Scene, amount: Amount, clause: Clause, first: int, stop: int, place: Where | None, time: Span | None, kept: Kept | None,
) -> Draft | None:
    """"and 21 at Grebneva", "5,540 in December", "Two men did on Monday": the deed is that of the count before."""
    if kept is None or scene.sentence.number - kept.sentence.number > 1 or not isinstance(kept.draft.claim, Count):
        return None
    last = kept.draft.claim
    if (amount.noun and not _same_kind(amount, kept)) or (amount.change and page.word(amount.first - 1) in DROPS):
        return None
    same = scene.sentence.number == kept.sentence.number
    told = place or time or amount.how == "part" or page.word(amount.last) == "did"
    if not told or (not same and abs(scene.sentence.line - kept.sentence.line) > 0) or _says_more(page, scene, amount, first, stop):
        return None
    at = place or Where(last.crossings, last.border)
    start = page.words[amount.first][0]
    start = at.told[0] if at.told and at.told[0] < start else start
    return _draft(page, scene, amount, last.what, at, time, last.vehicles or amount.vehicles, start, "again", last.span)


def _same_kind(amount: Amount, kept: Kept) -> bool:
    people = ("people", "asylum", "", "group")
    return amount.noun == kept.noun or (amount.noun in people and kept.noun in people)


def _says_more(page: Page, scene: Scene, amount: Amount, first: int, stop: int) -> bool:
    """Whether the clause holds words of its own: then it is not a mere repetition of the deed before."""
    beads = page.beads_in(first, stop, "time", "crossing", "head", "measure", "change", "hinge", "approx")
    marked = {i for b in beads for i in range(b.first, b.last)} | {i for p in page.phrases_in(first, stop) for i in range(p.first, p.last)}
    strange = [i for i in range(first, stop) if not amount.first <= i < amount.last and i not in marked and page.word(i) not in EMPTY]
    return len(strange) > STRANGE or any(e.first in range(first, stop) for e in scene.events)


def _there_were(page: Page, scene: Scene, amount: Amount, clause: Clause, place: Where | None, time: Span | None) -> Draft | None:
    """"There were 500 people on the bridge": they stand and wait. "There were 12 asylum applications at Salla"."""
    before = [page.word(i) for i in range(max(clause.first, amount.first - 4), amount.first)]
    if not ("there" in before and any(w in BE for w in before)) or not place or not amount.noun or any(w in ("if", "will", "would", "could") for w in before):
        return None
    what = WHAT.get(amount.noun, "waiting") if amount.noun != "asylum" or time or amount.zero else "waiting"
    if any(page.word(i) in GROUPS for i in range(amount.last, amount.last + 5)):
        return None
    if (what == "waiting" and amount.noun not in ("people", "asylum", "vehicle")) or (page.word(amount.last) in ("who", "that", "in") and amount.zero):
        return None
    return _draft(page, scene, amount, what, place, time, amount.vehicles, page.words[amount.first][0], "there were", None)


def _bare(page: Page, scene: Scene, amount: Amount, place: Where | None, time: Span | None) -> Draft | None:
    """"35 asylum seekers at Salla on Monday": a line without a verb."""
    follows = page.word(amount.last) in FOLLOWS or bool(page.beads_in(amount.last, amount.last + 4, "time"))
    if amount.noun not in WHAT or not place or not place.ids or scene.events or not follows:
        return None
    return _draft(page, scene, amount, WHAT[amount.noun], place, time, False, page.words[amount.first][0], "bare", None)


def _draft(
    page: Page, scene: Scene, amount: Amount, what: str, at: Where, time: Span | None, vehicles: bool, start: int, how: str, otherwise: Span | None,
) -> Draft:
    end = page.words[amount.last - 1][1]
    if at.told and at.told[0] >= end and page.sentence_at(at.told[0]) == scene.sentence:
        end = at.told[1]
    begin, stop = trim(page, min(start, page.words[amount.first][0]), end)
    span = time or otherwise or context(page, scene.sentence) or Span()
    claim = Count(amount.number, what, at.ids, at.border, vehicles, so_far(page, span, scene.sentence))
    return Draft(claim, begin, stop, page.speaker_at(begin, stop), confidence=0.75, found_by=f"count: {how}")
