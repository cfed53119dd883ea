"""Finds who objects to a measure: a court, an ombudsman, a UN body, lawyers, or the state on the other side."""

from __future__ import annotations

from bisect import bisect_left

from pasvik.reading.charge.owner import asserted, cut_of, doer, reach
from pasvik.reading.charge.party import Party, Scene, is_state
from pasvik.reading.charge.subject import subject
from pasvik.reading.clause.verb import BE
from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.page import Bead
from pasvik.terms.claim import Objection

MEASURES = frozenset({
    "closure", "closures", "closing", "shutting", "sealing", "decision", "decisions", "move", "moves", "step", "steps", "measure", "measures", "ban",
    "restrictions", "rule", "rules", "order", "act", "law", "bill", "plan", "plans", "proposal", "action", "actions", "arrangement"})
NEIGHBOURS = frozenset({"RU", "BY"})
URGES = frozenset({"called on", "calls on", "urged", "urges", "appealed", "demanded", "demands", "should", "must", "recommended", "calls for", "called for"})
HINDERS = frozenset({"must", "should", "cannot", "nowhere", "impossible", "prevent", "prevents", "prevented", "deny", "denies", "could", "bars"})   # of asylum
HARMS = ("viol", "breach", "undermin")                          # how the verbs begin that name a breach of law
PUBLIC = frozenset({"country", "body", "office", "role"})
AGREES = frozenset({"welcomed", "welcomes", "praised", "praises", "upheld", "upholds", "approved", "thanked"})
NEAR = 12                                                       # crossing phrases back in which the border that is meant was named
GROUNDS_LENGTH = 120                                            # code points of the grounds that are kept


def objections(scene: Scene) -> list[Draft]:
    """The objections of one sentence: one for each who objects."""
    if scene.s.ask or AGREES & set(scene.words(scene.s.lead, scene.s.last)):
        return []
    for party in scene.parties:
        found = _watchdog(scene, party) if party.kind == "watchdog" and not party.owned else []
        if found:
            return found
    return _neighbour(scene)


def _watchdog(scene: Scene, party: Party) -> list[Draft]:
    """Somebody whose task it is to weigh measures says what speaks against one."""
    says = (b for b in scene.beads("say", "object", "charge", "op", "act") if _speaks(scene, b, party))
    verb = next(says, None) or _criticised_by(scene, party) or _after_colon(scene, party)
    if verb is None or not (_speaks_against(scene, min(verb.first, party.first)) or _orders(scene, verb, party)) or _undone(scene, verb):
        return []
    return [_draft(scene, party, verb)]


def _speaks_against(scene: Scene, first: int) -> bool:
    """Whether the words from here on name a right, a breach or a worry, or ask for a border to be opened."""
    rest = scene.page.beads_in(first, scene.s.last)
    if any((b.kind == "object" and b.value != "verdict") or (b.kind == "harm" and scene.word(b.first).startswith(HARMS)) for b in rest):
        return True
    if any(b.kind == "thing" and b.value == "asylum" for b in rest) and HINDERS & set(scene.words(first, scene.s.last)):
        return True
    urges = any(b.kind in ("say", "op") and scene.page.low[b.start:b.end] in URGES for b in rest)
    return urges and (any(b.kind == "act" and b.value == "open" for b in rest) or bool(MEASURES & set(scene.words(first, scene.s.last))))


def _criticised_by(scene: Scene, party: Party) -> Bead | None:
    """"The measures were criticised by the UN refugee agency"."""
    at = scene.past_articles(party.first - 1)
    if scene.word(at) != "by":
        return None
    deeds = (b for b in scene.beads("object") if b.value == "deed" and 0 <= at - b.last <= 1)
    return next((b for b in deeds if scene.word(b.first - 1) in BE or scene.word(b.first - 1).endswith("ly")), None)


def _orders(scene: Scene, verb: Bead, party: Party) -> bool:
    """"The court ordered Latvia to ...": a court that tells a state what to do limits it."""
    court = "court" in scene.words(party.first, party.last)
    return court and scene.word(verb.first) in ("ordered", "orders") and any(is_state(p) and 0 <= p.first - verb.last <= 2 for p in scene.parties)


def _after_colon(scene: Scene, party: Party) -> Bead | None:
    """"The Ombudsman's Office has: in its opinion ...": the ground itself, where the words after the colon are the party's own."""
    if scene.page.speaker_at(scene.s.end - 2, scene.s.end - 1) != party.speaker or not any(scene.word(i) == ":" for i in range(party.last, party.last + 4)):
        return None
    return next((b for b in scene.beads("object") if b.first >= party.last), None)


def _speaks(scene: Scene, bead: Bead, party: Party) -> bool:
    """Whether the party is the subject of this verb, or the words after a colon are its own."""
    if bead.kind == "object" and bead.value not in ("deed", "verdict"):
        return False
    if bead.kind == "op" and bead.value not in ("call", "deny", "decide", "rule_out", "consider"):
        return False
    if bead.kind == "charge" and bead.value not in ("call", "reject"):
        return False
    if bead.kind == "act" and bead.value not in ("stop", "lift", "close", "refuse"):
        return False
    voice = scene.page.speaker_at(scene.s.end - 2, scene.s.end - 1)
    who = subject(scene, bead.first)
    return bool(who and party in who.parties) or (bead.kind == "say" and voice == party.speaker)


