"""Whom the record has heard, when last, in which languages, which crossings nobody speaks of, and how well the reader reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pasvik.app.wiring import House, knowledge
from pasvik.ledger.contract import Tally
from pasvik.terms.capture import Document, Origin

NEWEST = 2000                                                   # documents looked at, so that the page does not grow with the ledger
QUIET = timedelta(days=30)                                      # an outlet not heard for so long is called silent


@dataclass(frozen=True, slots=True)
class Outlet:
    """Whoever published: documents among the newest, first and last publication (UTC), languages, and whether it has gone silent."""

    name: str
    documents: int
    first: datetime | None
    last: datetime | None
    languages: tuple[str, ...]
    is_silent: bool
    is_curated: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """One border: how many of its crossings are spoken of by name, and the last word on any (UTC)."""

    border: str
    crossings: int
    spoken: int
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Measured:
    """The reader's score on texts of our own writing: F1 of what is said, F1 with every detail, false assertions; 0 to 1."""

    core: float
    exact: float
    must_not: int


@dataclass(frozen=True, slots=True)
class Heard:
    """Coverage of the record at a basis. `is_cut`: there are more documents than were looked at. Outlets heard last stand first."""

    basis: int
    documents: int
    statements: int
    undated: int
    puzzles: int
    outlets: tuple[Outlet, ...]
    languages: tuple[tuple[str, int], ...]
    edges: tuple[Edge, ...]
    measured: Measured | None
    is_cut: bool


def heard(house: House) -> Heard:
    """The coverage as the ledger tells it now."""
    counts = house.ledger.counts()
    documents = [one.document for one in house.ledger.documents(NEWEST)
                 if one.retracted is None and (house.settings.record or one.document.origin is not Origin.CURATED)]
    spoken: dict[str, int] = {}
    for one in documents:
        spoken[one.language] = spoken.get(one.language, 0) + 1
    return Heard(
        counts.basis, counts.entries.get("document", 0), counts.entries.get("statement", 0), counts.undated, counts.entries.get("puzzle", 0),
        _outlets(documents, house.now()), tuple(sorted(spoken.items(), key=lambda one: (-one[1], one[0]))),
        _edges(house, house.ledger.tallies(curated=house.settings.record)), _measured(house), counts.entries.get("document", 0) > NEWEST)


def _outlets(documents: Iterable[Document], now: datetime) -> tuple[Outlet, ...]:
    by_name: dict[tuple[str, bool], list[Document]] = {}
    for one in documents:
        by_name.setdefault((one.publisher or "", one.origin is Origin.CURATED), []).append(one)
    made = []
    for (name, is_curated), told in by_name.items():
        moments = sorted(one.published.start for one in told if one.published)
        last = moments[-1] if moments else None
        made.append(Outlet(name, len(told), moments[0] if moments else None, last, tuple(sorted({one.language for one in told})),
                           last is None or now - last > QUIET, is_curated))
    return tuple(sorted(made, key=lambda one: (-one.last.timestamp() if one.last else 0.0, one.name)))


def _edges(house: House, tallies: Iterable[Tally]) -> tuple[Edge, ...]:
    last: dict[str, datetime] = {}
    for one in tallies:
        if one.place in house.gazetteer.crossings:
            last[one.place] = max(one.last, last.get(one.place, one.last))
    by_border: dict[str, list[str]] = {}
    for crossing in house.gazetteer.crossings.values():
        by_border.setdefault(crossing.border, []).append(crossing.id)
    return tuple(
        Edge(border, len(ids), sum(id in last for id in ids), max((last[id] for id in ids if id in last), default=None))
        for border, ids in sorted(by_border.items()))


def _measured(house: House) -> Measured | None:
    """The shipped figures; None where the user's own knowledge folder holds something else under this name."""
    try:
        told = json.loads(knowledge(house.settings, "measured.json"))
        return Measured(float(told["core"]), float(told["exact"]), int(told["must_not"]))
    except (ValueError, KeyError, TypeError):
        return None


def heard_to_json(told: Heard) -> dict[str, object]:
    """The same as JSON; moments in UTC."""
    outlets = [{"name": one.name or None, "documents": one.documents, "first": _iso(one.first), "last": _iso(one.last),
                "languages": list(one.languages), "silent": one.is_silent, "curated": one.is_curated} for one in told.outlets]
    edges = [{"border": one.border, "crossings": one.crossings, "spoken": one.spoken, "last": _iso(one.last)} for one in told.edges]
    score = told.measured
    return {
        "basis": told.basis, "documents": told.documents, "statements": told.statements, "undated": told.undated, "puzzles": told.puzzles,
        "outlets": outlets, "languages": dict(told.languages), "borders": edges, "cut": told.is_cut,
        "reader": {"core": score.core, "exact": score.exact, "must_not": score.must_not} if score else None}


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
