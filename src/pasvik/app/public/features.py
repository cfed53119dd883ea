"""The board as a map layer: GeoJSON (RFC 7946), one point per crossing, with its cells and the sentence about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pasvik.app.public.notice import CREDIT, NOT_OFFICIAL
from pasvik.app.public.sentences import border_sentence, iom_status
from pasvik.terms.place import Crossing
from pasvik.terms.status import Board, Cell, cell_to_json

Json = dict[str, Any]
Box = tuple[float, float, float, float]                         # west, south, east, north in degrees (WGS 84)


def cells_by_crossing(board: Board, chosen: Iterable[Crossing] = ()) -> dict[str, list[Cell]]:
    """The cells of each crossing, in the order of `chosen`; a place that serves no lane we keep (a quay) has none, and is there."""
    held: dict[str, list[Cell]] = {crossing.id: [] for crossing in chosen}
    for cell in board.cells:
        held.setdefault(cell.crossing, []).append(cell)
    return held


def collection(board: Board, chosen: Iterable[Crossing]) -> Json:
    """The whole board as a FeatureCollection. A crossing whose place is not known has a null geometry, as the standard asks."""
    crossings = {crossing.id: crossing for crossing in chosen}
    held = cells_by_crossing(board, crossings.values())
    return {
        "type": "FeatureCollection", "features": [feature(crossings[name], cells) for name, cells in held.items()],
        "at": board.at.iso() if board.at else None, "known": board.known.iso() if board.known else None, "basis": board.basis,
        "attribution": CREDIT, "notice": NOT_OFFICIAL}


def feature(crossing: Crossing, cells: Sequence[Cell]) -> Json:
    """One crossing with everything that is told of it; `lanes` gives the state by lane, `cells` the reasons."""
    return {
        "type": "Feature", "id": crossing.id, "geometry": _point(crossing),
        "properties": {
            "id": crossing.id, "name": crossing.name, "border": crossing.border, "countries": list(crossing.countries),
            "names": {side.country: {"name": side.name, "local": side.local_name} for side in (crossing.side_a, crossing.side_b)},
            "road": crossing.road or None, "zone": crossing.zone, "international": crossing.international,
            "lanes": {str(cell.lane): str(cell.state) for cell in cells if cell.direction == "both"},
            "operational_status": iom_status(cells), "sentence": border_sentence(crossing, cells),
            "cells": [cell_to_json(cell) for cell in cells]}}


def within(crossing: Crossing, box: Box) -> bool:
    """Whether a crossing lies in a box; a west edge east of the east edge means a box across the antimeridian (RFC 7946, 5.2)."""
    if crossing.lat is None or crossing.lon is None:
        return False
    west, south, east, north = box
    across = west <= crossing.lon <= east if west <= east else crossing.lon >= west or crossing.lon <= east
    return across and south <= crossing.lat <= north


def linked(crossing: Crossing, cells: Iterable[Cell], address: str) -> Json:
    """A crossing as JSON-LD in the words of schema.org, for search engines: where it is and what is told of it."""
    place: Json = {
        "@context": "https://schema.org", "@type": "CivicStructure", "@id": address, "name": crossing.name, "url": address,
        "alternateName": list(dict.fromkeys((crossing.side_a.local_name, crossing.side_b.local_name))),
        "description": border_sentence(crossing, cells), "disambiguatingDescription": NOT_OFFICIAL}
    if crossing.lat is not None and crossing.lon is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": crossing.lat, "longitude": crossing.lon}
    return place


def _point(crossing: Crossing) -> Json | None:
    if crossing.lat is None or crossing.lon is None:
        return None
    return {"type": "Point", "coordinates": [round(crossing.lon, 6), round(crossing.lat, 6)]}
