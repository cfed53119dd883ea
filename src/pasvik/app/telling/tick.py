"""Looks at the board, compares it with what was last told, and tells a change once it has stood for the settling delay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from pasvik.app.answer import board
from pasvik.app.clocks import HOME_ZONE
from pasvik.app.public.feeds import item_to_json
from pasvik.app.public.items import Item, changed, join
from pasvik.app.telling.channels import Channels
from pasvik.app.wiring import House
from pasvik.outbox.store import Outbox, Seen, Told
from pasvik.terms.capture import Fault
from pasvik.terms.claim import State
from pasvik.terms.moment import Grain, Moment
from pasvik.terms.question import Question
from pasvik.terms.status import Cell

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """What one look makes of the board. ripe: cells whose change is to be told now; began: the first look, which tells nothing."""

    seen: Mapping[str, Seen]
    ripe: tuple[str, ...]
    began: bool


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one look did: events made, cells that wait, whether it was the first."""

    events: int
    waiting: int
    began: bool


def step(told: Mapping[str, Told], seen: Mapping[str, Seen], now_told: Mapping[str, Json], now: datetime, delay: timedelta) -> Step:
    """Which headlines have differed from what was told for as long as the delay; what went back meanwhile is forgotten. Pure."""
    if not told:
        return Step({}, (), True)
    waits: dict[str, Seen] = {}
    ripe: list[str] = []
    for key, headline in now_told.items():
        before = told.get(key)
        if before is not None and before.headline == headline:
            continue
        held = seen.get(key)
        first = held.first if held and held.headline == headline else now
        if now - first >= delay:
            ripe.append(key)
        else:
            waits[key] = Seen(headline, first)
    return Step(waits, tuple(ripe), False)


def tick(house: House, outbox: Outbox, channels: Channels) -> Ticked | Fault:
    """One look: settles what waits, makes events for what is ripe, and files them for the channels that want them."""
    now = house.now()
    drawn = board(house, Question(Moment(now, Grain.MINUTE, HOME_ZONE)))
    if isinstance(drawn, Fault):
        return drawn
    cells = {key_of(cell): cell for cell in drawn.cells if cell.direction == "both"}
    headlines = {key: headline_of(cell) for key, cell in cells.items()}
    told = outbox.told()
    made = step(told, outbox.seen(), headlines, now, channels.delay)
    if made.began:
        outbox.keep({}, {key: Told(headline, None, now) for key, headline in headlines.items()}, (), now)
        return Ticked(0, 0, True)
    news = join(_item(house, cells[key], told.get(key), now) for key in made.ripe)
    events = [(item.id, item_to_json(item), [one.name for one in channels.channels if one.wants(item)]) for item in news]
    by_cell = {f"{place}|{lane}": item.id for item in news for place in item.places for lane in item.lanes}
    count = outbox.keep(made.seen, {key: Told(headlines[key], by_cell.get(key), now) for key in made.ripe}, events, now)
    return Ticked(count, len(made.seen), False)


def key_of(cell: Cell) -> str:
    """The name of a cell in the outbox."""
    return f"{cell.crossing}|{cell.lane}"


def headline_of(cell: Cell) -> Json:
    """What of a cell is worth telling when it changes: the state and its announced end."""
    return {"state": str(cell.state), "until": cell.until.iso() if cell.until else None, "further": cell.until_further_notice}


def _item(house: House, cell: Cell, before: Told | None, now: datetime) -> Item:
    """The news; a correction where what was told is, as we know it now, not what held when we told it."""
    crossing = house.gazetteer.crossings[cell.crossing]
    old = State(before.headline["state"]) if before else None
    wrong = before is not None and before.event is not None and _held_then(house, cell, before.at) != before.headline["state"]
    at = cell.since.start if cell.since else now
    item = changed(crossing, old, cell, at, before.event if wrong and before else None)
    if before and before.headline["state"] == str(cell.state) and not wrong:
        return replace(item, words=f"{crossing.name}: the announced end is now {_until(cell)}. {item.words}")
    return item


def _held_then(house: House, cell: Cell, at: datetime) -> str | None:
    """What held at an instant as everything we know now has it."""
    drawn = board(house, Question(Moment(at, Grain.MINUTE, HOME_ZONE), crossing=cell.crossing))
    if isinstance(drawn, Fault):
        return None
    return next((str(one.state) for one in drawn.cells if one.lane is cell.lane and one.direction == "both"), None)


def _until(cell: Cell) -> str:
    return cell.until.iso() if cell.until else "until further notice" if cell.until_further_notice else "not told"
