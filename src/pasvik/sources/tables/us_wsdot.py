"""Reads the border waits of the Washington State Department of Transportation (GetBorderCrossingsAsJson): minutes into Canada."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from pasvik.sources.tables.row import Row, Table, json_of, minutes, text
from pasvik.terms.capture import Fault
from pasvik.terms.moment import Grain, Moment

STAMP = re.compile(r"/Date\((-?\d{1,15})(?:[+-]\d{4})?\)/")     # milliseconds since 1970 (UTC); the offset only says where
ZONE = "America/Los_Angeles"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read(data: bytes, where: str, now: datetime) -> Table:
    """A row for each crossing with a wait; a number below zero means that there is none to tell."""
    told = json_of(data, where)
    if isinstance(told, Fault):
        return Table((), (told,))
    if not isinstance(told, list):
        return Table((), (Fault(f"{where}: no list of crossings", where),))
    rows: list[Row] = []
    faults: list[Fault] = []
    for one in told:
        made = _row(one, where)
        if isinstance(made, Row):
            rows.append(made)
        elif made:
            faults.append(made)
    return Table(tuple(rows), tuple(faults), "CA-US")


def _row(one: Any, where: str) -> Row | Fault | None:
    name = text(one.get("CrossingName")) if isinstance(one, dict) else ""
    if not name:
        return Fault(f"{where}: a crossing without a name", where)
    wait = one.get("WaitTime")
    if not isinstance(wait, int) or isinstance(wait, bool):
        return None if wait is None else Fault(f"{where}: {name} has a wait {wait!r} that is no number", where)
    if wait < 0:
        return None
    place = one.get("BorderCrossingLocation") or {}
    more = text(place.get("Description")) if isinstance(place, dict) else ""
    at = _at(text(one.get("Time")))
    words = f"{name}{f' ({more})' if more else ''}: WaitTime {wait}" + (f", {at.iso()}" if at else "")
    return Row(name, more or name, words, ("truck" if "truck" in name.lower() else "car",), "CA", at, (minutes(wait),),
               group="NEXUS lanes" if "nexus" in name.lower() else None)


def _at(words: str) -> Moment | None:
    found = STAMP.fullmatch(words)
    try:
        return Moment((EPOCH + timedelta(milliseconds=int(found[1]))).replace(second=0, microsecond=0), Grain.MINUTE, ZONE) if found else None
    except OverflowError:
        return None
