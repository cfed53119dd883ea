"""Who says it, in another language: an office, a body or a state beside a word of saying, or before the deed that it does."""

from __future__ import annotations

from dataclasses import dataclass

from pasvik.reading.page.page import Bead, Page, Sentence
from pasvik.reading.tongue.cut import Piece, beads_of
from pasvik.terms.statement import Speaker

PARTS = ("country", "body", "role")
NAME_WORDS = 3                                                  # a person's name after a title has at most so many
NEAR = 4                                                        # words between a saying and who says it
ACTIVE = frozenset({"now", "did", "will", "to", "noun"})


@dataclass(frozen=True, slots=True)
class Actor:
    """Words first..last that name an office, a body or a state. loose: a state's name in a case that does nothing ("of Finland")."""

    first: int
    last: int
    speaker: Speaker
    loose: bool


def speaker_of(page: Page, s: Sentence, piece: Piece, deed: Bead) -> Speaker | None:
    """The speaker of a deed: whoever says the sentence, else whoever does the deed or decides it; None = the publisher."""
    actors = actors_in(page, s.lead, s.last)
    told = _sayer(page, s, actors)
    return told or _doer(page, piece, deed, actors)


def actors_in(page: Page, first: int, last: int) -> list[Actor]:
    """The actors between two words, left to right; a state, a body and a title beside each other are one."""
    found: list[Actor] = []
    beads = list(page.beads_in(first, last, *PARTS))
    while beads:
        group = [beads.pop(0)]
        while beads and beads[0].first == group[-1].last:
            group.append(beads.pop(0))
        found.append(_actor(page, group, last))
    return found


def _actor(page: Page, group: list[Bead], end: int) -> Actor:
    role = next((bead for bead in group if bead.kind == "role"), None)
    body = next((bead for bead in group if bead.kind == "body"), None)
    states = [bead.value for bead in group if bead.kind == "country"] + [bead.value for bead in group if bead.kind in ("body", "role")]
    country = next((state for state in states if state != "XX"), None) or page.focus
    last, person = _person(page, group[-1].last, end) if role else (group[-1].last, "")
    written = page.cut(group[0].start, page.words[last - 1][1])
    loose = all(bead.kind == "country" and "name" not in bead.forms for bead in group)
    title = page.cut(role.start, role.end) if role else None
    house = page.cut(body.start, body.end) if body and role else None
    return Actor(group[0].first, last, Speaker(person or written, title, house, country), loose)


def _person(page: Page, at: int, end: int) -> tuple[int, str]:
    """The capitalised words right after a title: a person speaking in office."""
    last = at
    while last < end and last - at < NAME_WORDS and page.bead_at(last) is None:
        start, _, word = page.words[last]
        if not word.isalpha() or not page.text[start].isupper():
            break
        last += 1
    return last, page.cut(page.words[at][0], page.words[last - 1][1]) if last > at else ""


def _sayer(page: Page, s: Sentence, actors: list[Actor]) -> Speaker | None:
    """Whoever stands beside a word of saying: "X said", "said X", "according to X", "X's word is that"."""
    for say in page.beads_in(s.lead, s.last, "say"):
        behind = [one for one in actors if 0 <= one.first - say.last <= NEAR]
        before = [one for one in actors if 0 <= say.first - one.last <= NEAR]
        if "behind" in say.forms:                               # the word stands behind its speaker
            behind = []
        elif "before" in say.forms:
            before = []
        near = sorted([(one.first - say.last, one) for one in behind] + [(say.first - one.last, one) for one in before], key=lambda pair: pair[0])
        free = [one for _, one in near if not one.loose or say.forms & {"before", "behind"}]
        if free:
            return free[0].speaker
    return None


def _doer(page: Page, piece: Piece, deed: Bead, actors: list[Actor]) -> Speaker | None:
    """Whoever does the deed or decides it: an actor before it in its piece, where its form tells of somebody doing."""
    deciding = [bead for bead in beads_of(page, piece, "op") if bead.value in ("decide", "plan", "consider", "may", "ready", "rule_out")]
    if not deed.forms & ACTIVE or (deed.forms & {"to", "noun"} and not deciding and not any(b.value == "future" for b in beads_of(page, piece, "op"))):
        return None
    upto = max([bead.first for bead in deciding] + [deed.first])
    doers = [one for one in actors if piece.first <= one.first and one.last <= upto and not one.loose]
    if not doers and deed.forms & {"now", "did"}:               # "In the night closed Finland the last one"
        doers = [one for one in actors if one.first == deed.last and not one.loose]
    return doers[0].speaker if doers else None
