"""From when, until when and at which hours a deed holds, out of the times told beside it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from pasvik.reading.page.page import Bead, Page
from pasvik.reading.when.settle import end_of
from pasvik.reading.when.told import Duration
from pasvik.terms.moment import Grain, Span


@dataclass(frozen=True, slots=True)
class Timing:
    """The span of a claim as told, its opening hours, and whether it lasts until further notice.

    future: it begins after publication. over: it ended before publication.
    """

    span: Span = field(default_factory=Span)
    until_further_notice: bool = False
    hours: str | None = None
    future: bool = False
    over: bool = False
    today: bool = False  # it begins on the day of publication, which hour is not told
    lasts: bool = False  # an end is told, and it lies ahead
    past_day: bool = False  # a day or month more than a week before publication is named
    lasting: Duration | None = None
    daily: bool = False  # the hours are those of every day


def timing(page: Page, first: int, last: int, event: bool, past: bool = False) -> Timing:
    """The times between two word numbers put together. event: a bare point ("on Friday") is when it begins, else it is let be.

    past: what is told has begun, so a clock without a day that would lie ahead is yesterday's.
    """
    told = Timing()
    for bead in page.beads_in(first, last, "time"):
        if not _spent(page, first, last, bead):
            told = _add(page, told, bead, event)
    fine = told.span.start is not None and (told.span.start.grain is Grain.MINUTE or not (told.lasting and told.lasting.minutes))
    if told.lasting and told.span.start and not told.span.until and fine:
        told = replace(told, span=Span(told.span.start, end_of(told.span.start, told.lasting, inclusive=True)))
    placed = _placed(page, told)
    start = placed.span.start
    if past and placed.future and start and start.grain is Grain.MINUTE:
        day_before = replace(start, start=start.start - timedelta(days=1))
        return _placed(page, replace(told, span=Span(day_before, told.span.until)))
    return placed


def timing_from(page: Page, told: Timing) -> Timing:
    """An end that is a beginning: when traffic ends, the closure starts."""
    return _placed(page, replace(told, span=Span(told.span.until, None)))


def _spent(page: Page, first: int, last: int, bead: Bead) -> bool:
    """A point that tells when somebody spoke or decided: "announced on Tuesday", "On 16 November the Government decided to"."""
    if bead.hit is None or bead.hit.role != "point":
        return False
    for verb in page.beads_in(first, last, "say", "op"):
        if verb.kind == "op" and verb.value != "decide":
            continue
        beside = 0 <= bead.first - verb.last <= 1 or 0 <= verb.first - bead.last <= 1
        before_it = bead.last <= verb.first and bead.first <= first + 1 and verb.kind == "op"
        if beside or before_it:
            return True
    return False


def _placed(page: Page, told: Timing) -> Timing:
    """Before or after publication, where both are known. A day told without a clock has begun when its day has."""
    published = page.document.published
    start, stop = told.span.start, told.span.stop
    if published is None:
        return told
    begins_later = bool(start and start.start > published.start)
    today = bool(start and start.grain is Grain.DAY and start.start <= published.start < start.end)
    ended = bool(stop and stop <= published.start)
    return replace(told, future=begins_later, over=ended, today=today, lasts=bool(stop and not ended))


def _add(page: Page, told: Timing, bead: Bead, event: bool) -> Timing:
    hit = bead.hit
    if hit is None:
        return told
    span = told.span
    published = page.document.published
    if hit.role == "point" and hit.span.start and published and hit.span.start.end < published.start - timedelta(days=7):
        told = replace(told, past_day=True)
    if hit.hours and not told.hours:
        told = replace(told, hours=hit.hours, daily=hit.daily)
    if hit.until_further_notice:
        told = replace(told, until_further_notice=True)
    start, until = hit.span.start, hit.span.until
    if (
        hit.role == "duration"
        and hit.duration
        and not until
        and not hit.daily
        and hit.duration.days + hit.duration.months + hit.duration.minutes
    ):
        told = replace(told, lasting=hit.duration)
    begins = hit.role in ("from", "range") or (hit.role in ("point", "after") and event)
    ends = hit.role in ("range", "until", "by", "before") or (hit.role == "duration" and start is not None)
    if begins and start and not span.start:
        span = Span(start, span.until)
    if ends and until and not span.until:
        span = Span(span.start, until)
    if span.start and span.until and span.start.start > span.until.start:
        span = told.span
    return replace(told, span=span)
