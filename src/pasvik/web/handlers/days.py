"""The days around the asked day at one crossing, each drawn from the same published words, so that a change is seen coming."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from pasvik.app import answer
from pasvik.app.wiring import House
from pasvik.terms.capture import Fault
from pasvik.terms.claim import State
from pasvik.terms.moment import Moment, moment
from pasvik.terms.place import Crossing, Lane
from pasvik.web.asked import Asked, address

REACH = 7                                                       # days before and after


@dataclass(frozen=True, slots=True)
class Day:
    """One day at noon: the state, and the address of the page that stands on it."""

    told: Moment
    state: State
    address: str
    is_asked: bool


def days_around(house: House, crossing: Crossing, lane: Lane, asked: Asked) -> tuple[Day, ...]:
    """The state of one kind of traffic on each day from a week before to a week after; `known` and `basis` stay where they are."""
    middle = asked.instant(crossing.zone).astimezone(moment("2000", crossing.zone).local.tzinfo).date()
    days: list[Day] = []
    for step in range(-REACH, REACH + 1):
        told = moment((middle + timedelta(days=step)).isoformat(), crossing.zone)
        drawn = answer.board(house, replace(asked.question, at=told, crossing=crossing.id, lane=lane))
        if isinstance(drawn, Fault) or not drawn.cells:
            return ()
        there = address(asked, f"/crossing/{crossing.id}", at=told.iso())
        days.append(Day(told, drawn.cells[0].state, there, step == 0))
    return tuple(days)
