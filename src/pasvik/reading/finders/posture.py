"""Finds where a government stands without naming a crossing: it has tightened checks, is ready to close, thinks of new measures."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.charge.owner import Owner, asserted, cut_of, doer, reach
from pasvik.reading.charge.party import Party, Scene, scene_of
from pasvik.reading.charge.subject import subject
from pasvik.reading.clause.clause import Clause
from pasvik.reading.finders.draft import Draft
from pasvik.reading.finders.objection import objections
from pasvik.reading.finders.watch import watches
from pasvik.reading.page.cursor import cursor_of
from pasvik.reading.page.page import Bead, Page
from pasvik.terms.claim import Basis, Posture

KINDS = frozenset({"stance", "watch", "object"})
CUES = frozenset({("act", "restrict"), ("act", "refuse"), ("act", "close"), ("op", "ready"), ("charge", "call"), ("circle", "rights"), ("circle", "law")})
LEADS = frozenset({"lead", "example", "decision", "move", "footsteps", "step", "choice"})
GUARD_LOOK = 6                                                  # words between "tightened" and what is tightened
SHUT = frozenset({"close", "shut", "seal", "block"})


def find(page: Page) -> list[Draft]:
    """All postures, watches and objections of a page, in order of place."""
    cursor = cursor_of(page)
    found: list[Draft] = []
    for sentence in page.sentences:
        beads = page.beads_in(sentence.lead, sentence.last)
        if any(_cue(b) for b in beads):
            scene = scene_of(page, cursor, sentence)
            found += [*_postures(scene), *watches(scene), *objections(scene)]
    return found


def _cue(bead: Bead) -> bool:
    return bead.kind in KINDS or "watchdog" in bead.forms or (bead.kind, bead.value) in CUES


def _postures(scene: Scene) -> list[Draft]:
    if scene.s.ask:
        return []
    cut, found = cut_of(scene), []
    for bead in scene.beads("act", "stance", "op"):
        found += _changed(scene, cut, bead) or _ready(scene, bead)
    return found


def _changed(scene: Scene, cut: list[Clause], bead: Bead) -> list[Draft]:
    """"have tightened checks on their borders", "eased visa rules", "has stopped issuing tourist visas"."""
    stance = "partly_closed" if _partly(scene, bead) else _stance(scene, bead)
    if not stance or _names_crossing(scene, bead):
        return []
    led = _led(scene, bead)
    if led is not None:
        return [_draft(scene, Owner(led.codes, None), stance, led.first, bead, Basis.PRESUPPOSED)]
    if bead.forms == {"ing"} and any(b.value == "consider" and 0 <= bead.first - b.last <= 2 for b in scene.beads("op")):
        return _considering(scene, bead)
    if not bead.forms & {"past", "s", "ing"} or not asserted(scene, cut, bead) or (bead.forms == {"ing"} and not _progressive(scene, bead)):
        return []
    who = doer(scene, bead)
    subj = subject(scene, bead.first)
    if who is None or subj is None:
        return []
    return [_draft(scene, Owner((code,), who.speaker), stance, subj.first, bead) for code in who.codes if len(code) == 2]


def _considering(scene: Scene, bead: Bead) -> list[Draft]:
    """"Norway is considering tightening border controls"."""
    verb = next(b for b in scene.beads("op") if b.value == "consider" and 0 <= bead.first - b.last <= 2)
    who, subj = doer(scene, verb), subject(scene, verb.first)
    negated = any(scene.word(i) in ("not", "never", "no") for i in range(verb.first - 3, verb.first + 1))
    if who is None or subj is None or negated:
        return []
    return [_draft(scene, Owner((code,), who.speaker), "considering", subj.first, bead) for code in who.codes if len(code) == 2]


def _stance(scene: Scene, bead: Bead) -> str:
    """What a verb with its object makes of a border regime."""
    tightens = (bead.kind, bead.value) in (("act", "restrict"), ("stance", "tighten")) and "noun" not in bead.forms
    eases = (bead.kind, bead.value) == ("stance", "ease")
    ahead, near = range(bead.last, bead.last + GUARD_LOOK), range(bead.last, bead.last + 3)
    guarded = any(scene.marked(i, "stance", "guard") or scene.word(i) in ("checks", "patrols") for i in ahead)
    if guarded and (tightens or eases):
        return "tightened" if tightens else "eased"
    barred = (bead.kind, bead.value) == ("act", "refuse") and any(scene.marked(i, "group", "tourists") for i in near)
    unissued = (bead.kind, bead.value) == ("act", "stop") and any(scene.marked(i, "stance", "visas") for i in near)
    return "tightened" if barred or unissued else ""


def _partly(scene: Scene, bead: Bead) -> bool:
    """"has partly closed its border": of no crossing by name."""
    partly = scene.word(bead.first - 1) in ("partly", "partially") and (bead.kind, bead.value) == ("act", "close")
    return partly and any(p.how in ("border", "unresolved") or not p.ids for p in scene.page.phrases_in(bead.last, min(bead.last + GUARD_LOOK, scene.s.last)))


def _led(scene: Scene, bead: Bead) -> Party | None:
    """"Finland's lead in tightening controls": taken for granted, whatever the rest of the sentence asks."""
    if "ing" not in bead.forms or scene.word(bead.first - 1) not in ("in", "of", "by") or scene.word(bead.first - 2) not in LEADS:
        return None
    return next((p for p in scene.parties if p.owned and 0 < bead.first - 2 - p.last <= 2), None)


def _progressive(scene: Scene, bead: Bead) -> bool:
    return any(scene.word(i) in ("is", "are") for i in range(bead.first - 3, bead.first))


def _names_crossing(scene: Scene, bead: Bead) -> bool:
    """Whether the words speak of a crossing: then it is a status, and no posture."""
    last = reach(scene, bead.last)
    return any(p.how == "named" for p in scene.page.phrases_in(bead.last, last)) or bool(scene.page.beads_in(bead.last, last, "crossing"))


def _ready(scene: Scene, bead: Bead) -> list[Draft]:
    """"is ready to close the border", "stands prepared to shut all crossings"."""
    if (bead.kind, bead.value) != ("op", "ready"):
        return []
    near, before = scene.words(bead.last, bead.last + 3), scene.words(bead.first - 4, bead.first)
    if _names_crossing(scene, bead) or not SHUT & set(near) or {"not", "never", "no"} & set(before):
        return []
    at = bead.first - 1 if scene.word(bead.first - 1) in ("stood", "stands", "stand", "remains", "remain", "declared") else bead.first
    who = doer(scene, replace(bead, first=at))
    subj = subject(scene, at)
    if who is None and {"we"} & set(before):
        voice = scene.page.speaker_at(bead.start, bead.end)
        who = Owner((voice.country or voice.name,), voice) if voice else None
    if who is None:
        return []
    start = subj.first if subj else max(scene.s.lead, bead.first - 2)
    return [_draft(scene, Owner((code,), who.speaker), "ready_to_close", start, bead) for code in who.codes if len(code) == 2]


def _draft(scene: Scene, who: Owner, stance: str, first: int, bead: Bead, basis: Basis = Basis.STATED) -> Draft:
    start, end = scene.quote(first, reach(scene, bead.last))
    speaker = scene.page.speaker_at(bead.start, bead.end)
    return Draft(Posture(who.codes[0], stance), start, end, speaker, basis, 0.8, f"posture: {scene.page.low[bead.start:bead.end]}")
