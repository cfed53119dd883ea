"""States and orders as bars on a line of time, in per cent of its length, so that the picture fits any screen without a script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pasvik.app.story.film import Film, Link
from pasvik.terms.moment import Grain, Moment, zone_info

ROW = 22                                                        # pixels for one order
TOP = 28                                                        # pixels for the states above the orders
FEW = 5                                                         # labels that fit under the line on a phone


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch from `left` for `wide` per cent. kind: a state, with `rest` for what was announced but cut short; words: for the hover."""

    left: float
    wide: float
    kind: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """One order: its true stretch, what else had been announced (None where it ran as announced), and whether it was open-ended."""

    link: Link
    top: int
    real: Bar
    rest: Bar | None
    is_endless: bool
    begins: Moment
    announced: Moment | None
    ended: Moment | None


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture; at: per cent of the asked instant; months: (per cent, year, month) for the labels; tall: pixels."""

    states: tuple[Bar, ...]
    orders: tuple[Order, ...]
    months: tuple[tuple[float, int, int], ...]
    at: float
    tall: int


def picture(film: Film, zone: str) -> Picture:
    """The film of one lane as bars; moments on the clocks of `zone`."""
    orders = tuple(_order(film, link, TOP + ROW * n, zone) for n, link in enumerate(film.links))
    states = tuple(_bar(film, spell.begins, spell.ends, str(spell.state)) for spell in film.spells)
    return Picture(states, orders, _months(film, zone), _place(film, film.at), TOP + ROW * len(orders) + 6)


def _order(film: Film, link: Link, top: int, zone: str) -> Order:
    one = link.decision
    until = link.ended or max(film.at, one.begins)
    is_endless = link.ended is None and link.announced is None
    real = _bar(film, one.begins, until, str(one.state))
    rest = _bar(film, until, link.announced, "rest") if link.announced and link.announced > until else None
    return Order(link, top, real, rest, is_endless, _told(one.begins, zone), _end(link.announced, zone), _end(link.ended, zone))


def _bar(film: Film, begins: datetime, ends: datetime, kind: str) -> Bar:
    left, right = _place(film, begins), _place(film, ends)
    return Bar(left, round(max(right - left, 0.4), 2), kind)


def _place(film: Film, at: datetime) -> float:
    share = (at - film.begins) / (film.ends - film.begins)
    return round(min(max(share, 0.0), 1.0) * 100, 2)


def _told(at: datetime, zone: str) -> Moment:
    """Midnight at the place is told as a day, anything else as a time of that day."""
    local = at.astimezone(zone_info(zone))
    return Moment(at, Grain.DAY if (local.hour, local.minute) == (0, 0) else Grain.MINUTE, zone)


def _end(at: datetime | None, zone: str) -> Moment | None:
    """An end is not counted: what ends at midnight is told by its last day."""
    if at is None:
        return None
    told = _told(at, zone)
    if told.grain is not Grain.DAY:
        return told
    last = (at - timedelta(hours=1)).astimezone(zone_info(zone)).replace(hour=0, minute=0)
    return Moment(last, Grain.DAY, zone)


def _months(film: Film, zone: str) -> tuple[tuple[float, int, int], ...]:
    local = film.begins.astimezone(zone_info(zone))
    firsts: list[datetime] = []
    year, month = local.year, local.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        first = datetime(year, month, 1, tzinfo=zone_info(zone))
        if first >= film.ends:
            break
        firsts.append(first)
    step = -(-len(firsts) // FEW) or 1
    return tuple((_place(film, first), first.year, first.month) for first in firsts[::step])
