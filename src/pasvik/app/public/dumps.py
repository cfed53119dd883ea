"""The whole record as tables in a folder, with checksums: for those who would rather count than click."""

from __future__ import annotations

import csv
import importlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pasvik.app.answer import board, crossings_asked
from pasvik.app.clocks import HOME_ZONE, instant
from pasvik.app.public.features import cells_by_crossing, collection
from pasvik.app.public.notice import CREDIT, NOT_OFFICIAL
from pasvik.app.public.sentences import border_sentence, cobap_code, iom_status
from pasvik.app.wiring import House
from pasvik.terms.capture import Fault, Trouble, digest
from pasvik.terms.claim_json import claim_to_json
from pasvik.terms.place import Crossing
from pasvik.terms.question import Question
from pasvik.terms.statement import Statement
from pasvik.terms.status import Board, Cell

KINDS = ("status", "movement", "count", "accusation", "denial", "posture", "watch", "objection", "background")
CELLS = ("crossing", "lane", "direction", "state", "since", "until", "until_further_notice", "hours", "decided_by", "by_word_of",
         "last_confirmed", "inferred", "exceptions", "pending", "for", "against", "unconfirmed", "because")
STATEMENTS = ("id", "kind", "crossings", "border", "state", "commitment", "lanes", "speaker", "speaker_country", "quote", "basis", "confidence",
              "publisher", "published", "url", "document", "origin", "claim")
CROSSINGS = ("id", "name", "border", "country_a", "name_a", "local_a", "country_b", "name_b", "local_b", "lat", "lon", "lanes", "road",
             "international", "operational_status", "sentence")
POLICIES = ("border", "iso2", "policy_type", "policy_subtype", "land", "land_type")
# A spreadsheet takes a cell that begins so for a formula and runs it (OWASP: CSV injection); an apostrophe in front makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Dumped:
    """What was written: file name, rows, bytes and SHA-256, in the order of writing."""

    name: str
    rows: int
    size: int
    sha256: str


def dump(house: House, asked: Question, folder: Path, kind: str = "csv") -> tuple[Dumped, ...] | Fault:
    """Write board, statements, crossings and policies (kind: csv or parquet), board.geojson and SHA256SUMS into `folder`.

    The same question at the same basis gives the same bytes. Raises Trouble where the folder cannot be written or DuckDB is missing.
    """
    drawn, chosen = board(house, asked), crossings_asked(house, asked)
    if isinstance(drawn, Fault) or isinstance(chosen, Fault):
        return drawn if isinstance(drawn, Fault) else Fault("no such place", "border")
    fixed = asked if asked.basis is not None else Question(asked.at, asked.known, house.ledger.basis(), asked.border, asked.crossing, asked.lane)
    made: list[Dumped] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, columns, rows in tables(house, drawn, chosen, fixed):
            made.append(_table(folder, name, columns, rows, kind))
        places = json.dumps(collection(drawn, chosen), ensure_ascii=False, indent=1).encode("utf-8", "replace")
        made.append(_keep(folder, "board.geojson", places, len(chosen)))
        made.append(_keep(folder, "README.txt", _readme(drawn, fixed).encode(), 0))
        sums = "".join(f"{one.sha256}  {one.name}\n" for one in made)
        (folder / "SHA256SUMS").write_text(sums, encoding="ascii")
    except OSError as bad:
        raise Trouble(f"the dump cannot be written to {folder}: {bad.strerror}") from bad
    return tuple(made)


