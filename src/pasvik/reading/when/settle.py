"""Found time expressions are put on the calendar: which day, by which clock, seen from the day of publication."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from pasvik.reading.when.calendar import Days, View, add_months, days_of
from pasvik.reading.when.find import find
from pasvik.reading.when.told import Duration, Found, TimeHit, Told
from pasvik.reading.when.words import TimeWords
from pasvik.terms.moment import Grain, Moment, Span, zone_info

Tense = bool | None | Callable[[Found], bool | None]
TOUCHING = 12                                                   # characters between "for two weeks" and the "from ..." it hangs on
GRAINS = {"month": Grain.MONTH, "year": Grain.YEAR, "season": Grain.MONTH}


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative words count from: the moment of publication (None = unknown), the deciding country's IANA zone,
    and the outlet's way to write figures (`dmy`, `mdy` or None)."""

    published: Moment | None
    zone: str
    order: str | None = None

    @property
    def today(self) -> date | None:
        """The day of publication on the deciding country's clocks."""
        return self.published.start.astimezone(zone_info(self.zone)).date() if self.published else None


def find_times(
        text: str, published: Moment | None, zone: str, future: Tense = None, *, words: TimeWords, order: str | None = None) -> list[TimeHit]:
    """All time expressions of a text, in order of their start, worked out. Never raises on any text."""
    return settle(find(text, words), Anchor(published, zone, order), future)


def settle(founds: Iterable[Found], anchor: Anchor, future: Tense = None) -> list[TimeHit]:
    """Put finds on the calendar. future: the tense of the sentence (True ahead, False behind, None unknown), or how to tell it."""
    founds = list(founds)
    hits: list[TimeHit] = []
    previous: date | None = None
    for found in founds:
        hit = _hit(found, anchor, _tense(future, found), previous, None)
        hits.append(hit)
        start = hit.span.start
        if start and not hit.bare and start.grain in (Grain.DAY, Grain.MINUTE):
            previous = start.start.astimezone(zone_info(start.zone)).date()
    return [_beside(hit, i, hits, anchor, future) for i, hit in enumerate(hits)]


def resolve(hit: TimeHit, future: bool | None, anchor: Anchor) -> TimeHit:
    """The same words read in another tense, or from another anchor (the stamp of a feed entry, another country's zone)."""
    return _hit(hit.found, anchor, future, hit.previous, hit.beside) if hit.found else hit


def cover(span: Span) -> Span:
    """Where only one moment is told: the whole of it, from its first day to its last ("in January" = 1 to 31)."""
    told = span.start
    if told is None or span.until is not None or told.grain is Grain.MINUTE:
        return span
    last = (told.end - timedelta(minutes=1)).astimezone(zone_info(told.zone)).date()
    return Span(_day(told.local.date(), told.zone), _day(last, told.zone))


def end_of(start: Moment, duration: Duration, inclusive: bool = False) -> Moment:
    """When a duration that begins at `start` ends: two weeks from 30 November = 14 December.

    inclusive: the last whole day counted instead (13 December); it stops at the same instant where the start is 00:00.
    A duration in hours and minutes ends at a minute. Raises OverflowError beyond the year 9999.
    """
    here = start.local
    if duration.minutes:
        return Moment(start.start + timedelta(days=duration.days, minutes=duration.minutes), Grain.MINUTE, start.zone)
    day = add_months(here.date(), duration.months) + timedelta(days=duration.days)
    if inclusive:
        return _day(day - timedelta(days=1), start.zone)
    return _day(day, start.zone) if start.grain is not Grain.MINUTE else _at(day, here.hour * 60 + here.minute, start.zone)


def _tense(future: Tense, found: Found) -> bool | None:
    told = future(found) if callable(future) else future
    if found.bias == "past":
        return False
    return True if told is None and found.bias == "future" else told


def _hit(found: Found, anchor: Anchor, future: bool | None, previous: date | None, beside: Moment | None) -> TimeHit:
    bare = TimeHit(
        found.start, found.end, found.quote, found.role, Span(), hours=found.hours, daily=found.daily, duration=found.duration,
        found=found, previous=previous, beside=beside, until_further_notice=found.role == "open_end")
    strict = found.bias == "past" or (future is False and found.role == "point")
    view = View(anchor.today, previous, future, strict, anchor.order)
    try:
        if found.role == "hours":
            return _hours(bare, found, anchor, beside)
        if found.role == "range" and found.first and found.last:
            return _range(bare, found.first, found.last, anchor, view)
        return _single(bare, found.first, anchor, view) if found.first else bare
    except (ValueError, OverflowError):
        return replace(bare, puzzle="there is no such day")


