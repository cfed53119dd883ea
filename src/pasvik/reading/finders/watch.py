"""Finds which government says that it follows what happens in another country."""

from __future__ import annotations

from pasvik.reading.charge.owner import Owner, asserted, cut_of, doer, reach, recent
from pasvik.reading.charge.party import COVERED, Party, Scene
from pasvik.reading.charge.subject import subject
from pasvik.reading.clause.verb import BE
from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.page import Bead
from pasvik.terms.claim import Posture, Watch

GENERAL = frozenset({"situation", "developments", "development", "events"})
OBJECTS = frozenset({"what", "how", "decisions", "decision", "measures", "steps", "moves", "actions"})     # words that other readers mark for themselves
CLOSELY = frozenset({"closely", "attentively", "carefully", "intently"})
STATES = frozenset({"country", "body", "office", "role"})
LOOK = 14                                                       # words after the verb in which what is followed must be named


def watches(scene: Scene) -> list[Draft]:
    """The watches of one sentence, and the bare "is following the situation" of a government, which is a posture."""
    found: list[Draft] = []
    for bead in scene.beads("watch"):
        if bead.value != "verb" or scene.s.ask or not asserted(scene, cut_of(scene), bead):
            continue
        if "past" in bead.forms and scene.word(_past_adverbs(scene, bead.first - 1)) in BE:
            return _watched_by(scene, bead)
        if not _follows(scene, bead):
            continue
        who = _watcher(scene, bead)
        for code in who.codes if who else ():
            if len(code) == 2:
                found += _draft(scene, bead, code)
        if found:
            break
    return found


def _draft(scene: Scene, bead: Bead, watcher: str) -> list[Draft]:
    subj = subject(scene, bead.first)
    last = _end(scene, bead)
    start, end = scene.quote(subj.first if subj else bead.first, last)
    cue = scene.page.low[bead.start:bead.end]
    speaker = scene.page.speaker_at(bead.start, bead.end)
    watched = _watched(scene, bead, last, watcher)
    if watched:
        return [Draft(Watch(watcher, watched), start, end, speaker, found_by=f"watch: {cue}")]
    general = any(scene.word(i) in GENERAL for i in range(bead.last, last))
    named = any(p.how != "border" and p.ids for p in scene.page.phrases_in(bead.last, last)) or scene.page.beads_in(bead.last, last, "crossing")
    if not general or named:
        return []
    return [Draft(Posture(watcher, "watching"), start, end, speaker, confidence=0.7, found_by=f"posture: {cue}")]


def _watched_by(scene: Scene, bead: Bead) -> list[Draft]:
    """"Developments in Finland are being watched closely in Oslo", "is monitored by Estonia"."""
    after = [p for p in scene.parties if bead.last <= p.first <= bead.last + 4 and scene.before(p) in ("by", "in") and p.kind in STATES and not p.owned]
    before = [p for p in scene.parties if p.last <= bead.first and p.kind in STATES]
    general = any(scene.marked(i, "watch", "object") for i in range(scene.s.lead, bead.first))
    if not after or not before or not general or len(after[0].codes) != 1:
        return []
    watcher = after[0].codes[0]
    watched = tuple(sorted({code for p in before for code in p.codes if len(code) == 2} - {watcher}))
    start, end = scene.quote(scene.s.lead, after[0].last)
    cue = f"watch: {scene.page.low[bead.start:bead.end]}"
    return [Draft(Watch(watcher, watched), start, end, scene.page.speaker_at(bead.start, bead.end), found_by=cue)] if watched else []


def _past_adverbs(scene: Scene, index: int) -> int:
    while scene.word(index).endswith("ly") or scene.word(index) in ("being", "been", "also"):
        if scene.word(index) in BE:
            return index
        index -= 1
    return index


