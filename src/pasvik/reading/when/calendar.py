"""The days that words mean: "last Friday", "14 January", "the end of the month", counted from the day of publication."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from pasvik.reading.when.told import Told

NEAR_DAYS = 31                                                  # a date without a year so near is meant, whatever the tense says
FAR_DAYS = 120                                                  # ... and with a mere leaning, one so near
EARLY_ENDS, MID_STARTS, MID_ENDS, LATE_STARTS = 10, 11, 20, 21


@dataclass(frozen=True, slots=True)
class Days:
    """From the first day to the last, both counted; grain as in TimeHit. doubt: what another reader could take otherwise."""

    first: date
    last: date
    grain: str = "day"
    approx: bool = False
    doubt: str | None = None
    other: date | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What the words are counted from: the local day of publication, the days the text spoke of last, and the tense.

    future: True or False where the sentence tells, None where it does not. strict: a day on the wrong side cannot be meant.
    weak: `future` is only what the words lean to, so it moves weekdays and leaves dates where they are nearest.
    """

    today: date | None
    previous: date | None = None                                # the last day spoken of
    spoken: date | None = None                                  # the last day, month or year spoken of
    future: bool | None = None
    strict: bool = False
    weak: bool = False
    order: str | None = None                                    # dmy or mdy, where the outlet's habit is known


def days_of(told: Told, view: View) -> Days | str:
    """The days meant, or a sentence saying why they cannot be told. Never raises."""
    try:
        return _days_of(told, view)
    except (ValueError, OverflowError):
        return "there is no such day"


def _days_of(told: Told, view: View) -> Days | str:
    today, year = view.today, _year_of(told, view)
    if told.base == "published" and told.step is not None and today:
        return _in(told, today, view) if told.step > 0 and told.unit != "day" else _step(told, today)
    if told.month and told.day:
        return _date(told, year, view)
    if year and not told.month and not told.season:
        return _edged(Days(date(year, 1, 1), date(year, 12, 31), "year"), told.edge)
    if told.base == "text" and not told.month:
        base = view.spoken if told.unit in ("month", "year") else view.previous
        return _step(told, base) if base else "no earlier day in the text to count from"
    if today is None and (year is None or told.day or told.weekday is not None):
        return "no day of publication to count from"
    if told.month or told.season:
        return _edged(_months(told, year, view), told.edge)
    if today is None:
        return "no day of publication to count from"
    if told.weekday is not None:
        return _weekday(told, today, view)
    if told.day:
        return _day_of_month(told, today, view)
    return _period(told, today) if told.unit else Days(today, today)


def _year_of(told: Told, view: View) -> int | None:
    """The year named, also as "last year", or "that year" of the text."""
    if told.year is None and told.unit == "year" and told.count is None:
        if told.base == "text" and view.spoken:
            return view.spoken.year + (told.step or 0)
        if told.which is not None and view.today and (told.month or told.season):
            return view.today.year + told.which
    return told.year


def _date(told: Told, year: int | None, view: View) -> Days | str:
    month, day = told.month or 1, told.day or 1
    if told.swap and view.order == "mdy":
        month, day = day, month
    doubt = "day first or month first?" if told.swap and view.order is None else None
    if year is None:
        if view.today is None:
            return "no day of publication to tell the year by"
        return _without_year(told, month, day, view.today, view)
    found = date(year, month, day)
    other = date(year, day, month) if doubt else None
    if told.weekday is not None and found.weekday() != told.weekday and doubt is None:
        doubt = f"{found.isoformat()} is another day of the week"
    return Days(found, found, doubt=doubt, other=other)


def _without_year(told: Told, month: int, day: int, today: date, view: View) -> Days | str:
    reach = 8 if (month, day) == (2, 29) else 1                 # a leap day is up to eight years away
    years = [year for year in range(max(1, today.year - reach), min(9999, today.year + reach) + 1) if day <= monthrange(year, month)[1]]
    if not years:
        return "there is no such day"
    near = sorted((date(year, month, day) for year in years), key=lambda found: abs((found - today).days))
    named = [found for found in near[:3] if told.weekday is None or found.weekday() == told.weekday]
    first = (named or near)[0]
    found = _by_tense(first, near, today, view) if len(named) != 1 or told.weekday is None else first
    wrong = told.weekday is not None and found.weekday() != told.weekday
    return Days(found, found, doubt=f"{found.isoformat()} is another day of the week" if wrong else None)


def _by_tense(nearest: date, near: list[date], today: date, view: View) -> date:
    """The nearest, unless the tense says the other side of today and the nearest is not just around the corner."""
    slack, back = (1, 0) if view.strict else (NEAR_DAYS, FAR_DAYS if view.weak else NEAR_DAYS)
    if view.future is True and (nearest - today).days < -back:
        return min((found for found in near if found >= today), default=nearest)
    if view.future is False and (nearest - today).days > slack:
        return max((found for found in near if found <= today), default=nearest)
    return nearest