def _single(hit: TimeHit, told: Told, anchor: Anchor, view: View) -> TimeHit:
    if not told.has_day:
        day = hit.beside.local.date() if hit.beside else view.today
        if day is None:
            return replace(hit, puzzle="no day for this clock", bare=True, grain="minute")
        days: Days | str = Days(day, day)
    else:
        if told.step is not None and told.unit in ("hour", "minute") and anchor.published:
            return _clock_ago(hit, told, anchor, anchor.published)
        days = days_of(told, view)
    if isinstance(days, str):
        return replace(hit, puzzle=days)
    hit = replace(hit, bare=not told.has_day and hit.beside is None, puzzle=days.doubt, approx=days.approx, grain=days.grain)
    if told.minute is not None:
        return _clocked(hit, told, days, anchor, view)
    ended = hit.role in ("until", "by", "before")
    span = _ended(days, told, anchor.zone) if ended else _started(days, anchor.zone, hit.role)
    other = None if days.other is None else Span(None, _day(days.other, anchor.zone)) if ended else Span(_day(days.other, anchor.zone))
    return replace(hit, span=span, other=other)


def _started(days: Days, zone: str, role: str) -> Span:
    grain = GRAINS.get(days.grain)
    if grain:
        return Span(_coarse(days.first, grain, zone)) if days.grain != "season" or role != "point" else _both(days, zone)
    return Span(_day(days.first, zone)) if days.first == days.last or role in ("from", "after") else _both(days, zone)


def _ended(days: Days, told: Told, zone: str) -> Span:
    if told.edge == "mid" and days.last.day >= 15 and days.grain == "week":
        return Span(None, _day(days.first.replace(day=15) if days.first.day <= 15 else days.first, zone))
    grain = GRAINS.get(days.grain)
    return Span(None, _coarse(days.first, grain, zone) if grain and days.grain != "season" else _day(days.last, zone))


def _both(days: Days, zone: str) -> Span:
    return Span(_day(days.first, zone), _day(days.last, zone))


def _clocked(hit: TimeHit, told: Told, days: Days, anchor: Anchor, view: View) -> TimeHit:
    """A day with a clock. Midnight as a word may be either end of its day; 24.00 and an end at midnight close the day."""
    zone, day, minute = told.zone or anchor.zone, days.first, told.minute or 0
    ended = hit.role in ("until", "by", "before")
    hit = replace(hit, grain="minute")
    if ended and (told.midnight or minute == 1440) and not (hit.found and hit.found.night):
        return replace(hit, span=Span(None, _day(day, anchor.zone)), grain="day")
    if told.midnight:
        day, doubt = _midnight_day(hit, told, day, anchor, view)
        if doubt:
            later = _at(day + timedelta(days=1), 0, zone)
            hit = replace(hit, puzzle=hit.puzzle or "the midnight that begins or the one that ends this day?", other=Span(later))
    found = _shown(_at(day, minute, zone), anchor.zone)
    return replace(hit, span=Span(None, found) if ended else Span(found))


def _midnight_day(hit: TimeHit, told: Told, day: date, anchor: Anchor, view: View) -> tuple[date, bool]:
    tonight = told.base == "published" and told.step == 0 or told.part in ("night", "evening")
    if tonight:
        return day + timedelta(days=1), False
    if not told.has_day and hit.beside is None:
        return (day, False) if view.future is False else (day + timedelta(days=1), False)
    passed = anchor.published is not None and view.future is True and _at(day, 0, anchor.zone).start < anchor.published.start
    if passed and view.today == day:
        return day + timedelta(days=1), False
    return day, hit.role not in ("from",)


def _clock_ago(hit: TimeHit, told: Told, anchor: Anchor, published: Moment) -> TimeHit:
    minutes = (told.step or 0) * (told.count or 1) * (60 if told.unit == "hour" else 1)
    found = Moment(published.start + timedelta(minutes=minutes), Grain.MINUTE, anchor.zone)
    return replace(hit, span=Span(found), grain="minute", approx=True)


def _range(hit: TimeHit, first: Told, last: Told, anchor: Anchor, view: View) -> TimeHit:
    """Both ends. What only one end tells holds for both, and the end comes after the start."""
    if first.year is None and last.year is not None and first.month:
        end = days_of(last, view)
        if isinstance(end, str):
            return replace(hit, puzzle=end)
        start = days_of(first, replace(view, today=end.first, future=False, strict=True))
        if not isinstance(start, str) and start.first > end.last:
            start = days_of(replace(first, year=end.first.year - 1), view)
    else:
        start = days_of(first, view) if first.has_day else _same_day(last, view)
        if isinstance(start, str):
            return replace(hit, puzzle=start)
        end = days_of(last, replace(view, today=start.first, previous=start.first, future=True)) if last.has_day else _following(start, first, last)
    if isinstance(start, str) or isinstance(end, str):
        return replace(hit, puzzle=start if isinstance(start, str) else str(end))
    begun = _moment(start.first, first, start.grain, anchor.zone)
    ended = _until(end, last, anchor.zone)
    hit = replace(hit, grain="minute" if first.minute is not None else start.grain, puzzle=start.doubt or end.doubt)
    if ended.start < begun.start:
        return replace(hit, span=Span(begun), puzzle="its end comes before its start")
    return replace(hit, span=Span(begun, ended))


