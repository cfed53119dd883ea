"""From when, until when and at which hours a deed holds, out of the times told beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pasvik.reading.page.page import Bead, Page
from pasvik.terms.moment import Span


@dataclass(frozen=True, slots=True)
class Timing:
    """The span of a claim as told, its opening hours, and whether it lasts until further notice."""

    span: Span = Span()
    until_further_notice: bool = False
    hours: str | None = None
    future: bool = False                                        # it begins after publication


def timing(page: Page, first: int, last: int, event: bool) -> Timing:
    """The times between two word numbers put together. event: a bare point ("on Friday") is when it begins, else it is let be."""
    told = Timing()
    for bead in page.beads_in(first, last, "time"):
        told = _add(told, bead, event)
    start = told.span.start
    published = page.document.published
    begins_later = bool(start and published and start.start > published.start)
    return replace(told, future=begins_later)


def _add(told: Timing, bead: Bead, event: bool) -> Timing:
    hit = bead.hit
    if hit is None:
        return told
    span = told.span
    if hit.hours and not told.hours:
        told = replace(told, hours=hit.hours)
    if hit.until_further_notice:
        told = replace(told, until_further_notice=True)
    start, until = hit.span.start, hit.span.until
    if hit.role in ("from", "range", "until") or (hit.role == "point" and event):
        if hit.role != "until" and start and not span.start:
            span = Span(start, span.until)
        if hit.role in ("range", "until") and until and not span.until:
            span = Span(span.start, until)
    return replace(told, span=span)
