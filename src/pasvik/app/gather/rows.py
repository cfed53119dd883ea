"""Files the rows of a waiting-time table: waits as counts with units, states as that authority's word, each with its line as evidence."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pasvik.app.wiring import House
from pasvik.gazetteer.names import find_names
from pasvik.gazetteer.table import Gazetteer
from pasvik.sources.catalogue import Card
from pasvik.sources.leads.lead import minute, sane
from pasvik.sources.tables.row import Row, Table
from pasvik.terms.capture import Document, digest, source_of
from pasvik.terms.claim import Claim, Commitment, Count, Status
from pasvik.terms.claim_json import claim_to_json
from pasvik.terms.moment import Span
from pasvik.terms.statement import Evidence, Reading, Speaker, Statement

FORGOTTEN = timedelta(days=30)                                  # a row not shown for so long is no longer remembered
AGAIN = timedelta(hours=6)                                      # a value that stays is told again after so long: it is still so
SLUG = re.compile(r"[^\w]+")
OUT_OF = "out of "


@dataclass(frozen=True, slots=True)
class Filed:
    """What a visit to a table brought: a document with a line for each row that is news (None = no news), and what to remember."""

    document: Document | None
    reading: Reading
    memory: Mapping[str, str]


def file_rows(house: House, card: Card, table: Table, data: bytes, fetched: datetime, memory: Mapping[str, str]) -> Filed:
    """The statements of every row whose value changed since the last visit. fetched: UTC; memory: row -> its value and when it was told."""
    lines: list[str] = []
    fresh: list[tuple[int, int, Row]] = []
    kept = {key: told for key, told in memory.items() if fetched - datetime.fromisoformat(told.rpartition("@")[2]) < FORGOTTEN}
    at = 0
    for row in table.rows:
        key, value = _key(row), _value(row)
        told, _, when = memory.get(key, "").rpartition("@")
        if told == value and fetched - datetime.fromisoformat(when) < AGAIN:
            continue
        kept[key] = f"{value}@{fetched.isoformat()}"
        lines.append(row.words)
        fresh.append((at, at + len(row.words), row))
        at += len(row.words) + 1
    if not fresh:
        return Filed(None, Reading(()), kept)
    seen = [row.at for _, _, row in fresh if row.at is not None and sane(row.at, fetched)]
    published = max(seen, key=lambda one: one.start) if seen else minute(fetched)
    document = Document(
        "\n".join(lines), f"{card.publisher}: waiting times", published, card.publisher, card.address, card.language or "en",
        capture=digest(data), published_by="table" if seen else "first seen")
    statements = [one for start, end, row in fresh for one in _statements(house.gazetteer, card, document, row, table.border, start, end)]
    return Filed(document, Reading(tuple(statements)), kept)


def _statements(places: Gazetteer, card: Card, document: Document, row: Row, edge: str, start: int, end: int) -> list[Statement]:
    crossing = crossing_of(row, card, places)
    known = places.crossings.get(crossing)
    border = known.border if known else edge or None
    into = row.into
    if into and into.startswith(OUT_OF):                        # the table tells the way out; what lies behind, the crossing tells
        here = into.removeprefix(OUT_OF)
        into = next((code for code in known.countries if code != here), None) if known else None
    span = Span(row.at if document.published and sane(row.at, document.published.end) else None)
    claims: list[Claim] = [
        Count(number, "waiting", (crossing,), border, unit is None, span, unit, None, row.lanes, into) for number, unit in row.waits]
    if row.state is not None:
        claims.append(Status((crossing,), border, row.state, Commitment.IN_EFFECT, row.lanes, into, hours=row.hours, applies_to=row.group))
    words = Evidence(start, end, document.text[start:end])
    speaker = Speaker(card.publisher, None, card.publisher, card.country or None)
    return [Statement(claim, words, source_of(document), speaker, confidence=0.95, found_by=f"table: {card.table}") for claim in claims]


def crossing_of(row: Row, card: Card, places: Gazetteer) -> str:
    """The crossing id of a row: as the card tells it, else by the one crossing its name means, else a name of the card's own.

    A name of the card's own ("us-cbp:250401") is no crossing of the gazetteer and changes no board; a border pack can map it later.
    """
    told = dict(card.places).get(row.code)
    if told:
        return told
    rail = all(lane.startswith("rail") for lane in row.lanes)
    found = {id for hit in find_names(row.name, places) for id in hit.ids if id in places.crossings and places.crossings[id].is_rail == rail}
    countries = {code for id in found for code in places.crossings[id].countries}
    if len(found) == 1 and (not card.country or card.country in countries):
        return found.pop()
    return f"{card.id}:{SLUG.sub('-', row.code.casefold()).strip('-')}"


def _key(row: Row) -> str:
    return json.dumps([row.code, row.lanes, row.into, row.group, [unit for _, unit in row.waits]], ensure_ascii=False)


def _value(row: Row) -> str:
    said = [claim_to_json(Count(number, "waiting", unit=unit)) for number, unit in row.waits]
    return json.dumps([said, row.state, row.hours], ensure_ascii=False, sort_keys=True)
