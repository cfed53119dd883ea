"""Moments as a person at the crossing reads them: the local clock of the place, with UTC beside it."""

from __future__ import annotations

from datetime import UTC, datetime

from pasvik.terms.moment import Grain, Moment, zone_info
from pasvik.web.words import Words


def day_text(words: Words, when: datetime) -> str:
    """24 Nov 2023."""
    return f"{when.day} {words.table['months']['names'][when.month - 1]} {when.year}"


def moment_text(words: Words, told: Moment, zone: str | None = None) -> str:
    """As finely as it was told: `2023`, `Nov 2023`, `24 Nov 2023`, `24 Nov 2023, 08:00`; times on the clocks of `zone`."""
    here = local_time(told, zone)
    if told.grain is Grain.YEAR:
        return str(here.year)
    if told.grain is Grain.MONTH:
        return day_text(words, here).partition(" ")[2]
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


def local_time(told: Moment, zone: str | None = None) -> datetime:
    """A time of day is the same instant everywhere; a day, month or year is the day, month or year of where it was told."""
    if zone is None or told.grain is not Grain.MINUTE:
        return told.local
    return told.start.astimezone(zone_info(zone))
