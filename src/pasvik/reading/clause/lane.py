"""Who or what is let through, and which way: lorries, walkers, asylum applications, into Finland, out of Estonia."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.page.page import Bead, Page

LANES = {
    "asylum": ("asylum",),
    "pedestrian": ("pedestrian",),
    "bicycle": ("bicycle",),
    "car": ("car",),
    "bus": ("bus",),
    "truck": ("truck",),
    "vehicle": ("bus", "car", "truck"),
    "rail_freight": ("rail_freight",),
    "rail_passenger": ("rail_passenger",),
    "rail": ("rail_freight", "rail_passenger"),
    "people": (),
    "traffic": (),
}


OUT, IN = ("leav", "depart", "exit"), ("enter", "entr", "arriv", "coming", "return")


def lanes_of(things: list[Bead]) -> tuple[str, ...]:
    """The lanes of the things named, sorted; ("all",) where they name none."""
    found = sorted({lane for bead in things for lane in LANES.get(bead.value, ())})
    return tuple(found) or ("all",)


def way_of(page: Page, first: int, last: int, border: str | None) -> str | None:
    """Into which state the clause speaks of going, as an ISO code; None = both ways or not said.

    "entering Finland" is into FI, "leaving for Russia" into RU, "leaving Estonia" out of EE.
    """
    ways = [_as_way(page, b) for b in page.beads_in(first, last, "way", "move", "thing") if b.kind != "thing" or b.value == "traffic"]
    into = [b for b in ways if b.value == "into"]
    out = [b for b in ways if b.value == "out"]
    if not border or (into and out) or not ways or any(page.word(i) in ("directions", "alike") for i in range(first, last)):
        return None
    if not into and not out:
        return None
    bead = (into or out)[0]
    countries = border.split("-")
    home = covered(border)
    named = [b for b in page.beads_in(bead.first + 1, min(bead.last + 3, last), "country") if b.value in countries]
    other = {countries[0]: countries[1], countries[1]: countries[0]}
    if into:
        return named[0].value if named else (home if page.word(bead.first) != "into" else None)
    if named:
        towards = any(page.word(i) in ("for", "to") for i in range(bead.first, named[0].first))
        return named[0].value if towards else other[named[0].value]
    return other[home]


def _as_way(page: Page, bead: Bead) -> Bead:
    """Words that also tell of people on the move ("leaving for") tell the way too."""
    if bead.kind == "way":
        return bead
    word = page.low[bead.start : bead.end]
    return replace(
        bead,
        kind="way",
        value="out" if word.startswith(OUT) else "into" if word.startswith(IN) else "",
    )


def covered(border: str) -> str:
    """The covered side of a border: the one that is neither Russia nor Belarus ("FI-RU": FI); of two such, the first."""
    one, other = border.split("-")
    return other if one in ("RU", "BY") else one
