"""Ties a denial to what it answers: the nearest accusation of the denier before it, or the report that it says is untrue."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from pasvik.reading.finders import accusation
from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.page import Bead, Page
from pasvik.reading.status import find as status
from pasvik.terms.claim import Accusation, Denial, State, Status

NEAR = 3                                                        # sentences back to a report that a denial answers without naming it


POINTED = frozenset({"it", "this", "that", "them", "these"})
CLOSING = frozenset({"close", "stop", "refuse", "restrict"})
OPENING = frozenset({"open"})


def answered(page: Page, denials: list[Draft]) -> list[Draft]:
    """The denials with the spans of what they answer; a denial of something outside the page answers nothing."""
    charges: dict[str, list[Draft]] = {}
    for draft in accusation.find(page):
        if isinstance(draft.claim, Accusation):
            charges.setdefault(draft.claim.accused, []).append(draft)
    crossings = [_about_a_crossing(page, denial) for denial in denials]
    told = [d for d in status.find(page) if d.speaker is not None] if any(crossings) else []
    tied = [replace(d, answers=_report(page, d, told) if about else _charge(d, charges)) for d, about in zip(denials, crossings, strict=True)]
    return [d for d in tied if d.answers or not _bare(page, d)]


def _bare(page: Page, denial: Draft) -> bool:
    """"The driver denies", "waved it away": words that deny a charge only where one is on the page."""
    cue = denial.found_by.removeprefix("denial: ").split()
    pointed = len(cue) == 3 and cue[1] in POINTED
    return pointed or page.low[denial.start:denial.end].endswith((" denies", " denied", " deny"))


def _deeds(page: Page, denial: Draft) -> list[Bead]:
    """The beads inside a denial."""
    first, last = (bisect_left(page.beads, at, key=lambda bead: bead.start) for at in (denial.start, denial.end))
    return list(page.beads[first:last])


def _about_a_crossing(page: Page, denial: Draft) -> bool:
    """Whether it is denied that something is shut or open, and no hostile deed."""
    here = _deeds(page, denial)
    return any(b.kind == "act" and b.value in CLOSING | OPENING for b in here) and not any(b.kind == "harm" for b in here)


def _charge(denial: Draft, charges: dict[str, list[Draft]]) -> tuple[tuple[int, int], ...]:
    """The nearest accusation of the denier that begins before the denial ends."""
    assert isinstance(denial.claim, Denial)
    against = charges.get(denial.claim.denier, [])
    before = bisect_left(against, denial.end, key=lambda charge: charge.start)
    return ((against[before - 1].start, against[before - 1].end),) if before else ()


def _report(page: Page, denial: Draft, told: list[Draft]) -> tuple[tuple[int, int], ...]:
    """What somebody else said of a crossing a little earlier, of the same state as is now denied."""
    here = page.sentence_at(denial.start)
    closing = any(b.kind == "act" and b.value in CLOSING for b in _deeds(page, denial))
    wanted = (State.CLOSED, State.RESTRICTED) if closing else (State.OPEN,)
    back = page.sentences[max(0, here.number - NEAR)].start if here else 0
    near = told[bisect_left(told, back, key=lambda d: d.start):bisect_left(told, denial.start, key=lambda d: d.start)]
    others = [d for d in near if isinstance(d.claim, Status) and d.claim.state in wanted and d.end <= denial.start and d.speaker != denial.speaker]
    return ((others[-1].start, others[-1].end),) if others else ()
