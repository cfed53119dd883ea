"""Finds who objects to a measure: a court, an ombudsman, a UN body, lawyers, or the state on the other side."""

from __future__ import annotations

from pasvik.reading.charge.owner import asserted, cut_of, reach
from pasvik.reading.charge.party import Party, Scene, is_state
from pasvik.reading.charge.subject import ARTICLES, subject
from pasvik.reading.clause.verb import BE
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.page import Bead
from pasvik.terms.claim import Objection

MEASURES = frozenset({
    "closure", "closures", "closing", "shutting", "decision", "decisions", "move", "moves", "step", "steps", "measure", "measures", "ban", "restrictions", "rule", "rules", "order", "act",
    "law", "bill", "sealing"})
URGES = frozenset({"called on", "calls on", "urged", "urges", "appealed", "demanded", "demands", "should", "must", "should not", "recommended", "calls for", "called for"})
AGREES = frozenset({"welcomed", "welcomes", "praised", "praises", "upheld", "upholds", "approved", "thanked"})
GROUNDS_LENGTH = 120                                            # code points of the grounds that are kept


def objections(scene: Scene) -> list[Draft]:
    """The objections of one sentence: one for each who objects."""
    if scene.s.ask or any(scene.word(i) in AGREES for i in range(scene.s.lead, scene.s.last)):
        return []
    found: list[Draft] = []
    for party in scene.parties:
        if party.kind == "watchdog" and not party.owned and not found:
            found += _watchdog(scene, party)
    return found or _neighbour(scene)


def _watchdog(scene: Scene, party: Party) -> list[Draft]:
    """Somebody whose task it is to weigh measures says what speaks against one."""
    says = [b for b in scene.beads("say", "object", "charge", "op", "act") if _speaks(scene, b, party)]
    verb = says[0] if says else _criticised_by(scene, party) or _after_colon(scene, party)
    if verb is None:
        return []
    rest = scene.page.beads_in(min(verb.first, party.first), scene.s.last)
    against = [b for b in rest if b.kind == "object" and b.value in ("ground", "deed", "slur")]
    harms = [b for b in rest if b.kind == "harm" and b.value == "strong" and scene.page.low[b.start:b.end].startswith(("viol", "breach", "undermin"))]
    urges = any(b.kind in ("say", "op") and scene.page.low[b.start:b.end] in URGES for b in rest) and any(b.kind == "act" and b.value == "open" for b in rest)
    if not (against or harms or urges or _orders(scene, verb, party)) or _undone(scene, verb):
        return []
    return [_draft(scene, party, verb)]


def _criticised_by(scene: Scene, party: Party) -> Bead | None:
    """"The measures were criticised by the UN refugee agency"."""
    at = party.first - 1
    at -= 1 if scene.word(at) in ARTICLES else 0
    if scene.word(at) != "by":
        return None
    return next((b for b in scene.beads("object") if b.value == "deed" and 0 <= at - b.last <= 1 and scene.word(b.first - 1) in BE | {"been", "sharply"}), None)


def _orders(scene: Scene, verb: Bead, party: Party) -> bool:
    """"The court ordered Latvia to ...": a court that tells a state what to do limits it."""
    court = "court" in scene.page.low[scene.page.words[party.first][0]:scene.page.words[party.last - 1][1]]
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
    if bead.kind == "charge" and bead.value != "call":
        return False
    if bead.kind == "act" and bead.value not in ("stop", "lift"):
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
        if not (calls or (bead.kind == "object" and bead.value == "deed" and "noun" not in bead.forms)):
            continue
        who = subject(scene, bead.first)
        by = next((p for p in scene.parties if _criticised_by(scene, p) is bead and is_state(p)), None)
        if by is not None and any(scene.word(i) in MEASURES for i in range(scene.s.lead, bead.first)):
            return [_draft(scene, by, bead)]
        if who is None or len(who.parties) != 1 or not is_state(who.parties[0]) or who.parties[0].kind not in ("country", "body", "office", "role"):
            continue
        last = reach(scene, bead.last)
        measure = next((i for i in range(bead.last, last) if scene.word(i) in MEASURES), None)
        slur = any(b.start >= scene.page.words[bead.last][0] for b in scene.page.beads_in(bead.last, last, "object") if b.value in ("slur", "ground")) if bead.last < scene.s.last else False
        passive = scene.word(bead.first - 1) in BE
        if measure is None or passive or (calls and not slur) or not asserted(scene, cut_of(scene), bead) or _own(scene, bead, last, who.parties[0]):
            continue
        return [_draft(scene, who.parties[0], bead)]
    return []


def _own(scene: Scene, bead: Bead, last: int, who: Party) -> bool:
    """Whether the measure is the objector's own."""
    owners = [p for p in scene.parties if bead.last <= p.first < last]
    return bool(owners) and all(set(p.codes) & set(who.codes) for p in owners)


def _draft(scene: Scene, party: Party, verb: Bead) -> Draft:
    page = scene.page
    first = scene.s.lead if verb.last <= party.first else party.first
    start, end = trim(page, page.words[min(first, verb.first)][0], page.words[reach(scene, max(verb.last, party.last)) - 1][1])
    grounds = " ".join(page.cut(*trim(page, page.words[min(max(verb.last, party.last), scene.s.last - 1)][0], end)).split())[:GROUNDS_LENGTH]
    objector = party.codes[0] if party.kind != "watchdog" else party.speaker.name
    speaker = page.speaker_at(verb.start, verb.end) or party.speaker
    target = next((p.border for p in page.phrases_in(scene.s.lead, scene.s.last) if p.border), None)
    return Draft(Objection(objector, target or _border(scene), grounds), start, end, speaker, confidence=0.8, found_by=f"objection: {page.low[verb.start:verb.end]}")


def _border(scene: Scene) -> str | None:
    """The border that the text is about, by its last phrase before the sentence."""
    before = [p for p in scene.page.phrases if p.start < scene.s.start and p.border]
    return before[-1].border if before else None
