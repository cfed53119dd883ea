"""Reads the crossing map of the State Border Guard Service of Ukraine (dpsu.gov.ua/uk/map): the data stand in its list of options.

Attributes: data-country, data-type, data-state, data-state_of_busy, data-character, data-created_at (Kyiv time, no zone told).
Queues count vehicles waiting to leave Ukraine; a state that is not in the list below is told as a fault and never taken for closed.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from pasvik.sources.leads.listing import parsed
from pasvik.sources.tables.row import Row, Table, parsed_at, text
from pasvik.terms.capture import Fault
from pasvik.terms.claim import Number, State

ZONE = "Europe/Kyiv"
COUNTRIES = {"poland": "PL", "slovakia": "SK", "hungary": "HU", "romania": "RO", "moldova": "MD", "belorussia": "BY", "russia": "RU"}
STATES = {"відкритий": State.OPEN, "зачинений": State.CLOSED, "закритий": State.CLOSED, "тимчасово зачинений": State.CLOSED,
          "обмежений": State.RESTRICTED, "обмежений рух": State.RESTRICTED, "частково відкритий": State.RESTRICTED}
LANES = {"car": ("car", "truck", "bus"), "person": ("pedestrian",), "train": ("rail_passenger", "rail_freight")}
QUEUES = (("car", re.compile(r"легкових авто перед ППр:\s*(\d{1,5})")),
          ("truck", re.compile(r"вантажних авто перед ППр:\s*(\d{1,5})")))
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")


def read(data: bytes, where: str, now: datetime) -> Table:
    """State and queues of every land crossing of the list, as that service tells them."""
    tree = parsed(data)
    options = [one for one in tree.iter("option") if one.get("data-state") is not None] if tree is not None else []
    if not options:
        return Table((), (Fault(f"{where}: the page holds no list of crossings", where),))
    rows: list[Row] = []
    faults: list[Fault] = []
    for option in options:
        made = _rows(option, where)
        rows += [one for one in made if isinstance(one, Row)]
        faults += [one for one in made if isinstance(one, Fault)]
    return Table(tuple(rows), tuple(faults))


def _rows(option: Any, where: str) -> list[Row | Fault]:
    name = text(option.get("value")) or text(option.text_content())
    country, kind = COUNTRIES.get(text(option.get("data-country")).lower()), text(option.get("data-type")).strip('[]"')
    if country is None or kind not in LANES or not name:
        return []                                               # airports, harbours and points inside the country
    told, stamp = text(option.get("data-state")), text(option.get("data-created_at"))
    busy = [text(TAG.sub(" ", part)) for part in BREAK.split(option.get("data-state_of_busy") or "")]
    at = parsed_at(stamp, "%Y-%m-%d %H:%M:%S", ZONE)
    made: list[Row | Fault] = []
    state = STATES.get(told.casefold())
    if state is None:
        made.append(Fault(f"{where}: {name} has a state {told!r} that is not known", where))
    else:
        allowed = text(option.get("data-character"))
        words = f"{name}: {told}" + f", {allowed}" * bool(allowed) + f", {stamp}" * bool(stamp)
        made.append(Row(name, name, words, LANES[kind], None, at, (), state))
    for lane, shape in QUEUES:
        for part in busy if kind == "car" else ():
            found = shape.search(part)
            if found:
                made.append(Row(name, name, f"{name}: {part}" + f", {stamp}" * bool(stamp), (lane,), country, at, ((Number(int(found[1])), None),)))
    return made
