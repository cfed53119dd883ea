"""Reads the queue states of Hong Kong's land control points (Immigration Department, CPQueueTimeR.json and CPQueueTimeV.json).

Each control point has arrQueue and depQueue: 0 normal, 1 busy, 2 very busy, 4 system under maintenance, 99 outside service hours.
A point outside its hours is shut for now and not closed: it makes no claim of closure.
"""

from __future__ import annotations

from datetime import datetime

from pasvik.sources.tables.row import Row, Table, json_of, whole
from pasvik.terms.capture import Fault
from pasvik.terms.claim import State

POINTS = {"HYW": "Heung Yuen Wai", "HZM": "Hong Kong-Zhuhai-Macao Bridge", "LMC": "Lok Ma Chau", "LSC": "Lok Ma Chau Spur Line",
          "LWS": "Lo Wu", "MKT": "Man Kam To", "SBC": "Shenzhen Bay", "STK": "Sha Tau Kok"}
CODES = {0: "normal", 1: "busy", 2: "very busy", 4: "system under maintenance", 99: "outside service hours"}
TRAVELLERS = ("pedestrian",)                                    # the queues are those of people in the halls, not of vehicles
WAYS = (("arrQueue", "arrivals", "HK"), ("depQueue", "departures", "out of HK"))


def read(data: bytes, where: str, now: datetime) -> Table:
    """A row for each point and way whose code is known. The table tells no time, so none is given; codes are no numbers of minutes."""
    told = json_of(data, where)
    if isinstance(told, Fault):
        return Table((), (told,))
    if not isinstance(told, dict) or not any(code in told for code in POINTS):
        return Table((), (Fault(f"{where}: none of the control points is in the table", where),))
    rows: list[Row] = []
    faults: list[Fault] = []
    for code, queues in told.items():
        if not isinstance(queues, dict):
            continue
        for field, way, into in WAYS:
            number = whole(queues.get(field))
            if number is None or number not in CODES:
                faults.append(Fault(f"{where}: {code} {field} has a code {queues.get(field)!r} that is not known", where))
                continue
            name = POINTS.get(str(code), str(code))
            state = State.OPEN if number in (0, 1, 2) else None
            rows.append(Row(str(code), name, f"{name}, {way}: {CODES[number]} ({field} {number})", TRAVELLERS, into, None, (), state))
    return Table(tuple(rows), tuple(faults), "CN-HK")
