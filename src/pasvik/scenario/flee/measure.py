"""How far a run is from the register: the averaged relative difference with the right denominator, beside a baseline that knows nothing of roads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Table = Sequence[Sequence[float]]                               # per day, per camp


@dataclass(frozen=True, slots=True)
class Error:
    """difference: mean over days of sum|run - register| / register of that day, 0 = perfect, 2 = everybody in the wrong camp.

    rescaled: the same after the run's total is set to the register's. From day `first` on; days without a registered person count as people
    off against one. constant_share: the difference of the baseline in which each camp keeps its share of day `first - 1`, None before there is one.
    """

    difference: float
    rescaled: float
    constant_share: float | None
    first: int
    days: int


def averaged_difference(run: Table, register: Table, first: int = 0) -> float:
    """Mean over days from `first` of sum|run - register| / max(sum register, 1)."""
    ratios = [sum(abs(a - b) for a, b in zip(there, here, strict=True)) / max(sum(here), 1)
              for there, here in zip(run[first:], register[first:], strict=True)]
    return sum(ratios) / len(ratios) if ratios else 0.0


def rescaled(run: Table, register: Table) -> list[list[float]]:
    """The run with each day's total set to the register's; a day with nobody in camps stays as it is."""
    return [[value * (sum(here) / sum(there)) for value in there] if sum(there) else list(there) for there, here in zip(run, register, strict=True)]


def constant_share(register: Table, day: int) -> list[list[float]]:
    """Each camp keeps the share it had on this day, the day's true total being known (as the run's is)."""
    whole = sum(register[day])
    shares = [value / whole for value in register[day]] if whole else [1 / len(register[day])] * len(register[day])
    return [[sum(here) * share for share in shares] for here in register]


def measure(run: Table, register: Table, first: int = 0) -> Error:
    """The errors of a run from a day on, with the baseline of the day before (none where `first` is 0)."""
    baseline = averaged_difference(constant_share(register, first - 1), register, first) if first and register else None
    return Error(averaged_difference(run, register, first), averaged_difference(rescaled(run, register), register, first), baseline, first,
                 max(len(register) - first, 0))


def by_day(camps: Sequence[str], table: Mapping[str, Sequence[int]], days: int) -> list[list[int]]:
    """Columns by camp turned into rows by day."""
    return [[table[camp][day] for camp in camps] for day in range(days)]
