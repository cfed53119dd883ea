"""Writes out.csv in FLEE's form: per day and camp the run, the register and their difference, then the totals."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import timedelta

from pasvik.scenario.cohort.model import Outcome
from pasvik.scenario.flee.folder import Instance
from pasvik.scenario.flee.plan import Mode, camp_names

TOTALS = ("Total error", "refugees in camps (UNHCR)", "total refugees (simulation)", "raw UNHCR refugee count", "refugees in camps (simulation)",
          "refugee_debt")


def out_csv(instance: Instance, outcome: Outcome, mode: Mode) -> str:
    """The table as text. Corrected: the date is that of the counts, the total error is over the register of the day, a camp without a register
    has an empty cell. As FLEE: the date is a day late, the total error is over a count in which day 0 stands twice."""
    names = {place.name: index for index, place in enumerate(instance.places)}
    register = instance.register.table(mode.as_flee)
    camps = camp_names(instance)
    raw = _running(instance, mode)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["Day", "Date", *(f"{camp} {what}" for camp in camps for what in ("sim", "data", "error")), *TOTALS])
    for day in range(instance.length):
        counts = [int(outcome.people[day, names[camp]]) for camp in camps]
        known = [register[camp][day] if camp in register else None for camp in camps]
        away = sum(abs(there - here) for there, here in zip(counts, known, strict=True) if here is not None)
        registered = sum(here for here in known if here is not None)
        people = int(outcome.people[day].sum() + outcome.travelling[day])
        under = raw[day] if mode.as_flee else registered
        totals = [away / under if under > 0 else 0.0, registered, people, raw[day], sum(counts), int(outcome.debt[day])]
        if mode.as_flee and under <= 0:
            totals = [0.0, 0, people, 0, sum(counts), 0]
        cells = [cell for there, here in zip(counts, known, strict=True) for cell in (there, "" if here is None else here, _relative(there, here))]
        writer.writerow([day, (instance.start + timedelta(days=day + int(mode.as_flee))).isoformat(), *cells, *totals])
    return text.getvalue()


def _running(instance: Instance, mode: Mode) -> list[int]:
    """The register added up over days."""
    total, sums = 0, []
    for growth in instance.register.demand(instance.length, instance.settings.spawn.sum_from_camps, mode.as_flee):
        total += growth
        sums.append(total)
    return sums


def _relative(run: int, register: int | None) -> float | str:
    """|run / register - 1| to four places, 0 where nobody is registered; empty where nothing is known."""
    if register is None:
        return ""
    return round(abs(run / register - 1), 4) if register else 0.0


def camp_table(instance: Instance, people: Sequence[Sequence[float]]) -> tuple[list[str], list[list[float]]]:
    """The camps that have a register, and the people in them per day."""
    names = {place.name: index for index, place in enumerate(instance.places)}
    camps = [camp for camp in camp_names(instance) if camp in instance.register.camps]
    return camps, [[float(day[names[camp]]) for camp in camps] for day in people]
