"""Charges told as somebody's words: "the minister said Russia was using migrants as a tool", "an operation by the regime"."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.charge.accuse import CHARGE_LENGTH
from pasvik.reading.charge.owner import Owner, across, asserted, other_state, owner, reach
from pasvik.reading.charge.party import Party, Scene, is_state
from pasvik.reading.charge.subject import subject
from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.verb import BE
from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.page import Bead
from pasvik.terms.claim import Accusation

FOLK = frozenset({
    "people", "anyone", "them", "migrants", "flow", "flows", "arrivals", "migration", "movement", "nationals", "newcomers", "everyone", "somebody",
    "someone", "entry", "crossings", "groups", "citizens", "travellers",
    "residents", "persons", "workers"})
USE = frozenset({"use", "uses", "used", "using"})
IS = BE | {"itself", "largely", "solely", "entirely", "bears", "bear", "bore", "carries", "had", "has"}
SENDS = frozenset({("move", "transfer"), ("act", "admit")})        # hostile only towards a border: "sending people to our border"
AIMS = frozenset({"aim", "goal", "purpose", "intention", "intent", "objective"})   # "Russia's aim is to destabilise Finland"
SEATS = frozenset({"moscow", "minsk", "kremlin", "russian side", "belarusian side"})     # "from Russia" is a place, "from Moscow" is an order
HERE = frozenset({"us", "here", "fence", "border"})
PAPERS = frozenset({"papers", "documents", "documentation", "visas", "visa", "passports", "permits"})
LACKING = frozenset({"without", "incomplete", "invalid", "insufficient", "missing", "lacking"})      # letting such people through is a charge
MIGRANTS = frozenset({"migrants", "seekers", "refugees", "third"})
WHERE = frozenset({"to", "towards", "toward", "into", "across", "over", "at"})
LOOK = 7                                                        # words between a deed and those it is done to
TRIES = frozenset({"attempt", "attempts", "effort", "efforts", "bid", "bids", "campaign", "operation", "plan", "plans", "intention", "desire", "wish"})
AGENT_LOOK = 9                                                  # words between a deed done and its doer


def charged_by_deed(scene: Scene, cut: list[Clause], bead: Bead, earlier: Scene | None) -> list[Draft]:
    """The accusations that one hostile deed makes in the mouth of another state's speaker."""
    if bead.kind in ("act", "move") and (bead.kind, bead.value) not in SENDS:
        return []
    who = owner(scene, bead)
    if who is None or scene.s.ask or not asserted(scene, cut, bead):
        return []
    clause = next(c for c in cut if c.first <= bead.first < c.last)
    for read in (_attempt, _doer, _agent, _noun):
        found = read(scene, clause, bead, who, earlier)
        if found:
            return _drafts(scene, bead, who, *found)
    return []


Found = tuple[tuple[Party, ...], int]


def _drafts(scene: Scene, bead: Bead, who: Owner, parties: tuple[Party, ...], start: int) -> list[Draft]:
    if not parties or not all(is_state(p) for p in parties):
        return []
    last = reach(scene, max(bead.last, *(p.last for p in parties)) - 1)
    a, b = scene.quote(start, last)
    said = " ".join(scene.page.cut(*scene.quote(_use(scene, bead) or bead.first if bead.value == "tool" else bead.first, last)).split())[:CHARGE_LENGTH]
    cue = f"accusation: {scene.page.low[bead.start:bead.end]}"
    codes = sorted({code for p in parties for code in p.codes} - set(who.codes))
    return [Draft(Accusation(who.codes, code, said), a, b, who.speaker, confidence=0.8, found_by=cue) for code in codes]


def _doer(scene: Scene, clause: Clause, bead: Bead, who: Owner, earlier: Scene | None) -> Found | None:
    """"Russia is hindering", "Finland was to blame", "Moscow was steering people towards the border"."""
    if not _harms(scene, clause, bead) or (bead.kind != "charge" and _passive(scene, bead)):
        return None
    doing = subject(scene, _verb(scene, bead))
    if doing is None:
        owners = [p for p in scene.parties if p.owned and 0 < bead.first - p.last <= 8]
        aim = next((p for p in owners if AIMS & set(scene.words(p.last, p.last + 4))), None)
        return ((aim,), aim.first) if aim else None
    if len(doing.parties) == 1 and doing.parties[0].kind == "circle" and scene.word(doing.parties[0].last - 1).startswith("neighb") and len(who.codes[0]) == 2:
        state = across(scene.page, who.codes[0])                # "the neighbours themselves created this crisis"
        return ((replace(doing.parties[0], codes=(state,), kind="country"),), doing.first) if state else None
    if doing.parties:
        return doing.parties, doing.first
    party = other_state(scene, doing.first, who.codes, earlier) if doing.pronoun in ("it", "they") else None
    return ((party,), doing.first) if party else None


def _harms(scene: Scene, clause: Clause, bead: Bead) -> bool:
    """Whether the words round a verb make it a hostile deed."""
    if bead.kind == "charge":
        return bead.value == "fault" and bool({scene.word(bead.first - 1), scene.word(bead.first)} & IS)
    if bead.kind == "harm" and bead.value == "tool":
        return _use(scene, bead) is not None
    if bead.kind == "harm" and bead.value in ("strong", "use"):
        return True
    if bead.kind == "harm" and bead.value == "steer":
        return _folk(scene, bead) is not None
    if (bead.kind, bead.value) in SENDS:
        folk = _folk(scene, bead)
        if folk is None:
            return False
        ahead = set(scene.words(bead.last, folk + LOOK))
        if bead.kind == "act" and PAPERS & ahead and LACKING & ahead:
            return True
        return _towards(scene, folk) and (bead.kind == "move" or bool(MIGRANTS & ahead and not {"leave", "exit", "return"} & ahead))
    return False


