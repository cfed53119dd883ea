"""North and south: which crossing of a border is the northernmost, and which are called the south-eastern ones."""

from __future__ import annotations

from datetime import date

from pasvik.gazetteer.fold import fold
from pasvik.gazetteer.sets import Resolution
from pasvik.gazetteer.table import Gazetteer, roster

ENDS = {"northernmost": ("lat", 1), "southernmost": ("lat", -1), "easternmost": ("lon", 1), "westernmost": ("lon", -1)}


def north_to_south(ids: tuple[str, ...], gazetteer: Gazetteer) -> tuple[str, ...]:
    """The ids in the order of their latitude, northernmost first; those without coordinates last, in the order given."""
    return tuple(sorted(ids, key=lambda id: -_degrees(id, "lat", gazetteer, -90.0)))


def in_region(gazetteer: Gazetteer, border: str, word: str, day: date | None = None) -> Resolution:
    """The crossings that a region word means on a border: "northernmost" by geography, "southeastern" by the named sets."""
    wanted = fold(word).replace("-", "").replace(" ", "")
    if wanted in ENDS:
        return _end(gazetteer, border, wanted, day)
    found = {
        one.ids: one.id for one in gazetteer.sets.values()
        if one.border == border and wanted in {fold(region).replace("-", "") for region in one.regions}}
    if len(found) == 1:
        ids, name = next(iter(found.items()))
        return Resolution(ids, f"the {word} crossings of {border} are {name}: {', '.join(ids)}")
    return Resolution((), f"the {word} crossings of {border} could be {' or '.join(found.values()) or 'no known set'}")


def _end(gazetteer: Gazetteer, border: str, wanted: str, day: date | None) -> Resolution:
    axis, sign = ENDS[wanted]
    ids = [id for id in roster(border, gazetteer, day) if gazetteer.crossings[id].lat is not None]
    if not ids:
        return Resolution((), f"no crossing of {border} with known coordinates")
    last = max(ids, key=lambda id: sign * _degrees(id, axis, gazetteer, 0.0))
    return Resolution((last,), f"the {wanted} crossing of {border} is {last}")


def _degrees(id: str, axis: str, gazetteer: Gazetteer, otherwise: float) -> float:
    crossing = gazetteer.crossings[id]
    value = crossing.lat if axis == "lat" else crossing.lon
    return otherwise if value is None else value
