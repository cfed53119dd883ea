"""When something was said to start or stop, kept as finely as it was told and no finer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo


class Grain(StrEnum):
    """How finely a moment was told: the whole year, month, day, or to the minute."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"


@lru_cache(maxsize=64)
def zone_info(name: str) -> ZoneInfo:
    """The IANA zone of this name; raises ZoneInfoNotFoundError (a KeyError) for an unknown one."""
    return ZoneInfo(name)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as it was told: `start` is UTC, the first instant it can mean; `zone` is where it was told.

    A day-grained moment means the whole local day; `end` is the first instant after it.
    """

    start: datetime
    grain: Grain = Grain.MINUTE
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if self.start.tzinfo is None:
            raise ValueError(f"a moment needs a zone: {self.start.isoformat()}")
        if self.start.utcoffset() != timedelta(0):
            object.__setattr__(self, "start", self.start.astimezone(UTC))

    @property
    def local(self) -> datetime:
        """The start on the clocks of the zone where it was told."""
        return self.start.astimezone(zone_info(self.zone))

    @property
    def end(self) -> datetime:
        """The first instant (UTC) after everything this moment can mean."""
        here = self.local
        if self.grain is Grain.MINUTE:
            return self.start + timedelta(minutes=1)
        if self.grain is Grain.DAY:
            nextday = (here.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=here.tzinfo)
            return nextday.astimezone(UTC)
        if self.grain is Grain.MONTH:
            year, month = (here.year + 1, 1) if here.month == 12 else (here.year, here.month + 1)
            return datetime(year, month, 1, tzinfo=here.tzinfo).astimezone(UTC)
        return datetime(here.year + 1, 1, 1, tzinfo=here.tzinfo).astimezone(UTC)

    def iso(self) -> str:
        """ISO 8601 as finely as told: 2023, 2023-11, 2023-11-24 or 2023-11-24T00:00+02:00."""
        return _iso(self)


@lru_cache(maxsize=4096)
def _iso(told: Moment) -> str:
    """Pure; remembered because all that stands on one page bears the same date."""
    here = told.local
    if told.grain is Grain.YEAR:
        return f"{here:%Y}"
    if told.grain is Grain.MONTH:
        return f"{here:%Y-%m}"
    if told.grain is Grain.DAY:
        return f"{here:%Y-%m-%d}"
    return here.isoformat(timespec="minutes")


def moment(text: str, zone: str = "UTC") -> Moment:
    """Read ISO 8601 text of any grain (`2023`, `2023-11`, `2023-11-24`, `2023-11-24T00:00+02:00`).

    Dates, and times without an offset, are local to `zone`. Raises ValueError with a plain sentence.
    """
    words = text.strip()
    here = zone_info(zone)
    try:
        if len(words) == 4:
            return Moment(datetime(int(words), 1, 1, tzinfo=here).astimezone(UTC), Grain.YEAR, zone)
        if len(words) == 7:
            year, month = words.split("-")
            return Moment(datetime(int(year), int(month), 1, tzinfo=here).astimezone(UTC), Grain.MONTH, zone)
        told = datetime.fromisoformat(words.replace("Z", "+00:00") if words.endswith("Z") else words)
    except (ValueError, OverflowError) as bad:
        raise ValueError(f"{text!r} is not a date or time (ISO 8601, such as 2023-11-24 or 2023-11-24T08:00+02:00)") from bad
    try:
        if len(words) == 10:
            return Moment(told.replace(tzinfo=here).astimezone(UTC), Grain.DAY, zone)
        if told.tzinfo is None:
            return Moment(told.replace(tzinfo=here).astimezone(UTC), Grain.MINUTE, zone)
        instant = told.astimezone(UTC)
    except OverflowError as bad:
        raise ValueError(f"{text!r} lies outside the calendar") from bad
    agrees = told.utcoffset() == instant.astimezone(here).utcoffset()
    return Moment(instant, Grain.MINUTE, zone if agrees else _fixed(told))


def _fixed(told: datetime) -> str:
    """A zone name for a bare offset, so that the words can be shown as they came (whole hours only, else UTC)."""
    offset = told.utcoffset() or timedelta(0)
    hours, rest = divmod(int(offset.total_seconds()), 3600)
    if rest or not -14 <= hours <= 12 or hours == 0:
        return "UTC"
    return f"Etc/GMT{-hours:+d}"                       # POSIX turns the sign round: Etc/GMT-2 is two hours ahead of UTC


def noon(day: Moment) -> Moment:
    """Noon of a day-grained moment in its own zone: what a bare date means as a question."""
    here = day.local
    return Moment(here.replace(hour=12, minute=0, second=0, microsecond=0).astimezone(UTC), Grain.MINUTE, day.zone)


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` (counted) to `until` as announced; until None = no end announced.

    An end told as a day counts that whole day; an end told to the minute stops at that minute.
    """

    start: Moment | None = None
    until: Moment | None = None

    @property
    def stop(self) -> datetime | None:
        """The first instant (UTC) no longer covered, or None for an open end."""
        if self.until is None:
            return None
        return self.until.start if self.until.grain is Grain.MINUTE else self.until.end

    def holds(self, at: datetime) -> bool:
        """Whether the instant `at` lies within the span; an unknown start counts as long ago."""
        begun = self.start is None or self.start.start <= at
        return begun and (self.stop is None or at < self.stop)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A UTC instant, for tests and tables."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
