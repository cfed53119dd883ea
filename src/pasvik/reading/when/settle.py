"""Found time expressions are put on the calendar: which day, by which clock, seen from the day of publication."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from pasvik.reading.when.calendar import Days, View, add_months, days_of
from pasvik.reading.when.find import find
from pasvik.reading.when.told import Context, Duration, Found, TimeHit, Told
from pasvik.reading.when.words import TimeWords
from pasvik.terms.moment import Grain, Moment, Span, zone_info

Tense = bool | None | Callable[[Found], bool | None]
TOUCHING = 12                                                   # characters between "for two weeks" and the "from ..." it hangs on
RECENT_DAYS = 7                                                 # "shut on Friday until Sunday": so old may that Friday be
GRAINS = {"month": Grain.MONTH, "year": Grain.YEAR, "season": Grain.MONTH}
FINE = (Grain.DAY, Grain.MINUTE)
ENDS = ("until", "by", "before")                                # roles whose moment is an end


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
        text: str, published: Moment | None, zone: str, future: Tense = None, *, words: TimeWords,
        order: str | None = None) -> list[TimeHit]:
    """All time expressions of a text, in order of their start, worked out. zone: IANA. Never raises, whatever the text."""
    return settle(find(text, words), Anchor(published, zone, order), future)


def settle(founds: Iterable[Found], anchor: Anchor, future: Tense = None) -> list[TimeHit]:
    """Put finds on the calendar. future: the tense of the sentence (True ahead, False behind, None unknown), or how to tell it."""
    hits: list[TimeHit] = []
    context = Context()
    for found in founds:
        before = hits[-1] if hits else None
        near = context.previous if before and before.found and before.found.sentence == found.sentence else None
        hit = _hit(found, anchor, _tense(future, found), Context(context.previous, context.spoken, near))
        if found.role == "gloss" and before:
            hits[-1] = _glossed(before, hit)
        hits.append(hit)
        if found.role != "gloss" and hit.span.start and not hit.bare:
            day = hit.span.start.start.astimezone(zone_info(hit.span.start.zone)).date()
            context = Context(day if hit.span.start.grain in FINE else context.previous, day)
    return [_beside(hit, i, hits, anchor, future) for i, hit in enumerate(hits)]


def resolve(hit: TimeHit, future: bool | None, anchor: Anchor) -> TimeHit:
    """The same words read in another tense, or from another anchor (the stamp of a feed entry, another country's zone)."""
    return _hit(hit.found, anchor, future, hit.context) if hit.found else hit


def on_day(hit: TimeHit, day: date, anchor: Anchor, future: bool | None = None) -> TimeHit:
    """A clock without a day of its own, put on a day that the text named elsewhere."""
    return resolve(replace(hit, context=replace(hit.context, beside=day)), future, anchor)


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
    A duration in hours and minutes ends at a minute. Raises OverflowError or ValueError beyond the year 9999.
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
    return False if found.bias == "past" else told


def _view(found: Found, anchor: Anchor, future: bool | None, context: Context) -> View:
    """The words' own leaning stands in where the sentence tells no tense; a weekday's end counts from the day beside it."""
    today, weak = anchor.today, future is None and found.bias == "ahead"
    told, since = found.first, context.since
    if found.role == "until" and told and told.weekday is not None and told.which is None and since and today \
            and 0 <= (today - since).days <= RECENT_DAYS:
        return View(since, context.previous, context.spoken, True, order=anchor.order)
    leaning = True if future is None and found.bias in ("future", "ahead") else future
    strict = found.bias == "past" or (future is False and found.role == "point")
    return View(today, context.previous, context.spoken, leaning, strict, weak, anchor.order)


def _hit(found: Found, anchor: Anchor, future: bool | None, context: Context) -> TimeHit:
    plain = TimeHit(
        found.start, found.end, found.quote, found.role, Span(), hours=found.hours, daily=found.daily, duration=found.duration,
        found=found, context=context, until_further_notice=found.role == "open_end")
    view = _view(found, anchor, future, context)
    try:
        if found.role == "hours":
            return _hours(plain, found, anchor, context.beside)
        if found.role == "range" and found.first and found.last:
            return _range(plain, found.first, found.last, anchor, view)
        return _single(plain, found.first, anchor, view) if found.first else plain
    except (ValueError, OverflowError):
        return replace(plain, puzzle="there is no such day")


def _single(hit: TimeHit, told: Told, anchor: Anchor, view: View) -> TimeHit:
    if told.step is not None and told.unit in ("hour", "minute") and anchor.published:
        return _clock_ago(hit, told, anchor, anchor.published)
    bare = not told.has_day and hit.context.beside is None
    day = hit.context.beside or view.today
    if not told.has_day and day is None:
        return replace(hit, puzzle="no day for this clock", bare=True, grain="minute")
    days = days_of(told, view) if told.has_day or day is None else Days(day, day)
    if isinstance(days, str):
        return replace(hit, puzzle=days)
    if hit.role == "point" and told.which == 1 and told.count is not None:
        hit = replace(hit, role="range")                        # "for the next three months" has a start and an end
    hit = replace(hit, bare=bare, puzzle=days.doubt, approx=days.approx, grain=days.grain)
    if told.minute is not None:
        return _clocked(hit, told, days, anchor, view)
    ends = hit.role in ENDS
    other = None if days.other is None else _day(days.other, anchor.zone)
    return replace(
        hit, span=_ended(days, told, anchor.zone) if ends else _started(days, anchor.zone, hit.role),
        other=None if other is None else Span(None, other) if ends else Span(other))


def _started(days: Days, zone: str, role: str) -> Span:
    grain = GRAINS.get(days.grain)
    if grain and (days.grain != "season" or role in ("from", "after")):
        return Span(_coarse(days.first, grain, zone))
    if days.first == days.last or role in ("from", "after"):
        return Span(_day(days.first, zone))
    return Span(_day(days.first, zone), _day(days.last, zone))


def _ended(days: Days, told: Told, zone: str) -> Span:
    if told.edge == "mid" and told.month:
        return Span(None, _day(days.first.replace(day=15), zone))
    grain = GRAINS.get(days.grain)
    return Span(None, _coarse(days.first, grain, zone) if grain and days.grain != "season" else _day(days.last, zone))


def _clocked(hit: TimeHit, told: Told, days: Days, anchor: Anchor, view: View) -> TimeHit:
    """A day with a clock. Midnight as a word may be either end of its day; 24.00 and an end at midnight close the day."""
    zone, day, minute = told.zone or anchor.zone, days.first, told.minute or 0
    ends = hit.role in ENDS
    hit = replace(hit, grain="minute")
    if ends and (told.midnight or minute == 1440):
        return replace(hit, span=Span(None, _day(day, anchor.zone)), grain="day")
    if told.midnight:
        day, doubt = _midnight_of(hit, told, day, anchor, view)
        if doubt:
            later = _at(day + timedelta(days=1), 0, zone)
            hit = replace(hit, puzzle=hit.puzzle or "the midnight that begins or the one that ends this day?", other=Span(later))
    told_at = _shown(_at(day, minute, zone), anchor.zone)
    return replace(hit, span=Span(None, told_at) if ends else Span(told_at))


def _midnight_of(hit: TimeHit, told: Told, day: date, anchor: Anchor, view: View) -> tuple[date, bool]:
    """The day whose first instant is meant, and whether that is doubtful. Tonight's midnight begins tomorrow."""
    if (told.base == "published" and told.step == 0) or told.part in ("night", "evening"):
        return day + timedelta(days=1), False
    if hit.bare:
        return day + timedelta(days=0 if view.future is False else 1), False
    if view.future is True and day == view.today and told.has_day and anchor.published:
        return day + timedelta(days=1), False                   # on Friday they write "from midnight on Friday": it is still to come
    return day, told.has_day and hit.role != "from"


def _clock_ago(hit: TimeHit, told: Told, anchor: Anchor, published: Moment) -> TimeHit:
    minutes = (told.step or 0) * (told.count or 1) * (60 if told.unit == "hour" else 1)
    ago = Moment(published.start + timedelta(minutes=minutes), Grain.MINUTE, anchor.zone)
    return replace(hit, span=Span(ago), grain="minute", approx=True)


def _range(hit: TimeHit, first: Told, last: Told, anchor: Anchor, view: View) -> TimeHit:
    """Both ends. What only one end tells holds for both, and the end comes after the start."""
    start, end = _end_first(first, last, view) if first.month and last.year and not first.year else _start_first(first, last, view)
    if isinstance(start, str) or isinstance(end, str):
        return replace(hit, puzzle=start if isinstance(start, str) else str(end))
    begun, ended = _begin(start, first, anchor.zone), _until(end, last, anchor.zone)
    hit = replace(hit, grain="minute" if first.minute is not None else start.grain, puzzle=start.doubt or end.doubt)
    if ended.end <= begun.start:
        return replace(hit, span=Span(begun), puzzle="its end comes before its start")
    return replace(hit, span=Span(begun, ended))


def _end_first(first: Told, last: Told, view: View) -> tuple[Days | str, Days | str]:
    """From 14 December to 14 January 2024: the start is the last such day before the end."""
    end = days_of(last, view)
    if isinstance(end, str):
        return end, end
    start = days_of(replace(first, year=end.first.year), view)
    if not isinstance(start, str) and start.first > end.last:
        start = days_of(replace(first, year=end.first.year - 1), view)
    return start, end


def _start_first(first: Told, last: Told, view: View) -> tuple[Days | str, Days | str]:
    """From Friday to Sunday, from 14 December to 14 January: the end is the first such day after the start."""
    start = days_of(first if first.has_day else last, view)
    if isinstance(start, str):
        return start, start
    if last.has_day:
        return start, days_of(last, replace(view, today=start.first, previous=start.first, future=True, strict=True, weak=False))
    over = first.minute is not None and last.minute is not None and last.minute <= first.minute
    day = start.first + timedelta(days=1 if over else 0)
    return start, Days(day, day)


def _begin(days: Days, told: Told, zone: str) -> Moment:
    if told.minute is not None:
        return _shown(_at(days.first, told.minute, told.zone or zone), zone)
    return _coarse(days.first, GRAINS.get(days.grain, Grain.DAY), zone)


def _until(days: Days, told: Told, zone: str) -> Moment:
    if told.minute is not None and not told.midnight and told.minute < 1440:
        return _shown(_at(days.last, told.minute, told.zone or zone), zone)
    return _coarse(days.first, GRAINS[days.grain], zone) if days.grain in ("month", "year") else _day(days.last, zone)


def _hours(hit: TimeHit, found: Found, anchor: Anchor, day: date | None) -> TimeHit:
    """Opening hours; where a day stands beside them, also that day's span."""
    first, last = found.first, found.last
    hit = replace(hit, grain="minute", bare=day is None)
    if day is None or first is None or last is None or found.daily:
        return hit
    begins, closes = first.minute or 0, last.minute or 0
    after = day + timedelta(days=1 if closes <= begins else 0)
    opened, closed = _at(day, begins, first.zone or last.zone or anchor.zone), _at(after, closes, last.zone or first.zone or anchor.zone)
    return replace(hit, span=Span(_shown(opened, anchor.zone), _shown(closed, anchor.zone)))


def _beside(hit: TimeHit, i: int, hits: list[TimeHit], anchor: Anchor, future: Tense) -> TimeHit:
    """A clock takes the day named nearest in its sentence; a duration the "from" it touches."""
    found = hit.found
    if found is None or hit.role in ("stamp", "gloss") or not (hit.bare or hit.role == "duration"):
        return hit
    near = [other for other in hits[max(0, i - 4):i + 5]
            if other.found and other.found.sentence == found.sentence and not other.bare and other.role in ("point", "from")
            and other.span.start and other.span.until is None and other.span.start.grain in FINE]
    if hit.role == "duration":
        return _lasting(hit, [other for other in near if other.role == "from"])
    day = min(near, key=lambda other: abs(other.start - hit.start)).span.start if near else None
    return _hit(found, anchor, _tense(future, found), replace(hit.context, beside=day.local.date())) if day else hit


def _glossed(hit: TimeHit, gloss: TimeHit) -> TimeHit:
    """ "At midnight on September 25 (2200 GMT on Wednesday)": the second clock settles which midnight the first means."""
    said = gloss.span.start
    if said is None or gloss.bare or hit.other is None or hit.span.start is None:
        return hit
    if hit.span.start.start == said.start:
        return replace(hit, puzzle=None, other=None)
    other = hit.other.start
    return replace(hit, span=hit.other, puzzle=None, other=None) if other and other.start == said.start else hit


def _lasting(hit: TimeHit, starts: list[TimeHit]) -> TimeHit:
    for other in starts:
        gap = other.start - hit.end if other.start > hit.start else hit.start - other.end
        if gap <= TOUCHING and other.span.start and hit.duration:
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