def _undone(scene: Scene, verb: Bead) -> bool:
    """"has not objected", "may object", "rejected the objections": nothing is objected to."""
    if not asserted(scene, cut_of(scene), verb):
        return scene.page.low[verb.start:verb.end] not in ("should", "must")
    rejects = scene.word(verb.first) in ("dismissed", "rejected", "threw")
    return rejects and any(scene.word(i) in ("appeal", "appeals", "complaint", "complaints", "objection", "objections") for i in range(verb.last, scene.s.last))


def _neighbour(scene: Scene) -> list[Draft]:
    """"The Kremlin called the Norwegian move discriminatory", "Moscow protested against the closure"."""
    for bead in scene.beads("charge", "object"):
        calls = bead.kind == "charge" and bead.value == "call"
        if not calls and (bead.value != "deed" or "noun" in bead.forms):
            continue
        by = next((p for p in scene.parties if is_state(p) and _criticised_by(scene, p) is bead), None)
        if by is not None and MEASURES & set(scene.words(scene.s.lead, bead.first)):
            return [_draft(scene, by, bead)]
        who = _speaking_state(scene, bead)
        if who is not None and _objects(scene, bead, calls, who):
            return [_draft(scene, who, bead)]
    return []


def _speaking_state(scene: Scene, bead: Bead) -> Party | None:
    """The one state that calls, criticises or regrets: the subject, who "it" stands for, or the sentence's first where it goes on "calling"."""
    if bead.forms == {"ing"} and scene.word(bead.first - 1) == ",":
        return next((p for p in scene.parties if p.last <= bead.first and not p.owned and is_state(p)), None)
    who = subject(scene, bead.first)
    voice = scene.page.speaker_at(bead.start, bead.end)
    if who is not None and who.pronoun:
        said = doer(scene, bead)
        here = next((p for p in scene.parties if p.speaker == voice and is_state(p)), None)
        return here or (Party(who.first, who.first + 1, said.codes, said.speaker, "body") if said and said.speaker else None)
    return who.parties[0] if who is not None and len(who.parties) == 1 and is_state(who.parties[0]) else None


def _objects(scene: Scene, bead: Bead, calls: bool, who: Party) -> bool:
    """Whether a state speaks against another state's measure, and does so as a fact."""
    last = reach(scene, bead.last)
    slur = any(b.value in ("slur", "ground", "null") for b in scene.page.beads_in(bead.last, last, "object", "charge"))
    slur = slur or (set(who.codes) <= NEIGHBOURS and '"' in scene.words(bead.last, last + 1))      # "an abuse of geography"
    protests = any(word in scene.page.low[bead.start:bead.end] for word in ("protest", "objected"))
    if who.kind not in PUBLIC or not (protests or MEASURES & set(scene.words(bead.last, last))) or scene.word(bead.first - 1) in BE or (calls and not slur):
        return False
    return asserted(scene, cut_of(scene), bead) and not _own(scene, bead, last, who)


def _own(scene: Scene, bead: Bead, last: int, who: Party) -> bool:
    """Whether the measure is the objector's own."""
    measure = next((i for i in range(bead.last, last) if scene.word(i) in MEASURES), last)
    if {"its", "their", "own"} & set(scene.words(max(bead.last, measure - 3), measure)):
        return True
    owners = [p for p in scene.parties if bead.last <= p.first < last]
    return bool(owners) and all(set(p.codes) & set(who.codes) for p in owners)


def _draft(scene: Scene, party: Party, verb: Bead) -> Draft:
    page = scene.page
    first = scene.s.lead if verb.last <= party.first else party.first
    last = reach(scene, max(verb.last, party.last))
    start, end = scene.quote(min(first, verb.first), last)
    grounds = " ".join(page.cut(*scene.quote(min(max(verb.last, party.last), last - 1), last)).split())[:GROUNDS_LENGTH]
    objector = party.codes[0] if party.kind != "watchdog" else party.speaker.body or party.speaker.name
    speaker = page.speaker_at(verb.start, verb.end) or party.speaker
    target = next((p.border for p in page.phrases_in(scene.s.lead, scene.s.last) if p.border), None)
    cue = f"objection: {page.low[verb.start:verb.end]}"
    return Draft(Objection(objector, target or _border(scene), grounds), start, end, speaker, confidence=0.8, found_by=cue)


def _border(scene: Scene) -> str | None:
    """The border that the text is about, by its last phrase before the sentence."""
    at = bisect_left(scene.page.phrases, scene.s.start, key=lambda phrase: phrase.start)
    return next((p.border for p in reversed(scene.page.phrases[max(0, at - NEAR):at]) if p.border), None)
