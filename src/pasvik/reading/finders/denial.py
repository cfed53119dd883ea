"""Finds who denies what was said of them, and which accusation or report of the page the denial answers."""

from __future__ import annotations

from pasvik.reading.charge.answer import answered
from pasvik.reading.charge.deny import denied_by_noun, denied_by_verb, denied_by_word, denied_in_reply
from pasvik.reading.charge.owner import cut_of
from pasvik.reading.charge.party import Scene, scene_of
from pasvik.reading.charge.reply import scene_before
from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.cursor import cursor_of
from pasvik.reading.page.page import Page
from pasvik.terms.claim import Denial


def find(page: Page) -> list[Draft]:
    """All denials of a page, in order of place; `answers` holds the spans of the claims that they answer."""
    cursor = cursor_of(page)
    found: list[Draft] = []
    for sentence in page.sentences:
        if any(_cue(b.kind, b.value) for b in page.beads_in(sentence.lead, sentence.last)):
            earlier = scene_before(page, cursor, sentence.number)
            found += _in_sentence(scene_of(page, cursor, sentence), earlier)
    return answered(page, found) if found else []


def _cue(kind: str, value: str) -> bool:
    return (kind == "op" and value in ("deny", "no")) or (kind == "charge" and value in ("reject", "null", "nothing"))


def _in_sentence(scene: Scene, earlier: Scene | None) -> list[Draft]:
    """The denials of one sentence: one for each denier."""
    cut = cut_of(scene)
    drafts: list[Draft] = []
    for bead in scene.beads("op", "charge"):
        drafts += denied_by_verb(scene, cut, bead) or denied_by_noun(scene, bead) or denied_by_word(scene, bead)
    drafts += denied_in_reply(scene, earlier)
    kept: list[Draft] = []
    for draft in drafts:
        if not any(draft.start < other.end and other.start < draft.end for other in kept):
            kept.append(draft)
    return [d for d in kept if isinstance(d.claim, Denial)]
