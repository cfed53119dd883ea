"""Reads the border wait times of United States Customs and Border Protection, as JSON or XML.

Fields: port_number, border, port_name, crossing_name, hours, date, port_status, and lanes of passenger and commercial vehicles and
pedestrians, each with update_time, operational_status, delay_minutes, lanes_open (bwt.cbp.gov, JSON api/bwtnew and xml/bwt.xml).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from pasvik.sources.tables.row import Row, Table, json_of, minutes, text, whole
from pasvik.terms.capture import Fault
from pasvik.terms.claim import Number, State
from pasvik.terms.moment import Grain, Moment, zone_info

Json = dict[str, Any]
LANES = (
    ("commercial_vehicle_lanes", "truck", "commercial vehicles", (("standard_lanes", ""), ("FAST_lanes", "FAST lanes"))),
    ("passenger_vehicle_lanes", "car", "passenger vehicles",
     (("standard_lanes", ""), ("NEXUS_SENTRI_lanes", "NEXUS and SENTRI lanes"), ("ready_lanes", "Ready lanes"))),
    ("pedestrian_lanes", "pedestrian", "pedestrians", (("standard_lanes", ""), ("ready_lanes", "Ready lanes"))))
# The zone words of the table; standard and daylight time name one place.
ZONES = {"E": "America/New_York", "C": "America/Chicago", "M": "America/Denver", "P": "America/Los_Angeles"}
UPDATED = re.compile(r"At\s+(?:(1[0-2]|0?[1-9]):([0-5]\d)\s*([ap])m|(Noon)|(Midnight))\s+([ECMP])[SD]T", re.IGNORECASE)
LONG_DELAY = re.compile(r"(?:(\d+)\s*hrs?)?\s*(?:(\d+)\s*min)?", re.IGNORECASE)
ROUND_THE_CLOCK = ("24 hrs/day", "24 hours/day", "")


def read(data: bytes, where: str, now: datetime) -> Table:
    """The rows of every lane that says anything; "N/A" and "Update Pending" say nothing."""
    ports = _ports(data, where)
    if isinstance(ports, Fault):
        return Table((), (ports,))
    rows: list[Row] = []
    faults: list[Fault] = []
    for port in ports:
        if not isinstance(port, dict) or not text(port.get("port_number")):
            faults.append(Fault(f"{where}: a port without a number", where))
            continue
        for kind, lane, what, parts in LANES:
            for name, group in parts:
                row = _row(port, lane, what, group, (port.get(kind) or {}).get(name) if isinstance(port.get(kind), dict) else None)
                if isinstance(row, Fault):
                    faults.append(row)
                elif row:
                    rows.append(row)
    return Table(tuple(rows), tuple(faults))


def _ports(data: bytes, where: str) -> list[Any] | Fault:
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return _from_xml(data, where)
    told = json_of(data, where)
    if isinstance(told, Fault):
        return told
    listed = told.get("port") if isinstance(told, dict) else told
    return listed if isinstance(listed, list) else Fault(f"{where}: no list of ports", where)


def _from_xml(data: bytes, where: str) -> list[Any] | Fault:
    from lxml import etree  # type: ignore[import-untyped]

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as bad:
        return Fault(f"{where}: broken XML: {bad}", where)
    if root.tag != "border_wait_time":
        return Fault(f"{where}: this is no table of waiting times but {root.tag!r}", where)
    return [{one.tag: {lane.tag: {leaf.tag: leaf.text for leaf in lane} if len(lane) else lane.text for lane in one} if len(one) else one.text
             for one in port} for port in root.iter("port")]


def _row(port: Json, lane: str, what: str, group: str, told: object) -> Row | Fault | None:
    if not isinstance(told, dict):
        return None
    status, number = text(told.get("operational_status")), text(port.get("port_number"))
    low = status.casefold()
    if low in ("", "n/a", "update pending"):
        return None
    place = " – ".join(part for part in (text(port.get("port_name")), text(port.get("crossing_name"))) if part)
    words = f"{place}, {what}{f', {group}' if group else ''}: {status}"
    updated, at = text(told.get("update_time")), _at(told, port)
    hours = text(port.get("hours"))
    if low == "lanes closed":
        words += f", {updated}" * bool(updated)
        # Shut by night is not closed: a port with hours says "Lanes Closed" every evening.
        shut = State.CLOSED if hours.casefold() in ROUND_THE_CLOCK else None
        return Row(number, place, words + f" (hours: {hours})" * (not shut), (lane,), "US", at, (), shut, group or None, hours or None)
    if low not in ("delay", "no delay"):
        return Fault(f"US CBP, port {number}: a status {status!r} that is not known", number)
    delay, opened = text(told.get("delay_minutes")), whole(told.get("lanes_open"))
    words += f", delay_minutes {delay or '-'}, lanes_open {text(told.get('lanes_open')) or '-'}" + f", {updated}" * bool(updated)
    return Row(number, place, words, (lane,), "US", at, _waits(low, _minutes(delay)), State.OPEN if opened else None, group or None, hours or None)


def _waits(status: str, delay: int | None) -> tuple[tuple[Number, str | None], ...]:
    """A delay is a number of minutes. "No delay" with minutes beside it contradicts itself: from none to so many."""
    if delay is None:
        return (minutes(0),) if status == "no delay" else ()
    return ((Number(None, 0, delay), "minutes"),) if status == "no delay" and delay else (minutes(delay),)


def _minutes(words: str) -> int | None:
    if whole(words) is not None:
        return whole(words)
    found = LONG_DELAY.fullmatch(words.strip())
    return int(found[1] or 0) * 60 + int(found[2] or 0) if found and any(found.groups()) else None


def _at(told: Json, port: Json) -> Moment | None:
    """The table's date with the lane's clock; a clock ahead of the port's own belongs to the evening before."""
    found = UPDATED.fullmatch(text(told.get("update_time")))
    try:
        month, day, year = (int(part) for part in text(port.get("date")).split("/"))
        if not found:
            return None
        hour = 12 if found[4] else 0 if found[5] else int(found[1]) % 12 + (12 if found[3].lower() == "p" else 0)
        at = datetime(year, month, day, hour, int(found[2] or 0), tzinfo=zone_info(ZONES[found[6].upper()]))
    except ValueError:
        return None
    clock = re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?", text(port.get("time")))
    if clock and (hour, at.minute) > (int(clock[1]) + 4, int(clock[2])):   # the port's clock may be that of another zone of the country
        at -= timedelta(days=1)
    return Moment(at, Grain.MINUTE, ZONES[found[6].upper()])
