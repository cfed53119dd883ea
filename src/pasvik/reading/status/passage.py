"""Letting through and turning away: "lorries are accepted at Luhamaa", "no longer possible to enter by bicycle", "asylum claims are handled only there"."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.lane import covered, lanes_of
from pasvik.reading.clause.modality import Force, force
from pasvik.reading.clause.scope import permits
from pasvik.reading.clause.target import border_of_all, target, topic
from pasvik.reading.clause.timing import timing
from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.page import Bead, Page, Phrase, Sentence
from pasvik.reading.status.make import make, way
from pasvik.terms.claim import Commitment, State

SERVES = frozenset(
    {"asylum", "pedestrian", "bicycle", "car", "bus", "truck", "vehicle", "rail_freight", "rail_passenger", "rail", "traffic"}
)
BARE_LET = frozenset({"let", "lets", "letting", "allow", "allows", "allowed", "permit", "permits", "permitted"})
EVERYBODY = frozenset({"people", "traffic"})
# What is done with applications alone: "taken at Salla", "possible to apply"; nobody is let through by it.
CANS = ("possible to", "able to", "can", "may", "cannot", "can no longer", "may no longer", "may not")
NO_WAY = ("not possible", "not be possible", "no longer possible", "no longer be possible", "impossible", "not able")
APPLIED = frozenset({
    "taken", "applied for", "sought", "lodged", "submitted", "filed", "concentrated", "centralised", "centralized",
    *(f"{can} {do}" for can in CANS for do in ("apply", "seek")), *(f"{no} to apply" for no in NO_WAY)})


def passage_claim(page: Page, s: Sentence, cut: list[Clause], clause: Clause, deed: Bead) -> Draft | None:
    """The claim of a verb of letting through (admit) or turning away (refuse), or None."""
    how = force(page, s, cut, clause, deed)
    advised = page.low[deed.start : deed.end] == "use" and how.tense == "future"
    ends = (b.first for b in page.beads_in(deed.last, clause.last, "hinge", "crossing") if b.kind == "crossing" or page.word(b.first) == "and")
    upto = next(ends, clause.last)
    elsewhere = any(page.word(i) in ("elsewhere", "airports", "seaports", "ports") for i in range(deed.last, upto))
    if how.commitment is None or clause.hinge in ("who", "whose") or advised or elsewhere:
        return None  # "those who could not cross" tells of people, not of a crossing
    if (
        page.low[deed.start : deed.end] in BARE_LET
        and not how.passive
        and not how.stays
        and not any(page.word(i) in ("in", "through", "cross", "pass", "enter") for i in range(deed.last, min(deed.last + 7, clause.last)))
    ):
        return None
    if deed.value == "refuse" and how.passive and page.word(clause.first).endswith("ing") and not page.beads_in(clause.first, clause.first + 1, "thing"):
        return None  # "boarding is forbidden at Kena"
    if sum(b.hit is not None and b.hit.hours is not None for b in page.beads_in(clause.first, clause.last, "time")) > 1:
        return None  # "here they let through from eight to eight, there from noon until five": which hours are whose, one claim cannot hold
    if page.low[deed.start : deed.end] in IMPOSSIBLE and not any(page.word(i) in PASSING | {"entry", "exit"} for i in range(clause.first, deed.first)):
        return None  # "it is not possible to say whether cars are let in"
    things = _things(page, clause, deed) or _it(page, clause, deed)
    if page.low[deed.start : deed.end] in APPLIED and not any(b.value == "asylum" for b in things):
        return None  # "people were taken from Salla to Rovaniemi"
    doers = [b for b in page.beads_in(clause.first, deed.first, "thing", "folk") if b.value not in SERVES] if not how.passive else []
    if _counted(page, [*things, *doers]) or any(page.word(b.first - 1) == "last" for b in things):
        return None
    groups = [b for b in page.beads_in(clause.first, clause.last, "group") if not _whatever(page, b)] or _nationals(page, clause, deed, how)
    used = any(page.word(i) == "be" for i in range(deed.first, deed.last)) and page.word(deed.last) not in USED_FOR
    anybody = used and any(p.ids and p.how != "border" for p in page.phrases_in(clause.first, deed.first))
    nobody = any(page.word(i) in ("nobody", "anybody", "anyone") or page.word(i - 1) + page.word(i) == "noone" for i in range(clause.first, deed.first))
    if not things and not groups and not anybody and not nobody:
        return None
    targets = _where(page, s, cut, clause, deed, how, things)
    rail = things and all(b.value.startswith("rail") for b in things)
    if not targets or (rail and targets[0].how in ("border", "set")):
        return None
    refuses = (deed.value == "refuse") != (how.negated or how.commitment is Commitment.RULED_OUT)
    only = only_these(page, clause, things, groups)
    state, lanes = state_of(things, groups, refuses, only)
    if state is None:
        return None
    told = timing(page, clause.first, clause.last, True)
    into = way(page, clause, targets) or _towards(page, deed, groups, targets)
    fact = _as_fact(how, deed, refuses)
    if fact.commitment is Commitment.ORDERED and not told.future and any(permits(page, i, deed) for i in range(clause.first, deed.first)):
        fact = replace(fact, commitment=Commitment.IN_EFFECT)  # "does not allow it to be crossed on foot"
    if fact.commitment is Commitment.ORDERED and not told.future and any(page.word(i) == "you" for i in range(clause.first, deed.first)):
        fact = replace(fact, commitment=Commitment.IN_EFFECT)  # "you will not be let through": so it is for whoever comes
    return make(
        page, clause, deed, targets, state, fact, told, lanes, None, into, applies_to=_group(page, things, groups)
    )


def _whatever(page: Page, group: Bead) -> bool:
    """ "Whatever the plates", "regardless of visas": no rule for some."""
    return any(page.word(i) in ("whatever", "regardless", "irrespective") for i in range(group.first - 3, group.first))


def _nationals(page: Page, clause: Clause, deed: Bead, how: Force) -> list[Bead]:
    """ "Russians are turned away": a rule for some people."""
    people = [b for b in page.beads_in(clause.first, deed.first, "country") if "people" in b.forms and page.low[b.start : b.end].endswith("ns")]
    return people if deed.value == "refuse" and how.passive else []


def _group(page: Page, things: list[Bead], groups: list[Bead]) -> str | None:
    """The group that a rule is for, in its own words ("cars with Russian plates"); None = everybody."""
    beads = sorted((*things, *groups), key=lambda b: b.first)
    if not groups:
        return None
    close = [b for b in beads if abs(b.first - groups[0].first) <= 6]
    first = close[0].first
    adjective = page.bead_at(first - 1)
    start = adjective.start if adjective and adjective.kind == "country" and adjective.last == first else close[0].start
    return page.cut(start, close[-1].end)


def _towards(page: Page, deed: Bead, groups: list[Bead], targets: tuple[Phrase, ...]) -> str | None:
    """Groups and plates that are turned away are turned away from coming in."""
    border = border_of_all(targets)
    return covered(border) if groups and border and deed.value == "refuse" and "leave" not in page.low[deed.start : deed.end] else None


WHO = ("they", "them", "these", "those")  # people or cars as well
USED_FOR = ("as", "against", "by", "for", "in")  # "may be used as a pawn"
PASSING = frozenset({"passage", "crossing", "transit"})
IMPOSSIBLE = ("not possible", "impossible", "no longer possible", "not currently possible")
GOING = {"ride": "bicycle", "walk": "pedestrian", "drive": "vehicle"}


def _it(page: Page, clause: Clause, deed: Bead) -> list[Bead]:
    """ "Niirala admits it from 8.00", "coming into Estonia stays possible": whatever passes."""
    at = deed.first - 1
    while page.word(at) in ("is", "was", "remains", "currently", "at", "present"):
        at -= 1
    if page.word(at) in PASSING and page.phrase_over(at) is None:
        return [replace(deed, kind="thing", value="traffic")]  # "passage is possible"
    ways = page.beads_in(clause.first, clause.last, "way")
    if ways:
        return ways
    subject = page.phrases_in(clause.first, deed.first)
    return page.beads_in(deed.last, deed.last + 1, "who") if subject and subject[-1].how == "named" else []


def _counted(page: Page, things: list[Bead]) -> bool:
    """ "30 persons were not let in", "had admitted 412 lorries" count and close or open nothing."""
    for thing in things:
        near = page.beads_in(max(0, thing.first - (3 if thing.value == "people" else 1)), thing.first, "number")
        before = page.bead_at(thing.first - 1)  # "5,500" is three words
        if thing.kind in ("thing", "folk") and (near or (before is not None and before.kind == "number")):
            return True
    return False


def _as_fact(how: Force, deed: Bead, refuses: bool) -> Force:
    """A refusal is a fact, not a thing ruled out: "will not be admitted" orders it."""
    said = how.commitment
    if said is Commitment.RULED_OUT:
        said = Commitment.ORDERED if refuses else Commitment.IN_EFFECT
    if said is Commitment.SIGNALLED and deed.value == "admit" and {"may", "can"} & set(how.cues):
        said = Commitment.IN_EFFECT  # "may use" and "can be crossed" permit; "could" only hints
    return replace(how, commitment=said, negated=False)


def _things(page: Page, clause: Clause, deed: Bead) -> list[Bead]:
    """Who or what the deed is about, in its clause."""
    found = [b for b in page.beads_in(clause.first, clause.last, "thing") if page.phrase_over(b.first) is None and not _of_another_kind(page, b)]
    before = page.bead_at(clause.first - 2) if clause.hinge in ("that", "which") else None
    if before and before.kind == "thing" and deed.forms & {"past"}:
        found = [before, *found]  # "buses that do not run to a timetable have been barred"
    going = page.low[deed.start : deed.end].split()[0]
    if going in GOING and not found:
        return [replace(deed, kind="thing", value=GOING[going])]
    narrow = [b for b in found if b.value not in EVERYBODY]
    return narrow or [b for b in found if b.value == "traffic" or abs(b.first - deed.last) <= 3 or b.last <= deed.first]


def _of_another_kind(page: Page, thing: Bead) -> bool:
    """ "Applications" for visas or permits: bare applications are for asylum only in a text that speaks of asylum."""
    bare = page.low[thing.start : thing.end] in ("application", "applications")
    return bare and not page.once("asylum told", lambda: any(word in page.low for word in ("asylum", "international protection", "refugee")))


def _where(page: Page, s: Sentence, cut: list[Clause], clause: Clause, deed: Bead, how: Force, things: list[Bead]) -> tuple[Phrase, ...]:
    """At which crossings: named in the clause, else spoken of just before, where the thing is one that only crossings have."""
    phrases = [p for p in page.phrases_in(clause.first, clause.last) if (p.ids or p.how == "border") and not p.part]
    places = [p for p in phrases if p.how != "border"]
    there = clause.hinge == "where" and any(page.word(i) in PASSING for i in range(clause.first, deed.first))
    targets = target(page, s, cut, clause, deed, not places or places[0].first < deed.first or how.passive) if phrases or there else ()
    if any(p.part for p in targets):
        return ()  # "people crossed at several checkpoints"
    if places and (not targets or targets[0].how == "border" or not targets[0].ids):
        targets = (places[-1],)
    if page.low[deed.start : deed.end].startswith("let") and any(page.low[p.start : p.end] in WHO for p in targets):
        named = tuple(p for p in places if p.how == "named")    # "at Narva they let pedestrians through": people do
        return named if len(named) == 1 else ()
    if targets and targets[0].ids and targets[0].how != "border":
        return targets
    if not targets and any(p.how == "unresolved" and p.plural and page.low[p.start : p.end] not in WHO for p in page.phrases_in(clause.first, clause.last)):
        return ()  # "on foot at either place": it names places, and nobody can tell which
    if any(b.kind == "group" for b in page.beads_in(clause.first, clause.last)):
        return _whole_border(page, s, clause, deed, targets)
    anybody = deed.value == "refuse" and any(page.low[b.start : b.end] in ("anyone", "anybody", "everyone", "everybody") for b in things)
    lanes = anybody or any(b.value in SERVES - {"traffic", "asylum"} for b in things)
    return targets or (topic(page, s, deed.first) if lanes else ())


def _whole_border(page: Page, s: Sentence, clause: Clause, deed: Bead, targets: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """A rule for plates or tourists without a crossing named: the border of the two states named, else the one crossing spoken of."""
    if targets:
        return targets
    states = {b.value for b in page.beads_in(s.first, s.last, "country")}
    told = page.once("borders told", lambda: _borders_told(page))
    border = next((border for border in told if set(border.split("-")) <= states), None)
    if border:
        return (Phrase(clause.first, clause.first, deed.start, deed.end, s.number, told[border], border, "border"),)
    near = topic(page, s, deed.first, 1)
    if near and len(near[0].ids) == 1:
        return near
    border = next((border for border in told if page.focus in border.split("-") and states & set(border.split("-")) and len(told[border]) == 1), None)
    return (Phrase(clause.first, clause.first, deed.start, deed.end, s.number, told[border], border, "border"),) if border else ()


def _borders_told(page: Page) -> dict[str, tuple[str, ...]]:
    """The borders that a text speaks of, in order, with the crossings that it means by the whole of each (or its only one)."""
    first: dict[str, Phrase] = {}
    whole: dict[str, Phrase] = {}
    for phrase in page.phrases:
        if phrase.border:
            first.setdefault(phrase.border, phrase)
            if phrase.how == "border":
                whole.setdefault(phrase.border, phrase)
    return {border: whole[border].ids if border in whole else p.ids if len(p.ids) == 1 else () for border, p in first.items()}


def rule_claim(page: Page, s: Sentence, cut: list[Clause], clause: Clause, deed: Bead) -> Draft | None:
    """ "Norway tightens the entry rules for Russian tourists at Storskog": a rule for some, at a crossing or along the border."""
    how = force(page, s, cut, clause, deed)
    after = page.beads_in(deed.last, min(deed.last + 12, clause.last))
    ruled = any(b.kind == "way" or (b.kind == "thing" and b.value == "traffic") or page.word(b.first) in RULES for b in after)
    groups = [b for b in after if b.kind == "group"]
    entry = any(b.kind == "rules" or (b.kind == "stance" and page.word(b.first) in RULES) for b in after[:3])
    ruled = ruled or entry or any(page.word(i) in RULES for i in range(deed.last, deed.last + 5))
    if how.commitment is None or how.negated or not (groups or entry) or not ruled:
        return None
    named = [p for p in page.phrases_in(clause.first, clause.last) if p.ids and p.how != "border"]
    targets = (named[-1],) if named else _whole_border(page, s, clause, deed, ())
    if not targets:
        return None
    told = timing(page, clause.first, clause.last, True)
    return make(page, clause, deed, targets, State.RESTRICTED, how, told, applies_to=_group(page, [], groups))


RULES = frozenset({"entry", "rules", "rule", "access", "conditions", "requirements", "visa", "visas", "admission"})


def only_these(page: Page, clause: Clause, things: list[Bead], groups: list[Bead]) -> bool:
    """ "only pedestrians", "listed groups only", "only on foot": the rest stays out."""
    for bead in (*things, *groups):
        near = [page.word(i) for i in (bead.first - 1, bead.first - 2, bead.last, bead.last + 1)]
        if "alone" in near[2:] or "only" in near or "solely" in near or "exclusively" in near:
            return True
    words = [page.word(i) for i in range(clause.first, clause.last)]
    if words[:1] == ["only"] and groups:
        return True  # "only diplomats and EU citizens may pass"
    return any(words[i : i + 2] in (["nothing", "else"], ["nobody", "else"], ["no", "others"]) for i in range(len(words)))


def state_of(things: list[Bead], groups: list[Bead], refuses: bool, only: bool) -> tuple[State | None, tuple[str, ...]]:
    """Open, closed or restricted for the lanes told; a rule for some groups or plates restricts."""
    lanes = lanes_of(things)
    asylum = "asylum" in lanes
    if asylum:
        return (State.CLOSED if refuses else State.OPEN), ("asylum",)
    if groups:
        return (State.RESTRICTED if refuses or only else None), lanes
    if only and not refuses:
        return State.RESTRICTED, ("all",)
    if refuses:
        return State.CLOSED, lanes
    return State.OPEN, lanes
