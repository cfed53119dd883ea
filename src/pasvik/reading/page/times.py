"""Puts the times of a text on the calendar of the state that decides, looking ahead or back as the sentence does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from pasvik.gazetteer.table import Gazetteer, zone_of
from pasvik.reading.lexicon import Lexicon
from pasvik.reading.page.page import Bead, Sentence
from pasvik.reading.when.settle import Anchor, resolve, settle
from pasvik.reading.when.told import Found, TimeHit
from pasvik.terms.moment import Moment

STATES = frozenset(  # before "open" as a state
    {"is", "are", "was", "were", "be", "been", "being", "remain", "remains", "remained", "stay", "stays", "stayed", "kept", "keep", "still", "left", "an",
     "the"}
)
FAR = timedelta(days=200)  # a date without a year that lies further ahead than this is looked for behind


def tell_times(
    low: str,
    beads: tuple[Bead, ...],
    founds: tuple[Found, ...],
    sentences: tuple[Sentence, ...],
    published: Moment | None,
    focus: str | None,
    gazetteer: Gazetteer,
    ahead: Callable[[Found], bool | None],
) -> tuple[Bead, ...]:
    """The beads with every time worked out. A sentence about another state's crossing counts by that state's clocks.

    ahead: whether what is told at a time lies ahead (True) or behind (False); None = it cannot be told.
    """
    by_place = {found.start: found for found in founds}
    anchor = Anchor(published, zone_of(focus, gazetteer))
    hits = {hit.start: hit for hit in settle(by_place.values(), anchor, ahead)}
    zones = _zones(beads, sentences, gazetteer)
    told: list[Bead] = []
    at = 0
    for bead in beads:
        hit = hits.get(bead.start) if bead.kind == "time" else None
        if hit is None:
            told.append(bead)
            continue
        while at + 1 < len(sentences) and sentences[at].end <= bead.start:
            at += 1
        zone = zones.get(sentences[at].number) if sentences else None
        if zone and zone != anchor.zone and hit.found:
            hit = resolve(hit, ahead(hit.found), Anchor(published, zone))
        hit = _nearer(hit, published, Anchor(published, zone or anchor.zone))
        told.append(replace(bead, hit=hit, value=hit.role))
    return tuple(told)


def _nearer(hit: TimeHit, published: Moment | None, anchor: Anchor) -> TimeHit:
    """A month or a day without a year that came out most of a year ahead is the one gone by."""
    start = hit.span.start or hit.span.until
    told = hit.found.first if hit.found else None
    if start is None or published is None or told is None or told.year is not None or hit.role == "until" or start.start - published.start < FAR:
        return hit
    past = resolve(hit, False, anchor)
    begun = past.span.start or past.span.until
    return past if begun and begun.start <= published.start else hit


class Tenses:
    """Tells by English words whether a time lies ahead."""

    def __init__(self, low: str, lexicon: Lexicon) -> None:
        self.low = low
        self.ahead, self.behind, self.done = lexicon.set_of("ahead"), lexicon.set_of("behind"), lexicon.set_of("done")
        self.not_yet, self.articles = lexicon.set_of("not_yet"), lexicon.set_of("articles")

    def __call__(self, found: Found) -> bool | None:
        """Whether the sentence looks ahead (True) or back (False): by the nearest telling word before the time, else after it."""
        low = self.low
        back = max(found.start - 160, 0)
        start = max(low.rfind("\n", back, found.start), low.rfind(". ", back, found.start), back)
        before = low[start : found.start].replace("'", " ").replace(",", " ").split()
        if "would" in before[-4:]:
            return True
        if found.role == "until" and not {"was", "were", "had"} & set(before[-12:]):
            return True
        for place in range(len(before) - 1, -1, -1):
            word, earlier = before[place], before[max(0, place - 2) : place]
            if word == "open" and not set(before[max(0, place - 3) : place]) & STATES:
                return True  # "two crossings open again on Thursday"
            if word in self.done and not set(earlier) & self.not_yet:
                return False  # "Russia closed the crossing on 1 February"
            if word in self.ahead:
                return True
            if word in self.behind:
                return False
        if found.role == "until":
            return True
        after = low[found.end : found.end + 60].split("\n")[0].replace(",", " . ").replace(".", " . ").split()
        for word, following in zip(after, [*after, ""][1:], strict=True):
            if word in (".", "and", "which"):
                break
            if word in self.ahead and not (word == "to" and following in self.articles):
                return True
            if word in self.behind:
                return False
        return None


def _zones(beads: tuple[Bead, ...], sentences: tuple[Sentence, ...], gazetteer: Gazetteer) -> dict[int, str]:
    """The clocks of each sentence that names a crossing."""
    found: dict[int, str] = {}
    at = 0
    for bead in beads:
        if bead.kind != "crossing" or bead.ids[0] not in gazetteer.crossings:
            continue
        while at + 1 < len(sentences) and sentences[at].end <= bead.start:
            at += 1
        if sentences:
            found.setdefault(sentences[at].number, gazetteer.crossings[bead.ids[0]].zone)
    return found
