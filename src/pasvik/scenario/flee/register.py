"""The registered people per camp and day: the counts a run is driven by and measured against, interpolated between reports as FLEE does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pasvik.scenario.flee.rows import ERROR, WARNING, Finding, nearest, sheet, whole
from pasvik.scenario.flee.settings import Settings

LAYOUT = "source_data/data_layout.csv"
Series = list[tuple[int, float]]                                # (day since the start, people), in the order of the file


@dataclass(frozen=True, slots=True)
class Register:
    """People per day (after dividing by hasten). camps: name -> one count per day; merged_as_flee: the same where several files were added the peer's way."""

    camps: Mapping[str, tuple[int, ...]]
    total: tuple[int, ...]
    merged_as_flee: Mapping[str, tuple[int, ...]]

    def table(self, as_flee: bool) -> Mapping[str, tuple[int, ...]]:
        """Camps and their counts in the reading asked for."""
        return {**self.camps, **self.merged_as_flee} if as_flee else self.camps

    def demand(self, days: int, spawn_from_camps: bool, as_flee: bool) -> list[int]:
        """Growth of the register per day; on day 0 the people registered already. The peer adds the total to its parts on day 0."""
        camps = self.table(as_flee)
        parts = [sum(values[day] for values in camps.values()) for day in range(days)] if spawn_from_camps else list(self.total[:days])
        growth = [now - before for before, now in zip([0, *parts], parts, strict=False)]
        if as_flee and spawn_from_camps and growth:
            growth[0] += self.total[0]
        return growth


def parse_register(texts: Mapping[str, str], start: date, days: int, settings: Settings, found: list[Finding]) -> Register:
    """The register from data_layout.csv and the files it names, corrected by registration_corrections.csv."""
    if LAYOUT not in texts:
        found.append(Finding(ERROR if settings.spawn.spawn_mode == "register" else WARNING, LAYOUT, 0, "is missing: no registered people are known"))
        return Register({}, (0,) * days, {})
    files: dict[str, list[Series]] = {}
    for row in sheet(LAYOUT, texts[LAYOUT]).rows:
        if row.cell(0) in files:
            found.append(Finding(ERROR, LAYOUT, row.line, f"{row.cell(0)!r} stands twice"))
        files[row.cell(0)] = []
        for name in filter(None, row.cells[1:]):
            path = f"source_data/{name}"
            if path not in texts:
                found.append(Finding(ERROR, LAYOUT, row.line, f"{name} is missing{nearest(path, texts)}"))
            else:
                files[row.cell(0)].append(_series(path, texts[path], start, settings.hasten, found))
    corrections = _corrections(texts.get("registration_corrections.csv", ""), start, files, found)
    camps: dict[str, tuple[int, ...]] = {}
    peers: dict[str, tuple[int, ...]] = {}
    total: tuple[int, ...] = (0,) * days
    for index, (name, series) in enumerate(files.items()):
        if not series or not all(series):
            continue
        if len(series) > 1:
            peers[name] = _daily(_corrected(_merge_as_flee(series), corrections.get(name)), days)
            found.append(Finding(WARNING, LAYOUT, 0, f"{name} is the sum of {len(series)} files, reported on different days",
                                 ("each interpolated, then added", "the peer's merging leaves out later reports of the second file")))
        parts = [_daily(_corrected(one, corrections.get(name)), days) for one in series]
        summed = tuple(map(sum, zip(*parts, strict=True)))
        if index == 0:
            total = summed
        else:
            camps[name] = summed
    if settings.spawn.empty_camps_on_day0:
        camps, peers = ({name: tuple(value - values[0] for value in values) for name, values in table.items()} for table in (camps, peers))
        total = tuple(value - total[0] for value in total)
    return Register(camps, total, peers)


def _series(path: str, text: str, start: date, hasten: int, found: list[Finding]) -> Series:
    """(day, people) of one file; further columns are not read."""
    series: Series = []
    for at, row in enumerate(sheet(path, text).rows):
        if (at == 0 and row.cell(0) in ("Date", "DateTime")) or not row.cell(1):
            continue
        people = whole(row.cell(1))
        try:
            day = (date.fromisoformat(row.cell(0)) - start).days
        except ValueError:
            found.append(Finding(ERROR, path, row.line, f"{row.cell(0)!r} is no date"))
            continue
        if people is None or people < 0:
            found.append(Finding(ERROR, path, row.line, f"{row.cell(1)!r} is no count of people"))
            continue
        if series and day < series[-1][0]:
            found.append(Finding(WARNING, path, row.line, f"{row.cell(0)} comes after a later date"))
        series.append((day, people / hasten))
    if not series:
        found.append(Finding(ERROR, path, 0, "holds no count"))
    return series


def _corrections(text: str, start: date, files: Mapping[str, object], found: list[Finding]) -> dict[str, int]:
    """Camp -> day from which its register was counted anew."""
    days: dict[str, int] = {}
    for row in sheet("registration_corrections.csv", text).rows:
        if row.cell(0) not in files:
            found.append(Finding(ERROR, "registration_corrections.csv", row.line, f"unknown camp {row.cell(0)!r}{nearest(row.cell(0), files)}"))
            continue
        try:
            days[row.cell(0)] = (date.fromisoformat(row.cell(1)) - start).days
        except ValueError:
            found.append(Finding(ERROR, "registration_corrections.csv", row.line, f"{row.cell(1)!r} is no date"))
    return days


def _corrected(series: Series, day: int | None) -> Series:
    """The series with everything before the recount scaled by what the recount found."""
    for at, (when, people) in enumerate(series):
        if when == day and at > 0 and series[at - 1][1] > 0:
            factor = people / series[at - 1][1]
            return [(early, count * factor) for early, count in series[:at]] + series[at:]
    return series


def _daily(series: Series, days: int) -> tuple[int, ...]:
    """One whole count per day: straight lines between reports, cut down to whole people; constant outside."""
    when = [day for day, _ in series]
    counts = []
    for day in range(days):
        at = bisect_right(when, day)
        if day <= when[0]:
            counts.append(int(series[0][1]))
        elif at == len(series):
            counts.append(int(series[-1][1]))
        else:
            (early, before), (late, after) = series[at - 1], series[at]
            counts.append(int(before + (day - early) / (late - early) * (after - before)))
    return tuple(counts)


def _merge_as_flee(series: list[Series]) -> Series:
    """Two or more series added the way the peer adds them, its omissions included."""
    first = series[0]
    for second in series[1:]:
        merged: Series = []
        at, last = 0, 0.0
        for day, people in second:
            while day > first[at][0]:
                merged.append((first[at][0], last + first[at][1]))
                if at == len(first) - 1:
                    break
                at += 1
            if day == first[at][0]:
                merged.append((day, people + first[at][1]))
                at = min(at + 1, len(first) - 1)
                last = people
            elif day < first[at][0]:
                merged.append((day, people + first[at][1]))
                last = people
        first = merged
    return first
