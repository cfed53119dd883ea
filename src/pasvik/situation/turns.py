"""How long an answer stays the same: between two moments at which something begins, ends, ages or falls due, nothing can change."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, time, timedelta

from pasvik.situation.policy import Policy
from pasvik.situation.settle import Hearing
from pasvik.situation.utterance import told_at
from pasvik.terms.moment import zone_info

DAY = timedelta(days=1)
TICK = datetime.resolution


def turns(hearing: Hearing, policy: Policy) -> list[datetime]:
    """The instants (UTC, in order) at which the cells of this crossing can become others, all but the change of a day.

    Every comparison that settling makes between the clock and what was told has its instant here; tests hold it to that.
    """
    marks: set[datetime] = set()
    for u in hearing.said:
        start = u.claim.span.start
        told = {moment for moment in (u.told, u.begins, u.stop, start.start if start else None) if moment}
        aged = {moment + policy.report_ages for moment in told}
        # What is published soon after tells of the hours before it, so all of this is also looked at from that much earlier.
        marks |= told | aged | {moment - policy.same_day for moment in told | aged}
        marks |= {moment + policy.pending_ages for moment in told} | {moment + policy.late for moment in told}
        if u.begins:
            marks.add(u.begins - policy.presumed)
    marks |= {told for told in map(told_at, hearing.groups) if told}
    return sorted(marks)


def stays(marks: list[datetime], at: datetime, zone: str) -> tuple[datetime, datetime]:
    """From when to when (UTC, the end not counted) the answer at an instant holds, within its day here and in UTC.

    An instant that is itself a turn stands alone, for some comparisons count their limit and some do not.
    """
    here = at.astimezone(zone_info(zone))
    days = [datetime.combine(here.date(), time(), here.tzinfo).astimezone(UTC), datetime.combine(at.date(), time(), UTC)]
    nexts = [datetime.combine(here.date() + DAY, time(), here.tzinfo).astimezone(UTC), datetime.combine(at.date() + DAY, time(), UTC)]
    before, after = bisect_left(marks, at), bisect_right(marks, at)
    if before != after:
        return at, at + TICK
    first = max([*days, *(mark + TICK for mark in marks[max(0, before - 1):before])])
    return first, min([*nexts, *marks[after:after + 1]])
