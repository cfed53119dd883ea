"""What changed since a day: the crossings whose board tells something else now, and what governments did and said meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from pasvik.app import compare
from pasvik.app.clocks import HOME_ZONE, instant
from pasvik.app.story.shape import change_to_json, steps_to_json
from pasvik.app.story.stance import Steps, watch
from pasvik.situation.story.changes import Change
from pasvik.terms.capture import Fault
from pasvik.terms.moment import Moment, moment
from pasvik.terms.place import Crossing, Lane
from pasvik.web import page
from pasvik.web.asked import PRESETS, Asked, cited, stepped
from pasvik.web.words import say

WEEK = timedelta(days=7)                                        # how far the page looks back where no day is given


@dataclass(frozen=True, slots=True)
class Changed:
    """One crossing with the changes of which the same is said, each with its kinds of traffic."""

    crossing: Crossing
    lines: tuple[tuple[tuple[Lane, ...], Change], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What the page asks for: since when, what changed, and the moves of governments."""

    asked: Asked
    since: Moment
    changes: tuple[Change, ...]
    moves: Steps


def changes_page(request: Request) -> Response:
    """`/changes?since=`: what a reader who last looked on that day does not know yet."""
    found = _found(request)
    if isinstance(found, Fault):
        return page.answer_fault(request, say(page.WORDS, "problem.bad_request"), found.what, 400)
    house = page.house_of(request)
    return page.answer_page(
        request, "story/changes.html", found.asked, since=found.since, changed=changed_of(found.changes, house.gazetteer.crossings),
        moves=found.moves.steps, told=found.moves.statements, borders=page.borders_of(house), presets=PRESETS,
        back=stepped(found.asked, "/changes", -1), ahead=stepped(found.asked, "/changes", 1),
        cite=cited(found.asked, "/changes", house.ledger.basis()))


def changes_json(request: Request) -> Response:
    """`/changes.json?since=`: the same as JSON."""
    found = _found(request)
    if isinstance(found, Fault):
        return page.answer_fault(request, "", found.what, 400)
    told = {"since": found.since.iso(), "changes": [change_to_json(one) for one in found.changes], "moves": steps_to_json(found.moves)}
    return page.answer_json(request, told, found.asked)


def changed_of(changes: Iterable[Change], crossings: dict[str, Crossing]) -> tuple[Changed, ...]:
    """The changes by crossing, in their order; kinds of traffic of which the same is said are drawn together."""
    by_crossing: dict[str, dict[tuple[str, str], list[Change]]] = {}
    for change in changes:
        by_crossing.setdefault(change.crossing, {}).setdefault((change.words, change.direction), []).append(change)
    return tuple(
        Changed(crossings[name], tuple((tuple(one.lane for one in alike), alike[0]) for alike in lines.values()))
        for name, lines in by_crossing.items())


def _found(request: Request) -> Found | Fault:
    asked = page.asked_of(request)
    if isinstance(asked, Fault):
        return asked
    house = page.house_of(request)
    since = asked.since or _week_before(asked)
    then = replace(asked.question, at=since, known=_earlier(since, asked.question.known))
    changes = compare.diff(house, then, asked.question)
    if isinstance(changes, Fault):
        return changes
    moves = watch(house, None, since, asked.question)
    if isinstance(moves, Fault):
        return moves
    place = asked.question.border
    if place:
        kept = tuple(step for step in moves.steps if place == step.country or (step.border and (place == step.border or place in step.border.split("-"))))
        moves = replace(moves, steps=kept)
    return Found(asked, since, changes, moves)


def _week_before(asked: Asked) -> Moment:
    return moment(f"{(asked.instant() - WEEK):%Y-%m-%d}", HOME_ZONE)


def _earlier(one: Moment, other: Moment | None) -> Moment:
    """The earlier of two clocks: nobody of that day knew what was published after it."""
    first, second = instant(one, HOME_ZONE), instant(other, HOME_ZONE)
    return other if other is not None and first and second and second < first else one