def _same_day(last: Told, view: View) -> Days | str:
    return days_of(last, view) if last.has_day else (Days(view.today, view.today) if view.today else "no day of publication to count from")


def _following(start: Days, first: Told, last: Told) -> Days:
    """The end of a range that tells only a clock: the same day, or the next where that clock comes earlier."""
    over = first.minute is not None and last.minute is not None and last.minute <= first.minute
    day = start.first + timedelta(days=1 if over else 0)
    return Days(day, day)


def _moment(day: date, told: Told, grain: str, zone: str) -> Moment:
    if told.minute is not None:
        return _shown(_at(day, told.minute, told.zone or zone), zone)
    return _coarse(day, GRAINS[grain], zone) if grain in GRAINS else _day(day, zone)


def _until(days: Days, told: Told, zone: str) -> Moment:
    if told.minute is not None and not told.midnight and told.minute < 1440:
        return _shown(_at(days.last, told.minute, told.zone or zone), zone)
    return _coarse(days.first, GRAINS[days.grain], zone) if days.grain in ("month", "year") else _day(days.last, zone)


def _hours(hit: TimeHit, found: Found, anchor: Anchor, beside: Moment | None) -> TimeHit:
    first, last = found.first, found.last
    named = next((told for told in (last, first) if told and told.has_day), None)
    hit = replace(hit, grain="minute", bare=beside is None and named is None)
    day = beside.local.date() if beside else None
    if named and day is None:
        days = days_of(named, View(anchor.today))
        day = None if isinstance(days, str) else days.first
    if day is None or first is None or last is None or found.daily:
        return hit
    opens, closes = _at(day, first.minute or 0, first.zone or last.zone or anchor.zone), last.minute or 0
    over = closes <= (first.minute or 0)
    ends = _at(day + timedelta(days=1 if over else 0), closes, last.zone or first.zone or anchor.zone)
    return replace(hit, span=Span(_shown(opens, anchor.zone), _shown(ends, anchor.zone)))


def _beside(hit: TimeHit, i: int, hits: list[TimeHit], anchor: Anchor, future: Tense) -> TimeHit:
    """A clock takes the day named nearest in its sentence; a duration the "from" it touches."""
    found = hit.found
    if found is None:
        return hit
    if hit.role == "duration" and hit.duration:
        return _lasting(hit, i, hits)
    if not hit.bare:
        return hit
    near = [other for other in hits[max(0, i - 4):i + 5]
            if other.found and other.found.sentence == found.sentence and not other.bare and other.role in ("point", "from", "stamp")
            and other.span.start and other.span.start.grain in (Grain.DAY, Grain.MINUTE)]
    if not near:
        return hit
    day = min(near, key=lambda other: abs(other.start - hit.start)).span.start
    return _hit(found, anchor, _tense(future, found), hit.previous, day)


def _lasting(hit: TimeHit, i: int, hits: list[TimeHit]) -> TimeHit:
    for other in hits[max(0, i - 1):i] + hits[i + 1:i + 2]:
        gap = other.start - hit.end if other.start > hit.start else hit.start - other.end
        if other.role == "from" and other.span.start and hit.duration and gap <= TOUCHING and other.found and hit.found \
                and other.found.sentence == hit.found.sentence and other.span.start.grain in (Grain.DAY, Grain.MINUTE):
            try:
                return replace(hit, span=Span(other.span.start, end_of(other.span.start, hit.duration)))
            except (OverflowError, ValueError):
                return replace(hit, puzzle="it ends beyond the calendar")
    return hit


def _day(day: date, zone: str) -> Moment:
    return _coarse(day, Grain.DAY, zone)


def _coarse(day: date, grain: Grain, zone: str) -> Moment:
    return Moment(datetime.combine(day, time(), zone_info(zone)).astimezone(UTC), grain, zone)


def _at(day: date, minute: int, zone: str) -> Moment:
    """A clock time of a day on the clocks of a zone; a time that the spring leap skips moves on by the leap."""
    day += timedelta(days=minute // 1440)
    clock = time(minute % 1440 // 60, minute % 60)
    return Moment(datetime.combine(day, clock, zone_info(zone)).astimezone(UTC), Grain.MINUTE, zone)


def _shown(told: Moment, zone: str) -> Moment:
    """The same instant, shown on the deciding country's clocks."""
    return told if told.zone == zone else Moment(told.start, told.grain, zone)
