"""One row of a waiting-time table: where, for whom, which way, since when, how long, in the publisher's own words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pasvik.terms.capture import Fault
from pasvik.terms.claim import Number, State
from pasvik.terms.moment import Grain, Moment, zone_info


@dataclass(frozen=True, slots=True)
class Row:
    """code, name: the place as its publisher calls it. words: one line, the publisher's own. at: when it was observed (None = not told).

    waits: (number, unit); unit "minutes", or None for vehicles or people counted in the queue. state: None where the row does not say.
    group: where only a part of a lane is meant (travellers with a card), so that no lane as a whole changes. hours: as told.
    """

    code: str
    name: str
    words: str
    lanes: tuple[str, ...] = ("all",)
    into: str | None = None
    at: Moment | None = None
    waits: tuple[tuple[Number, str | None], ...] = ()
    state: State | None = None
    group: str | None = None
    hours: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one fetch and what could not be read. border: that of all its places, "" where they lie on several."""

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    border: str = ""


def minutes(count: int) -> tuple[Number, str]:
    """A wait of so many minutes."""
    return Number(count), "minutes"


def json_of(data: bytes, where: str) -> Any | Fault:
    """JSON, with or without a byte order mark; a fault for anything else, a page of HTML too."""
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as bad:
        return Fault(f"{where}: this is not JSON: {str(bad)[:120]}", where)


def whole(told: object) -> int | None:
    """A whole number told as such or as digits; None for a dash, N/A, an empty text or anything else."""
    if isinstance(told, bool):
        return None
    if isinstance(told, int):
        return told
    words = str(told).strip() if told is not None else ""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 7 else None


def text(told: object) -> str:
    """A field as one line of words, "" where there is none."""
    return " ".join(str(told).split()) if told is not None and not isinstance(told, dict | list) else ""


def parsed_at(words: str, shape: str, zone: str) -> Moment | None:
    """A time told in a fixed shape (strptime), local to an IANA zone, as a moment to the minute; None where it does not fit."""
    try:
        return Moment(datetime.strptime(words.strip(), shape).replace(tzinfo=zone_info(zone)), Grain.MINUTE, zone)
    except ValueError:
        return None
