"""A what-if written down before the days it speaks of, and scored when the counts arrive: its own kind of entry, never part of what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pasvik.app.clocks import HOME_ZONE
from pasvik.app.whatif.backtest import Backtest
from pasvik.app.whatif.border import Consequence, counts, futures, kinds_of
from pasvik.app.whatif.shape import address
from pasvik.app.whatif.suppose import PASSABLE, days_of, said_of
from pasvik.app.wiring import House
from pasvik.ledger.contract import Note
from pasvik.scenario.border.score import Score, score
from pasvik.scenario.cohort.numeric import np
from pasvik.situation.board import lanes_served
from pasvik.terms.moment import Grain, Moment
from pasvik.terms.place import Lane

KIND = "what-if"
QUANTILES = tuple(round(0.025 + 0.05 * at, 3) for at in range(20))  # the middles of twenty equal parts: their mean distance is close to the CRPS


@dataclass(frozen=True, slots=True)
class Scored:
    """A registered forecast. state: awaited, scored, or void (what was supposed did not happen); scores: (crossing, day, people, score)."""

    note: Note
    state: str
    why: str
    scores: tuple[tuple[str, date, int, Score], ...]


def register(house: House, found: Consequence, tried: Backtest) -> Note:
    """Keep a forecast: quantiles per crossing and day over all steerings, each as likely as the others, with all that made it."""
    made = found.plan
    every = np.concatenate([futures(made, made.setting, case, at + 1).arrived for at, case in enumerate(made.cases)])
    edges = np.quantile(every, QUANTILES, axis=0, method="nearest").astype(int)
    days = [(made.first + timedelta(days=at)).isoformat() for at in range(made.asked.days)]
    cells = {id: {day: edges[:, at, column].tolist() for at, day in enumerate(days)} for column, id in enumerate(made.network.ids)}
    supposed = {move.crossing: [day.share > 0 for day in made.after[move.crossing][-made.asked.days:]] for move in made.asked.moves}
    said = {"what": KIND, "address": address(made.asked), "manifest": dict(found.manifest), "lane": str(made.asked.lane), "days": days,
            "quantiles": list(QUANTILES), "cells": cells, "supposed": supposed, "backtest_basis": tried.basis}
    house.ledger.note("forecast", said, recorded=house.now())
    return forecasts(house)[-1]


def forecasts(house: House) -> list[Note]:
    """The registered forecasts of this kind, oldest first."""
    return [note for note in house.ledger.notes("forecast") if note.said.get("what") == KIND]


def scored(house: House, note: Note) -> Scored:
    """How a forecast did by the counts held now. It is void where what it supposed did not happen."""
    said, lane = note.said, Lane(note.said["lane"])
    days = [date.fromisoformat(day) for day in said["days"]]
    crossings = [house.gazetteer.crossings[id] for id in said["cells"] if id in house.gazetteer.crossings]
    told = counts(house, None, None, kinds_of(lane), crossings)
    found = []
    for one in told:
        if one.partial or one.days != 1 or len(one.crossings) != 1 or one.first not in days:
            continue
        (id,) = one.crossings
        if id in said["cells"]:
            edges = np.array(said["cells"][id][one.first.isoformat()], dtype=float)
            found.append((id, one.first, one.people, score(edges, one.people)))
    if not found:
        return Scored(note, "awaited", "no count of these days is held yet", ())
    other = _otherwise(house, said, lane, days)
    if other:
        return Scored(note, "void", other, ())
    return Scored(note, "scored", "", tuple(sorted(found, key=lambda one: (one[1], one[0]))))


def _otherwise(house: House, said: Mapping[str, Any], lane: Lane, days: list[date]) -> str:
    """What came otherwise than supposed, in words; "" where all came as supposed."""
    moved = [house.gazetteer.crossings[id] for id in said["supposed"] if id in house.gazetteer.crossings]
    moved = [one for one in moved if lane in lanes_served(one)]
    if not moved:
        return ""
    heard = said_of(house, moved, None, None)
    really = days_of(house, moved, heard, lane, days[0], len(days))
    for one in moved:
        for at, day in enumerate(really[one.id]):
            if day.cell.state in PASSABLE and not said["supposed"][one.id][at]:
                return f"{one.name} was {day.cell.state} on {day.day.isoformat()}, and shut was supposed"
            if day.cell.state not in PASSABLE and said["supposed"][one.id][at]:
                return f"{one.name} was {day.cell.state} on {day.day.isoformat()}, and open was supposed"
    return ""


def made_after(note: Note) -> bool:
    """Whether it was written down only after its first day had begun: then it is no forecast, and is told so."""
    first = date.fromisoformat(note.said["days"][0])
    return Moment(note.recorded, Grain.MINUTE, HOME_ZONE).local.date() > first
