"""The patterns of a language are laid on the words: here a day, a clock, or a day with its clock is recognised."""

from __future__ import annotations

from pasvik.reading.when.tagged import Tagged
from pasvik.reading.when.words import END, Fields, Trie

Match = tuple[int, Fields]                                      # the token after the match, and what was told
PERIODS = ("week", "weekend", "month", "year", "fortnight")


def matches(trie: Trie, page: Tagged, i: int) -> list[Match]:
    """All matches of the patterns from token i on, the longest first. Bounded by the longest pattern, never by the text."""
    found: dict[int, Fields] = {}
    todo: list[tuple[int, Trie, Fields]] = [(i, trie, {})]
    while todo:
        at, node, told = todo.pop()
        if END in node:
            found.setdefault(at, told)
        if at >= len(page.tags):
            continue
        for category, length, fields in reversed(page.tags[at]):
            child = node.get(category)
            if child is not None:
                todo.append((at + length, child, {**told, **fields}))
            elif category == "FILL" and told:
                todo.append((at + length, node, told))
    return sorted(found.items(), key=lambda match: match[0], reverse=True)


def begins(trie: Trie, page: Tagged, i: int) -> bool:
    """Whether the first two words fit a pattern: cheap, and true wherever matches() finds anything."""
    for category, length, _ in page.tags[i]:
        child = trie.get(category)
        if child is not None:
            follows = page.tags[i + length] if i + length < len(page.tags) else ()
            if END in child or any(name in child or name == "FILL" for name, _, _ in follows):
                return True
    return False


def date_at(page: Tagged, i: int, led: bool) -> Match | None:
    """The longest believable day, week, month or year from token i on. led: words such as "on" or "until" stand before it."""
    for end, told in matches(page.words.date, page, i):
        if _believable(page, i, end, told, led):
            return end, told
    return None


def time_at(page: Tagged, i: int, led: bool) -> Match | None:
    """A clock time from token i on; 20.00 with a dot counts only where it is led (or where a caller knows better)."""
    for end, told in matches(page.words.time, page, i):
        if told.get("dotted") and not led and end == i + 1:
            continue
        if page.word(end) in page.words.lists["counted"] or page.word(end) == "%":
            continue
        return end, told
    return None


def when_at(page: Tagged, i: int, led: bool) -> Match | None:
    """A day, a clock, or both in either order: "Friday at 20.00", "20.00 on Friday", "tomorrow, Friday, at 20.00"."""
    day = date_at(page, i, led)
    if day:
        return _joined(page, day, "day_clock") or day
    clock = time_at(page, i, led) or _dotted_head(page, i)
    if clock:
        return _joined(page, clock, "clock_day") or clock
    return _hour_with_day(page, i) if led else None


def _dotted_head(page: Tagged, i: int) -> Match | None:
    """20.00 without a leading word: a clock only if a day follows, or at the head of a line."""
    clock = time_at(page, i, led=True)
    return clock if clock and (page.ends_line(i - 1) or _joined(page, clock, "clock_day")) else None


def _hour_with_day(page: Tagged, i: int) -> Match | None:
    """The bare 8 of "at 8 on Friday" or "at 8 this evening"."""
    hour = _hour(page, i)
    return _joined(page, hour, "hour_day") if hour else None


def _lone_hour(page: Tagged, i: int) -> Match | None:
    """The bare 8 of "on Friday at 8", where nothing that it could count comes after."""
    hour = _hour(page, i)
    return hour if hour and page.kind(hour[0]) in ("sign", "line", "other") and page.word(hour[0]) not in ("-", "/", "%") else None


def _hour(page: Tagged, i: int) -> Match | None:
    if page.word(i - 1) in page.words.lists["clock_leads"]:
        for category, length, fields in page.tags[i] if i < len(page.tags) else ():
            if category == "HOUR":
                return i + length, dict(fields)
    return None


def _joined(page: Tagged, match: Match, joins: str) -> Match | None:
    end, told = match
    for between in page.words.joins[joins]:
        if not page.reads(end, between):
            continue
        at = end + len(between)
        if page.has(at, "NIGHTBETWEEN"):
            continue
        other = (time_at(page, at, led=True) or _lone_hour(page, at)) if joins == "day_clock" else date_at(page, at, led=bool(between))
        if other and joins == "day_clock" and ("minute" in told or _starts_range(page, other[0])):
            continue
        if other and (between or joins == "day_clock" or list(other[1]) != ["year"]):
            return other[0], {**told, **other[1]}
    return None


def _starts_range(page: Tagged, end: int) -> bool:
    """Whether a clock that ends before token `end` is the first of two: such a clock belongs to opening hours."""
    for join in page.words.joins["to"]:
        at = end + len(join)
        if page.reads(end, join) and at < len(page.tags):
            length = page.has(at, "HOUR")
            after = at + length
            dated = page.has(after, "MONTH") or page.has(after, "ORDMARK") or page.word(after) in page.words.lists["counted"]
            if (length and not dated) or any(page.has(at, clock) for clock in ("CLOCK", "NOON", "MIDNIGHT")):
                return True
    return False


def _believable(page: Tagged, i: int, end: int, told: Fields, led: bool) -> bool:
    """Guards against counts, ages and homonyms: "May 20 people", "the 18th century", "this day", "march of the ..."."""
    lists, after = page.words.lists, page.word(end)
    counted = after in lists["counted"] or after == "%"
    lone = len(told) == 1
    if page.kind(end - 1) == "number" and counted:
        return False
    if "day" in told and "month" not in told:
        if told.get("unit") == "month" or told.get("which") is not None:
            return told.get("unit") == "month"
        return (led or "weekday" in told) and not counted and (_ends(page, end) or _joins(page, end))
    if lone and "weekday" not in told and page.word(i - 1) in lists["no_part_of"]:
        return False
    if lone and "year" in told:
        return led and not counted and not page.has(i - 1, "FILL")
    if lone and ("month" in told or "weekday" in told):
        return led or page.word(i) not in lists["capital"]
    if told.get("base") == "text" and after in lists["not_before"]:
        return False
    if told.get("event") and (page.kind(end) == "word" or after == "-"):
        return False
    if "unit" in told and told.get("base") is None:
        return _period(page, i, told)
    if told.get("unit") in ("hour", "minute"):
        return told.get("step") == -1 and told.get("base") == "published"
    return not (page.has(i, "IN") and page.word(i - 1) in lists["not_after"])


def _ends(page: Tagged, end: int) -> bool:
    """Whether the words stop here, or go on to an end: not "the 18th century", "Friday 8-16" or "Monday 8 a.m."."""
    word = page.word(end)
    return word != "-" and (page.kind(end) != "word" or word in page.words.joiners or word in page.words.roles)


def _joins(page: Tagged, end: int) -> bool:
    """Whether "Saturday 22" goes on to a day of a named month: "and Sunday 23 June"."""
    joined = any(page.reads(end, join) for name in ("to", "dash") for join in page.words.joins[name])
    return joined and any(page.has(k, "MONTH") for k in range(end + 1, end + 5))


def _period(page: Tagged, i: int, told: Fields) -> bool:
    """this week, the end of the month, the past six days; but no "last day", "late night" or "early hour"."""
    if "count" in told:
        return told.get("which") in (-1, 1)
    if "month" in told or "weekday" in told or "season" in told:
        return True
    return told["unit"] in PERIODS and ("which" in told or told.get("edge") in ("end", "start", "mid"))
