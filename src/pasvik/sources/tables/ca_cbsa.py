"""Reads the border wait times of the Canada Border Services Agency (bwt-eng.csv), whose columns are parted by two semicolons."""

from __future__ import annotations

import re
from datetime import datetime

from pasvik.sources.tables.row import Row, Table, minutes, parsed_at
from pasvik.terms.capture import Fault
from pasvik.terms.claim import Number, State
from pasvik.terms.moment import Moment

FLOWS = (("Commercial Flow - Canada bound", "truck", "CA"), ("Commercial Flow - U.S. bound", "truck", "US"),
         ("Travellers Flow - Canada bound", "car", "CA"), ("Travellers Flow - U.S. bound", "car", "US"))
# CST is Saskatchewan's clock all year and Manitoba's in winter: six hours behind UTC in both.
ZONES = {"NST": "America/St_Johns", "NDT": "America/St_Johns", "AST": "America/Halifax", "ADT": "America/Halifax",
         "EST": "America/Toronto", "EDT": "America/Toronto", "CST": "America/Regina", "CDT": "America/Winnipeg",
         "MST": "America/Edmonton", "MDT": "America/Edmonton", "PST": "America/Vancouver", "PDT": "America/Vancouver"}
WAIT = re.compile(r"(\d{1,4}) minutes?(?: or more)?", re.IGNORECASE)
HOURS = re.compile(r"(\d{1,2}) hours?(?: (\d{1,2}) minutes?)?", re.IGNORECASE)


def read(data: bytes, where: str, now: datetime) -> Table:
    """A row for each flow that says anything; "Not Applicable" and "--" say nothing, "Closed" is the agency's word for that flow."""
    try:
        lines = [line for line in data.decode("utf-8-sig").splitlines() if line.strip()]
    except UnicodeDecodeError as bad:
        return Table((), (Fault(f"{where}: this is not UTF-8 text: {bad.reason}", where),))
    head = _cells(lines[0]) if lines else []
    missing = [name for name in ("Customs Office", "Location", "Last updated", *(flow for flow, _, _ in FLOWS)) if name not in head]
    if missing:
        return Table((), (Fault(f"{where}: the table has no column {missing[0]!r}", where),))
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines[1:], 2):
        cells = _cells(line)
        if len(cells) != len(head):
            faults.append(Fault(f"{where} line {number}: {len(cells)} cells under {len(head)} headings", where))
            continue
        made = _rows(dict(zip(head, cells, strict=True)), f"{where} line {number}")
        rows += [one for one in made if isinstance(one, Row)]
        faults += [one for one in made if isinstance(one, Fault)]
    return Table(tuple(rows), tuple(faults), "CA-US")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removesuffix(";;").split(";;")]


def _rows(cells: dict[str, str], where: str) -> list[Row | Fault]:
    office, place, updated = cells["Customs Office"], cells["Location"], cells["Last updated"]
    at = _at(updated)
    made: list[Row | Fault] = []
    for flow, lane, into in FLOWS:
        told = cells[flow]
        low = told.casefold()
        words = f"{office} ({place}), {flow}: {told}, {updated}"
        if low in ("", "--", "-", "not applicable", "n/a"):
            continue
        wait = _wait(low)
        if low == "closed" or low.startswith("temporarily closed"):
            made.append(Row(office, office, words, (lane,), into, at, (), State.CLOSED))
        elif wait is not None:
            made.append(Row(office, office, words, (lane,), into, at, (wait,)))
        else:
            made.append(Fault(f"{where}: {flow} says {told!r}, which is not known", where))
    return made


def _wait(low: str) -> tuple[Number, str | None] | None:
    if low == "no delay":
        return minutes(0)
    found = WAIT.fullmatch(low)
    if found:
        return (Number(None, int(found[1])), "minutes") if low.endswith("or more") else minutes(int(found[1]))
    found = HOURS.fullmatch(low)
    return minutes(int(found[1]) * 60 + int(found[2] or 0)) if found else None


def _at(words: str) -> Moment | None:
    stamp, _, zone = words.rpartition(" ")
    return parsed_at(stamp, "%Y-%m-%d %H:%M", ZONES[zone]) if zone in ZONES else None