def _follows(scene: Scene, bead: Bead) -> bool:
    """"is following", "keeps a close watch", "have followed": and not "was followed by", "the watch", "to follow the rules"."""
    before = scene.words(bead.first - 3, bead.first)
    goes_on = any(word.startswith("continue") for word in before)
    if scene.word(bead.last) == "by" or (before[-1] in ("the", "a", "to") and not goes_on):
        return False
    objects = any(scene.marked(i, "watch", "object") or scene.word(i) in OBJECTS for i in range(bead.last, bead.last + LOOK))
    state = scene.at(bead.last)
    if (state is not None and state.kind == "country" and not state.owned) or scene.word(bead.last) == "us":
        return True
    closely = any(word in CLOSELY for word in scene.words(scene.s.lead, scene.s.last))
    return objects or ((closely or scene.word(bead.first).startswith(("keep", "kept"))) and any(p.first >= bead.last for p in scene.parties))


def _watcher(scene: Scene, bead: Bead) -> Owner | None:
    """The government that follows: the subject, or whoever speaks of "we"; in a headline the first state named."""
    if bead.forms == {"ing"} and scene.word(bead.first - 1) == ",":
        first = next((p for p in scene.parties if p.kind in STATES and p.last < bead.first and p.first == scene.s.lead), None)
        return Owner(first.codes, first.speaker) if first else None
    subj = subject(scene, bead.first)
    if subj and subj.parties:
        if subj.parties[0].kind not in STATES:
            return None
        return doer(scene, bead)
    if subj is not None and subj.pronoun == "it":
        states = [p for p in scene.parties if p.last <= subj.first and p.kind in STATES and not p.owned]
        before = next((p for p in reversed(states) if not _aside(scene, p, subj.first)), None)
        if before is not None:
            return Owner(before.codes, before.speaker)
    own = any(scene.word(i) in ("we", "i") for i in range(max(scene.s.lead, bead.first - 4), bead.first)) or (subj is not None and subj.pronoun)
    voice = scene.page.speaker_at(bead.start, bead.end) or (recent(scene.page, scene.s) if subj is not None and subj.pronoun else None)
    return Owner((voice.country or voice.name,), voice) if own and voice else None


def _aside(scene: Scene, party: Party, at: int) -> bool:
    """Whether a state only stands in an aside between two commas: "Finland, which borders on Russia, said it ..." is about Finland."""
    opens = next((i for i in range(party.first - 1, scene.s.lead, -1) if scene.word(i) == "," or scene.word(i) in ("which", "who", "whose")), None)
    return opens is not None and scene.word(opens) != "," and any(scene.word(i) == "," for i in range(party.last, at))


def _watched(scene: Scene, bead: Bead, last: int, watcher: str) -> tuple[str, ...]:
    """The other states named after the verb; Russia or Belarus only where no state on this side of the border is named."""
    own = any(scene.word(i) in ("its", "their", "our") for i in range(bead.last, last))
    named = [p for p in scene.parties if bead.last <= p.first < last and p.kind in STATES and not (own and scene.word(p.first - 1) == "with")]
    codes = {code for p in named for code in p.codes if len(code) == 2 and code != watcher}
    if scene.word(bead.last) == "us" and scene.page.focus and scene.page.focus != watcher:
        codes.add(scene.page.focus)
    voice = scene.page.speaker_at(bead.start, bead.end)
    if {"we", "us", "our"} & set(scene.words(bead.last, last)) and voice and voice.country and voice.country != watcher:
        codes.add(voice.country)                                # "Latvia is following what we do"
    codes |= {b.value for b in scene.beads("region") if bead.last <= b.first < last and len(b.value) == 2 and b.value != watcher}
    near = {code for code in codes if code in COVERED}
    return tuple(sorted(near or codes))


def _end(scene: Scene, bead: Bead) -> int:
    """The end of what is followed; a list of countries is not cut at its commas."""
    last = reach(scene, bead.last)
    last = next((i for i in range(bead.last, last) if scene.word(i) == "and" and not _goes_on(scene, i + 1)), last)
    while last < scene.s.last and scene.word(last) == "," and _listed(scene, last + 1) is not None:
        last = reach(scene, last + 1)
    return last


def _goes_on(scene: Scene, index: int) -> bool:
    """Whether what follows an "and" is still part of what is followed: another state, or "developments"."""
    while scene.word(index) in ("in", "at", "on", "the", "its", "what", "how"):
        index += 1
    return scene.at(index) is not None or scene.marked(index, "watch", "object")


def _listed(scene: Scene, index: int) -> Party | None:
    return scene.at(index) or (scene.at(index + 1) if scene.word(index) == "and" else None)
