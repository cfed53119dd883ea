"""Announcements, charges and steps as the JSON that the terminal and the pages give."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pasvik.app.story.follow import Followed
from pasvik.app.story.stance import Claims, Steps
from pasvik.situation.story.changes import Change
from pasvik.situation.story.people import Balance
from pasvik.situation.story.reconcile import Match
from pasvik.terms.interchange import source_to_json, statement_to_json
from pasvik.terms.moment import Grain, Moment
from pasvik.terms.statement import Statement
from pasvik.terms.status import cell_to_json

Json = dict[str, Any]


def followed_to_json(one: Followed) -> Json:
    """One crossing: orders, people, balances, sums, and every statement that they name."""
    return {
        "crossing": one.crossing.id, "lane": str(one.lane), "orders": [_match(match) for match in one.orders],
        "people": [_match(match) for match in one.people],
        "balances": [_balance(balance, one.crossing.zone) for balance in one.balances],
        "sums": [{"told": total.told, "days": total.days, "tellers": list(total.tellers), "statements": list(total.statements),
                  "words": total.words} for total in one.sums],
        "statements": said_to_json(one.statements)}


def claims_to_json(found: Claims) -> Json:
    """Charges in the order of the first telling, with statements and denials by id."""
    return {
        "charges": [
            {"accuser": charge.accuser, "accused": charge.accused, "border": charge.border, "charges": list(charge.charges),
             "first": _iso(charge.first), "last": _iso(charge.last), "statements": list(charge.statements), "denials": list(charge.denials)}
            for charge in found.charges],
        "statements": said_to_json(found.statements)}


def steps_to_json(found: Steps) -> Json:
    """Steps, oldest first, with the words behind each."""
    return {
        "country": found.country, "since": _iso(found.since),
        "steps": [
            {"country": step.country, "border": step.border, "stance": step.stance, "told": _iso(step.told), "words": step.words,
             "statements": list(step.statements)} for step in found.steps],
        "statements": said_to_json(found.statements)}


def change_to_json(change: Change) -> Json:
    """One cell that tells something else, before and after."""
    return {
        "crossing": change.crossing, "lane": str(change.lane), "direction": change.direction, "what": list(change.what), "words": change.words,
        "before": cell_to_json(change.before) if change.before else None, "after": cell_to_json(change.after) if change.after else None}


def said_to_json(statements: Mapping[str, Statement]) -> list[Json]:
    """Statements with their sources, in the order of their ids."""
    return [{**statement_to_json(one), "source": source_to_json(one.source)} for _, one in sorted(statements.items())]


def _match(match: Match) -> Json:
    return {"announced": match.announced.id, "observed": list(match.observed), "verdict": match.verdict, "words": match.words,
            "doubt": match.doubt}


def _balance(balance: Balance, zone: str) -> Json:
    return {
        "from": _moment(balance.begins, zone), "until": _moment(balance.ends, zone), "queue": balance.queue, "crossed": balance.crossed,
        "moved_on": balance.moved_on, "left": balance.left, "accounted": balance.accounted, "at_least": balance.at_least,
        "difference": balance.difference, "statements": list(balance.statements), "words": balance.words, "doubt": balance.doubt}


def _moment(at: datetime, zone: str) -> str:
    return Moment(at, Grain.MINUTE, zone).iso()


def _iso(told: Moment | None) -> str | None:
    return told.iso() if told else None
