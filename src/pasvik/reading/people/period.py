"""Over which days a number was counted, or on which day people were moved."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date

from pasvik.reading.page.page import Page, Sentence
from pasvik.reading.when.settle import Anchor, resolve
from pasvik.reading.when.told import TimeHit
from pasvik.terms.moment import Grain, Moment, Span, moment

BACK = 3                                                        # sentences back that "then" may reach for its day
LINE = 12                                                       # sentences of one entry of a live feed
POINTS = frozenset({"point", "stamp"})


def period(page: Page, first: int, last: int, near: int, ahead: bool = False) -> Span | None:
    """The days told between two word numbers, nearest to word `near`; None where none is told. Ahead of publication only for plans."""
    beads = [b for b in page.beads_in(first, last, "time") if b.hit and _span(b.hit)]
    if not beads:
        return None
    since = [b for b in beads if b.hit and b.hit.role in ("from", "range")]
    days = [b for b in beads if b.hit and b.hit.role in POINTS and b.hit.grain != "minute"]
    best = min(since or days or beads, key=lambda b: min(abs(b.first - near), abs(b.last - near)))
    return _span(best.hit if ahead else _told(page, best.hit)) if best.hit else None


def _told(page: Page, hit: TimeHit) -> TimeHit:
    """What has been counted lies behind: a weekday that was put ahead of publication is the one before it."""
    published, start = page.document.published, hit.span.start
    if published is None or start is None or start.start <= published.start or hit.found is None:
        return hit
    back = resolve(hit, False, Anchor(published, start.zone))
    return back if back.span.start and back.span.start.start <= published.start else replace(hit, span=Span())


def context(page: Page, s: Sentence) -> Span | None:
    """The day spoken of just before, in this stretch of text: what "then" or no word at all means; or that of the line's own clock."""
    opening = next((o for o in page.sentences[max(0, s.number - LINE):s.number + 1] if o.line == s.line), s)
    leading = [b for b in page.beads_in(opening.first, opening.lead, "time") if b.hit and b.hit.bare]
    if leading and leading[0].hit:
        return _span(leading[0].hit)
    for number in range(s.number - 1, max(-1, s.number - BACK - 1), -1):
        other = page.sentences[number]
        if abs(other.line - s.line) > 1 or other.zone != s.zone:
            break
        days = [b.hit for b in page.beads_in(other.lead, other.last, "time") if b.hit and _is_day(b.hit)]
        if days:
            return _span(_told(page, days[-1]))
    return None


def _is_day(hit: TimeHit) -> bool:
    return hit.role in POINTS and not hit.daily and (hit.grain == "day" or hit.bare)


def _span(hit: TimeHit) -> Span | None:
    """A point becomes its whole day, month or year; "since" stays open."""
    start, until = hit.span.start, hit.span.until
    if hit.role in ("until", "by", "before", "hours", "open_end") or start is None or hit.hours:
        return None
    if hit.quote.lower().startswith("as of") or hit.quote.lower().startswith("as at"):
        return Span(_day(start), _day(start))
    if hit.role in ("from", "after"):
        return Span(_opening(start))
    if until is not None:
        return Span(_day(start), _day(until))
    return Span(_day(start), _closing(start))


def _opening(start: Moment) -> Moment:
    return start if start.grain is Grain.MINUTE else _day(start)


def _day(told: Moment) -> Moment:
    """The (first) day of a moment."""
    rest = {Grain.YEAR: "-01-01", Grain.MONTH: "-01"}.get(told.grain, "")
    return moment((told.iso() + rest)[:10], told.zone)


def _closing(told: Moment) -> Moment:
    """The last day of a month or year, the day itself else."""
    first = date.fromisoformat(_day(told).iso())
    if told.grain is Grain.YEAR:
        return moment(f"{first.year}-12-31", told.zone)
    if told.grain is Grain.MONTH:
        return moment(first.replace(day=calendar.monthrange(first.year, first.month)[1]).isoformat(), told.zone)
    return _day(told)


def so_far(page: Page, span: Span, s: Sentence) -> Span:
    """"This month so far" has no end yet."""
    words = [page.word(i) for i in range(s.first, s.last)]
    running = any(words[i:i + 2] == ["so", "far"] for i in range(len(words)))
    return Span(span.start) if running and span.start != span.until else span
