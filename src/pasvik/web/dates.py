"""Moments as a person at the crossing reads them: the local clock of the place, with UTC beside it."""

from __future__ import annotations

from datetime import UTC, datetime

from pasvik.terms.moment import Grain, Moment, zone_info
from pasvik.web.words import Words, say


def day_text(words: Words, when: datetime) -> str:
    """24 Nov 2023."""
    return say(words, "months.day", day=when.day, number=when.month, month=words.table["months"]["names"][when.month - 1], year=when.year)


def moment_text(words: Words, told: Moment, zone: str | None = None) -> str:
    """As finely as it was told: `2023`, `Nov 2023`, `24 Nov 2023`, `24 Nov 2023, 08:00`; times on the clocks of `zone`."""
    here = local_time(told, zone)
    if told.grain is Grain.YEAR:
        return str(here.year)
    if told.grain is Grain.MONTH:
        return say(words, "months.month", number=here.month, month=words.table["months"]["names"][here.month - 1], year=here.year)
    if told.grain is Grain.DAY:
        return day_text(words, here)
    return f"{day_text(words, here)}, {here:%H:%M}"


def zone_text(told: Moment, zone: str | None = None) -> str:
    """The short name of the clock (EET), for times of day only."""
    return local_time(told, zone).tzname() or "" if told.grain is Grain.MINUTE else ""


def utc_text(words: Words, told: Moment) -> str:
    """The same instant in UTC, with the name of the place's zone; for a whole day, only the zone in which it is a day."""
    if told.grain is not Grain.MINUTE:
        return told.zone
    there = told.start.astimezone(UTC)
    return f"{day_text(words, there)}, {there:%H:%M} UTC ({told.zone})"


def utc_clock(words: Words, told: Moment, zone: str | None = None) -> str:
    """The time in UTC to stand beside a time of day (06:00 UTC), with its day where that is another; empty for whole days and times in UTC."""
    if told.grain is not Grain.MINUTE or zone_text(told, zone) == "UTC":
        return ""
    there = told.start.astimezone(UTC)
    day = "" if there.date() == local_time(told, zone).date() else f"{day_text(words, there)}, "
    return f"{day}{there:%H:%M} UTC"


def local_time(told: Moment, zone: str | None = None) -> datetime:
    """A time of day is the same instant everywhere; a day, month or year is the day, month or year of where it was told."""
    if zone is None or told.grain is not Grain.MINUTE:
        return told.local
    return told.start.astimezone(zone_info(zone))
