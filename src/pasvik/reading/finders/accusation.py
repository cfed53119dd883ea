"""Finds who accuses whom of what; an accusation always has an owner, or the words leave the owner out ("was accused")."""

from __future__ import annotations

from pasvik.reading.charge.accuse import accused_by_noun, accused_by_verb, blamed_on, held_responsible
from pasvik.reading.charge.deed import charged_by_deed, uses
from pasvik.reading.charge.owner import cut_of, owner
from pasvik.reading.charge.party import Scene, scene_of
from pasvik.reading.charge.reply import asked_of, reply, scene_before
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.cursor import cursor_of
from pasvik.reading.page.page import Page
from pasvik.terms.claim import Accusation

CUES = frozenset({"charge", "harm", "say"})
SENDS = frozenset({"transfer", "admit", "use"})


def find(page: Page) -> list[Draft]:
    """All accusations of a page, in order of place: one for each state accused, none in the publisher's own voice."""
    return page.once("accusation", lambda: _find(page))


def _find(page: Page) -> list[Draft]:
    if not any(bead.kind in ("charge", "harm") or bead.value in SENDS for bead in page.beads):
        return []
    cursor = cursor_of(page)
    found: list[Draft] = []
    for sentence in page.sentences:
        if any(b.kind in CUES or b.value in SENDS for b in page.beads_in(sentence.lead, sentence.last)):
            earlier = scene_before(page, cursor, sentence.number)
            found += _in_sentence(scene_of(page, cursor, sentence), earlier)
    return found


def _in_sentence(scene: Scene, earlier: Scene | None) -> list[Draft]:
    cut = cut_of(scene)
    drafts: list[Draft] = []
    for bead in scene.beads("charge"):
        drafts += accused_by_verb(scene, cut, bead, earlier) or accused_by_noun(scene, bead) or held_responsible(scene, cut, bead)
        drafts += blamed_on(scene, cut, bead, owner(scene, bead)) if bead.value == "rests" else []
    for bead in scene.beads("say", "folk"):
        drafts += accused_by_noun(scene, bead)
    for bead in [*scene.beads("charge", "harm", "move", "act"), *uses(scene)]:
        drafts += charged_by_deed(scene, cut, bead, earlier)
    return _once(drafts + _answer(scene, earlier))


def _answer(scene: Scene, earlier: Scene | None) -> list[Draft]:
    """"The government says it is", after "Is Minsk to blame for the balloons?"."""
    accused, said = asked_of(earlier), reply(scene)
    if accused is None or said is None or earlier is None or not said[1] or set(said[0].codes) & set(accused.codes):
        return []
    start, end = trim(scene.page, scene.s.start, scene.page.words[said[2].last + 1][1])
    charge = " ".join(scene.page.cut(*earlier.quote(accused.last, earlier.s.last)).rstrip("?").split())
    claim = Accusation(said[0].codes, accused.codes[0], charge)
    return [Draft(claim, start, end, said[0].speaker, confidence=0.8, found_by="accusation: says it is")]


def _once(drafts: list[Draft]) -> list[Draft]:
    """One accusation of one state by one accuser in a sentence: the verb's own before what a deed adds inside it."""
    kept: list[Draft] = []
    for draft in drafts:
        claim = draft.claim
        if isinstance(claim, Accusation) and not any(_covers(other, draft) for other in kept):
            kept.append(draft)
    return sorted(kept, key=lambda d: (d.start, d.end))


def _covers(other: Draft, draft: Draft) -> bool:
    """Whether an accusation of the same state already holds these words."""
    one, two = other.claim, draft.claim
    return (isinstance(one, Accusation) and isinstance(two, Accusation) and one.accused == two.accused
            and other.start < draft.end and draft.start < other.end)
