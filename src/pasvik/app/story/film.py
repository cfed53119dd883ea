"""One crossing over time: its states, the orders that made them, and what came of what was announced, from one hearing of its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pasvik.app.answer import CrossingPage
from pasvik.app.wiring import House
from pasvik.situation.board import instant
from pasvik.situation.order import Decision
from pasvik.situation.settle import decisions, hear
from pasvik.situation.story.changes import Spell, spells
from pasvik.situation.story.people import Balance, Sum, balances, sums
from pasvik.situation.story.reconcile import Match, follow_orders, follow_people
from pasvik.terms.place import Lane
from pasvik.terms.question import Question

SHOWN = 8                                                       # decisions that a reader can follow at a glance
LEAST = timedelta(days=60)                                      # a stretch shorter than this says little
MOST = timedelta(days=5 * 365)


@dataclass(frozen=True, slots=True)
class Link:
    """One decision in its chain. ended: when it truly ended (UTC), None = it runs; by: the decision that ended it, None = it ran out or runs.

    number: its place among those shown, from 1. begins, announced and ended are UTC; announced None = no end was told.
    """

    number: int
    decision: Decision
    announced: datetime | None
    ended: datetime | None
    by: int | None
    effect: str                                                 # of what ended it: extended curtailed replaced followed lifted; ran_out or runs


@dataclass(frozen=True, slots=True)
class Film:
    """States and orders of one lane between two instants (UTC), and what came of announcements at the crossing."""

    lane: Lane
    begins: datetime
    ends: datetime
    at: datetime
    spells: tuple[Spell, ...]
    links: tuple[Link, ...]
    orders: tuple[Match, ...]
    people: tuple[Match, ...]
    balances: tuple[Balance, ...]
    sums: tuple[Sum, ...]


def film(house: House, found: CrossingPage, lane: Lane, asked: Question) -> Film:
    """The film of one lane, from the statements that the crossing's page already holds (cut to `known` and `basis`)."""
    crossing = found.crossing
    at = instant(asked.at, crossing.zone) or house.now()
    dated = [one for one in found.history if one.source.published]
    heard = hear(crossing, dated, at, house.book)
    chain = tuple(decisions(heard, lane, at, house.book).all)
    begins, ends = stretch(chain, at)
    past = [one for one in dated if one.source.published and one.source.published.start <= at]
    told = [one for one in found.counts if one.source.published and one.source.published.start <= at]
    return Film(
        lane, begins, ends, at, spells(heard, lane, begins, ends, house.book), links(chain, at),
        follow_orders(hear(crossing, past, at, house.book), lane, house.book, at), follow_people(told, crossing),
        balances(crossing.id, told, crossing.zone), sums(crossing.id, told))


def stretch(chain: tuple[Decision, ...], at: datetime) -> tuple[datetime, datetime]:
    """From a little before the oldest of the newest decisions to a little after the last announced end."""
    recent = chain[-SHOWN:]
    begins = max(min((one.begins for one in recent), default=at - LEAST), at - MOST)
    ends = max([at, *(one.stop for one in recent if one.stop and one.stop < at + MOST)])
    margin = max(timedelta(days=5), (ends - begins) / 25)
    return min(begins - margin, at - LEAST), ends + margin


def links(chain: tuple[Decision, ...], at: datetime) -> tuple[Link, ...]:
    """The newest decisions up to `at`, oldest first, each with the one that truly ended it."""
    shown = chain[-SHOWN:]
    made: list[Link] = []
    for number, one in enumerate(shown, 1):
        after = next((n for n, other in enumerate(shown, 1) if other.before is one and other.effect != "interrupted"), None)
        follower = shown[after - 1] if after else None
        if follower and (one.stop is None or follower.begins <= one.stop):
            made.append(Link(number, one, one.stop, follower.begins, after, follower.effect))
        elif one.stop and one.stop <= at:
            made.append(Link(number, one, one.stop, one.stop, None, "ran_out"))
        else:
            made.append(Link(number, one, one.stop, None, None, "runs"))
    return tuple(made)
