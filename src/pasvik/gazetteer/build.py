"""Puts the table, the spellings and the sets together into one gazetteer, and says what does not fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pasvik.gazetteer.fold import fold
from pasvik.gazetteer.sets import parse_sets
from pasvik.gazetteer.spelling import Spelling, build_names, parse_names
from pasvik.gazetteer.table import Gazetteer, parse_crossings
from pasvik.terms.capture import Fault


def build_gazetteer(crossings: str, names: str, sets: str) -> tuple[Gazetteer, list[Fault]]:
    """The gazetteer of the texts of crossings.csv, names.csv and sets.toml, and what could not be read in them.

    Rows with a fault are left out. `check` finds what shows only when the three are seen together.
    """
    table, bad_crossings = parse_crossings(crossings)
    spellings, bad_names = parse_names(names)
    named, bad_sets = parse_sets(sets)
    aliases = _aliases(spellings)
    table = {id: replace(crossing, aliases=tuple(aliases.get(id, ()))) for id, crossing in table.items()}
    return Gazetteer(table, build_names(spellings), named), [*bad_crossings, *bad_names, *bad_sets]


def _aliases(spellings: list[Spelling]) -> dict[str, dict[str, None]]:
    """The official and seen spellings of each crossing, in the order of the file."""
    aliases: dict[str, dict[str, None]] = {}
    for spelling in spellings:
        for id in spelling.ids if spelling.kind in ("official", "seen") else ():
            aliases.setdefault(id, {})[spelling.name] = None
    return aliases


def check(gazetteer: Gazetteer) -> list[Fault]:
    """Every fault that shows only when crossings, names and sets are seen together; empty when all is well."""
    return [*_crossings(gazetteer), *_names(gazetteer), *_sets(gazetteer)]


def _crossings(gazetteer: Gazetteer) -> list[Fault]:
    faults = []
    for crossing in gazetteer.crossings.values():
        where = f"crossings.csv {crossing.id}"
        if crossing.member_of and crossing.member_of not in gazetteer.crossings:
            faults.append(Fault(f"member of unknown crossing {crossing.member_of!r}", where))
        days = (crossing.opened, crossing.abolished)
        faults += [Fault(f"{told!r} is not a year, month or day", where) for told in days if not _is_day(told)]
        if crossing.opened and crossing.abolished and crossing.opened > crossing.abolished:
            faults.append(Fault("abolished before it was opened", where))
    return faults


def _is_day(told: str) -> bool:
    try:
        return not told or bool(date.fromisoformat((told + "-01-01")[:10]))
    except ValueError:
        return False


def _names(gazetteer: Gazetteer) -> list[Fault]:
    faults: list[Fault] = []
    seen: dict[str, Spelling] = {}
    for spelling in gazetteer.names.spellings:
        where = f"names.csv {spelling.name!r}"
        faults += [Fault(f"unknown crossing {id!r}", where) for id in (*spelling.ids, *spelling.rail) if id not in gazetteer.crossings]
        before = seen.setdefault(fold(spelling.name), spelling)
        if before.ids != spelling.ids:
            both = " and ".join("|".join(one.ids) or "no crossing" for one in (before, spelling))
            faults.append(Fault(f"means {both} in two rows; say it in one", where))
    named = {id for spelling in gazetteer.names.spellings for id in (*spelling.ids, *spelling.rail)}
    faults += [Fault("no spelling in names.csv", f"crossings.csv {id}") for id in gazetteer.crossings if id not in named]
    return faults


def _sets(gazetteer: Gazetteer) -> list[Fault]:
    faults = []
    for one in gazetteer.sets.values():
        where = f"sets.toml [{one.id}]"
        faults += [Fault(f"unknown crossing {id!r}", where) for id in one.ids if id not in gazetteer.crossings]
        strangers = [id for id in one.ids if id in gazetteer.crossings and one.border not in _borders(id, gazetteer)]
        faults += [Fault(f"{id} is not on {one.border}", where) for id in strangers]
        if not one.ids or len(set(one.ids)) != len(one.ids):
            faults.append(Fault("a set has crossings, each once", where))
        if one.start and one.until and one.start > one.until:
            faults.append(Fault("ends before it begins", where))
    return faults


def _borders(id: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    crossing = gazetteer.crossings[id]
    return crossing.border, *crossing.countries