def uses(scene: Scene) -> list[Bead]:
    """"using migrants", "uses ordinary people": a use of people is hostile by itself; no entry of the lexicon marks it."""
    used = [_as_bead(scene, index) for index in range(scene.s.lead, scene.s.last) if scene.word(index) in USE]
    return [bead for bead in used if _folk(scene, bead, 3) is not None]


def _as_bead(scene: Scene, index: int) -> Bead:
    start, end, word = scene.page.words[index]
    return Bead("harm", "use", index, index + 1, start, end, frozenset({"ing" if word.endswith("ing") else "past"}))


def _verb(scene: Scene, bead: Bead) -> int:
    """The word before which the subject stands."""
    if bead.value == "tool":
        return _use(scene, bead) or bead.first
    at = bead.first
    while scene.word(at - 1) in ("to", "trying", "seeking", "attempting", "wants", "wanted", "tries", "tried", "seeks", "aims", "of", "deliberately", "be"):
        at -= 1
    return at


def _use(scene: Scene, tool: Bead) -> int | None:
    """"using migrants as a tool": the word "using"."""
    return next((i for i in range(tool.first - 1, max(scene.s.lead, tool.first - LOOK) - 1, -1) if scene.word(i) in USE), None)


def _folk(scene: Scene, bead: Bead, look: int = LOOK) -> int | None:
    """The word after the people that a verb is done to."""
    for index in range(bead.last, min(bead.last + look, scene.s.last)):
        other = scene.cursor.bead(index)
        if scene.word(index) in (",", ";", "."):
            return None
        folk = other is not None and (other.kind == "folk" or (other.kind == "thing" and other.value in ("people", "asylum")))
        if folk or scene.word(index) in FOLK:
            return other.last if other else index + 1
    return None


def _towards(scene: Scene, after: int) -> bool:
    """Whether people are sent to a border or into a country, and not back."""
    ahead = range(after, min(after + LOOK, scene.s.last))
    if {"back", "home"} & set(scene.words(ahead.start, ahead.stop)):
        return False
    return any(_is_place(scene, i) for at in ahead if scene.word(at) in WHERE for i in range(at + 1, min(at + 5, scene.s.last)))


def _is_place(scene: Scene, index: int) -> bool:
    """Whether a word means a border, a crossing or a country to be sent to."""
    return scene.word(index) in HERE or scene.at(index) is not None or scene.page.phrase_over(index) is not None


def _passive(scene: Scene, bead: Bead) -> bool:
    at = bead.first - 1
    while scene.word(at).endswith("ly") or scene.word(at) in ("also", "again", "now", "often"):
        at -= 1
    return "past" in bead.forms and scene.word(at) in BE


def _agent(scene: Scene, clause: Clause, bead: Bead, who: Owner, earlier: Scene | None) -> Found | None:
    """"organised by Russia", "helped to reach Finland from the Russian side", "run from Moscow"."""
    if bead.kind not in ("harm", "move") or "past" not in bead.forms or bead.value in ("tool", "use"):
        return None
    if (bead.kind == "move" or scene.word(bead.first) == "led") and not _towards(scene, bead.last):
        return None
    party = _agent_after(scene, bead.last, AGENT_LOOK if _passive(scene, bead) else 3)
    if scene.word(bead.first) == "led" and party and scene.before(party) != "by":
        return None                                             # "led to the fence from the Belarusian side" tells only where from
    return ((party,), clause.first) if party else None


def _attempt(scene: Scene, clause: Clause, bead: Bead, who: Owner, earlier: Scene | None) -> Found | None:
    """"attempts by Russia to destabilise society": the deed is that of whoever stands after "by"."""
    if bead.kind != "harm" or scene.word(bead.first - 1) != "to":
        return None
    party = next((p for p in scene.parties if p.last == bead.first - 1 and scene.before(p) == "by" and not p.owned), None)
    noun = scene.past_articles(party.first - 1) - 1 if party else -1
    return ((party,), noun) if party and scene.word(noun) in TRIES else None


def _noun(scene: Scene, clause: Clause, bead: Bead, who: Owner, earlier: Scene | None) -> Found | None:
    """"a migration attack run from Moscow", "a planned operation by the regime", "Russia's hybrid attack"."""
    if bead.kind != "harm" or bead.value not in ("attack", "deed") or {"ukraine", "kyiv"} & set(scene.words(bead.last, bead.last + LOOK)):
        return None                                             # the war is not what is said of the border
    party = _agent_after(scene, bead.last, 4)
    if party is None and bead.value == "attack":
        party = next((p for p in scene.parties if p.owned and 0 <= bead.first - p.last <= 3), None)
    return ((party,), min(clause.first, party.first)) if party else None


def _agent_after(scene: Scene, first: int, look: int) -> Party | None:
    """The party after "by", or after "from" where an order and not a road comes from there."""
    for party in scene.parties:
        if not first < party.first <= first + look or (party.owned and not _soldiers(scene, party)):
            continue
        before = scene.before(party)
        name = scene.page.low[slice(*scene.quote(party.first, party.last))].removeprefix("the ")
        if before == "by" or (before == "from" and (name in SEATS or party.kind in ("body", "office"))):
            return party
    return None


def _soldiers(scene: Scene, party: Party) -> bool:
    """"by Belarusian soldiers": an adjective before people who are no travellers."""
    bead = scene.cursor.bead(party.last)
    word = scene.word(party.last)
    return word.endswith(("s", "men")) and word not in FOLK and (bead is None or bead.kind in ("unit", "power"))
