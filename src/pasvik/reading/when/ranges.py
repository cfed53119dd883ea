"""Two moments that belong together: opening hours, from one day to another, and the night between two days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pasvik.reading.when.match import Match, date_at, time_at, when_at
from pasvik.reading.when.tagged import Tagged
from pasvik.reading.when.told import Duration, Told
from pasvik.reading.when.words import Fields

CONTEXT = 14                                                    # how many words back "open" may stand before a bare "10 to 14"
CLOSE = 5                                                       # ... and "rose" to spoil it
ASIDE = ("event", "dotted", "role")                             # values for the guards and roles only


@dataclass(frozen=True, slots=True)
class Piece:
    """A find in tokens: [start, end), its role and what was told; the makings of a Found."""

    start: int
    end: int
    role: str
    first: Fields | None = None
    last: Fields | None = None
    bias: str | None = None
    night: bool = False
    hours: str | None = None
    duration: Duration | None = None
    daily: bool = False

    def led(self, start: int, role: str, bias: str | None) -> Piece:
        """The same with its leading words."""
        return replace(self, start=start, role=role, bias=bias)

    def with_daily(self, start: int, end: int, daily: bool) -> Piece:
        """The same, every day."""
        return replace(self, start=start, end=end, daily=daily)


def told_of(fields: Fields | None) -> Told | None:
    """The values as a noun, with afternoon and evening hours put right."""
    if fields is None:
        return None
    kept: dict[str, Any] = {key: value for key, value in fields.items() if key not in ASIDE}
    kept["minute"] = _by_half(fields)
    return Told(**kept)


def _by_half(fields: Fields) -> int | None:
    minute: int | None = fields.get("minute")
    if minute is None or fields.get("midnight"):
        return minute
    half, part = fields.get("half"), fields.get("part")
    if half == "am":
        return minute % 720 if minute < 780 else minute
    late = half == "pm" or part == "evening" or (part == "night" and minute >= 300)
    return minute % 720 + 720 if late and minute < 780 else minute


def clock_range_at(page: Tagged, i: int, lead: str | None) -> Piece | None:
    """Hours from token i on: 10.00-14.00, 10 a.m. to 2 p.m., and a bare 10 to 14 where the sentence speaks of opening."""
    first = _clock(page, i)
    if not first:
        return None
    for join in page.words.joins["and" if lead == "between" else "to"]:
        last = _clock(page, first[0] + len(join)) if page.reads(first[0], join) else None
        marked = last is not None and lead == "from" and page.word(last[0]) in page.words.lists["hour_marks"]
        if last and (marked or _two_clocks(page, i, first, last)):
            opens, closes = _both(first[1], last[1])
            return Piece(i, last[0] + marked, "hours", dict(opens), dict(closes), hours=f"{_hhmm(opens)}-{_hhmm(closes)}")
    return None


def _clock(page: Tagged, i: int) -> Match | None:
    told = time_at(page, i, led=True)
    if told:
        return told
    length = page.has(i, "HOUR")
    hour = next((fields for name, _, fields in page.tags[i] if name == "HOUR"), None) if length else None
    return (i + length, {**hour, "bare": True}) if hour is not None else None


def _two_clocks(page: Tagged, i: int, first: Match, last: Match) -> bool:
    """Whether two clocks are hours: 10 to 2 p.m. are, "00.00 to 13 December" are not, and bare figures need an opening."""
    bare, lists = [bool(told.get("bare")) for _, told in (first, last)], page.words.lists
    if not bare[1]:
        return not bare[0] or "half" in last[1] or "midnight" in last[1]
    end, after = last[0], page.word(last[0])
    if after in lists["counted"] or page.word(end + 1) in lists["counted"]:
        return False
    if any(page.has(end, name) for name in ("MONTH", "UNIT", "ORDMARK", "YEAR")):
        return False
    if page.kind(end) == "word" and not page.tags[end] and after not in page.words.roles and after not in page.words.joiners:
        return False
    near = {page.word(k) for k in range(max(0, i - CONTEXT), i)} | {after}
    led = page.word(i - 1) == "between"
    close = {page.word(k) for k in range(max(0, i - CLOSE), i - led)}
    return not bare[0] or bool(near & lists["opening"] and not close & lists["spoilers"])


def _both(first: Fields, last: Fields) -> tuple[Fields, Fields]:
    """Hours told short: "1 to 5 p.m." is 13-17, "ten to two" is 10-14."""
    first, last = {k: v for k, v in first.items() if k != "bare"} | {"short": first.get("bare")}, dict(last)
    if first.pop("short") and last.get("half") == "pm" and first["minute"] + 720 < (_by_half(last) or 0):
        first["half"] = "pm"
    if last.pop("bare", False) and last["minute"] <= first["minute"] <= 720:
        last["half"] = "pm"
    return first, last


def _hhmm(told: Fields) -> str:
    minute = _by_half(told) or 0
    return f"{minute // 60:02d}:{minute % 60:02d}"


def range_at(page: Tagged, i: int, lead: str | None, single: Match | None) -> Piece | None:
    """From one moment (`single`, the expression at token i, or a bare figure) to another.

    After a plain "on" only a dash, or an "and" before the very next day, makes a range.
    """
    joins = "and" if lead == "between" else "to" if lead in (None, "from") else "dash"
    for first in (single, _number(page, i)):
        if first is None or page.word(first[0]) not in page.words.joiners:
            continue
        for join in page.words.joins[joins] + (page.words.joins["dash"] if joins == "to" else ()):
            last = _far_end(page, first, join, lead) if page.reads(first[0], join) else None
            if last is None or (join == ("and",) and lead != "between" and not _next_day(first[1], last[1])):
                continue
            start, until = _shared(first[1], last[1])
            if _complete(start) and _complete(until):
                return Piece(i, last[0], "range", start, until)
    return None


def _far_end(page: Tagged, first: Match, join: tuple[str, ...], lead: str | None) -> Match | None:
    at = first[0] + len(join)
    last = when_at(page, at, led=True)
    if last and not _has_day(last[1]) and "minute" not in first[1]:
        return None                                             # "today until 14.00" is a day and an end, no range of days
    if last and _partial(first[1]) and not ("month" in last[1] or "year" in last[1]):
        return None
    if last is None and "month" in first[1] and "day" in first[1] and page.has(at, "NUMDAY"):
        number = _number(page, at)
        believable = number and page.word(number[0]) not in page.words.lists["counted"] and (
            page.kind(number[0]) != "word" or join == ("-",))
        return number if believable and number and "day" in number[1] else None
    if last and join == ("/",) and not ("weekday" in last[1] or "day" in last[1]):
        return None
    return last


def _number(page: Tagged, i: int) -> Match | None:
    """A bare 24 or 2020, good only as one end of a range."""
    for category, length, fields in page.tags[i] if 0 <= i < len(page.tags) else ():
        if category in ("NUMDAY", "YEAR"):
            end = i + length + page.has(i + length, "ORDMARK")
            return end, dict(fields)
    return None


def _has_day(told: Fields) -> bool:
    return bool(told.keys() - {"minute", "half", "zone", "midnight", "dotted", "part"})


def _partial(told: Fields) -> bool:
    return "month" not in told and ("day" in told or (len(told) == 1 and "year" in told))


def _shared(first: Fields, last: Fields) -> tuple[Fields, Fields]:
    """What one end leaves to the other: "24-26 November" shares its month, "18 to 20 November 2023" its year too."""
    start, until = dict(first), dict(last)
    for one, other in ((start, last), (until, first)):
        if "day" in one and "month" not in one and "month" in other:
            keys = ("month", "year", "which", "unit") if other.get("unit") == "year" else ("month", "year")
            one |= {key: other[key] for key in keys if key in other}
    return start, until


def _complete(told: Fields) -> bool:
    return "day" not in told or "month" in told or told.get("unit") == "month"


def _next_day(first: Fields, last: Fields) -> bool:
    if "day" in first and "day" in last and "month" in last:
        month: int = last["month"]
        try:
            one, two = date(2000, first.get("month", month), first["day"]), date(2000, month, last["day"])
        except ValueError:
            return False
        return (two - one).days == 1
    return "weekday" in first and "weekday" in last and (first["weekday"] + 1) % 7 == last["weekday"] and "day" not in first


def night_at(page: Tagged, i: int) -> Piece | None:
    """The night between two days, from token i on: its midnight begins the second. "The night to Wednesday" names only that."""
    between, into = page.has(i, "NIGHTBETWEEN"), page.has(i, "NIGHTINTO")
    if into:
        day = date_at(page, i + into, led=True)
        if day:
            return Piece(i, day[0], "point", {**day[1], "minute": 0}, night=True)
    if not between:
        return None
    at = i + between
    for first in (date_at(page, at, led=True), _number(page, at)):
        if first is None:
            continue
        for join in page.words.joins["night"]:
            at = first[0] + len(join)
            last = (date_at(page, at, led=True) or _number(page, at)) if page.reads(first[0], join) else None
            if last:
                _, until = _shared(first[1], last[1])
                if _complete(until) and ("weekday" in until or "month" in until):
                    return Piece(i, last[0], "point", {**until, "minute": 0}, night=True)
        if not _partial(first[1]) and not page.reads(i, ("midnight",)):
            return Piece(i, first[0], "point", {**first[1], "part": "night"})
    return None
