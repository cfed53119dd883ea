"""Ties a denial to what it answers: the nearest accusation of the denier before it, or the report that it says is untrue."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.finders import accusation
from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.page import Page
from pasvik.reading.status import find as status
from pasvik.terms.claim import Accusation, Denial, State, Status

NEAR = 3                                                        # sentences back to a report that a denial answers without naming it


CLOSING = frozenset({"close", "stop", "refuse", "restrict"})
OPENING = frozenset({"open"})


def answered(page: Page, denials: list[Draft]) -> list[Draft]:
    """The denials with the spans of what they answer; a denial of something outside the page answers nothing."""
    charges = accusation.find(page)
    return [replace(d, answers=_report(page, d) if _about_a_crossing(page, d) else _charge(d, charges)) for d in denials]


def _about_a_crossing(page: Page, denial: Draft) -> bool:
    """Whether it is denied that something is shut or open, and no hostile deed."""
    here = [b for b in page.beads if denial.start <= b.start < denial.end]
    return any(b.kind == "act" and b.value in CLOSING | OPENING for b in here) and not any(b.kind == "harm" for b in here)


def _charge(denial: Draft, charges: list[Draft]) -> tuple[tuple[int, int], ...]:
    """The nearest accusation of the denier that begins before the denial ends."""
    assert isinstance(denial.claim, Denial)
    against = [c for c in charges if isinstance(c.claim, Accusation) and c.claim.accused == denial.claim.denier]
    before = [c for c in against if c.start < denial.end]
    return ((before[-1].start, before[-1].end),) if before else ()


def _report(page: Page, denial: Draft) -> tuple[tuple[int, int], ...]:
    """What somebody else said of a crossing a little earlier, of the same state as is now denied."""
    here = page.sentence_at(denial.start)
    closing = any(b.kind == "act" and b.value in CLOSING and denial.start <= b.start < denial.end for b in page.beads)
    wanted = (State.CLOSED, State.RESTRICTED) if closing else (State.OPEN,)
    back = page.sentences[max(0, here.number - NEAR)].start if here else 0
    told = [d for d in status.find(page) if isinstance(d.claim, Status) and d.claim.state in wanted and back <= d.start and d.end <= denial.start]
    others = [d for d in told if d.speaker is not None and d.speaker != denial.speaker]
    return ((others[-1].start, others[-1].end),) if others else ()
