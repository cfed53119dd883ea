"""Who accuses whom and who denies it, and how governments moved: watching, considering, closing, easing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from pasvik.app.clocks import HOME_ZONE
from pasvik.app.story.said import by_id, country_asked, said
from pasvik.app.wiring import House
from pasvik.gazetteer.table import borders
from pasvik.situation.board import instant
from pasvik.situation.story.accusations import Charge, matrix
from pasvik.situation.story.posture import Step, ladder, moves
from pasvik.terms.capture import Fault
from pasvik.terms.moment import Grain, Moment
from pasvik.terms.question import Question
from pasvik.terms.statement import Statement

SINCE = timedelta(days=30)                                      # how far a digest looks back where no day is given


@dataclass(frozen=True, slots=True)
class Claims:
    """Accusers against accused with their denials, and the statements behind them by id."""

    charges: tuple[Charge, ...]
    statements: Mapping[str, Statement]


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of one government, or of all but the watcher's; statements by id. since: what a digest looked back to, else None."""

    country: str
    steps: tuple[Step, ...]
    statements: Mapping[str, Statement]
    since: Moment | None = None


def claims(house: House, asked: Question) -> Claims | Fault:
    """Accusations and denials, of one border or country where one is asked for. They are never judged true or false."""
    place = asked.border
    if place is not None and place not in (*borders(house.gazetteer), *countries(house)):
        return Fault(f"there is no border {place!r}; the borders are {', '.join(borders(house.gazetteer))}", "border")
    told = said(house, ("accusation", "denial"), asked)
    charges = matrix(told, house.book, place if place and "-" in place else None)
    if place and "-" not in place:
        charges = tuple(one for one in charges if place in (one.accuser, one.accused, *(one.border or "").split("-")))
    return Claims(charges, by_id(told, [id for charge in charges for id in (*charge.statements, *charge.denials)]))


def posture(house: House, words: str, asked: Question) -> Steps | Fault:
    """One government's ladder, oldest step first, with the words behind each step."""
    country = country_asked(house, words)
    if isinstance(country, Fault):
        return country
    told = said(house, ("status", "posture", "watch"), asked)
    steps = ladder(country, told, house.gazetteer.crossings, house.book)
    return _steps(country, steps, told)


def watch(house: House, words: str | None, since: Moment | None, asked: Question) -> Steps | Fault:
    """What the other governments did and said since a day (30 days before `at` where none is given), oldest first.

    words: the watcher's country, None = nobody's: the moves of every government.
    """
    country = country_asked(house, words) if words is not None else ""
    if isinstance(country, Fault):
        return country
    at = instant(asked.at, HOME_ZONE) or house.now()
    begins = since or Moment(at - SINCE, Grain.MINUTE, HOME_ZONE)
    told = said(house, ("status", "posture", "watch"), asked)
    return _steps(country, moves(country, told, house.gazetteer.crossings, house.book, begins.start), told, begins)


def countries(house: House) -> tuple[str, ...]:
    """The countries of the gazetteer, by code."""
    return tuple(sorted({country for crossing in house.gazetteer.crossings.values() for country in crossing.countries}))


def _steps(country: str, steps: tuple[Step, ...], told: list[Statement], since: Moment | None = None) -> Steps:
    return Steps(country, steps, by_id(told, [id for step in steps for id in step.statements]), since)
