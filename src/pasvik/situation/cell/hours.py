"""Opening hours as they are told: outside its hours an open point is still open, on a day on which it does not open it is shut."""

from __future__ import annotations

import re
from datetime import datetime

from pasvik.situation.order import Decision
from pasvik.situation.utterance import LONG_AGO
from pasvik.terms.moment import zone_info

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
GROUP = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*(?:\s*[-–]\s*(mon|tue|wed|thu|fri|sat|sun)[a-z]*)?", re.IGNORECASE)
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def hours_told(decision: Decision) -> str | None:
    """The opening hours last told of a decision, such as `10:00-14:00`, `Mon-Fri` or `Mon-Fri 08:00-16:00`."""
    told = [u for u in decision.supports if u.claim.hours]
    return max(told, key=lambda u: (u.told or LONG_AGO, u.statement.id)).claim.hours if told else None


def opening_days(hours: str | None) -> frozenset[int]:
    """The days of the week (0 = Monday) that the hours name; all of them where they name none."""
    found: set[int] = set()
    for first, last in GROUP.findall(hours or ""):
        begin, end = DAYS.index(first.lower()), DAYS.index((last or first).lower())
        found.update((begin + step) % 7 for step in range((end - begin) % 7 + 1))
    return frozenset(found or range(7))


def shut_day(decision: Decision, at: datetime, zone: str) -> str | None:
    """The name of the local day where the point does not open on it, None on a day on which it opens."""
    day = at.astimezone(zone_info(zone)).weekday()
    return None if day in opening_days(hours_told(decision)) else NAMES[day]
