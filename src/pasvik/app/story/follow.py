"""Announced against observed at each crossing asked for: did it come, do the people add up, and how one decision followed another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pasvik.app.answer import crossings_asked
from pasvik.app.story.said import by_id, said
from pasvik.app.wiring import House
from pasvik.situation.board import instant, lanes_served, statements_by_crossing
from pasvik.situation.order import Decision
from pasvik.situation.settle import Hearing, decisions, hear
from pasvik.situation.story.changes import Spell, spells
from pasvik.situation.story.people import Balance, Sum, balances, sums
from pasvik.situation.story.reconcile import Match, follow_orders, follow_people
from pasvik.terms.capture import Fault
from pasvik.terms.moment import Moment
from pasvik.terms.place import Crossing, Lane
from pasvik.terms.question import Question
from pasvik.terms.statement import Statement


@dataclass(frozen=True, slots=True)
class Followed:
    """One crossing: what was announced and what came of it. lane: the lane that orders were followed on. statements: by id."""

    crossing: Crossing
    lane: Lane
    orders: tuple[Match, ...]
    people: tuple[Match, ...]
    balances: tuple[Balance, ...]
    sums: tuple[Sum, ...]
    statements: Mapping[str, Statement]


def follow(house: House, asked: Question) -> tuple[Followed, ...] | Fault:
    """The crossings of which anything was announced or counted, in the order of the board. A fault where there is no such place."""
    chosen = crossings_asked(house, asked)
    if isinstance(chosen, Fault):
        return chosen
    told = said(house, ("status", "movement", "count"), asked)
    status = statements_by_crossing(chosen, told)
    people = [one for one in told if one.kind != "status"]
    found = (_follow(house, crossing, status[crossing.id], people, asked) for crossing in chosen)
    return tuple(one for one in found if one.orders or one.people or one.balances or one.sums)


def chain(house: House, words: str, lane: Lane, asked: Question) -> tuple[Decision, ...] | Fault:
    """The decisions on one lane of a crossing up to `at`, oldest first, as known then: ordered, extended, curtailed, lifted, …"""
    heard = _heard(house, words, asked)
    if isinstance(heard, Fault):
        return heard
    at = instant(asked.at, heard.crossing.zone) or house.now()
    return tuple(decisions(heard, lane, at, house.book).all)


def timeline(house: House, words: str, lane: Lane, begins: Moment, ends: Moment, asked: Question) -> tuple[Spell, ...] | Fault:
    """The states of one lane of a crossing between two moments, as known at the question's clocks (`at` plays no part)."""
    heard = _heard(house, words, asked)
    return heard if isinstance(heard, Fault) else spells(heard, lane, begins.start, ends.start, house.book)


def _heard(house: House, words: str, asked: Question) -> Hearing | Fault:
    chosen = crossings_asked(house, Question(crossing=words))
    if isinstance(chosen, Fault):
        return chosen
    crossing = chosen[0]
    told = house.ledger.history(
        crossing.id, border=crossing.border, known=instant(asked.known, crossing.zone), basis=asked.basis, curated=house.settings.record,
        kinds=("status",))
    return hear(crossing, [one.statement for one in told if one.statement.source.published], house.now(), house.book)


def _follow(house: House, crossing: Crossing, status: list[Statement], people: list[Statement], asked: Question) -> Followed:
    served = lanes_served(crossing)
    lane = asked.lane or next(iter(served), Lane.CAR)
    at = instant(asked.at, crossing.zone) or house.now()
    orders = follow_orders(hear(crossing, status, at, house.book), lane, house.book, at)
    moved = follow_people(people, crossing)
    level, told = balances(crossing.id, people, crossing.zone), sums(crossing.id, people)
    ids = [id for match in (*orders, *moved) for id in (match.announced.id, *match.observed)]
    ids += [id for balance in level for id in balance.statements] + [id for total in told for id in total.statements]
    return Followed(crossing, lane, orders, moved, level, told, by_id([*status, *people], ids))
