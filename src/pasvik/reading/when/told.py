"""What a text said about time: first as told in words, then as found in its place, then worked out to a span."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pasvik.terms.moment import Span


@dataclass(frozen=True, slots=True)
class Told:
    """One time expression, as told: only the parts that the words gave. Nothing here depends on the day of publication.

    weekday: Monday = 0. which: -1 last, 0 this, +1 next (of the weekday, unit or season). step and count: "two days later"
    is step +1, count 2, unit day, base text; "yesterday" is step -1, count 1, unit day, base published.
    minute: minutes after midnight, 0..1440. zone: IANA name where another clock than the deciding country's is named.
    swap: day and month could also be the other way round (11/12/2023).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    which: int | None = None
    unit: str | None = None                                     # minute hour day week fortnight weekend month year
    count: int | None = None
    step: int | None = None
    base: str | None = None                                     # published, or text: the day spoken of last
    edge: str | None = None                                     # early mid late start end
    season: int | None = None                                   # its first month: 3 6 9 12
    part: str | None = None                                     # morning evening night
    minute: int | None = None
    half: str | None = None                                     # am pm
    midnight: bool = False                                      # told by that word, so it may be either end of its day
    zone: str | None = None
    swap: bool = False

    @property
    def has_day(self) -> bool:
        """Whether the words say which day (or week, month, year), and not only a clock time."""
        return any(
            value is not None for value in (self.year, self.month, self.day, self.weekday, self.unit, self.which, self.season))


@dataclass(frozen=True, slots=True)
class Duration:
    """How long: whole months, whole days and minutes, such as two weeks = Duration(days=14)."""

    months: int = 0
    days: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression at text[start:end] == quote, not yet put on the calendar.

    role: point from until range duration hours open_end, and stamp (a clock at the head of a feed line, or a date and clock
    that end a line), gloss (the same moment again, in brackets, by another clock), by, before, after.
    bias: the side of publication its words lean to: past (binding), future, ahead (weekdays only) or None.
    night: the midnight that begins `first`. sentence: which sentence of the text, counted from 0.
    """

    start: int
    end: int
    quote: str
    role: str
    first: Told | None = None
    last: Told | None = None
    bias: str | None = None
    night: bool = False
    hours: str | None = None
    duration: Duration | None = None
    daily: bool = False
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """What a text had said before a find, and beside it in the same sentence.

    previous: the day it spoke of last ("the next evening"). spoken: the last day, month or year ("a year later", "of that
    year"). since: a day named earlier in the sentence ("shut on Friday until Sunday"). beside: the sentence's day, for a clock.
    """

    previous: date | None = None
    spoken: date | None = None
    since: date | None = None
    beside: date | None = None


@dataclass(frozen=True, slots=True)
class TimeHit:
    """A time expression worked out. text[start:end] == quote.

    span: a point has its moment in `span.start` (as finely as told) and no `until`; a week, weekend or "past six days" has
    both; "from" has a start, "until" an until, a range both, a duration both where its start stands beside it.
    other: the second reading where the words allow two ("midnight on Thursday"). bare: a clock time whose sentence names
    no day, put on the day of publication. puzzle: why it could not be worked out, or what is doubtful in it.
    """

    start: int
    end: int
    quote: str
    role: str
    span: Span
    until_further_notice: bool = False
    hours: str | None = None
    grain: str = "day"                                          # minute day week month season year
    daily: bool = False
    puzzle: str | None = None
    other: Span | None = None
    duration: Duration | None = None
    bare: bool = False
    approx: bool = False
    found: Found | None = None
    context: Context = Context()