def _months(told: Told, year: int | None, view: View) -> Days:
    month = told.month or told.season or 1
    if year is None and view.today is not None:
        year = _year_of_month(told, month, view.today, view)
    year = year or 1
    first = date(year, month, 1)
    return Days(first, _last_of(add_months(first, 2 if told.season else 0)), "season" if told.season else "month")


def _year_of_month(told: Told, month: int, today: date, view: View) -> int:
    length = 3 if told.season else 1
    ago = (today.year * 12 + today.month - 1 - (month - 1)) % 12                 # months since it last began
    last = today.year - (1 if today.month < month else 0)
    inside = ago < length
    if inside:
        return last + (told.which or 0)
    if told.which == 1 or (told.which is None and view.future is True and not view.weak):
        return last + 1
    if told.which == -1 or (told.which is None and view.future is False):
        return last
    return last if ago <= 6 else last + 1


def _weekday(told: Told, today: date, view: View) -> Days:
    ahead = ((told.weekday or 0) - today.weekday()) % 7
    monday = today - timedelta(days=today.weekday())
    doubt: str | None = None
    other: date | None = None
    if told.unit == "week" and told.which is not None:
        found = monday + timedelta(days=7 * told.which + (told.weekday or 0))
    elif told.which == 1:
        found = monday + timedelta(days=7 + (told.weekday or 0))
        if (found - today).days > 7:
            doubt, other = "this week or next?", found - timedelta(days=7)
    elif told.which == -1:
        found = today - timedelta(days=7 - ahead)
    elif told.which == 0:
        found = today + timedelta(days=ahead)
        if view.future is False and ahead:
            found -= timedelta(days=7)
    else:
        found = today + timedelta(days=ahead - (7 if ahead and view.future is not True else 0))
    if told.day and found.day != told.day:
        for week in (1, -1, 2, -2, 3, -3):
            if (found + timedelta(days=7 * week)).day == told.day:
                found += timedelta(days=7 * week)
                break
    return Days(found, found, doubt=doubt, other=other)


def _day_of_month(told: Told, today: date, view: View) -> Days:
    month = add_months(today.replace(day=1), (told.which or 0) if told.unit == "month" else 0)
    found = month.replace(day=told.day or 1)
    if told.unit is None:
        if view.future is True and found < today:
            found = add_months(month, 1).replace(day=told.day or 1)
        elif view.future is not True and found > today and (view.future is False or (found - today).days > 15):
            found = add_months(month, -1).replace(day=told.day or 1)
    return Days(found, found)


def _step(told: Told, base: date) -> Days:
    count = (told.step or 0) * (1 if told.count is None else told.count)
    if told.unit in ("month", "year"):
        found = add_months(base, count * (12 if told.unit == "year" else 1))
        return Days(found, found, approx=told.base == "published")
    days = count * {"week": 7, "weekend": 7, "fortnight": 14}.get(told.unit or "day", 1)
    found = base + timedelta(days=days)
    return Days(found, found, approx=told.unit in ("week", "fortnight") and told.base == "published")


def _in(told: Told, today: date, view: View) -> Days:
    """ "In two weeks": a day ahead; in the past tense the period that lies behind ("300 arrived in two weeks")."""
    ahead = _step(told, today)
    if view.future is False:
        return Days(today - (ahead.first - today), today, "week")
    return ahead


def _period(told: Told, today: date) -> Days | str:
    which = told.which or 0
    if told.count is not None:
        unit = told.unit or "day"
        if unit in ("hour", "minute"):
            days = max(1, told.count // (24 if unit == "hour" else 1440))
            far = today + timedelta(days=which * days)
        else:
            far = _step(Told(unit=unit, count=told.count, step=which), today).first
        return Days(min(far, today), max(far, today), "week")
    if told.unit in ("week", "weekend", "fortnight"):
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * which)
        start = monday + timedelta(days=5 if told.unit == "weekend" else 0)
        return _edged(Days(start, monday + timedelta(days=6), "week"), told.edge)
    if told.unit == "month":
        first = add_months(today.replace(day=1), which)
        return _edged(Days(first, _last_of(first), "month"), told.edge)
    if told.unit == "year":
        year = today.year + which
        return _edged(Days(date(year, 1, 1), date(year, 12, 31), "year"), told.edge)
    return "no day can be told from this"


def _edged(days: Days, edge: str | None) -> Days:
    """The early, middle or late part, or the very start or end, of a period."""
    if edge is None:
        return days
    if edge in ("start", "end"):
        day = days.first if edge == "start" else days.last
        return Days(day, day, approx=True)
    length = (days.last - days.first).days + 1
    if days.grain == "month":
        cuts = {"early": (1, EARLY_ENDS), "mid": (MID_STARTS, MID_ENDS), "late": (LATE_STARTS, length)}
    else:
        cuts = {"early": (1, length // 3), "mid": (length // 3 + 1, 2 * length // 3), "late": (2 * length // 3 + 1, length)}
    first, last = cuts[edge]
    return Days(days.first + timedelta(days=first - 1), days.first + timedelta(days=last - 1), "week", approx=True)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _last_of(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