def tables(house: House, drawn: Board, chosen: Sequence[Crossing], asked: Question) -> Iterator[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]:
    """Name, columns and rows of each table."""
    held = cells_by_crossing(drawn, chosen)
    crossings = house.gazetteer.crossings
    yield "board", CELLS, (_cell(cell) for cell in drawn.cells)
    yield "statements", STATEMENTS, _statements(house, asked)
    yield "crossings", CROSSINGS, (_crossing(crossings[name], cells) for name, cells in held.items())
    yield "policies", POLICIES, _policies(held, crossings)


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> tuple[bytes, int]:
    """RFC 4180 text in UTF-8 and the number of rows; lists are joined by a space, None is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([_plain(value) for value in row])
        count += 1
    return out.getvalue().encode("utf-8", "replace"), count


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return str(value)
    text = " ".join(str(one) for one in value) if isinstance(value, (list, tuple)) else str(value)
    return "'" + text if text.startswith(_FORMULA) else text


def _table(folder: Path, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], kind: str) -> Dumped:
    data, count = csv_of(columns, rows)
    if kind == "csv":
        return _keep(folder, f"{name}.csv", data, count)
    try:
        duckdb = importlib.import_module("duckdb")
    except ImportError as missing:
        raise Trouble("Parquet needs DuckDB: pip install 'pasvik[dumps]'") from missing
    (folder / f"{name}.csv").write_bytes(data)
    source, target = (str(folder / f"{name}.{end}").replace("'", "''") for end in ("csv", "parquet"))
    with duckdb.connect() as memory:
        memory.execute("SET threads = 1")                       # one thread writes rows in one order, so that the bytes repeat
        memory.execute(f"COPY (SELECT * FROM read_csv('{source}', header = true, all_varchar = true)) TO '{target}' (FORMAT parquet)")
    (folder / f"{name}.csv").unlink()
    return _keep(folder, f"{name}.parquet", (folder / f"{name}.parquet").read_bytes(), count)


def _keep(folder: Path, name: str, data: bytes, rows: int) -> Dumped:
    (folder / name).write_bytes(data)
    return Dumped(name, rows, len(data), digest(data))


def _cell(cell: Cell) -> tuple[Any, ...]:
    def iso(told: Any) -> str | None:
        return told.iso() if told else None

    pending = "; ".join(f"{plan.state} {plan.commitment} {plan.start.iso() if plan.start else ''}".strip() for plan in cell.pending)
    return (cell.crossing, cell.lane, cell.direction, cell.state, iso(cell.since), iso(cell.until), cell.until_further_notice, cell.hours,
            cell.decided_by, cell.by_word_of, iso(cell.last_confirmed), cell.inferred, cell.exceptions, pending, cell.supports, cell.against,
            cell.unconfirmed, " | ".join(cell.because))


def _statements(house: House, asked: Question) -> Iterator[tuple[Any, ...]]:
    for kind in KINDS:
        for held in house.ledger.by_kind(kind, known=instant(asked.known, HOME_ZONE), basis=asked.basis, curated=house.settings.record):
            yield _statement(held.statement)


def _statement(one: Statement) -> tuple[Any, ...]:
    claim = claim_to_json(one.claim)
    return (one.id, one.kind, claim.get("crossings") or (), claim.get("border"), claim.get("state"), claim.get("commitment"),
            claim.get("lanes") or (), one.speaker.name if one.speaker else None, one.speaker.country if one.speaker else None,
            one.evidence.quote, one.basis, one.confidence, one.source.publisher, one.source.published.iso() if one.source.published else None,
            one.source.url, one.source.document, one.source.origin, json.dumps(claim, ensure_ascii=False, sort_keys=True))


def _crossing(one: Crossing, cells: Sequence[Cell]) -> tuple[Any, ...]:
    return (one.id, one.name, one.border, one.side_a.country, one.side_a.name, one.side_a.local_name, one.side_b.country, one.side_b.name,
            one.side_b.local_name, one.lat, one.lon, sorted(one.lanes), one.road, one.international, iom_status(cells), border_sentence(one, cells))


def _policies(held: dict[str, list[Cell]], crossings: dict[str, Crossing]) -> Iterator[tuple[Any, ...]]:
    by_border: dict[str, list[Cell]] = {}
    for name, cells in held.items():
        by_border.setdefault(crossings[name].border, []).extend(cells)
    for border, cells in by_border.items():
        for country in border.split("-"):
            yield (border, *cobap_code(country, cells).values())


def _readme(drawn: Board, asked: Question) -> str:
    at, known = (told.iso() if told else "no limit" for told in (drawn.at, drawn.known))
    return (f"Pasvik's record: holds at {at}; known by {known}; ledger position {asked.basis}.\n{NOT_OFFICIAL}\n{CREDIT}\n"
            "statements: one row per claim with its exact words; board: one row per crossing, kind of traffic and direction.\n"
            "operational_status follows IOM's points-of-entry assessments; policies follow the columns of COBAP; both are derived.\n"
            "A text that begins like a formula has an apostrophe before it. Unknown never means open.\n")
